"""A table row's cells under their headers."""

from __future__ import annotations

import re
from bisect import bisect_right

from gatekeeper.model.document import Document, WorkItem

_CELLS = re.compile(r"(?<!\\)\|")


def header_above(document: Document, item: WorkItem, word: str) -> str:
    """The header, in lower case, of the column in which a word stands in an item's row; "" when that cannot be told."""
    return next((header for header, cell in cells_of(document, item) if word in cell), "")


def cells_of(document: Document, item: WorkItem) -> tuple[tuple[str, str], ...]:
    """Header, in lower case, and cell for each column of an item's row; () outside of tables."""
    source = document.source
    place = bisect_right(document.groups, item.span.start, key=lambda group: group.span.start)
    table = document.groups[place - 1] if place else None
    if table is None or table.kind != "table" or item.span.start >= table.span.end:
        return ()
    row = _CELLS.split(source.slice(item.span))
    head = _CELLS.split(source.slice(source.line_span(source.position(table.span.start).line)))
    return tuple((name.strip().casefold(), cell.strip(" *`_")) for name, cell in zip(head, row, strict=False))
