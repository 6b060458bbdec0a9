"""All that the law asks of one gate, but for findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from gatekeeper.link.assertion.selection import Matcher
from gatekeeper.link.gate.law.artifacts import artifact_requirement
from gatekeeper.link.gate.law.items import items_of, items_requirement, proof_requirement
from gatekeeper.link.gate.law.known import Pages
from gatekeeper.link.gate.law.papers import approval_requirement, criteria_requirement, pack_requirements
from gatekeeper.link.gate.members import Estate
from gatekeeper.link.order.outline import Outline
from gatekeeper.model.contract.fact import ContractFact, ContractState
from gatekeeper.model.contract.law import Contract
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.law import GateLaw, Named
from gatekeeper.model.gate.verdict import Action, Demand, GateState, Requirement
from gatekeeper.model.project import Project

_STATES = {
    ContractState.MET: GateState.MET,
    ContractState.UNMET: GateState.UNMET,
    ContractState.UNKNOWN: GateState.UNKNOWN,
}


class Court(Struct, frozen=True):
    """What the law's demands are held against.

    Attributes:
        outlines: the documents that carry status, by path.
        matcher: makes gitignore patterns a function.
    """

    project: Project
    outlines: Mapping[str, Outline]
    pages: Pages
    matcher: Matcher


def hold_law(law: GateLaw, estate: Estate, court: Court) -> Iterator[Requirement]:
    """What the law asks, in the order of its sections; findings are for who knows them.

    Raises:
        PolicyError: it names something that does not exist.
    """
    project, pages = court.project, court.pages
    mentions = items_of(law, court.outlines, project, court.matcher)
    if law.items or law.select:
        yield items_requirement(law, mentions)
    if law.evidence:
        yield proof_requirement(law, estate, mentions, project)
    for pack in law.packs:
        yield from pack_requirements(pack, law, pages)
    yield from (criteria_requirement(one, pages) for one in law.criteria)
    facts = {fact.contract.name: fact for fact in project.contracts}
    yield from (_contract(one, facts.get(one.word), law) for one in law.contracts)
    yield from (artifact_requirement(one, law, pages, project.today) for one in law.artifacts)
    yield from (approval_requirement(one, estate, pages) for one in law.approvals)


def _contract(named: Named, fact: ContractFact | None, law: GateLaw) -> Requirement:
    name, title = f"contract:{named.word}", f"contract {named.word} met"
    if fact is None:
        # Parameters of a pack left it empty: it demands nothing.
        reason = "its parameters leave it out of force"
        return Requirement(name, Demand.CONTRACTS, title, GateState.UNKNOWN, reason, (), (), named.where)
    state = _STATES[fact.state]
    broken = fact.violations if state is not GateState.MET else ()
    places = tuple(Location.at(one.place.source, one.place.span, one.message) for one in broken)
    actions = tuple(
        Action(fact.contract.message or one.expected, place, law.owner, f"gatekeeper check {place.path!r}")
        for one, place in zip(broken, places, strict=True)
    )
    reason = fact.reason or f"{len(fact.files)} {'file is' if len(fact.files) == 1 else 'files are'} as it says"
    return Requirement(
        name, Demand.CONTRACTS, title, state, reason, places or _law_of(fact.contract), actions, named.where
    )


def _law_of(contract: Contract) -> tuple[Location, ...]:
    return (Location.whole(contract.selector.file),)
