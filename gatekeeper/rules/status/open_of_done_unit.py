"""ST014."""

from __future__ import annotations

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Voice
from gatekeeper.rules.status._parts import PartsRule
from gatekeeper.rules.status._scale import is_explicit, is_ornament, name_of, place_of, said, span_of

_WAITING = (Status.QUEUED, Status.READY)


class OpenOfDoneUnit(PartsRule):
    """An item is pending until a unit of work brings it, and that unit is done.

    ## Why it matters

    `Pending (Phase 2)`, says the row, and Phase 2 is complete: either the row was forgotten, or Phase 2 was closed without what it had promised.

    The row must name the unit in its status, or alone in a cell of a column such as Phase, Sprint, Implementation or Notes. Columns for dependencies are left
    alone, and so are units of which the document says two things.

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    ## Phase 2: Storage (complete)

    Written and shipped.

    ## Requirements

    | ID | Requirement | Status |
    |---|---|---|
    | RQ-1 | Schema | Done |
    | RQ-2 | Restore | Pending (Phase 2) |
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker

    ## Phase 2: Storage (complete)

    Written and shipped.

    ## Requirements

    | ID | Requirement | Status |
    |---|---|---|
    | RQ-1 | Schema | Done |
    | RQ-2 | Restore | Pending (Phase 3) |
    ```

    ## References

    - ST005, for parts that stand below their unit
    """

    info = RuleInfo(code="ST014", name="open-item-of-done-unit", severity=Severity.WARNING, since="0.1")
    relations = (Relation.BRINGS,)

    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding for all items that wait for one unit, at the first of them."""
        waiting = [part for part in parts if part.item.status in _WAITING and is_explicit(part)]
        if is_ornament(unit) or not waiting:
            return None
        first, more = waiting[0], len(waiting) - 1
        return self.finding(
            first.document.source,
            span_of(first),
            f"{name_of(first)} is {said(first)} until {name_of(unit)} brings it, but that is {said(unit)} (line {unit.line})"
            + (f"; {more} more wait for it" if more else ""),
            help="close the item, or name the unit that brings it now",
            subject=first.key or first.item.title,
            related=(
                place_of(unit, f"{said(unit)} here"),
                *(place_of(part, f"{said(part)} here too") for part in waiting[1:10]),
            ),
        )
