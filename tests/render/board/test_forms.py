"""Every form of a dashboard: golden outputs, and what holds of any board."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from gatekeeper.model.report import Report
from gatekeeper.model.view.board import Board
from gatekeeper.render.board.data import board_data, render_json
from gatekeeper.render.board.links import Links
from gatekeeper.render.board.markup.escape import code_span, escape_markdown
from gatekeeper.render.board.markup.markdown import render_markdown
from gatekeeper.render.board.markup.page import render_page
from gatekeeper.render.board.text import render_text
from gatekeeper.render.layout.columns import columns
from gatekeeper.render.style import Style

ROOT = Path(__file__).resolve().parents[3]
EMPTY = Board(Report("1"), today="2026-11-21", title="nothing")
COLORS = re.compile(r"\x1b\[[\d;]*m")
Golden = Callable[[str, str], None]


def text_of(board: Board, style: Style, verbosity: int = 0) -> str:
    return "".join(render_text(board_data(board, Links()), style, verbosity))


def page_of(board: Board, links: Links | None = None) -> str:
    return "".join(render_page(board_data(board, links or Links())))


def test_text_is_as_it_was(board: Board, golden: Golden) -> None:
    golden("dashboard.80.txt", text_of(board, Style()))
    golden("dashboard.ascii.txt", text_of(board, Style(width=60, unicode=False), 1))


def test_markdown_is_as_it_was(board: Board, links: Links, golden: Golden) -> None:
    golden("dashboard.md", render_markdown(board_data(board, links)))


def test_html_is_as_it_was(board: Board, links: Links, golden: Golden) -> None:
    page = re.sub(
        r"(<style>).*?(</style>)|(<script>).*?(</script>)", r"\1\2\3\4", page_of(board, links), flags=re.DOTALL
    )
    golden("dashboard.html", re.sub(r"sha256-[\w+/=]+", "sha256-", page))


def test_json_is_as_it_was_and_fits_its_schema(board: Board, links: Links, golden: Golden) -> None:
    text = render_json(board, links)
    golden("dashboard.json", text)
    schema = json.loads((ROOT / "schemas/dashboard.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(text))


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
def test_text_fits_its_width(board: Board, hostile: Board, width: int, verbosity: int) -> None:
    for one in (board, hostile, EMPTY):
        lines = text_of(one, Style(width=width), verbosity).splitlines()
        assert max(map(columns, lines)) <= width
        assert not any(line.endswith(" ") for line in lines)


def test_color_adds_colors_alone(board: Board, hostile: Board) -> None:
    for one in (board, hostile):
        colored = text_of(one, Style(color=True), 1)
        assert "\x1b[" in colored
        assert COLORS.sub("", colored) == text_of(one, Style(), 1)


def test_plain_terminals_get_ascii(board: Board, hostile: Board) -> None:
    for one in (board, hostile):
        assert text_of(one, Style(unicode=False), 1).replace("\n", "").isprintable()
        assert text_of(one, Style(unicode=False), 1).isascii()


def test_quiet_shows_the_gates_alone(board: Board) -> None:
    text = text_of(board, Style(), -1)
    assert "Launch gate" in text
    assert "Items" not in text


def test_an_empty_board_says_so_in_every_form() -> None:
    assert "no document and no policy names a gate" in text_of(EMPTY, Style())
    assert "No document and no policy names a gate." in render_markdown(board_data(EMPTY, Links()))
    assert "No document and no policy names a gate." in page_of(EMPTY)
    assert json.loads(render_json(EMPTY, Links()))["gates"] == []


def test_ten_thousand_items_in_every_form(large: Board, links: Links) -> None:
    data = board_data(large, links)
    page = "".join(render_page(data))
    markdown = render_markdown(data)
    assert page.count('<tr role="row" data-s=') == 10_000
    assert len(page.encode()) < 20_000_000
    assert 900_000 < len(markdown.encode()) < 1 << 20
    assert re.search(r"^_\d+ items of \d+ left out: GitHub shows at most 1 MiB\.", markdown, re.MULTILINE)
    assert markdown.endswith("from 1 document.\n")
    short = text_of(large, Style())
    assert "-v lists all" in short
    assert len(short.splitlines()) < 400
    assert text_of(large, Style(), 1).count("Fit part") == 10_000


class Shape(HTMLParser):
    """The elements and attributes of a page, in order, without texts and values."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def with_words(board: Board, words: str) -> Board:
    from msgspec.structs import replace

    items = tuple(replace(item, title=words, raw=words, owner="x", id="1", unit="u", gate="g") for item in board.items)
    return replace(board, items=items, title=words, claims=tuple(replace(one, text=words) for one in board.claims))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_no_text_makes_an_element(words: str) -> None:
    from gatekeeper.model.finding import Location
    from gatekeeper.model.status import Status
    from gatekeeper.model.text import Position
    from gatekeeper.model.view.board import ItemView

    place = Location("a.md", Position(1, 1), Position(1, 1))
    plain = Board(Report("1"), items=(ItemView(place, "1", "task", "x", "y", Status.DONE),), title="t")
    expected = Shape(page_of(with_words(plain, "x"))).elements
    assert Shape(page_of(with_words(plain, words))).elements == expected


