"""ST004."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Subject, Voice
from gatekeeper.rules.base import ProjectRule
from gatekeeper.rules.status._scale import (
    NOT_STARTED,
    STARTED,
    agreement,
    has_done_sign,
    is_box,
    is_done,
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

_ASIDE = re.compile(
    r"(?:^|/)(?:archived?|archives|old|legacy|backups?|history|deprecated|obsolete|superseded|templates?|examples?|fixtures?|samples?|snapshots?|_[^/]*)/",
    re.IGNORECASE,
)
# A document of one day: what it says of open work was true then.
_OF_A_DAY = re.compile(
    r"(?<!\d)20\d\d-?[01]\d-?[0-3]\d(?!\d)|stand-?up|daily|weekly|minutes|meeting|retro|kick-?off|hand-?off|session|transition|snapshot"
    r"|changelog|release[-_ ]notes|summary|report[^/]*$",
    re.IGNORECASE,
)
_VOICES_LIMIT = 60


class DocumentsDisagree(ProjectRule):
    """Two documents give the same item statuses that cannot both hold.

    ## Why it matters

    The index still says `PLANNED`, the closeout says `PASS`. Plans and dashboards that are fed from the index are wrong, and nobody notices. Done or begun
    cannot stand beside not started, nor done beside blocked or dropped.

    Ids are compared across documents when they can mean one thing only (`AI-OPS-09`, `F1-E1`); others (`Phase 1`, `T001`) only near by and when the titles
    agree or one role speaks in both. What dated notes, summaries and archives say of open work is left alone: it was true on its day.
    It is a warning, because one of the two may be old; an error when a distinctive id has plain marks on both sides, done here and not started there, and
    one document points at the other or the titles agree. Where two roles speak, each of its own share of the work, it is a note.

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
        """At most one finding for each item, in the document with the stronger claim."""
        for subject in project.subjects:
            if len({strength(voice) for voice in subject.voices}) == 1:
                continue
            voices = [voice for voice in map(_word_of, _by_document(subject)) if voice is not None][:_VOICES_LIMIT]
            if len(voices) > 1 and (finding := self._judge(subject, voices)):
                yield finding

    def _judge(self, subject: Subject, voices: list[Voice]) -> Finding | None:
        for first in sorted(voices, key=strength, reverse=True):
            found = [(one, severity) for one in voices if (severity := _clash(subject, first, one)) is not None]
            if found:
                worst, severity = max(found, key=lambda pair: pair[1].rank)
                by = f" by {worst.role}" if worst.role and worst.role != first.role else ""
                finding = self.finding(
                    first.document.source,
                    span_of(first),
                    f"{name_of(first)} is {said(first)} here, but {said(worst)}{by} in {worst.path}:{worst.line}",
                    help="find out which document is right and change the other",
                    subject=subject.key,
                    related=tuple(place_of(one, f"{said(one)} here") for one, _ in found),
                )
                return weighed(finding, severity)
        return None


def _by_document(subject: Subject) -> list[list[Voice]]:
    return [list(voices) for _, voices in groupby(subject.voices, key=lambda voice: voice.path)]


def _word_of(voices: list[Voice]) -> Voice | None:
    """What a document says of an item; None when it is a log, set aside, or says two things."""
    first = next((voice for voice in voices if is_explicit(voice)), voices[0])
    if first.in_log or is_wish(first) or _ASIDE.search(first.path):
        return None
    return first if len({strength(voice) for voice in voices}) == 1 else None


def _clash(subject: Subject, strong: Voice, weak: Voice) -> Severity | None:
    """How bad it is that two documents say this of an item; None when both may hold."""
    if not _is_contradiction(strong, weak) or _OF_A_DAY.search(weak.path) or not _is_same(subject, strong, weak):
        return None
    is_plain = is_explicit(strong) and is_explicit(weak) and not is_box(weak)
    is_done = strong.item.status is Status.DONE and weak.item.status in NOT_STARTED
    if strong.role and weak.role and strong.role != weak.role:
        return Severity.NOTE if is_done and is_plain else None
    is_certain = subject.is_distinctive and (_points(subject, strong, weak) or agreement(strong, weak))
    return Severity.ERROR if is_certain and is_plain and is_done and strong.role == weak.role else Severity.WARNING


def _is_contradiction(strong: Voice, weak: Voice) -> bool:
    if has_done_sign(weak) or not is_worded(weak) or not is_worded(strong):
        return False
    if strong.item.status is Status.DONE:
        return is_done(strong) and weak.item.status in (*NOT_STARTED, Status.BLOCKED, Status.CANCELLED)
    return strong.item.status in STARTED and weak.item.status is Status.QUEUED and not is_box(weak)


def _is_same(subject: Subject, one: Voice, other: Voice) -> bool:
    """Whether two documents mean one thing by an id."""
    if subject.is_distinctive:
        return True
    parents = {voice.item.parent for voice in (one, other)} - {None}
    if len(parents) > 1 or not _are_near(one.path, other.path):
        return False
    is_one_role = bool(one.role) and one.role == other.role and " " in subject.key
    return is_one_role or agreement(one, other, least=2) is True


def _are_near(one: str, other: str) -> bool:
    """Whether one of two documents stands in the other's folder or below it."""
    mine, theirs = (path.rpartition("/")[0] + "/" for path in (one, other))
    return mine.startswith(theirs) or theirs.startswith(mine)


def _points(subject: Subject, one: Voice, other: Voice) -> bool:
    """Whether one document is about the item: its path names it, or the other's row offers it as evidence."""
    return any(
        subject.key in mine.path.casefold() or any(ref.path == mine.path for ref in theirs.item.evidence)
        for mine, theirs in ((one, other), (other, one))
    )
