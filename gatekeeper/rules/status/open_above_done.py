"""ST007."""

from __future__ import annotations

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Family, Relation, Shape, Voice
from gatekeeper.rules.status._parts import PartsRule
from gatekeeper.rules.status._scale import is_done, is_worded, lines_of, name_of, place_of, said, span_of, weighed

_UNDER_WAY = (Status.IN_PROGRESS, Status.PARTIAL, Status.QUEUED)


class OpenAboveDone(PartsRule):
    """A unit of work is still open, but every part of it is done.

    ## Why it matters

    Six rows of six are done and the phase still says `in progress`: either the status was forgotten, or work remains that nobody has listed. Both
    hide what is left to do. At least two parts are needed to judge. It is a note where the parts are checkboxes or plain lines: such lists often
    hold only what was done so far.

    ## Bad

    ```md path=docs/tracker.md
    # Tracker

    ## Phase 2 - Storage (in progress)

    | Task | Scope | Status |
    |---|---|---|
    | ST-1 | Schema | Done |
    | ST-2 | Migrations | Done |
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker

    ## Phase 2 - Storage (in progress)

    | Task | Scope | Status |
    |---|---|---|
    | ST-1 | Schema | Done |
    | ST-2 | Migrations | In progress |
    ```

    ## References

    - ST005, for a unit that is done before its parts are
    """

    info = RuleInfo(code="ST007", name="open-above-done-parts", severity=Severity.WARNING, since="0.1")
    relations = (Relation.PARENT, Relation.NAMES)
    claims = _UNDER_WAY

    def judge(self, unit: Voice, family: Family, parts: list[Voice]) -> Finding | None:
        """A finding when nothing is left to do; a unit that has not begun is ST006's."""
        if len(parts) < 2 or not all(is_done(part) and is_worded(part) for part in parts):
            return None
        is_ticked = unit.shape is Shape.BOX
        if unit.item.status is Status.QUEUED and not is_ticked:
            return None
        finding = self.finding(
            unit.document.source,
            span_of(unit),
            f"{name_of(unit)} is {said(unit)} here, but all its {len(parts)} parts are done ({lines_of(parts)})",
            help="close it, or list what is left to do",
            subject=unit.key or unit.item.title,
            related=tuple(place_of(part, f"{said(part)} here") for part in parts[:10]),
        )
        is_plan = all(part.key is not None or part.shape is Shape.ROW or part.item.id for part in parts)
        return weighed(finding, Severity.WARNING if is_plan and not is_ticked else Severity.NOTE)
