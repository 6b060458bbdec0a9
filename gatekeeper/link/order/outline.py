"""A document by place: which section, table row and items stand where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import Document, Group, Section, WorkItem
from gatekeeper.model.order import Member, Place
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_PIPE = re.compile(r"(?<!\\)\|")
_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[*_`]+")


class Outline:
    """A document whose items, sections and tables are looked up by offset."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.source
        self.items = sorted(document.items, key=lambda item: item.span)
        self._starts = [item.span.start for item in self.items]
        self._sections = document.sections
        self._section_starts = [section.span.start for section in document.sections]
        self._above = _parents(document.sections)
        self._group_starts = [group.span.start for group in document.groups]
        self._headers: dict[int, tuple[str, ...]] = {}
        self._keys: dict[tuple[str, str], str | None] = {}
        self._folded: str | None = None

    def says(self, *words: str) -> bool:
        """Whether one of these words, given in lower case, stands anywhere in the text: a quick look before a slow pattern is tried."""
        if self._folded is None:
            self._folded = self.source.text.casefold()
        folded = self._folded
        return any(word in folded for word in words)

    def items_in(self, span: Span) -> Sequence[WorkItem]:
        """The items that begin inside a span, in document order."""
        return self.items[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def sections_at(self, offset: int) -> list[Section]:
        """The sections around an offset, innermost first."""
        at = bisect_right(self._section_starts, offset) - 1
        found: list[Section] = []
        while at >= 0:
            section = self._sections[at]
            if section.span.start <= offset < max(section.span.end, section.span.start + 1):
                found.append(section)
            at = self._above[at]
        return found

    def group_at(self, offset: int) -> Group | None:
        """The table or list around an offset."""
        at = bisect_right(self._group_starts, offset) - 1
        if at < 0 or offset >= self.document.groups[at].span.end:
            return None
        return self.document.groups[at]

    def headers_of(self, item: WorkItem) -> tuple[str, ...]:
        """The headers, in lower case, of the table in which an item stands; empty outside tables."""
        table = self.group_at(item.span.start)
        if table is None or table.kind != "table":
            return ()
        start = table.span.start
        if start not in self._headers:
            head = self.line_at(start)
            cells = _cells(self.source.slice(head), head.start)
            self._headers[start] = tuple(_plain(self.source.slice(cell)).casefold() for cell in cells)
        return self._headers[start]

    def cells_of(self, item: WorkItem) -> list[tuple[str, Span]]:
        """Header in lower case and place of each cell of an item's table row; empty outside tables."""
        headers = self.headers_of(item)
        return (
            list(zip(headers, _cells(self.source.slice(item.span), item.span.start), strict=False)) if headers else []
        )

    def key_of(self, item: WorkItem) -> str | None:
        """The normal form of an item's id; None without one that could be met again."""
        if item.id is None:
            return None
        known = (item.id, item.kind)
        if known not in self._keys:
            self._keys[known] = normal_key(*known)
        return self._keys[known]

    def line_at(self, offset: int) -> Span:
        """The line around an offset, without its line end."""
        return self.source.line_span(self.source.line_of(offset))

    def place(self, span: Span, words: str = "") -> Place:
        """A place of this document; its own text on one line where no words are given."""
        return Place(self.source, span, words or " ".join(self.source.slice(span).split()))

    def member(self, item: WorkItem, label: str = "", number: tuple[int, ...] = ()) -> Member:
        """An item as a member of a run; where it has no status of its own, its boxes give one when they agree."""
        place = self.place(item.mark.span if item.mark is not None else item.span)
        name = label or item.id or item.title
        if item.status is not Status.UNKNOWN or item.mark is not None:
            return Member(
                number, name, place, self.place(item.span), item.title, item.status, item.mark.raw if item.mark else ""
            )
        status, count = self._by_boxes(item)
        return Member(number, name, place, self.place(item.span), item.title, status, "", count)

    def _by_boxes(self, item: WorkItem) -> tuple[Status, int]:
        around = self.sections_at(item.span.start)
        if not around or not item.id or around[0].unit != item.id:
            return Status.UNKNOWN, 0
        inside = self.items_in(Span(item.span.end, max(item.span.end, around[0].span.end)))
        boxes = [one.status for one in inside if one.mark is not None and one.mark.raw.startswith("[")]
        if len(boxes) >= 2 and len(set(boxes)) == 1 and boxes[0] in (Status.DONE, Status.QUEUED):
            return boxes[0], len(boxes)
        return Status.UNKNOWN, 0


def numbers_of(text: str) -> tuple[int, ...]:
    """Every number in an id, in order; numbers too long to count with are left out."""
    return tuple(int(match) for match in _DIGITS.findall(text) if len(match) <= 9)


def series_of(text: str) -> str:
    """An id with `#` for each number: what all ids of one series share."""
    return _DIGITS.sub("#", text.casefold())


def _plain(text: str) -> str:
    return _MARKS.sub("", text).strip()


def _parents(sections: Sequence[Section]) -> list[int]:
    """For each section the index of the one around it; -1 at the top."""
    above: list[int] = []
    open_: list[int] = []
    for at, section in enumerate(sections):
        while open_ and sections[open_[-1]].span.end <= section.span.start:
            open_.pop()
        above.append(open_[-1] if open_ else -1)
        open_.append(at)
    return above


def _cells(line: str, start: int) -> list[Span]:
    """The places of a table row's cells, without blanks around them."""
    edges = [match.start() for match in _PIPE.finditer(line)]
    stripped = line.strip()
    cuts = ([] if stripped.startswith("|") else [-1]) + edges + ([] if stripped.endswith("|") else [len(line)])
    spans: list[Span] = []
    for left, right in pairwise(cuts):
        text = line[left + 1 : right]
        begin = left + 1 + len(text) - len(text.lstrip())
        spans.append(Span(start + begin, start + begin + len(text.strip())))
    return spans
