"""ST008."""

from __future__ import annotations

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Voice
from gatekeeper.rules.status._parts import PartsRule
from gatekeeper.rules.status._scale import is_box, is_explicit, name_of, place_of, said, span_of


class StartedAboveQueued(PartsRule):
    """A unit of work is under way, but nothing that its row names has begun.

    ## Why it matters

    The sprint is `In Progress`, and the epics that it is made of are all `Queued`. Either the sprint has not really begun or the epics are not kept up to date.
    The row must name at least two smaller units by id; what the same role says of them is taken from the same document, else from its other documents.

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    | Sprint | Epics | Status |
    |---|---|---|
    | Sprint 03 | F2-E1, F2-E2 | In Progress |

    | Epic | Scope | Status |
    |---|---|---|
    | F2-E1 | Sign-in | Queued |
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

    - ST006, for the other way round
    """

    info = RuleInfo(code="ST008", name="started-above-queued-parts", severity=Severity.WARNING, since="0.1")
    relations = (Relation.NAMES,)
    claims = (Status.IN_PROGRESS,)

    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding when no part has begun."""
        if len(parts) < 2:
            return None
        if any(part.item.status is not Status.QUEUED or is_box(part) or not is_explicit(part) for part in parts):
            return None
        places = ", ".join(f"{name_of(part)} in {_where(unit, part)}" for part in parts[:4])
        return self.finding(
            unit.document.source,
            span_of(unit),
            f"{name_of(unit)} is {said(unit)} here, but all {len(parts)} units that it names are {said(parts[0])}: {places}",
            help="give the units the status they have by now, or put the whole back",
            subject=unit.key or unit.item.title,
            related=tuple(place_of(part, f"{said(part)} here") for part in parts[:10]),
        )


def _where(parent: Voice, part: Voice) -> str:
    return f"line {part.line}" if part.path == parent.path else f"{part.path}:{part.line}"
