"""ST003."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Shape, Subject, Voice
from gatekeeper.model.text import Span
from gatekeeper.rules.base import ProjectRule
from gatekeeper.rules.status._scale import (
    NOT_STARTED,
    agreement,
    differ,
    has_done_sign,
    is_answer,
    is_box,
    is_explicit,
    is_wish,
    is_worded,
    name_of,
    place_of,
    said,
    span_of,
    strength,
    weighed,
)

_FAR_FROM_DONE = (*NOT_STARTED, Status.IN_PROGRESS, Status.BLOCKED)
_VOICES_LIMIT = 40
_THERE = re.compile(r"\W*(?:exists?|existing|present|available|red|green|amber|yellow)\b", re.IGNORECASE)
_STEP = re.compile(r"\s*(?:\*\*|__)?\s*\d+[.)]\s|\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*$")


class TwoStatuses(ProjectRule):
    """One document gives the same item two statuses that cannot both hold.

    ## Why it matters

    The table at the top says `Not started`, the section below says `(complete)`: whoever reads only one of them is misled. It is an error when both are
    plain marks, one of them done, on items with one id and titles that agree. It is a warning when a status is a lone sign, or when only the id says that
    they are the same. Sentences are not compared. Neighbors on the scale (queued and ready; in progress, partial and in review) are no contradiction,
    and a log may tell of each day what was true then.

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    | Sprint | Scope | Status |
    |---|---|---|
    | E1 | Sign-in and sessions | Done |
    | E2 | Durable storage | Not started |

    ## E2 - Durable storage (complete)

    - [x] Schema and migrations
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker

    | Sprint | Scope | Status |
    |---|---|---|
    | E1 | Sign-in and sessions | Done |
    | E2 | Durable storage | Done |

    ## E2 - Durable storage (complete)

    - [x] Schema and migrations
    ```

    ## References

    - ST004, for two documents that disagree
    """

    info = RuleInfo(code="ST003", name="statuses-differ-in-document", severity=Severity.ERROR, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """At most one finding for each item of each document, where the stronger claim stands; at the weaker one when parts bear the stronger out."""
        borne_out = _borne_out(project)
        for subject in project.subjects:
            for _, voices in groupby(subject.voices, key=lambda voice: voice.path):
                here = [voice for voice in voices if not voice.in_log][:_VOICES_LIMIT]
                if differ(here):
                    meant = [voice for voice in here if not is_wish(voice)]
                    yield from self._judge(subject, meant, borne_out)

    def _judge(
        self, subject: Subject, voices: list[Voice], borne_out: frozenset[tuple[str, Span]]
    ) -> Iterator[Finding]:
        strongest = sorted(voices, key=strength, reverse=True)
        for first in strongest:
            severities = {id(one): _clash(subject, first, one) for one in voices if strength(one) < strength(first)}
            others = [one for one in voices if severities.get(id(one)) is not None]
            if others:
                worst = max((one for one in others), key=lambda one: (severities[id(one)] or Severity.NOTE).rank)
                stale = worst if (first.path, first.item.span) in borne_out else first
                true = first if stale is worst else worst
                finding = self.finding(
                    stale.document.source,
                    span_of(stale),
                    f"{name_of(stale)} is {said(stale)} here, but {said(true)} in line {true.line}"
                    + (", where all its parts are done" if true is first else ""),
                    help="find out which of them is true and change the other",
                    subject=subject.key,
                    related=tuple(place_of(one, f"{said(one)} here") for one in (first, *others) if one is not stale),
                )
                yield weighed(finding, severities[id(worst)] or Severity.WARNING)
                return


def _borne_out(project: Project) -> frozenset[tuple[str, Span]]:
    """Path and span of the items that are done and whose parts are all done, so that another status was forgotten."""
    return frozenset(
        (path, parent.item.span)
        for path, families in project.families.items()
        for family in families
        if all(child.item.status is Status.DONE for child in family.children)
        for parent in family.parents
        if parent.item.status is Status.DONE
    )


def _clash(subject: Subject, strong: Voice, weak: Voice) -> Severity | None:
    """How bad it is that two items of one document have these statuses; None when both may hold."""
    certainty = _is_same(subject, strong, weak)
    if certainty is None or not _is_contradiction(strong, weak):
        return None
    is_plain = (
        is_worded(strong)
        and is_worded(weak)
        and not any(map(_is_its_title, (strong, weak)))
        and not _is_of_another(weak)
    )
    far = strong.item.status is Status.DONE and weak.item.status in _FAR_FROM_DONE
    return Severity.ERROR if certainty and is_plain and far else Severity.WARNING


def _is_contradiction(strong: Voice, weak: Voice) -> bool:
    if not is_explicit(strong) or not is_explicit(weak) or has_done_sign(weak) or is_answer(strong) or is_answer(weak):
        return False
    if strong.item.status is Status.DONE:
        if _repeats(strong, weak):
            return False
        is_nearly = weak.item.status is Status.READY and strong.shape is Shape.HEADING and not is_worded(strong)
        return weak.item.status is not Status.REVIEW and not is_nearly
    return weak.item.status is Status.QUEUED and not is_box(weak) and strength(strong) == 2


def _is_its_title(voice: Voice) -> bool:
    """Whether the status words are all that a heading is called, as `AC5: Tests pass`, or say only that a thing is there or how a check came out."""
    raw = voice.item.mark.raw if voice.item.mark else ""
    title = voice.item.title.strip(" *`_").casefold()
    return _THERE.match(raw) is not None or (voice.shape is Shape.HEADING and title == raw.casefold())


def _is_of_another(voice: Voice) -> bool:
    """Whether a status line stands below a bold or numbered line of its own, and so speaks of that one step."""
    return voice.shape is Shape.LINE and _STEP.match(voice.lead) is not None and (voice.item.id or "") not in voice.lead


def _repeats(strong: Voice, weak: Voice) -> bool:
    """Whether the stronger words hold the weaker ones: `Complete - ready for launch` beside `Ready for launch`."""
    mine, theirs = (voice.item.mark.raw.casefold() if voice.item.mark else "" for voice in (strong, weak))
    return " " in theirs and mine.endswith(theirs)


def _is_same(subject: Subject, one: Voice, other: Voice) -> bool | None:
    """True when two items of a document are surely one thing, False when probably, None when they may well be two."""
    if one.role != other.role or (one.shape is other.shape is Shape.ROW and one.sections == other.sections):
        return None
    parents = {voice.item.parent for voice in (one, other)} - {None, one.item.id, other.item.id}
    if len(parents) > 1:
        return None
    agrees = agreement(one, other)
    if agrees:
        return True
    is_row_and_unit = {one.shape, other.shape} in ({Shape.ROW, Shape.HEADING}, {Shape.ROW, Shape.LINE})
    if agrees is None:
        return subject.is_distinctive or (False if is_row_and_unit else None)
    return False if is_row_and_unit else None
