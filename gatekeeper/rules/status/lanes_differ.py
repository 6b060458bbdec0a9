"""ST019."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Subject, Voice
from gatekeeper.rules.base import ProjectRule, enumerated
from gatekeeper.rules.status._pairs import SHARED, are_lanes, is_of_a_day, is_same, kind_of, who, words_of
from gatekeeper.rules.status._scale import (
    STARTED,
    differ,
    has_done_sign,
    is_box,
    is_done,
    is_explicit,
    is_worded,
    name_of,
    place_of,
    said,
    span_of,
    strength,
)

_SHOWN = 3
_RELATED_LIMIT = 10


class LanesDiffer(ProjectRule):
    """One role has not begun what another role has begun or done.

    ## Why it matters

    Sprint 5 is in progress on the board of one team and queued in the tracker of another. Lanes may differ by right, and then there is nothing to do; but
    where the second team waits for nothing, its tracker was forgotten, and everybody who plans by it is misled. So this is a note, one for each document.

    Both documents must name a role (an owner line, the owner of a row, the folder or file of a role), and must mean the same unit: an id that is one of a kind,
    or a number of a plan whose other units they call alike. Work that has begun is held against sprints, phases, milestones and gates alone, work that
    is done against all. Documents under `lanes:` in the policy are left alone.

    ## Bad

    ```md path=roles/frontend-engineer/board.md
    | Sprint | Theme | Status |
    |---|---|---|
    | 01 | Berth map | Done |
    | 02 | Tide tables | Done |
    | 03 | Pilot roster | In Progress |
    ```

    ```md path=roles/backend-engineer/tracker.md
    | Sprint | Theme | Status |
    |---|---|---|
    | 01 | Berth map | Done |
    | 02 | Tide tables | Done |
    | 03 | Pilot roster | Queued |
    ```

    ## Good

    ```md path=roles/frontend-engineer/board.md
    | Sprint | Theme | Status |
    |---|---|---|
    | 01 | Berth map | Done |
    | 02 | Tide tables | Done |
    | 03 | Pilot roster | In Progress |
    ```

    ```md path=roles/backend-engineer/tracker.md
    | Sprint | Theme | Status |
    |---|---|---|
    | 01 | Berth map | Done |
    | 02 | Tide tables | Done |
    | 03 | Pilot roster | Blocked |
    ```

    ## References

    - ST004, for two documents of one role
    """

    info = RuleInfo(code="ST019", name="lanes-differ", severity=Severity.NOTE, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each document with units that it has not begun and another lane has, at the first of them."""
        behind: dict[str, list[tuple[Voice, Voice]]] = defaultdict(list)
        for subject in project.subjects:
            for weak, strong in _behind(project, subject) if differ(subject.voices) else ():
                behind[weak.path].append((weak, strong))
        for pairs in behind.values():
            yield self._judge(sorted(pairs, key=lambda pair: pair[0].item.span))

    def _judge(self, pairs: list[tuple[Voice, Voice]]) -> Finding:
        here, there = pairs[0]
        more = [f"{name_of(one)} (line {one.line})" for one, _ in pairs[1:]]
        return self.finding(
            here.document.source,
            span_of(here),
            f"{name_of(here)} is {said(here)} here for {who(here)}, but {said(there)} for {who(there)} in {there.path}:{there.line}"
            + (f"; the same goes for {enumerated(more, _SHOWN)}" if more else ""),
            help="bring this lane up to date, or leave it: lanes that differ by right stand under `lanes:` in the policy",
            subject=here.role,
            related=tuple(
                place_of(strong, f"{said(strong)} here for {who(strong)}") for _, strong in pairs[:_RELATED_LIMIT]
            ),
        )


def _behind(project: Project, subject: Subject) -> Iterator[tuple[Voice, Voice]]:
    """Each document in which a unit has not begun, and the one of another role in which it went furthest."""
    voices = words_of(subject)
    # A role that is blocked says so, and one that has begun elsewhere is for ST004.
    moved = {voice.role for voice in voices if strength(voice) > 0}
    strong = [voice for voice in sorted(voices, key=strength, reverse=True) if _has_begun(voice)]
    for weak in voices:
        if weak.role in moved or not _waits(weak):
            continue
        for one in strong:
            is_lane = are_lanes(project, subject, one, weak) and not {one.path, weak.path} <= project.lanes
            if is_lane and _is_behind(subject, weak, one) and is_same(project, subject, one, weak):
                yield weak, one
                break


def _has_begun(voice: Voice) -> bool:
    return is_explicit(voice) and is_worded(voice) and (is_done(voice) or voice.item.status in STARTED)


def _waits(voice: Voice) -> bool:
    """Whether what a document says is plain, and not only of one day; that it has not begun is known."""
    is_plain = is_explicit(voice) and is_worded(voice) and not is_box(voice) and not has_done_sign(voice)
    return is_plain and not is_of_a_day(voice)


def _is_behind(subject: Subject, weak: Voice, strong: Voice) -> bool:
    is_at_one_time = weak.item.status is Status.QUEUED and kind_of(subject, strong) in SHARED
    return strong.item.status is Status.DONE or is_at_one_time
