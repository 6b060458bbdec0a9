"""The text form of `parse`."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gatekeeper.model.document import Document, Problem, ProblemKind, WorkItem
from gatekeeper.model.status import Legend, LegendEntry, Status, StatusBasis, StatusMark
from gatekeeper.model.text import SourceText, Span
from gatekeeper.render.documents import render_documents
from gatekeeper.render.layout.columns import columns
from gatekeeper.render.style import Style

Documents = tuple[Document, ...]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_documents_at_every_width(documents: Documents, golden: Callable[[str, str], None], width: int) -> None:
    golden(f"documents.{width}.txt", "".join(render_documents(documents, Style(width=width))))


def test_documents_without_unicode_are_ascii(documents: Documents) -> None:
    assert "".join(render_documents(documents, Style(unicode=False))).isascii()


def test_color_adds_escape_sequences_and_nothing_else(documents: Documents) -> None:
    colored = "".join(render_documents(documents, Style(color=True)))
    assert ANSI.search(colored)
    assert ANSI.sub("", colored) == "".join(render_documents(documents, Style()))


def test_titles_stand_in_one_column(documents: Documents) -> None:
    lines = "".join(render_documents(documents[:1], Style(width=120))).splitlines()
    starts = {
        columns(line[: line.index(title)])
        for line in lines
        for title in ("Foundation", "多言語", "Tabs in")
        if title in line
    }
    assert len(starts) == 1


def test_what_was_not_understood_is_said(documents: Documents) -> None:
    text = "".join(render_documents(documents, Style()))
    assert '9:24: status "Almost" of 03' in text
    assert "8:1: ragged-row: the row has 5 cells where the header has 4" in text
    assert 'status "Done"' not in text


def test_one_document_is_one_piece(documents: Documents) -> None:
    pieces = list(render_documents(documents, Style()))
    assert [piece.strip().split(":")[0] for piece in pieces] == [document.path for document in documents]


def test_hostile_text_in_every_field_stays_on_its_line() -> None:
    words = "\x1b[2J\u202e\u2028\r\n\t\ud800"
    mark = StatusMark(words, Span(0, 0), Status.UNKNOWN, StatusBasis.NONE)
    document = Document(
        SourceText(words, ""),
        kind_reason=words,
        title=words,
        legend=Legend((LegendEntry(words, Status.DONE, Span(0, 0)),)),
        items=(WorkItem(words, words, Span(0, 0), mark, id=words),),
        problems=(Problem(ProblemKind.RAGGED_ROW, Span(0, 0), words),),
    )
    (text,) = render_documents([document], Style())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028\u202e\ud800]", text)
    assert len(text.splitlines()) == 7