def test_hostile_words_make_no_element_and_no_address(board: Board, hostile: Board, links: Links) -> None:
    page = page_of(hostile, links)
    shape = Shape(page)
    assert {tag for tag, _ in shape.elements} <= {tag for tag, _ in Shape(page_of(board, links)).elements}
    assert not [name for _, names in shape.elements for name in names if name.startswith("on") or name == "style"]
    assert {address.partition(":")[0].partition("#")[0] for address in shape.addresses} <= {"", "https", "data"}
    assert not re.search("[\u202e\u2066\u200b\x1b]", page)
    assert "http://evil" not in "".join(shape.addresses)


def test_the_page_loads_nothing_and_names_its_own_digests(board: Board) -> None:
    page = page_of(board)
    assert re.search(
        r"default-src 'none'; style-src 'sha256-[\w+/]+='; script-src 'sha256-[\w+/]+='; img-src data:;", page
    )
    assert not re.search(r"<(?:img|iframe|object|embed|link rel=\"?style)", page)
    assert " style=" not in page.partition("</style>")[2].partition("<script>")[0]


MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})


@given(st.text(max_size=60))
def test_escaped_text_reads_as_it_is_written(words: str) -> None:
    from gatekeeper.render.sink import visible

    shown = visible(words)
    (table,) = [MARKDOWN.parse(f"| a | b |\n|---|---|\n| x{escape_markdown(words)}x | {code_span(words)} |")]
    cells = [token for token in table if token.type == "inline"][2:]
    assert len(cells) == 2
    children = cells[0].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children).replace("\u200b", "") == f"x{shown}x".replace("\u200b", "")
    (code,) = [child for child in cells[1].children or [] if child.type != "text" or child.content]
    assert code.type == "code_inline"
    assert code.content.strip() == shown.strip()


@pytest.mark.parametrize(
    "words", ["@everyone", "#12", "https://evil.example", "www.evil.example", "mailto:a@b.example"]
)
def test_nothing_is_linked_or_told_by_the_forge(words: str) -> None:
    assert "&#8203;" in escape_markdown(words)


@pytest.mark.parametrize(
    "words", ["- x", "1. x", "+ x", "12) x", "# x", "> x", "``` x", "---", "| x", "<b>x", "    x", "=="]
)
def test_escaped_text_begins_no_block(words: str) -> None:
    tokens = MARKDOWN.parse(escape_markdown(words))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def test_hostile_words_keep_the_tables_of_markdown(hostile: Board, hostile_words: tuple[str, ...]) -> None:
    tokens = MARKDOWN.parse(render_markdown(board_data(hostile, Links())))
    rows = [token for token in tokens if token.type == "tr_open"]
    assert len(rows) == 1 + len(hostile_words) + 1 + len(hostile_words) + 1 + len(hostile_words)
    html = "".join(token.content for token in tokens if token.type == "html_block")
    inline = "".join(child.content for token in tokens for child in token.children or () if child.type == "html_inline")
    assert set(re.findall(r"</?\w+", html + inline)) <= {"<br", "<details", "</details", "<summary", "</summary"}
