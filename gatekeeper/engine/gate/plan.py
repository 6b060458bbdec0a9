"""Everything that would turn a gate green, all at once and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Action, Demand, Gate, GateState, Requirement

# Machines and files first, then what is said of them, and signatures on top of all.
_ORDER = (
    Demand.CONTRACTS,
    Demand.ARTIFACT,
    Demand.EVIDENCE,
    Demand.PACK,
    Demand.ITEMS,
    Demand.CRITERIA,
    Demand.FINDINGS,
    Demand.APPROVAL,
)


def plan_of(gate: Gate) -> tuple[Action, ...]:
    """The actions that turn a gate green, in the order in which to do them; none for one that is met or waived.

    What several requirements ask for at one place is one action; a finding at a line that is mended anyway is none.
    """
    if gate.state in (GateState.MET, GateState.WAIVED):
        return ()
    asked = [one for one in gate.requirements if one.state in (GateState.UNMET, GateState.UNKNOWN)]
    found: dict[tuple[str, int, str], Action] = {}
    lines: set[tuple[str, int]] = set()
    for one in sorted(asked, key=lambda requirement: _ORDER.index(requirement.demand)):
        for action in one.actions or tuple(_settle(one)):
            line = (action.location.path, action.location.start.line)
            if one.demand is not Demand.FINDINGS or line not in lines:
                found.setdefault((*line, action.text), action)
        if one.demand is not Demand.FINDINGS:
            lines |= {(place.path, place.start.line) for place in one.places}
    return tuple(found.values())


def _settle(requirement: Requirement) -> Iterator[Action]:
    """What to do where nothing more exact is known."""
    place = next(iter(requirement.places), None) or Location.whole(requirement.where.partition(":")[0])
    yield Action(f"see to it that this holds: {requirement.title} ({requirement.reason})", place)
