"""The day on which a document says it was last updated, and later completions of what it shows as done."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from gatekeeper.link.order.outline import Outline
from gatekeeper.link.order.signoffs import find_completions
from gatekeeper.link.paths import folder_of
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import WorkItem
from gatekeeper.model.order import LateCompletion, Place
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_UPDATED = re.compile(
    r"^[ \t>*_#+-]*(?:document |status )?(?:last[ _-]?)?(?:updated|modified|revised)(?:[ _](?:on|at|date))?[*_]*\s*[:：][*_ \t]*[\"'`]?"
    r"(?P<date>20\d\d-\d\d-\d\d)(?P<rest>[T ]\d\d:\d\d)?",
    re.IGNORECASE | re.MULTILINE,
)
_Completions = dict[str, list[tuple[str, Place]]]


class Updates:
    """Holds the day of a document's last update against what it, and documents beside it, date later."""

    def __init__(self, outlines: Iterable[Outline]) -> None:
        self._units: Mapping[str, _Completions] = defaultdict(dict)
        self._lines: dict[str, list[tuple[str, Place]]] = {}
        for outline in outlines:
            folder = self._units[folder_of(outline.document.path)]
            own = self._lines[outline.document.path] = []
            for date, place, item in find_completions(outline):
                own.append((date, place))
                key = outline.key_of(item) if item is not None and item.status is Status.DONE else None
                if key is not None:
                    folder.setdefault(key, []).append((date, place))

    def of(self, outline: Outline) -> Iterator[LateCompletion]:
        """The first completion that is later than the document's last update; at most one."""
        updated = _last_update(outline)
        if updated is None:
            return
        date, place = updated
        later = [one for one in self._lines[outline.document.path] if one[0] > date]
        entries = [
            (entry.date, outline.place(entry.span))
            for entry in outline.document.entries
            if entry.date and entry.date > date
        ]
        own = sorted([*later, *entries], key=lambda one: one[1].span)
        if own:
            yield LateCompletion(place, date, own[0][1], own[0][0], count=len(own))
            return
        shown = list(self._shown(outline, date))
        if shown:
            item, completed_date, completed = shown[0]
            yield LateCompletion(place, date, completed, completed_date, outline.place(item.span), len(shown))

    def _shown(self, outline: Outline, date: str) -> Iterator[tuple[WorkItem, str, Place]]:
        """The items shown as done whose unit of work a document in the same folder completes later."""
        units = self._units[folder_of(outline.document.path)]
        for item in outline.items if units else ():
            if item.status is not Status.DONE or item.mark is None:
                continue
            keys = [outline.key_of(item), normal_key(item.parent) if item.parent else None]
            found = next((units[key] for key in keys if key in units), [])
            dates = {one for one, _ in found}
            if len(dates) == 1 and found[0][0] > date and found[0][1].path != outline.document.path:
                yield item, *found[0]


def _last_update(outline: Outline) -> tuple[str, Place] | None:
    """The newest day that a document gives as that of its last update, and where; None where it gives a time of day too."""
    if not outline.says("updated", "modified", "revised"):
        return None
    found = [(match["date"], match["rest"], Span(*match.span())) for match in _UPDATED.finditer(outline.source.text)]
    if not found or any(rest for _, rest, _ in found):
        return None
    date, _, span = max(found, key=lambda one: (one[0], one[2]))
    return date, outline.place(span)
