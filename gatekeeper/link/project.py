"""Documents and a tree, linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gatekeeper.link.claim.facts import judge_claims
from gatekeeper.link.evidence import Resolver
from gatekeeper.link.listing import Listing
from gatekeeper.link.order.order import link_order
from gatekeeper.link.status.standing import link_statuses
from gatekeeper.link.targets import Targets
from gatekeeper.model.document import Document, EvidenceRef, WorkItem
from gatekeeper.model.project import EvidenceFact, Project, Tree


def link_documents(documents: Sequence[Document], tree: Tree, today: str = "") -> Project:
    """The project of facts: what the tree says of every reference of these documents.

    Every document is a target that others may name; those that carry neither content nor a problem are then left out.
    """
    listing = Listing(tree)
    resolver = Resolver(listing, Targets(documents, tree))
    kept = tuple(sorted((one for one in documents if one.has_content or one.problems), key=lambda one: one.path))
    facts = {document.path: _evidence_facts(document, resolver) for document in kept}
    subjects, families = link_statuses(kept)
    return Project(
        documents=kept,
        facts=facts,
        links={document.path: _link_facts(document, facts[document.path], resolver) for document in kept},
        placeholder_tree=listing.is_skeleton,
        subjects=subjects,
        families=families,
        claims=judge_claims(kept, tree, facts, listing.is_skeleton),
        order=link_order(kept),
        today=today,
    )


def _evidence_facts(document: Document, resolver: Resolver) -> tuple[EvidenceFact, ...]:
    """One fact for each reference; one that several items offer is one reference."""
    owners: dict[EvidenceRef, list[WorkItem]] = defaultdict(list)
    for item in document.items:
        for ref in item.evidence:
            owners[ref].append(item)
    in_order = sorted(owners, key=lambda ref: ref.span)
    return tuple(resolver.resolve(document, ref, tuple(owners[ref])) for ref in in_order)


def _link_facts(document: Document, evidence: tuple[EvidenceFact, ...], resolver: Resolver) -> tuple[EvidenceFact, ...]:
    """The facts of all links; a link that is evidence keeps its fact, the target of any other is not looked into."""
    known = {fact.ref.span: fact for fact in evidence}
    return tuple(known.get(ref.span) or resolver.resolve(document, ref, look_inside=False) for ref in document.links)
