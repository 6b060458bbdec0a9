"""Which files of the repository the packet of some gates holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.gate.verdict import Gate
from gatekeeper.model.project import EvidenceState, Project, Tree
from gatekeeper.model.view.board import ItemView
from gatekeeper.policy.policy import Policy

_ROLES = ("policy", "exception", "document", "evidence")


def find_files(
    gates: Sequence[Gate], items: Iterable[ItemView], project: Project, policy: Policy, tree: Tree
) -> dict[str, str]:
    """Path -> role of the tracked files that the gates stand on, by path.

    Their documents, the evidence of their items, the places of their requirements, the law and what is excepted from it. A file in two roles has the
    first of: policy, exception, document, evidence. The files of a folder that is evidence are named one by one.

    Args:
        gates: those that the packet is about.
        items: those that it tells of.
        project: the run's facts.
        policy: the law in force.
        tree: the repository.
    """
    spoken = {(item.location.path, item.location.start.line) for item in items}
    found: dict[str, str] = {}
    named = (
        ((source.name, "policy") for source in policy.sources),
        ((path, "exception") for path in (policy.waivers.file, policy.baseline)),
        ((path, "document") for path in _documents(gates, spoken)),
        ((path, "evidence") for path in _evidence(project, spoken, tree)),
        ((path, "evidence") for path in _places(gates)),
    )
    for path, role in sorted(
        (pair for group in named for pair in group), key=lambda pair: (_ROLES.index(pair[1]), pair)
    ):
        if path in tree.files:
            found.setdefault(path, role)
    return dict(sorted(found.items()))


def _documents(gates: Sequence[Gate], spoken: Collection[tuple[str, int]]) -> Iterator[str]:
    yield from (path for path, _ in spoken)
    for gate in gates:
        yield from (place.path for place in gate.places)
        yield from (one.location.path for one in gate.decisions)


def _places(gates: Sequence[Gate]) -> Iterator[str]:
    for gate in gates:
        for requirement in gate.requirements:
            yield from (place.path for place in requirement.places)


def _evidence(project: Project, spoken: Collection[tuple[str, int]], tree: Tree) -> Iterator[str]:
    """What the items' evidence leads to; whatever is only probable is left out."""
    for document in project.documents:
        refs = {ref for item in document.items if _is_spoken(document, item, spoken) for ref in item.evidence}
        for fact in project.facts.get(document.path, ()) if refs else ():
            if fact.ref in refs and fact.state is not EvidenceState.MISSING:
                for path in fact.paths:
                    yield from _files_of(path, tree)


def _is_spoken(document: Document, item: WorkItem, spoken: Collection[tuple[str, int]]) -> bool:
    return (document.path, document.source.position(item.span.start).line) in spoken


def _files_of(path: str, tree: Tree) -> Iterator[str]:
    if path in tree.files:
        yield path
    elif path in tree.folders:
        yield from (one for one in tree.files if one.startswith(f"{path}/"))
