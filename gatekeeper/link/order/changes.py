"""What a log says it changed in a tracker, and what that tracker shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.order.outline import Outline
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import DocumentKind, WorkItem
from gatekeeper.model.order import StatusChange
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_UNIT = r"`?(?P<unit>(?:sprint|epic|story|phase|chunk|gate|milestone|task)\s+#?\d+(?:\.\d+)*|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+)`?"
_STATUS = r"[`*\"']*(?P<status>in[ _-]progress|done|completed?|closed|passed|ready|queued|not started|verified)[`*\"']*"
# Each way of telling, after words without one of which it cannot match.
_CHANGES = (
    (
        ("marked", "moved", "set", "updated", "flipped", "transitioned", "promoted", "changed"),
        re.compile(
            rf"\b(?:marked|moved|set|updated|flipped|transitioned|promoted|changed)\s+{_UNIT}\s+(?:status\s+)?(?:as|to)\s+{_STATUS}",
            re.IGNORECASE,
        ),
    ),
    (("now",), re.compile(rf"{_UNIT}\s+(?:is\s+)?now\s+(?:marked\s+)?(?:as\s+)?{_STATUS}", re.IGNORECASE)),
)
_MEANING = {
    "in progress": Status.IN_PROGRESS,
    "done": Status.DONE,
    "complete": Status.DONE,
    "completed": Status.DONE,
    "closed": Status.DONE,
    "passed": Status.DONE,
    "verified": Status.DONE,
    "ready": Status.READY,
    "queued": Status.QUEUED,
    "not started": Status.QUEUED,
}
_CODED = re.compile(r"`([^`\n]+\.(?:md|markdown|txt|ya?ml|json))`|\]\(([^()\s]+\.(?:md|markdown|txt|ya?ml|json))\)")
_REACH = 4


class Changes:
    """The status changes that logs tell of, where the log names one tracker and that tracker has the unit once."""

    def __init__(self, outlines: Mapping[str, Outline]) -> None:
        self._outlines = outlines

    def of(self, outline: Outline) -> Iterator[StatusChange]:
        """The last change of each unit, in document order."""
        if outline.document.kind is not DocumentKind.PROGRESS_LOG and not outline.document.entries:
            return
        found: dict[tuple[str, str], StatusChange] = {}
        is_newest_first = _is_newest_first(outline)
        for span, unit, status, tracker in self._told(outline):
            shown = _shown(tracker, normal_key(unit))
            key = (tracker.document.path, normal_key(unit) or "")
            if shown is not None and not (is_newest_first and key in found):
                found[key] = StatusChange(outline.place(span), unit, status, tracker.member(shown, unit))
        yield from sorted(found.values(), key=lambda change: change.change.span)

    def _told(self, outline: Outline) -> Iterator[tuple[Span, str, Status, Outline]]:
        text = outline.source.text
        for words, pattern in _CHANGES:
            for match in pattern.finditer(text) if outline.says(*words) else ():
                tracker = self._tracker(outline, match.start())
                status = _MEANING[re.sub(r"[_-]", " ", match["status"].casefold())]
                if tracker is not None:
                    yield Span(*match.span()), match["unit"], status, tracker

    def _tracker(self, outline: Outline, offset: int) -> Outline | None:
        """The one document of the project that the line, or the lines above and below it, name."""
        source = outline.source
        line = source.line_of(offset)
        for numbers in ([line], [*range(line - _REACH, line)][::-1], [*range(line + 1, line + _REACH)]):
            for number in numbers:
                if 1 <= number <= source.line_count():
                    named = self._named(outline, source.slice(source.line_span(number)))
                    if len(named) == 1:
                        return named[0]
                    if named:
                        return None
        return None

    def _named(self, outline: Outline, text: str) -> Sequence[Outline]:
        folder = outline.document.path.rpartition("/")[0]
        paths = [one.strip("./") for pair in _CODED.findall(text) for one in pair if one]
        known = [self._outlines.get(path) or self._outlines.get(f"{folder}/{path}") for path in dict.fromkeys(paths)]
        return [one for one in known if one is not None and one is not outline]


def _is_newest_first(outline: Outline) -> bool:
    dates = [entry.date for entry in outline.document.entries if entry.date]
    return len(dates) > 1 and dates[0] > dates[-1]


def _shown(tracker: Outline, key: str | None) -> WorkItem | None:
    """The item of a tracker with this key; None when there is none, or several that differ."""
    found = [item for item in tracker.items if item.id and item.mark is not None and tracker.key_of(item) == key]
    return found[0] if key is not None and len({item.status for item in found}) == 1 else None
