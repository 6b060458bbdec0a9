"""Our Markdown blocks against another reader's: on CommonMark's examples, on tables, and on real documents.

What we use of a document (headings, list items, tables, code, links) must be what markdown-it-py reads too, or the
example stands below with its reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from gatekeeper.parse.syntax.blocks import Block, Cell, Fence, Heading, ListItem, Row, Table
from gatekeeper.parse.syntax.markdown import parse_markdown
from gatekeeper.parse.syntax.source import decode_source

HERE = Path(__file__).resolve().parent
EXAMPLES = json.loads((HERE / "spec" / "commonmark.json").read_text("utf-8"))["examples"]
CORPUS = HERE.parents[2] / "shared" / "corpus" / "documents"
ORACLE = MarkdownIt("commonmark").enable("table")


@dataclass
class Reading:
    """What a reader makes of a text, each part in document order."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    items: list[tuple[int, str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    fences: list[tuple[str, list[str]]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def flat(words: str) -> str:
    """Words on one line, the marks of a quotation at the head of a line left out."""
    return " ".join(re.sub(r"\n[ \t]*(?:>[ \t]*)*", "\n", words).split())


def ours(text: str) -> Reading:
    """What `parse_markdown` makes of a text."""
    reading = Reading()
    for block in _all(parse_markdown(text)):
        words = flat(text[block.text_start : block.text_end]) if block.text_start >= 0 else ""
        if isinstance(block, Heading):
            reading.headings.append((block.level, words))
        elif isinstance(block, ListItem):
            reading.items.append((block.depth, words))
        elif isinstance(block, Table):
            reading.tables.append([_cells(text, row) for row in (block.header, *block.rows)])
        elif isinstance(block, Fence):
            reading.fences.append((block.info.strip(), _code_lines(text, block)))
        for inline in block.inlines:
            inner = text[inline.inner_start : inline.inner_end]
            if inline.kind == "code":
                reading.codes.append(_without_escapes(inner) if isinstance(block, Cell) else flat(inner))
            else:
                is_bare = inline.text_start == inline.inner_start  # an autolink, in which nothing is escaped
                reading.links.append(_same_link(normalizeLink(inner if is_bare else unescapeAll(inner))))
    return reading


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, ListItem):
            yield from _all(block.children)
        elif isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from row.cells


def _cells(text: str, row: Row) -> list[str]:
    return [_without_escapes(text[cell.text_start : cell.text_end]) for cell in row.cells]


def _without_escapes(words: str) -> str:
    """A cell's words with its bars as they are meant: `\\|` is one in every reader, but only some take the backslash away."""
    return re.sub(r"\\+\|", "|", flat(words))


def _code_lines(text: str, fence: Fence) -> list[str]:
    """The lines of a code block without their indentation and without the fence."""
    lines = text[fence.start : fence.end].splitlines()
    if not fence.is_indented:
        lines = lines[1 : -1 if fence.is_closed else None]
    return [line for line in (re.sub(r"^[ \t>]+", "", line).rstrip() for line in lines) if line]


def _same_link(destination: str) -> str:
    return destination.removeprefix("mailto:").strip()


def theirs(text: str) -> Reading:
    """What markdown-it-py makes of a text."""
    reading = Reading()
    tokens = ORACLE.parse(text)
    depth = -1
    for index, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "heading_open":
            reading.headings.append((int(token.tag[1]), flat(tokens[index + 1].content)))
        elif token.type == "list_item_open":
            is_text = tokens[index + 1].type == "paragraph_open"
            reading.items.append((depth, flat(tokens[index + 2].content) if is_text else ""))
        elif token.type == "table_open":
            reading.tables.append([])
        elif token.type == "tr_open":
            reading.tables[-1].append([])
        elif token.type in ("th_open", "td_open"):
            reading.tables[-1][-1].append(_without_escapes(tokens[index + 1].content))
        elif token.type in ("fence", "code_block"):
            lines = [re.sub(r"^[ \t>]+", "", line).rstrip() for line in token.content.splitlines()]
            reading.fences.append((unescapeAll(token.info).strip(), [line for line in lines if line]))
        elif token.type == "inline":
            _inlines(reading, token.children or [])
    return reading


