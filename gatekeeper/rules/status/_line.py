"""An item's own words in its document: its line, and the cells of its row under their headers."""

from __future__ import annotations

import re
from bisect import bisect_right

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.text import Span

_BAR = re.compile(r"(?<!\\)\|")


def line_of(document: Document, item: WorkItem) -> str:
    """The line on which an item begins, whole."""
    source = document.source
    return source.slice(source.line_span(source.position(item.span.start).line))


def cells_of(document: Document, item: WorkItem) -> dict[str, str]:
    """Header, in lower case, -> cell of the item's table row; {} outside of tables and for rows of another width than their header."""
    place = bisect_right(document.groups, item.span.start, key=lambda group: group.span.start)
    table = document.groups[place - 1] if place else None
    if table is None or table.kind != "table" or item.span.start >= table.span.end:
        return {}
    head, row = (_cut(line_at(document, start)) for start in (table.span.start, item.span.start))
    return dict(zip((name.casefold() for name in head), row, strict=True)) if len(head) == len(row) else {}


def line_at(document: Document, offset: int) -> str:
    """The line at an offset, whole."""
    source = document.source
    return source.slice(source.line_span(source.position(offset).line))


def iter_plain_lines(document: Document) -> list[tuple[int, str]]:
    """Offset and text of each line outside of fenced code."""
    source, fence, lines = document.source, "", []
    for number in range(1, source.line_count() + 1):
        span: Span = source.line_span(number)
        text = source.slice(span)
        opens = re.match(r"\s*(`{3,}|~{3,})", text)
        if opens and opens[1].startswith(fence):
            fence = "" if fence else opens[1]
        elif not fence:
            lines.append((span.start, text))
    return lines


def _cut(line: str) -> list[str]:
    return [cell.strip(" *`_") for cell in _BAR.split(line.strip().strip("|"))]
