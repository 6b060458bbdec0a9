"""Marks stand under what they mark, in every script and in lines of every length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from gatekeeper.model.finding import Location
from gatekeeper.model.text import Position, SourceText, Span
from gatekeeper.render.layout.columns import columns
from gatekeeper.render.layout.excerpt import Excerpt, cut_excerpt
from gatekeeper.render.sink import visible
from gatekeeper.render.style import Style


def locate(line: str, words: str) -> Location:
    start = line.index(words)
    return Location.at(SourceText("a.md", line), Span(start, start + len(words)))


def under_the_marks(excerpt: Excerpt) -> str:
    """The part of the line that stands over the marks, found by an independent measure of columns."""
    starts = [cell_len(excerpt.line[:index]) for index in range(len(excerpt.line) + 1)]
    last = excerpt.before + excerpt.marked
    return "".join(char for char, start in zip(excerpt.line, starts, strict=False) if excerpt.before <= start < last)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("| 01 | Done | `a/b.txt` |", "a/b.txt"),
        ("多言語の検索 ✅ `docs/結果.md` です", "docs/結果.md"),
        ("🚀 ship ✅ `x.py`", "x.py"),
        ("cafe\u0301 e\u0301te\u0301 `x.py`", "x.py"),
        ("한글 문서 `증거.md`", "증거.md"),
        ("⚠️ risk `x.py`", "x.py"),
        ("👍🏽 fine `x.py`", "x.py"),
    ],
)
@pytest.mark.parametrize("room", [24, 40, 200])
def test_marks_stand_under_the_words(line: str, words: str, room: int) -> None:
    assert under_the_marks(cut_excerpt(locate(line, words), room, Style())) == words


def test_tabs_are_blanks_of_one_width_before_and_inside_the_marks() -> None:
    excerpt = cut_excerpt(locate("\t- a\tb c", "a\tb"), 80, Style())
    assert excerpt == Excerpt("    - a    b c", 6, 6)


def test_hostile_characters_are_spelled_out_and_counted() -> None:
    excerpt = cut_excerpt(locate("a\x1b[2J\u202e `x.py`", "x.py"), 80, Style())
    assert excerpt.line == r"a\x1b[2J\u202e `x.py`"
    assert under_the_marks(excerpt) == "x.py"


def test_without_unicode_the_line_is_ascii_and_the_marks_still_stand() -> None:
    excerpt = cut_excerpt(locate("検索 `結.md`", "結.md"), 80, Style(unicode=False))
    assert excerpt.line == r"\u691c\u7d22 `\u7d50.md`"
    assert under_the_marks(excerpt) == r"\u7d50.md"


@pytest.mark.parametrize("fill", ["x", "語", "\t", "e\u0301", "\x1b", "⚠️"])
@pytest.mark.parametrize("at", [0, 5000, 9000])
def test_a_line_of_ten_thousand_characters_is_cut_to_a_window_around_the_span(fill: str, at: int) -> None:
    line = (fill * 10_000)[:at] + " span.md " + (fill * 10_000)[: 10_000 - at]
    excerpt = cut_excerpt(locate(line, "span.md"), 60, Style())
    assert columns(excerpt.line) <= 60
    assert excerpt.line.startswith("…") is (at > 0)
    assert excerpt.line.endswith("…")
    assert columns(excerpt.line[: excerpt.line.index("span.md")]) == excerpt.before
    assert excerpt.marked == len("span.md")


@pytest.mark.parametrize("letter", ["e\u0301", "⚠️"])
@pytest.mark.parametrize("room", range(30, 36))
def test_a_cut_does_not_part_a_letter_from_its_marks(letter: str, room: int) -> None:
    excerpt = cut_excerpt(locate(letter * 100 + " x.py " + letter * 100, "x.py"), room, Style())
    assert excerpt.line.startswith(f"…{letter[0]}")


def test_near_the_end_of_a_long_line_the_room_goes_to_what_stands_before() -> None:
    excerpt = cut_excerpt(locate("x" * 10_000 + " span.md yy", "span.md"), 40, Style())
    assert excerpt == Excerpt("…" + "x" * 26 + " span.md yy", 28, 7)


def test_a_span_wider_than_the_room_is_marked_from_its_start_to_the_cut() -> None:
    excerpt = cut_excerpt(locate("a " + "b" * 500 + " c", "b" * 500), 40, Style())
    assert excerpt == Excerpt("…" + "b" * 37 + "…", 1, 37)


def test_a_line_that_fits_is_not_cut() -> None:
    line = "x" * 39
    assert cut_excerpt(locate(line, "x"), 40, Style()).line == line
    assert cut_excerpt(locate(line + "yz", "x"), 40, Style()).line == "x" * 38 + "…"


def test_the_beginning_of_the_line_is_kept_when_the_span_can_be_seen_with_it() -> None:
    excerpt = cut_excerpt(locate("| 01 | `x.py` | " + "y" * 100, "x.py"), 30, Style())
    assert excerpt.line == "| 01 | `x.py` | yyyyyyyyyyyy…"


def test_an_empty_span_gets_one_mark_also_at_the_end_of_the_line() -> None:
    assert cut_excerpt(Location("a", Position(1, 4), Position(1, 4), "abc"), 40, Style()) == Excerpt("abc", 3, 1)


def test_a_span_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert cut_excerpt(Location("a", Position(1, 3), Position(4, 1), "abcdef"), 40, Style()) == Excerpt("abcdef", 2, 4)


def test_a_place_outside_its_line_is_no_error() -> None:
    assert cut_excerpt(Location("a", Position(1, 90), Position(1, 99), "abc"), 40, Style()) == Excerpt("abc", 3, 1)


LINES = st.text(
    alphabet=st.sampled_from("ab |`\t語한✅⚠️\u0301\u200d\x1b\U0001f3fd\U0001f680é"), min_size=1, max_size=120
)


@given(st.data(), LINES, st.booleans())
def test_marks_of_any_span_begin_and_end_where_its_text_does(data: st.DataObject, line: str, unicode: bool) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    excerpt = cut_excerpt(Location.at(SourceText("a", line), Span(start, end)), 2000, Style(unicode=unicode))

    def shown(text: str) -> str:
        return "    ".join(visible(part, ascii_only=not unicode) for part in text.split("\t"))

    assert excerpt.line == shown(line)
    assert excerpt.before == columns(shown(line[:start]))
    assert excerpt.marked == max(1, columns(shown(line[:end])) - excerpt.before)


@given(st.data(), LINES, st.integers(20, 90), st.booleans())
def test_any_line_fits_its_room_with_its_marks(data: st.DataObject, line: str, room: int, unicode: bool) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    excerpt = cut_excerpt(Location.at(SourceText("a", line), Span(start, end)), room, Style(unicode=unicode))
    assert columns(excerpt.line) <= room
    assert 0 <= excerpt.before <= columns(excerpt.line)
    assert 1 <= excerpt.marked <= room - excerpt.before
