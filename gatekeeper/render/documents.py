"""Documents for people: what was understood of each, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.text import SourceText, Span
from gatekeeper.render.layout.columns import columns, cut, pad
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style

_WIDEST_ID = 24
_WIDEST_STATUS = 40
_LEAST_TITLE = 12


def render_documents(documents: Iterable[Document], style: Style) -> Iterator[str]:
    """One piece of text a document, each with its final line end; a blank line stands between two."""
    parting = ""
    for document in documents:
        yield parting + "".join(f"{line}\n" for line in _document_lines(document, style))
        parting = "\n"


def _document_lines(document: Document, style: Style) -> Iterator[str]:
    reason = f" ({style.show(document.kind_reason)})" if document.kind_reason else ""
    yield f"{style.paint('strong', style.show(document.path))}: {document.kind.value}{reason}"
    title = f"{style.show(document.title)}: " if document.title else ""
    yield f"  {title}{_counts(document)}"
    if document.is_template:
        yield f"  a template: {counted(document.blanks, 'place')} to fill in"
    if document.legend:
        yield f"  legend: {_legend(document, style)}"
    yield from _item_lines(document, style)
    puzzles = list(_puzzles(document, style))
    if puzzles:
        yield style.paint("warning", "  not understood:")
        yield from puzzles


def _counts(document: Document) -> str:
    evidence = sum(len(item.evidence) for item in document.items)
    counts = [counted(len(document.items), "item"), counted(evidence, "evidence reference")]
    if document.entries:
        counts.append(counted(len(document.entries), "log entry", "log entries"))
    if document.claims:
        counts.append(counted(len(document.claims), "claim"))
    return ", ".join(counts)


def _legend(document: Document, style: Style) -> str:
    tokens = (f"{style.show(entry.token)} {style.arrow} {entry.status.value}" for entry in document.legend.entries)
    return ", ".join(tokens)


def _item_lines(document: Document, style: Style) -> Iterator[str]:
    """One line an item, in columns: place, id, status as written and as understood, evidence, title."""
    rows = [_row(item, document.source, style) for item in document.items]
    widths = [max((columns(row[cell]) for row in rows), default=0) for cell in range(4)]
    room = max(_LEAST_TITLE, style.width - sum(widths) - 2 * 5)
    for row, item in zip(rows, document.items, strict=True):
        place, name, status, evidence = (pad(cell, width) for cell, width in zip(row, widths, strict=True))
        title = cut(style.show(item.title), room, style.ellipsis)
        yield f"  {style.paint('gutter', place)}  {name}  {status}  {style.paint('faint', evidence)}  {title}".rstrip()


def _row(item: WorkItem, source: SourceText, style: Style) -> tuple[str, str, str, str]:
    name = cut(style.show(item.id or "-"), _WIDEST_ID, style.ellipsis)
    raw = cut(style.show(item.mark.raw) if item.mark else "-", _WIDEST_STATUS, style.ellipsis)
    status = f"{raw} {style.arrow} {item.status.value}"
    return _place(item.span, source), name, status, f"{len(item.evidence)} evidence"


def _place(span: Span, source: SourceText) -> str:
    position = source.position(span.start)
    return f"{position.line}:{position.column}"


def _puzzles(document: Document, style: Style) -> Iterator[str]:
    """A line for each status that has no meaning and for each problem."""
    for item in document.items:
        if item.mark and item.status is Status.UNKNOWN:
            name = style.show(item.id or item.title)
            yield f'    {_place(item.mark.span, document.source)}: status "{style.show(item.mark.raw)}" of {name}'
    for problem in document.problems:
        yield f"    {_place(problem.span, document.source)}: {problem.kind.value}: {style.show(problem.detail)}"
