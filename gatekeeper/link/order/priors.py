"""Ticked lines that say that all earlier gates passed, against the gates of the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.link.order.outline import Outline, numbers_of
from gatekeeper.link.order.runs import kind_of
from gatekeeper.model.document import WorkItem
from gatekeeper.model.order import Member, PriorClaim, Run
from gatekeeper.model.status import Status

_CLAIM = re.compile(
    r"\b(?:all|every) (?:(?:the )?(?:previous|prior|preceding|earlier|above) )?(?P<word>gate|phase|sprint|milestone|stage)s?\b"
    r"(?P<range>[^\d\n]{0,40}\d+\s*(?:-|\u2013|\u2014|to|through)\s*\d+)?",
    re.IGNORECASE,
)
_PRIOR = re.compile(r"previous|prior|preceding|earlier|above", re.IGNORECASE)
_OPEN = (Status.QUEUED, Status.READY, Status.BLOCKED, Status.IN_PROGRESS)


def find_priors(outline: Outline, runs: Sequence[Run]) -> Iterator[PriorClaim]:
    """Each done line that says so and has open ones before it, in document order."""
    for item in outline.items:
        match = _CLAIM.search(item.title) if item.status is Status.DONE else None
        if match is None or not (match["range"] or _PRIOR.search(match.group())):
            continue
        members = [member for run in runs if run.kind == kind_of(match["word"]) for member in run.members]
        open_ = tuple(member for member in _covered(item, match, members) if member.status in _OPEN)
        if open_:
            yield PriorClaim(outline.place(item.span, item.title), open_)


def _covered(item: WorkItem, match: re.Match[str], members: Sequence[Member]) -> list[Member]:
    """The units that a claim is about: those of its range, else those numbered below the unit in which it stands."""
    if match["range"]:
        first, last = numbers_of(match["range"])[-2:]
        return [member for member in members if (first,) <= member.number[:1] <= (last,)]
    own = numbers_of(item.parent or item.gate or "")
    return [member for member in members if own and member.number < own]
