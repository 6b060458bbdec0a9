"""ST006."""

from __future__ import annotations

import re

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Voice
from gatekeeper.rules.status._parts import PartsRule
from gatekeeper.rules.status._scale import (
    NOT_STARTED,
    is_box,
    is_explicit,
    is_worded,
    lines_of,
    name_of,
    place_of,
    said,
    share_of,
    span_of,
)

_BEGUN = (Status.DONE, Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW)
_READY_TO_GO = re.compile(r"\b(?:ready|prepared) (?:for|to)\b(?! (?:dev|start|begin|work|pick))", re.IGNORECASE)


class QueuedAboveStarted(PartsRule):
    """A unit of work has not begun, but parts of it are under way or done.

    ## Why it matters

    The epic is `backlog` and its stories are done: somebody moved the parts and forgot the whole. Plans that look at the whole start it again.

    An empty checkbox says only "not done", so it may stand above parts that have begun.

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    | Sprint | Epics | Status |
    |---|---|---|
    | Sprint 03 | F2-E1, F2-E2 | Queued |

    | Epic | Scope | Status |
    |---|---|---|
    | F2-E1 | Sign-in | In Progress |
    | F2-E2 | Sessions | Queued |
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker

    | Sprint | Epics | Status |
    |---|---|---|
    | Sprint 03 | F2-E1, F2-E2 | In Progress |

    | Epic | Scope | Status |
    |---|---|---|
    | F2-E1 | Sign-in | In Progress |
    | F2-E2 | Sessions | Queued |
    ```

    ## References

    - ST005, for a unit that is done before its parts are
    """

    info = RuleInfo(code="ST006", name="queued-above-started-parts", severity=Severity.WARNING, since="0.1")
    relations = (Relation.PARENT, Relation.NAMES)
    claims = NOT_STARTED

    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding when some part has begun."""
        begun = [part for part in parts if part.item.status in _BEGUN and is_explicit(part) and is_worded(part)]
        if is_box(unit) or not begun or _READY_TO_GO.search(said(unit)):
            return None
        words = ", ".join(dict.fromkeys(said(part) for part in begun[:3]))
        return self.finding(
            unit.document.source,
            span_of(unit),
            f"{name_of(unit)} is {said(unit)} here, but {share_of(begun, parts)} {words} ({lines_of(begun)})",
            help="give the whole a status that fits its parts",
            subject=unit.key or unit.item.title,
            related=tuple(place_of(part, f"{said(part)} here") for part in begun[:10]),
        )
