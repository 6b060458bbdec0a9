"""Which items the columns and lists belong to that a document calls evidence; everything is found by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from gatekeeper.model.document import Document, EvidencePlace, WorkItem

# How many units of work that stand before a list, and may hold it, are looked at.
_UNITS_BACK = 20


class Items:
    """The items of one document by place and by unit of work."""

    def __init__(self, document: Document) -> None:
        self._items = sorted(document.items, key=lambda item: item.span)
        self._starts = [item.span.start for item in self._items]
        self._units = [part for part in document.sections if part.unit]
        self._unit_starts = [part.span.start for part in self._units]
        self._by_id: defaultdict[str, list[WorkItem]] = defaultdict(list)
        for item in self._items:
            if item.id:
                self._by_id[item.id].append(item)

    def of(self, place: EvidencePlace) -> list[WorkItem]:
        """The rows of a column's table; those that speak of the unit of work in whose section a list stands."""
        if place.kind == "column":
            first = bisect_left(self._starts, place.span.start)
            return self._items[first : bisect_left(self._starts, place.span.end)]
        start = place.label.start
        at = bisect_right(self._unit_starts, start)
        before = reversed(self._units[max(at - _UNITS_BACK, 0) : at])
        unit = next((part.unit for part in before if start < part.span.end), None)
        return self._by_id.get(unit, []) if unit else []
