"""GA013."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.verdict import Demand, GateState, Requirement
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo, Saying
from gatekeeper.rules.base import ProjectRule, quoted
from gatekeeper.rules.gate._verdict import finding_at, passed, place_words, related


class SignOffMissing(ProjectRule):
    """A gate is passed, but a place for a sign-off is blank.

    ## Why it matters

    The form asks who approved, and the line under it is empty: either nobody did, or nobody can say later who it was. The finding stands at the blank line. It
    speaks of gates that a document calls passed, and is an error where the policy asks for the sign-off.

    ## Bad

    ```md path=docs/gate-2.md
    # Gates

    ## Gate 2: Kiln

    **Status:** Passed

    - [x] The kiln reached 1200 degrees

    ### Sign-off

    | Role | Name | Date |
    |---|---|---|
    | Master potter | Ida | 2026-03-02 |
    | Fire warden |  |  |
    ```

    ## Good

    ```md path=docs/gate-2.md
    # Gates

    ## Gate 2: Kiln

    **Status:** Passed

    - [x] The kiln reached 1200 degrees

    ### Sign-off

    | Role | Name | Date |
    |---|---|---|
    | Master potter | Ida | 2026-03-02 |
    | Fire warden | Per | 2026-03-03 |
    ```

    ## References

    - GA011, for everything else that a passed gate lacks
    """

    info = RuleInfo(code="GA013", name="gate-sign-off-missing", severity=Severity.WARNING, since="0.1")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding for each requirement of sign-offs of a passed gate, at the first blank place."""
        for fact in project.known_gates:
            decision = passed(fact)
            for one in fact.requirements:
                if decision is not None and one.demand is Demand.APPROVAL and one.state is GateState.UNMET:
                    yield self._judge(fact, decision, one)

    def _judge(self, fact: GateFact, decision: Saying, one: Requirement) -> Finding:
        place = next(iter(one.places), decision.location)
        asked = f" (asked for at {one.where})" if one.where else ""
        return finding_at(
            self.info,
            Severity.ERROR if one.where else Severity.WARNING,
            place,
            f"{fact.gate.name} is {quoted(decision.raw)} at {place_words(decision.location)}, but {one.reason}{asked}",
            "have it signed, or take the decision back",
            f"{fact.gate.name} {one.name}",
            (*related((one,))[1:], decision.location),
        )
