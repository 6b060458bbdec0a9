"""The gates of a run with their verdicts: what documents and law ask, what findings and exceptions make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gatekeeper.engine.gate.exceptions import excused
from gatekeeper.engine.gate.forecast import next_turn
from gatekeeper.link.gate.gates import link_gates
from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.verdict import Action, Demand, Gate, GateState, Requirement, verdict_of
from gatekeeper.model.project import Project, Tree
from gatekeeper.policy.policy import Policy


def find_gates(project: Project, settlement: Settlement, policy: Policy, tree: Tree, today: str) -> tuple[Gate, ...]:
    """The gates of a run in the order of the law, then of their units, each with its verdict and what would turn it green.

    Args:
        project: what documents say, and what the repository says of that.
        settlement: the run's findings with what is excepted of them.
        policy: the law in force.
        tree: the repository.
        today: ISO 8601 day of the run; "" when nobody said, so that nothing is forecast.

    Raises:
        PolicyError: the law asks for something that does not exist.
    """
    facts = link_gates(project)
    by_path: dict[str, list[Finding]] = {}
    for finding in settlement.findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    return tuple(_judged(fact, by_path, settlement, today) for fact in facts)


def _judged(fact: GateFact, by_path: dict[str, list[Finding]], settlement: Settlement, today: str) -> Gate:
    mine = [one for path in sorted(by_path) for one in by_path[path] if _is_about(fact, one)]
    known = (*fact.requirements, *_findings(fact, mine))
    requirements = tuple(excused(one, mine, fact.gate, settlement) for one in known)
    gate = replace(fact.gate, requirements=requirements, state=verdict_of(tuple(one.state for one in requirements)))
    return replace(gate, turn=next_turn(gate, today))


def _is_about(fact: GateFact, finding: Finding) -> bool:
    """Whether a finding stands at an item of the gate, or in a document about it alone."""
    place = finding.location
    return place.path in fact.papers or place.start.line in fact.lines.get(place.path, ())


def _findings(fact: GateFact, mine: Sequence[Finding]) -> Iterable[Requirement]:
    """No active error at the gate's items; a gate without any lines has nothing that could be wrong."""
    if not fact.lines or fact.is_lawful:
        return ()
    errors = [one for one in mine if one.severity is Severity.ERROR and one.disposition is not Disposition.BASELINED]
    active = [one for one in errors if one.disposition is Disposition.ACTIVE]
    return (findings_requirement("findings", "no active error", active, [one for one in errors if one not in active]),)


def findings_requirement(
    name: str, title: str, active: Sequence[Finding], waived: Sequence[Finding], where: str = ""
) -> Requirement:
    """That none of these findings is active; those that are waived count as long as they are."""
    if active:
        first = active[0]
        noun = "1 is active" if len(active) == 1 else f"{len(active)} are active, first"
        reason = f"{noun} {first.code} at {place_words(first.location)}: {first.message}"
        places = tuple(replace(one.location, message=f"{one.code}: {one.message}") for one in active)
        return Requirement(name, Demand.FINDINGS, title, GateState.UNMET, reason, places, _mend(active), where)
    if waived:
        until = min((one.waiver.until for one in waived if one.waiver), default="")
        reason = f"{len(waived)} waived, the first until {until}"
        places = tuple(one.location for one in waived)
        return Requirement(name, Demand.FINDINGS, title, GateState.WAIVED, reason, places, (), where, until)
    return Requirement(name, Demand.FINDINGS, title, GateState.MET, "there is none", (), (), where)


def place_words(place: Location) -> str:
    """A place as people write it."""
    return f"{place.path}:{place.start.line}"


def _mend(findings: Sequence[Finding]) -> tuple[Action, ...]:
    return tuple(
        Action(
            f"mend {one.code}: {one.help or one.message}", one.location, "", f"gatekeeper check {one.location.path!r}"
        )
        for one in findings
    )
