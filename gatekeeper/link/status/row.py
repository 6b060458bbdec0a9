"""A table row's cells under their headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from gatekeeper.model.document import Document, Group, WorkItem

_CELLS = re.compile(r"(?<!\\)\|")


def header_above(document: Document, item: WorkItem, word: str) -> str:
    """The header, in lower case, of the column in which a word stands in an item's row; "" when that cannot be told."""
    return next((header for header, cell in cells_of(document, item) if word in cell), "")


def headers_of(document: Document, item: WorkItem) -> tuple[str, ...]:
    """The headers, in lower case, of the table in which an item stands; () outside of tables."""
    table = _table_of(document, item)
    if table is None:
        return ()
    source = document.source
    return _headers(source.line_around(table.span.start))


def cells_of(document: Document, item: WorkItem) -> tuple[tuple[str, str], ...]:
    """Header, in lower case, and cell for each column of an item's row; () outside of tables."""
    headers = headers_of(document, item)
    row = _CELLS.split(document.source.slice(item.span)) if headers else ()
    return tuple((name, cell.strip(" *`_")) for name, cell in zip(headers, row, strict=False))


def _table_of(document: Document, item: WorkItem) -> Group | None:
    place = bisect_right(document.groups, item.span.start, key=lambda group: group.span.start)
    table = document.groups[place - 1] if place else None
    return table if table is not None and table.kind == "table" and item.span.start < table.span.end else None


@lru_cache(maxsize=256)
def _headers(line: str) -> tuple[str, ...]:
    return tuple(name.strip().casefold() for name in _CELLS.split(line))