def _inlines(reading: Reading, tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "code_inline":
            reading.codes.append(flat(token.content))
        elif token.type == "link_open":
            reading.links.append(_same_link(str(token.attrs["href"])))
        elif token.type == "image":
            reading.links.append(_same_link(str(token.attrs["src"])))
            _inlines(reading, token.children or [])


def differences(text: str) -> list[str]:
    """The parts of a text that the two readers read otherwise, with both readings."""
    mine, other = ours(text), theirs(text)
    return [
        f"{part}: ours {getattr(mine, part)!r}, theirs {getattr(other, part)!r}"
        for part in ("headings", "items", "tables", "fences", "codes", "links")
        if getattr(mine, part) != getattr(other, part)
    ]


TABLES = [
    "| a | b |\n|---|---|\n| c | d |\n",
    "a | b\n--|--\nc | d\n",
    "| a | b |\n|:--|:-:|\n| c |\n| d | e | f |\n",
    "| a |\n|---|\n| c |\n",
    "| a | b |\n|---|---|\n| `x \\| y` | \\| |\n",
    '| a | b |\n|---|---|\n| [x](y "t") | **b** `c` |\n',
    "| a | b |\n|---|---|\n",
    "| a | b |\n|---|\n| c | d |\n",
    "text\n| a | b |\n|---|---|\n| c | d |\n",
    "| a | b |\n|---|---|\n| c | d |\ntext\n",
    "| a | b |\n|---|---|\n| c | d |\n> quote\n",
    "| a | b |\n|---|---|\n| c | d |\n\ntext\n",
    "- item\n\n  | a | b |\n  |---|---|\n  | c | d |\n",
    "> | a | b |\n> |---|---|\n> | c | d |\n",
    "| a | b |\n| --- | --- |\n|  | d |\n| | |\n",
    "|a|b|\n|-|-|\n|c|d|\n",
    "| \u00e4 | \U0001f534 |\n|---|---|\n| \u5b8c\u6210 | `\u00e9` |\n",
    "| a | b |\r\n|---|---|\r\n| c | d |\r\n",
    "| a | b |\n|---|---|\n| c | d |\n# h\n| e | f |\n",
    "| a | b |\n|---|---|\n| c | d\n| e | f |  \n",
    "    | a | b |\n    |---|---|\n",
    "  | a | b |\n  |---|---|\n  | c | d |\n",
    "| a | b |\n|---|---|\n| c | d |\n- item\n",
    "| a | b |\n|---|---|\n| <a|b> | d |\n",
    "| a | b |\n|---|---|\n| c `d | e` |\n",
    "| a | b |\n|---|---|\n| c \\\\| d |\n",
]
# CommonMark examples that we read otherwise on purpose.
MEANT = {
    96: "two rules at the head of a document are front matter to us",
    102: "a heading's words begin after an escape that opens them",
    292: "an item's words are those of its first paragraph, in a quotation too",
    293: "an item's words are those of its first paragraph, in a quotation too",
}
# CommonMark examples that we read wrongly so far.
WRONG = {
    540: "letters outside ASCII are masked, so labels that hold them cannot be told apart or folded",
}
SECTIONS = sorted({example["section"] for example in EXAMPLES})


@pytest.mark.parametrize("section", SECTIONS)
def test_the_examples_of_commonmark_are_read_alike(section: str) -> None:
    found = {
        example["example"]: differences(example["markdown"])
        for example in EXAMPLES
        if example["section"] == section and example["example"] not in MEANT.keys() | WRONG.keys()
    }
    assert {number: what for number, what in found.items() if what} == {}


@pytest.mark.parametrize("number", MEANT, ids=lambda number: f"{number}: {MEANT[number]}")
def test_what_is_read_otherwise_on_purpose_still_is(number: int) -> None:
    assert differences(EXAMPLES[number - 1]["markdown"])


@pytest.mark.parametrize(
    "number", [pytest.param(number, marks=pytest.mark.xfail(strict=True, reason=why)) for number, why in WRONG.items()]
)
def test_the_examples_that_are_read_wrongly(number: int) -> None:
    assert differences(EXAMPLES[number - 1]["markdown"]) == []


@pytest.mark.parametrize("text", TABLES)
def test_tables_are_read_alike(text: str) -> None:
    assert differences(text) == []


def test_the_tables_are_tables() -> None:
    assert sum(bool(theirs(text).tables) for text in TABLES) >= len(TABLES) - 3


@pytest.mark.parametrize(
    ("text", "is_closed"),
    [
        ("```\na\n```\n", True),
        ("````\na\n````\n", True),
        ("```\na\n`````\n", True),
        ("~~~\na\n~~~  \n", True),
        ("- ```\n  a\n  ```\n", True),
        ("> ```\n> a\n> ```\n", True),
        ("```\na\n", False),
        ("```\n", False),
        ("```", False),
        ("- ```\n  a\n\nb\n", False),
        ("```\na\n``` b\n", False),
        ("````\na\n```\n", False),
        ("```\na\n~~~\n", False),
        ("```\na\n    ```\n", False),
        ("```\nsee a```\n", False),
    ],
)
def test_a_fence_is_closed_by_its_own_kind_alone(text: str, is_closed: bool) -> None:
    fences = [block for block in _all(parse_markdown(text)) if isinstance(block, Fence)]
    assert [fence.is_closed for fence in fences] == [is_closed]


@pytest.mark.xfail(strict=True, reason=WRONG[540])
@pytest.mark.parametrize("labels", [("\u00e4", "\u00f6"), ("\u8bbe\u8ba1", "\u6d4b\u8bd5")])
def test_reference_links_with_labels_outside_ascii_keep_their_destinations(labels: tuple[str, str]) -> None:
    first, second = labels
    assert ours(f"[a][{first}] [b][{second}]\n\n[{first}]: one.md\n[{second}]: two.md\n").links == ["one.md", "two.md"]


def _documents() -> list[Path]:
    return sorted(CORPUS.rglob("*.md")) if CORPUS.is_dir() else []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")
def test_real_documents_are_read_alike() -> None:
    found = {}
    for path in _documents():
        text = decode_source(path.name, path.read_bytes())[0].text
        text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)  # front matter, which the oracle does not know
        if what := differences(text):
            found[path.relative_to(CORPUS).as_posix()] = what
    assert found == {}
