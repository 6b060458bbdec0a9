"""ST004."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Subject, Voice
from gatekeeper.rules.base import ProjectRule
from gatekeeper.rules.status._circles import circles_of
from gatekeeper.rules.status._pairs import (
    SHARED,
    are_lanes,
    authority_of,
    has_results,
    is_of_a_day,
    is_of_its_time,
    is_same,
    kind_of,
    points,
    who,
    words_of,
)
from gatekeeper.rules.status._scale import (
    NOT_STARTED,
    STARTED,
    agreement,
    differ,
    has_done_sign,
    is_answer,
    is_box,
    is_explicit,
    is_worded,
    name_of,
    place_of,
    said,
    span_of,
    strength,
    weighed,
)

# How a design stands, and not what was made after it.
_IS_PAPER = re.compile(r"\W*ready (?:for|to) (?:implement\w*|develop\w*|dev|build|code|review)\b", re.IGNORECASE)


class DocumentsDisagree(ProjectRule):
    """Two documents give the same item statuses that cannot both hold.

    ## Why it matters

    The index still says `PLANNED`, the closeout says `PASS`. Plans and dashboards that are fed from the index are wrong, and nobody notices. Done or begun
    cannot stand beside not started, nor done beside in progress, blocked or dropped; the share of one role may be done while a sprint goes on.

    Ids are compared across documents when they can mean one thing only (`AI-OPS-09`, `F1-E1`); others (`Phase 1`, `T001`) only where both documents call at
    least three units of that series alike, or near by when the titles agree or one role speaks in both; each plan is told of its own `Sprint 4`.
    Gates in common do not make two plans one where the titles differ. What dated notes, summaries and archives say of
    open work is left alone: it was true on its day. Where two documents speak for two roles, ST019 looks at them.

    It is a warning, because one of the two may be old; an error when a distinctive id has plain marks on both sides, done here and not started there, and
    one document points at the other or the titles agree.

    The finding stands at the stronger claim, with these exceptions: where one document is about the unit alone, with results and nothing open, and the other
    is a list of many units, it is the row of the list that has to be mended; of begun and not started it is the latter, since nobody begins by accident.
    Where the policy names an `authority`, it stands at the other document, and is an error when both marks are plain.

    ## Bad

    ```md path=docs/sprints/README.md
    # Sprints

    | Sprint | Goal | Status |
    |---|---|---|
    | OPS-SEA-08 | Tide tables | PASS |
    | OPS-SEA-09 | Berth map | PLANNED |
    ```

    ```md path=docs/closeouts/berth-map.md
    # OPS-SEA-09 Closeout

    **Status:** PASS
    ```

    ## Good

    ```md path=docs/sprints/README.md
    # Sprints

    | Sprint | Goal | Status |
    |---|---|---|
    | OPS-SEA-08 | Tide tables | PASS |
    | OPS-SEA-09 | Berth map | PASS |
    ```

    ```md path=docs/closeouts/berth-map.md
    # OPS-SEA-09 Closeout

    **Status:** PASS
    ```

    ## References

    - ST003, for two statuses in one document
    """

    info = RuleInfo(code="ST004", name="documents-disagree", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """At most one finding for each item of a plan, in the document that has to be mended or, where that is open, has the stronger claim."""
        for subject in project.subjects:
            for one in circles_of(project, subject) if differ(subject.voices) else ():
                if differ(one.voices) and (finding := self._judge(project, one, words_of(one))):
                    yield finding

    def _judge(self, project: Project, subject: Subject, voices: list[Voice]) -> Finding | None:
        for first in sorted(voices, key=strength, reverse=True):
            found = [
                (one, severity) for one in voices if (severity := _clash(project, subject, first, one)) is not None
            ]
            if found:
                worst, severity = max(found, key=lambda pair: pair[1].rank)
                here, reason = _place(project, subject, first, worst)
                other = worst if here is first else first
                whose = f" for {who(other)}" if other.role and other.role != here.role else ""
                finding = self.finding(
                    here.document.source,
                    span_of(here),
                    f"{name_of(here if here.item.id else other)} is {said(here)} here, but {said(other)}{whose} in {other.path}:{other.line}{reason}",
                    help="find out which document is right and change the other"
                    if here is first and not reason
                    else "bring this place up to date, or correct the other",
                    subject=subject.key,
                    related=tuple(place_of(one, f"{said(one)} here") for one in _others(here, first, found)),
                )
                return weighed(finding, severity)
        return None


def _others(here: Voice, first: Voice, found: list[tuple[Voice, Severity]]) -> list[Voice]:
    """All who disagree, by path, but the one at which the finding stands."""
    everyone = [one for one, _ in found if one is not here]
    return everyone if first is here else sorted([first, *everyone], key=lambda one: one.path)


def _place(project: Project, subject: Subject, strong: Voice, weak: Voice) -> tuple[Voice, str]:
    """The voice at which a finding stands, and why where the policy or the documents decide it."""
    authority = authority_of(project, strong, weak)
    if authority is not None:
        return weak if authority is strong else strong, ", which is the authority here (.gatekeeper.yml)"
    if has_results(project, subject, strong, weak):
        return weak, ", its own document"
    return (strong if strong.item.status is Status.DONE else weak), ""


def _clash(project: Project, subject: Subject, strong: Voice, weak: Voice) -> Severity | None:
    """How bad it is that two documents say this of an item; None when both may hold."""
    if not _is_contradiction(subject, strong, weak) or is_of_a_day(weak) or are_lanes(project, subject, strong, weak):
        return None
    if not is_same(project, subject, strong, weak):
        return None
    if authority_of(project, strong, weak) is not None:
        return Severity.WARNING if is_box(weak) else Severity.ERROR
    is_done = strong.item.status is Status.DONE and weak.item.status in NOT_STARTED and not _IS_PAPER.match(_raw(weak))
    is_certain = subject.is_distinctive and (points(subject, strong, weak) or agreement(strong, weak))
    is_plain = is_certain and is_done and not is_box(weak) and not is_of_its_time(weak)
    return Severity.ERROR if is_plain and strong.role == weak.role else Severity.WARNING


def _raw(voice: Voice) -> str:
    return voice.item.mark.raw if voice.item.mark else ""


def _is_contradiction(subject: Subject, strong: Voice, weak: Voice) -> bool:
    if has_done_sign(weak) or not all(
        is_worded(one) and is_explicit(one) and not is_answer(one) for one in (strong, weak)
    ):
        return False
    if strong.item.status is Status.DONE:
        # The share of one role may be done while the sprint goes on.
        is_whole = strong.role == weak.role or (subject.is_distinctive and kind_of(subject, strong) not in SHARED)
        open_ = (*NOT_STARTED, Status.BLOCKED, Status.CANCELLED, *((Status.IN_PROGRESS,) if is_whole else ()))
        return weak.item.status in open_
    return strong.item.status in STARTED and weak.item.status is Status.QUEUED and not is_box(weak)
