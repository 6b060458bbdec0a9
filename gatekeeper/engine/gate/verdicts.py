"""The gates of a run with their verdicts: what documents and law ask, what findings and exceptions make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from gatekeeper.engine.gate.exceptions import VERDICT_CODES, excused
from gatekeeper.engine.gate.facts import gate_facts
from gatekeeper.engine.gate.forecast import next_turn
from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.law import ScopeLaw
from gatekeeper.model.gate.verdict import Action, Demand, Gate, GateState, Requirement, verdict_of
from gatekeeper.model.project import Project, Tree
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.patterns import compile_patterns

# The rule about evidence that is there and is itself not done, or still the form.
_OPEN_EVIDENCE = "EV015"


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
    facts = project.gates if project.gates is not None else gate_facts(project, policy, tree, today)
    by_path: dict[str, list[Finding]] = {}
    for finding in settlement.findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    return tuple(_judged(fact, by_path, settlement, today) for fact in facts)


def _judged(fact: GateFact, by_path: dict[str, list[Finding]], settlement: Settlement, today: str) -> Gate:
    near = sorted({*fact.lines, *fact.papers} & by_path.keys())
    mine = [one for path in near for one in by_path[path] if _is_about(fact, one)]
    known = (*(_verified(one, mine) for one in fact.requirements), *_findings(fact, mine, settlement.findings))
    requirements = tuple(excused(one, mine, fact.gate, settlement) for one in known)
    gate = replace(fact.gate, requirements=requirements, state=verdict_of(tuple(one.state for one in requirements)))
    return replace(gate, turn=next_turn(gate, today))


def _is_about(fact: GateFact, finding: Finding) -> bool:
    """Whether a finding stands at an item of the gate, or in a document about it alone; what is told of its verdict is not meant."""
    if finding.code in VERDICT_CODES:
        return False
    place = finding.location
    return place.path in fact.papers or place.start.line in fact.lines.get(place.path, ())


def _verified(requirement: Requirement, mine: Sequence[Finding]) -> Requirement:
    """Evidence that is there is no proof yet where a finding says that it does not bear out what it is offered for."""
    if requirement.demand is not Demand.EVIDENCE or requirement.state is not GateState.MET:
        return requirement
    doubts = [one for one in mine if one.code == _OPEN_EVIDENCE and one.severity is not Severity.NOTE]
    held = findings_requirement("", "", doubts)
    if held.state is GateState.MET:
        return requirement
    return replace(
        requirement, state=held.state, reason=held.reason, places=held.places, actions=held.actions, until=held.until
    )


def _findings(fact: GateFact, mine: Sequence[Finding], every: Sequence[Finding]) -> Iterable[Requirement]:
    """How many findings may be active: as the law says; else no error at the gate's items, where there are any."""
    law = fact.law.findings if fact.law is not None else None
    if law is not None:
        yield from _lawful(law, every)
    elif fact.lines:
        errors = [one for one in mine if one.severity is Severity.ERROR]
        yield findings_requirement("findings", "no active error", errors)


def _lawful(law: ScopeLaw, every: Sequence[Finding]) -> Iterable[Requirement]:
    is_meant = compile_patterns(law.paths) if law.paths else None
    scope = f" in {', '.join(law.paths)}" if law.paths else ""
    told = [one for one in every if one.code not in VERDICT_CODES]
    inside = [one for one in told if is_meant is None or is_meant(one.location.path)]
    for severity, most in ((Severity.ERROR, law.errors), (Severity.WARNING, law.warnings)):
        if most is not None:
            found = [one for one in inside if one.severity is severity]
            title = f"at most {most} active {severity.value}s{scope}"
            yield findings_requirement(f"findings:{severity.value}", title, found, law.where, most)


def findings_requirement(
    name: str, title: str, findings: Sequence[Finding], where: str = "", most: int = 0
) -> Requirement:
    """That at most so many of these findings are active; those that are waived count as long as they are."""
    active = [one for one in findings if one.disposition is Disposition.ACTIVE]
    ends = sorted(one.waiver.until for one in findings if one.waiver is not None)
    if len(active) > most:
        first = active[0]
        noun = "1 is active:" if len(active) == 1 else f"{len(active)} are active, first"
        reason = f"{noun} {first.code} at {place_words(first.location)}: {first.message}"
        places = tuple(replace(one.location, message=f"{one.code}: {one.message}") for one in active)
        return Requirement(name, Demand.FINDINGS, title, GateState.UNMET, reason, places, _mend(active[most:]), where)
    over = len(active) + len(ends) - most
    if over > 0:
        # As waivers end, what is allowed fills up; the first that finds no room turns the gate.
        until = ends[most - len(active)]
        reason = f"{len(ends)} waived, and that holds until {until}"
        places = tuple(one.location for one in findings if one.waiver is not None)
        return Requirement(name, Demand.FINDINGS, title, GateState.WAIVED, reason, places, (), where, until)
    reason = f"{len(active)} {'is' if len(active) == 1 else 'are'} active" if active else "there is none"
    return Requirement(name, Demand.FINDINGS, title, GateState.MET, reason, (), (), where)


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
