"""GA001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Place
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import ProjectRule, quoted

_SHOWN = 3


class NameDiffers(ProjectRule):
    """One gate has two names.

    ## Why it matters

    The roadmap says "Notification gate", the ledger "Billing gate", and both mean the gate of Sprint 9: one of them was renamed, and evidence for the
    one is no evidence for the other. The finding stands where the rarer name is, once for each document that uses it. Letter case, punctuation, the
    word "gate" and shorter forms of one name do not count. Documents are held against each other only when they belong to one plan: they stand in
    one folder; or one links to the other or lies below its folder, and they agree on the gates of at least half of the units that both have; or they agree on
    all gates of the one, or on three times as many as they differ in. Folders beside each other that hold documents of one file name
    (`apps/web/tracker.md`, `apps/api/tracker.md`) are areas with plans of their own.

    ## Bad

    ```md path=docs/roadmap.md
    | Sprint | Theme | Gate |
    |---|---|---|
    | 01 | Foundation | CI gate |
    | 02 | Search | Discovery gate |
    ```

    ```md path=docs/tracker.md
    | Sprint | Theme | Gate | Status |
    |---|---|---|---|
    | 01 | Foundation | CI gate | Done |
    | 02 | Search | Search quality gate | Queued |
    ```

    ## Good

    ```md path=docs/roadmap.md
    | Sprint | Theme | Gate |
    |---|---|---|
    | 01 | Foundation | CI/CD gate |
    | 02 | Search | Discovery gate |
    ```

    ```md path=docs/tracker.md
    # Tracker

    ## Sprint 01 (CI Gate)

    **Status:** Done

    ## Sprint 02 (Discovery Gate)

    **Status:** Queued
    ```

    ## References

    - ST004, for documents that give one item two statuses
    """

    info = RuleInfo(code="GA001", name="gate-name-differs", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each document and name that differs from the name which most documents have."""
        for gate in project.order.gates:
            usual, others = _firsts(gate.usual), len({place.path for place in gate.usual})
            first = usual[0]
            more = f" and {others - 1} more" if others > 1 else ""
            for places in gate.others:
                place = places[0]
                yield self.finding(
                    place.source,
                    place.span,
                    f"the gate of {gate.unit} is {quoted(place.words)} here, but {quoted(first.words)} in {first.path} (line {first.line}){more}",
                    help="agree on one name, or say in both places that the gate was renamed",
                    subject=f"{gate.unit} {place.words}",
                    related=tuple(
                        Location.at(one.source, one.span, f"{quoted(one.words)} here")
                        for one in (*places[1:], *usual[:_SHOWN])
                    ),
                )


def _firsts(places: tuple[Place, ...]) -> list[Place]:
    """The first place of each document."""
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.path, place)
    return list(found.values())
