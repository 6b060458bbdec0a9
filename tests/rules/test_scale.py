"""How firmly a status is written, and when two titles agree."""

from __future__ import annotations

import pytest

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.subject import Shape, Voice
from gatekeeper.model.text import SourceText, Span
from gatekeeper.rules.status._scale import (
    agreement,
    is_box,
    is_done,
    is_explicit,
    is_ornament,
    is_wish,
    is_worded,
    lines_of,
    name_of,
    share_of,
)


def voice(raw: str, status: Status = Status.DONE, text: str = "", **words) -> Voice:
    basis, column = words.pop("basis", StatusBasis.VOCABULARY), words.pop("column", None)
    start = text.index(raw) if text else 0
    mark = StatusMark(raw, Span(start, start + len(raw)), status, basis, column)
    item = WorkItem(words.pop("kind", "item"), words.pop("title", "t"), Span(0, 1), mark, status, words.pop("id", None))
    return Voice(Document(SourceText("t.md", text or raw)), item, title=item.title, **words)


@pytest.mark.parametrize(
    "raw", ["[ ]", "✅", "Done", "✅ Complete", "Done (on Monday, by two of us)", "Ready for development"]
)
def test_marks_and_a_word_or_two_are_explicit(raw: str) -> None:
    assert is_explicit(voice(raw))


@pytest.mark.parametrize(
    "raw", ["Complete layered system", "8/23 completed", "46% complete", "It works for most of us"]
)
def test_sentences_and_shares_are_not(raw: str) -> None:
    assert not is_explicit(voice(raw))


def test_nothing_of_a_whole_is_as_plain_as_a_word() -> None:
    assert is_explicit(voice("0%", Status.QUEUED))
    assert is_worded(voice("0%", Status.QUEUED))
    assert not is_explicit(voice("0/13 completed", Status.QUEUED))


def test_a_heading_over_a_list_is_not_explicit_and_a_legend_may_take_more_words() -> None:
    assert not is_explicit(voice("Done", basis=StatusBasis.HEADING))
    assert is_explicit(voice("Code complete and merged", basis=StatusBasis.LEGEND))


def test_a_lone_sign_counts_in_a_status_column_only() -> None:
    assert is_explicit(voice("❌", column="status"))
    assert not is_explicit(voice("❌", column="before"))
    assert is_worded(voice("[x]"))
    assert is_worded(voice("✅ Done"))
    assert not is_worded(voice("✅"))


def test_a_sign_that_begins_a_heading_is_an_ornament() -> None:
    assert is_ornament(voice("✅", text="## ✅ Checklist", shape=Shape.HEADING))
    assert not is_ornament(voice("✅", text="## Gate 4 ✅", shape=Shape.HEADING))
    assert not is_ornament(voice("✅ Done", text="## ✅ Done", shape=Shape.HEADING))


@pytest.mark.parametrize(
    ("raw", "done"), [("100% complete", True), ("3/3 done", True), ("2/3 done", False), ("99,5 %", False)]
)
def test_done_is_the_whole(raw: str, done: bool) -> None:
    assert is_done(voice(raw)) is done


def test_only_an_empty_box_is_a_box() -> None:
    assert is_box(voice("[ ]", Status.QUEUED))
    assert is_box(voice("⬜", Status.QUEUED))
    assert not is_box(voice("⬜ Not started", Status.QUEUED))
    assert not is_box(voice("[x]"))


def test_titles_agree_by_half_of_their_own_words() -> None:
    one = voice("Done", title="E2 Persistence (Postgres, migrations)")
    assert agreement(one, voice("Done", title="Persistence migrations")) is True
    assert agreement(one, voice("Done", title="Persistence")) is True
    assert agreement(one, voice("Done", title="Persistence"), least=2) is False
    assert agreement(one, voice("Done", title="Panels and filters")) is False
    assert agreement(one, voice("Done", title="Sprint status")) is None


def test_goals_are_wishes() -> None:
    assert is_wish(voice("Done", lead="**Friday target**"))
    assert is_wish(voice("Done", sections=("Week 1", "Goals", "Server")))
    assert not is_wish(voice("Done", sections=("Goals", "Week 1", "Server")))


def test_names_and_lines_are_short() -> None:
    assert name_of(voice("Done", id="02", kind="sprint")) == "sprint `02`"
    assert name_of(voice("Done", id="E2", kind="sprint")) == "`E2`"
    assert name_of(voice("Done", title="Sign-in")) == "`Sign-in`"
    assert lines_of([voice("Done")]) == "line 1"
    assert lines_of([voice("Done")] * 8) == "lines 1, 1, 1, 1, 1, 1 and 2 more"


def test_a_share_of_the_parts_is_told_in_words() -> None:
    one = voice("Done")
    assert share_of([one], [one]) == "its only part is"
    assert share_of([one] * 2, [one] * 2) == "all its 2 parts are"
    assert share_of([one], [one] * 3) == "1 of its 3 parts is"
    assert share_of([one] * 2, [one] * 3) == "2 of its 3 parts are"
