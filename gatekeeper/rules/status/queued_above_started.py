"""ST006."""

from __future__ import annotations

import re

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Voice
from gatekeeper.rules.status._parts import PartsRule, claiming
from gatekeeper.rules.status._scale import (
    NOT_STARTED,
    is_box,
    is_explicit,
    is_worded,
    lines_of,
    name_of,
    place_of,
    said,
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

    def judge(self, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding when some part has begun."""
        parent = claiming(family, *NOT_STARTED)
        begun = [part for part in parts if part.item.status in _BEGUN and is_explicit(part) and is_worded(part)]
        if parent is None or is_box(parent) or not begun or _READY_TO_GO.search(said(parent)):
            return None
        words = ", ".join(dict.fromkeys(said(part) for part in begun[:3]))
        verb = "is" if len(begun) == 1 else "are"
        return self.finding(
            parent.document.source,
            span_of(parent),
            f"{name_of(parent)} is {said(parent)} here, but {len(begun)} of its {len(parts)} parts {verb} {words} ({lines_of(begun)})",
            help="give the whole a status that fits its parts",
            subject=parent.key or parent.item.title,
            related=tuple(place_of(part, f"{said(part)} here") for part in begun[:10]),
        )
