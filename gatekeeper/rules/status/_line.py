"""An item's own words in its document: its line, and the cells of its row under their headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from gatekeeper.model.document import Document, WorkItem

_BAR = re.compile(r"(?<!\\)\|")
_STATUS_LINE = re.compile(
    r"[\W_]*(?:current |overall )?(?:status|statut|estado|stand|статус|状态|状態|ステータス)[\W_]*[:：]", re.IGNORECASE
)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_INDENT = re.compile(r" {4}|\t")
_LISTED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")


def line_of(document: Document, item: WorkItem) -> str:
    """The line on which an item begins, whole."""
    return document.source.line_around(item.span.start)


def is_status_line(text: str) -> bool:
    """Whether a line begins with the word for status and a colon, so that it speaks of the thing above it."""
    return _STATUS_LINE.match(text) is not None


def cells_of(document: Document, item: WorkItem) -> dict[str, str]:
    """Header, in lower case, -> cell of the item's table row; {} outside of tables and for rows of another width than their header."""
    place = bisect_right(document.groups, item.span.start, key=lambda group: group.span.start)
    table = document.groups[place - 1] if place else None
    if table is None or table.kind != "table" or item.span.start >= table.span.end:
        return {}
    head, row = _headers(line_at(document, table.span.start)), _cut(line_at(document, item.span.start))
    return dict(zip(head, row, strict=True)) if len(head) == len(row) else {}


def line_at(document: Document, offset: int) -> str:
    """The line at an offset, whole."""
    return document.source.line_around(offset)


def iter_plain_lines(document: Document) -> Iterator[tuple[int, str]]:
    """Offset and text of each line outside of code, fenced or indented, and of comments; a comment within a line is blanked."""
    source, fence, is_comment, may_indent, is_list = document.source, "", False, True, False
    starts = source.line_starts()[: source.line_count()]
    for start, end in zip(starts, [*starts[1:], len(source.text)], strict=True):
        text = source.text[start:end].rstrip("\r\n")
        opens = _FENCE.match(text)
        if opens and not is_comment and opens[1].startswith(fence):
            fence = "" if fence else opens[1]
        elif not fence:
            plain, is_comment = _without_comments(text, is_comment)
            is_code = may_indent and not is_list and _INDENT.match(text) is not None
            is_list = bool(_LISTED.match(text)) or (is_list and (not text.strip() or text[0].isspace()))
            may_indent = not text.strip() or is_code
            if not is_code:
                yield start, plain


def _without_comments(text: str, is_comment: bool) -> tuple[str, bool]:
    """A line with blanks in place of comments, and whether a comment goes on after it."""
    kept: list[str] = []
    at = 0
    while at < len(text):
        mark = "-->" if is_comment else "<!--"
        found = text.find(mark, at)
        end = len(text) if found < 0 else found + len(mark) * is_comment
        kept.append(" " * (end - at) if is_comment else text[at:end])
        is_comment = is_comment != (found >= 0)
        at = end
    return "".join(kept), is_comment


@lru_cache(maxsize=256)
def _headers(line: str) -> tuple[str, ...]:
    """The cells of a table's first line in lower case; every row of the table asks for them."""
    return tuple(cell.casefold() for cell in _cut(line))


def _cut(line: str) -> list[str]:
    return [cell.strip(" *`_") for cell in _BAR.split(line.strip().strip("|"))]
