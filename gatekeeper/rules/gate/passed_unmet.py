"""GA011."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import DocumentKind
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.verdict import Demand, GateState, Requirement
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo, Saying
from gatekeeper.rules.base import ProjectRule, quoted
from gatekeeper.rules.gate._verdict import finding_at, passed, related


class PassedUnmet(ProjectRule):
    """A gate is passed by decision, but something that it needs is not met.

    ## Why it matters

    "GO" is written once, and nobody looks back: a box of the exit criteria stays open in another document, a report that the policy asks for has
    failed tests. The finding stands at the decision and names what is missing. Where the policy asks for it both sides are explicit, and it is an
    error; where another document brings it, a warning. What the decision's own document says against it is told by the rules about statuses, and
    missing files by those about evidence.

    A waiver of this rule for a gate (`gate: Release gate`) is one for the whole gate: `gatekeeper gates` shows it as waived.

    ## Bad

    ```md path=docs/gates/board.md
    # Gates

    | Gate | Status |
    |---|---|
    | Gate 4 | Passed |
    | Gate 5 | Queued |
    ```

    ```md path=docs/gates/gate-4.md
    # Gate 4: Pilot

    ## Exit criteria

    - [x] Ten pilots flew
    - [ ] The insurer agreed
    ```

    ## Good

    ```md path=docs/gates/board.md
    # Gates

    | Gate | Status |
    |---|---|
    | Gate 4 | Passed |
    | Gate 5 | Queued |
    ```

    ```md path=docs/gates/gate-4.md
    # Gate 4: Pilot

    ## Exit criteria

    - [x] Ten pilots flew
    - [x] The insurer agreed
    ```

    ## References

    - GA013, for sign-offs
    - ST001, for open items below a done one
    """

    info = RuleInfo(code="GA011", name="gate-passed-unmet", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each passed gate, at the decision."""
        plans = {one.path for one in project.documents if one.kind is DocumentKind.BACKLOG}
        for fact in project.known_gates:
            decision = passed(fact)
            if decision is None:
                continue
            unmet = [one for one in _unmet(fact, decision) if not _is_of(one, plans)]
            if unmet:
                yield self._judge(fact, decision, unmet)

    def _judge(self, fact: GateFact, decision: Saying, unmet: list[Requirement]) -> Finding:
        first, name = unmet[0], fact.gate.name
        more = f", and {len(unmet) - 1} more of what it needs" if len(unmet) > 1 else ""
        # What the law asks for stands first.
        severity = Severity.ERROR if first.where else Severity.WARNING
        asked = f" (asked for at {first.where})" if first.where else ""
        return finding_at(
            self.info,
            severity,
            decision.location,
            f"{name} is {quoted(decision.raw)} here, but {first.title} is not met: {first.reason}{asked}{more}",
            f'take the decision back, or do what `gatekeeper plan "{name}"` lists',
            name,
            related(unmet),
        )


def _unmet(fact: GateFact, decision: Saying) -> Iterator[Requirement]:
    """What is explicitly not met, and is not told by another rule at the same place."""
    for one in fact.requirements:
        if one.state is not GateState.UNMET:
            continue
        if one.where:
            if one.demand is not Demand.APPROVAL:
                yield one
        elif one.demand is Demand.CRITERIA and all(place.path != decision.location.path for place in one.places):
            yield one


def _is_of(one: Requirement, plans: set[str]) -> bool:
    """Whether documents bring a requirement, and they are plans alone, which nobody ticks."""
    return not one.where and all(place.path in plans for place in one.places)
