"""Documents and a tree, linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gatekeeper.link.claim.facts import judge_claims
from gatekeeper.link.evidence import Resolver
from gatekeeper.link.listing import Listing
from gatekeeper.link.operands import find_operands
from gatekeeper.link.order.order import link_order
from gatekeeper.link.plan.plan import link_plans
from gatekeeper.link.status.citing import link_citations
from gatekeeper.link.status.lanes import lane_words
from gatekeeper.link.status.standing import link_statuses, speak
from gatekeeper.link.targets import Targets
from gatekeeper.model.contract.fact import ContractFact, Reader
from gatekeeper.model.contract.law import Contract
from gatekeeper.model.document import Document, EvidenceRef, WorkItem
from gatekeeper.model.project import EvidenceFact, Project, Tree


def link_documents(
    documents: Sequence[Document],
    tree: Tree,
    today: str = "",
    contracts: Sequence[Contract] = (),
    reader: Reader | None = None,
) -> Project:
    """The project of facts: what the tree says of every reference of these documents, and of the law's contracts.

    Every document is a target that others may name; those that carry neither content nor a problem are then left out.

    Raises:
        PolicyError: a contract cannot be held, as its schema is none.
    """
    listing = Listing(tree)
    resolver = Resolver(listing, Targets(documents, tree))
    kept = tuple(sorted((one for one in documents if one.has_content or one.problems), key=lambda one: one.path))
    facts = {document.path: _evidence_facts(document, resolver) for document in kept}
    links = {document.path: _link_facts(document, facts[document.path], resolver) for document in kept}
    spoken = speak(kept)
    standing = link_statuses(kept, spoken)
    return Project(
        documents=kept,
        facts=facts,
        links=links,
        placeholder_tree=listing.is_skeleton,
        subjects=standing.subjects,
        families=standing.families,
        pointings=standing.pointings,
        rulings=standing.rulings,
        remainders=standing.remainders,
        citations=link_citations(spoken, facts),
        claims=judge_claims(kept, tree, facts, listing.is_skeleton),
        order=link_order(kept),
        operands={one.path: _operand_facts(one, facts[one.path], resolver) for one in kept},
        lane_words=lane_words(spoken),
        plans=link_plans(spoken, {path: (*facts[path], *links[path]) for path in spoken}, listing),
        today=today,
        contracts=_contract_facts(contracts, tree, reader),
    )


def _contract_facts(contracts: Sequence[Contract], tree: Tree, reader: Reader | None) -> tuple[ContractFact, ...]:
    """What became of the contracts; what reads files for them is loaded only where there are any."""
    if not contracts or reader is None:
        return ()
    from gatekeeper.link.contract.hold import hold_contracts

    return hold_contracts(contracts, tree, reader)


def _evidence_facts(document: Document, resolver: Resolver) -> tuple[EvidenceFact, ...]:
    """One fact for each reference; one that several items offer is one reference."""
    owners: dict[EvidenceRef, list[WorkItem]] = defaultdict(list)
    for item in document.items:
        for ref in item.evidence:
            owners[ref].append(item)
    in_order = sorted(owners.items(), key=lambda one: (one[0].span.start, one[0].span.end))
    return tuple(resolver.resolve(document, ref, tuple(items)) for ref, items in in_order)


def _link_facts(document: Document, evidence: tuple[EvidenceFact, ...], resolver: Resolver) -> tuple[EvidenceFact, ...]:
    """The facts of all links; a link that is evidence keeps its fact, the target of any other is not looked into."""
    known = {fact.ref.span: fact for fact in evidence}
    return tuple(known.get(ref.span) or resolver.resolve(document, ref, look_inside=False) for ref in document.links)


def _operand_facts(
    document: Document, evidence: tuple[EvidenceFact, ...], resolver: Resolver
) -> tuple[EvidenceFact, ...]:
    """One fact for each path that the commands among the evidence need, with the items of all of them."""
    refs: dict[str, EvidenceRef] = {}
    owners: dict[str, list[WorkItem]] = defaultdict(list)
    for fact in evidence:
        for ref in find_operands(fact.ref):
            refs.setdefault(ref.target, ref)
            owners[ref.target].extend(fact.items)
    return tuple(resolver.resolve(document, ref, tuple(owners[path]), look_inside=False) for path, ref in refs.items())
