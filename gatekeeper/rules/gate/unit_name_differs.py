"""GA009."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import ProjectRule, quoted

_SHOWN = 3


class UnitNameDiffers(ProjectRule):
    """One sprint, phase, epic or feature has two names.

    ## Why it matters

    Feature 7 is "Billing and plans" in one list and "Demo governance" in another: a plan was changed in one place, or a number was given twice. Work that is
    done under one name is then counted for the other.

    Two documents are held against each other only where they call at least three other units of the series by one name, most of all that both name, and three
    times as many as not. Names with a word in common, a common gate or common parts are one name. Tasks and numbered stories are left alone. The finding
    stands where the rarer name is.

    ## Bad

    ```md path=docs/roadmap.md
    | Feature | Window | Status |
    |---|---|---|
    | F1 Berth reservations | 01 | Done |
    | F2 Tide tables | 02 | Done |
    | F3 Pilot roster | 03 | Queued |
    | F4 Harbor dues | 04 | Queued |
    ```

    ```md path=docs/matrix.md
    # Matrix

    ## Feature 01 - Berth reservations

    - [x] Schema

    ## Feature 02 - Tide tables

    - [x] Schema

    ## Feature 03 - Pilot roster

    - [ ] Schema

    ## Feature 04 - Visitor badges

    - [ ] Schema
    ```

    ## Good

    ```md path=docs/roadmap.md
    | Feature | Window | Status |
    |---|---|---|
    | F1 Berth reservations | 01 | Done |
    | F2 Tide tables | 02 | Done |
    | F3 Pilot roster | 03 | Queued |
    | F4 Harbor dues | 04 | Queued |
    ```

    ```md path=docs/matrix.md
    # Matrix

    ## Feature 01 - Berth reservations

    - [x] Schema

    ## Feature 02 - Tide tables

    - [x] Schema

    ## Feature 03 - Pilot roster

    - [ ] Schema

    ## Feature 04 - Dues and invoices

    - [ ] Schema
    ```

    ## References

    - GA001, for the names of gates
    """

    info = RuleInfo(code="GA009", name="unit-name-differs", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each unit and document whose name for it differs from the name that most documents have."""
        for names in (one for found in project.plans.names.values() for one in found):
            first, *others = names.usual
            more = f" and {len(others)} more" if others else ""
            yield self.finding(
                names.here.source,
                names.here.span,
                f"{names.unit} is {quoted(names.here.words)} here, but {quoted(first.words)} in {first.path} (line {first.line}){more};"
                f" {names.siblings} other units go by one name in both",
                help="agree on one name, or say in both places that the unit was changed",
                subject=names.unit,
                related=tuple(
                    Location.at(one.source, one.span, f"{quoted(one.words)} here") for one in names.usual[:_SHOWN]
                ),
            )
