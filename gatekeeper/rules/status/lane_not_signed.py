"""ST020."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import LaneWord, Voice
from gatekeeper.rules.base import ProjectRule
from gatekeeper.rules.status._pairs import is_aside, is_of_a_day
from gatekeeper.rules.status._scale import (
    has_done_sign,
    is_box,
    is_done,
    is_explicit,
    is_worded,
    name_of,
    place_of,
    said,
    span_of,
)

_OPEN = (Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW, Status.BLOCKED)


class LaneNotSigned(ProjectRule):
    """A role's tracker and the row of that role in a packet disagree on whether its share of a unit is done.

    ## Why it matters

    The tracker of the data team says that Sprint 3 is done. The gate packet of Sprint 3 has a row for the data team, and there it waits for its sign-off.
    Either the sign-off is missing or the packet was forgotten, and a gate that is decided by its packet stays shut.

    The role must be named on both sides: a column Lane, Role or Team in the packet, and an owner line or the folder or file of a role at the tracker. The unit
    is the one that the heading above the table names, or the title of its document. Notes of one day, logs and archives are left alone.

    ## Bad

    ```md path=docs/gates/packet.md
    # Gate packets

    ## Sprint 03: Pilot roster

    | Lane | Status |
    |---|---|
    | Data Platform | Sign-off pending |
    | Frontend | Signed |
    ```

    ```md path=roles/data-platform-engineer/tracker.md
    | Sprint | Theme | Status |
    |---|---|---|
    | 03 | Pilot roster | Done |
    ```

    ## Good

    ```md path=docs/gates/packet.md
    # Gate packets

    ## Sprint 03: Pilot roster

    | Lane | Status |
    |---|---|
    | Data Platform | Signed |
    | Frontend | Sign-off pending |
    ```

    ```md path=roles/data-platform-engineer/tracker.md
    | Sprint | Theme | Status |
    |---|---|---|
    | 03 | Pilot roster | Done |
    ```

    ## References

    - ST004, for two documents that give one unit two statuses
    - ST019, for two roles of which one is behind
    """

    info = RuleInfo(code="ST020", name="lane-not-signed", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each row of a role, where it is said that the share is done."""
        for word in project.lane_words:
            pair = _disagreeing(word)
            if pair is not None:
                done, open_ = pair
                yield self.finding(
                    done.document.source,
                    span_of(done),
                    _message(word, done, open_),
                    help="get the sign-off and note it in the packet, or take back that the share is done",
                    subject=f"{word.unit} {word.role}",
                    related=(place_of(open_, f"{said(open_)} here"),),
                )


def _disagreeing(word: LaneWord) -> tuple[Voice, Voice] | None:
    """Who says that a role's share is done, and who says that it is open; None when they agree or a role is of two minds."""
    own = [one for one in word.own if not _is_past(one)]
    if not own or _is_past(word.row):
        return None
    if all(_is_plainly_done(one) for one in own) and _is_open(word.row):
        return own[0], word.row
    if all(_is_open(one) and is_explicit(one) for one in own) and _is_plainly_done(word.row):
        return word.row, own[0]
    return None


def _is_past(voice: Voice) -> bool:
    return voice.in_log or is_aside(voice) or is_of_a_day(voice)


def _is_plainly_done(voice: Voice) -> bool:
    return is_done(voice) and is_explicit(voice) and is_worded(voice)


def _is_open(voice: Voice) -> bool:
    return voice.item.status in _OPEN and is_worded(voice) and not has_done_sign(voice) and not is_box(voice)


def _message(word: LaneWord, done: Voice, open_: Voice) -> str:
    """What is said here and there: of the unit in a tracker of the role, of the role's row in a packet of the unit."""
    there = f"{said(open_)} in {open_.path}:{open_.line}"
    if done is word.row:
        return f"the row of {name_of(done)} has {said(done)} for {name_of(open_)} here, but its own tracker has {there}"
    return f"{name_of(done)} is {said(done)} here, but the row of {name_of(open_)} has {there}"
