"""What a change did to the evidence that a finding misses, told where the finding stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from gatekeeper.link.evidence import Resolver
from gatekeeper.link.listing import Listing
from gatekeeper.link.targets import Targets
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact, Project, Tree
from gatekeeper.model.status import Status
from gatekeeper.model.text import Position
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.staged.change import Fate, FileChanges, Loss
from gatekeeper.rules.base import quoted
from gatekeeper.rules.registry import FAMILIES

_EVIDENCE = frozenset(rule.info.code for rule in FAMILIES["evidence"])
_EMPTY = "EV005"
_VERBS = {Loss.DELETED: "deleting", Loss.RENAMED: "renaming", Loss.EMPTIED: "emptying"}


class Stories:
    """Finds for each finding about evidence whether the change is its cause."""

    def __init__(self, project: Project, changes: FileChanges, bases: Sequence[Tree], policy: Policy) -> None:
        """Stories of a change in these documents; `bases` are the trees before it."""
        self._project = project
        self._documents = {document.path: document for document in project.documents}
        self._lost = changes.lost
        self._ordered = sorted(changes.lost)
        self._resolvers = [Resolver(Listing(tree), Targets((), tree), with_hints=False) for tree in bases]
        self._places: dict[str, dict[Position, EvidenceFact]] = {}
        self._is_empty_weighed = _EMPTY in policy.rules

    def tell(self, finding: Finding) -> Finding:
        """The finding, in words that say what the change did where that is its cause.

        A change that empties what done work gives as proof is as grave as one that deletes it, unless the law says otherwise.
        """
        if not self._lost or finding.code not in _EVIDENCE:
            return finding
        for fact in self._facts_at(finding):
            if found := self._find_loss(fact):
                told = _told(finding, fact, *found, self._line(fact))
                is_grave = finding.code == _EMPTY and any(item.status is Status.DONE for item in fact.items)
                return replace(told, severity=Severity.ERROR) if is_grave and not self._is_empty_weighed else told
        return finding

    def _facts_at(self, finding: Finding) -> Iterable[EvidenceFact]:
        """The references at the places of a finding, in its document."""
        path = finding.location.path
        if path not in self._places:
            self._places[path] = self._by_place(path)
        places = (finding.location, *(one for one in finding.related if one.path == path))
        return [fact for place in places if (fact := self._places[path].get(place.start))]

    def _by_place(self, path: str) -> dict[Position, EvidenceFact]:
        document = self._documents.get(path)
        if document is None:
            return {}
        project = self._project
        known: Sequence[Mapping[str, tuple[EvidenceFact, ...]]] = (project.operands, project.links, project.facts)
        position = document.source.position
        return {position(fact.ref.span.start): fact for facts in known for fact in facts.get(path, ())}

    def _line(self, fact: EvidenceFact) -> int:
        return self._documents[fact.document].source.position(fact.ref.span.start).line

    def _find_loss(self, fact: EvidenceFact) -> tuple[str, Fate] | None:
        """The path that a reference led to before the change and what became of it; None where the change did not do it."""
        document = self._documents[fact.document]
        for resolver in self._resolvers:
            for path in resolver.resolve(document, fact.ref, look_inside=False).paths:
                if lost := self._lost_at(path):
                    return lost, self._lost[lost]
        return None

    def _lost_at(self, path: str) -> str:
        """A file that is lost, or the first lost one of a folder; "" where nothing is."""
        if path in self._lost:
            return path
        at = bisect_left(self._ordered, f"{path}/")
        return next((one for one in self._ordered[at : at + 1] if one.startswith(f"{path}/")), "")


def _told(finding: Finding, fact: EvidenceFact, path: str, fate: Fate, line: int) -> Finding:
    place = f"{fact.document}:{line}"
    is_proof = bool(fact.items) and fact.ref.is_offered
    owner = _owner(fact) if is_proof else ""
    need = (f"needs it for {owner}" if owner else "needs it") if is_proof else "names it"
    message = f"you are {_VERBS[fate.loss]} {'evidence' if is_proof else 'a file'}: {place} {need}"
    was = quoted(path)
    if fate.loss is Loss.RENAMED:
        now = quoted(fate.renamed_to)
        return replace(
            finding,
            message=f"{message}, and {was} becomes {now}",
            help=f"name {now} in {place}, or keep {was}",
        )
    rest = f"not a single byte of {was} is left" if fate.loss is Loss.EMPTIED else f"{was} is gone"
    return replace(finding, message=f"{message}, and {rest}", help=f"keep {was}, or take it out of {place}")


def _owner(fact: EvidenceFact) -> str:
    """The work that a reference is to prove, with its gate; "" where it has neither a title nor an id."""
    item = fact.items[0]
    if not (item.title or item.id):
        return ""
    name = quoted(item.title or item.id or "").strip("`")
    return f"{name} of gate {quoted(item.gate)}" if item.gate and item.gate != item.title else name
