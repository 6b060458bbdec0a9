"""All gates of a project, by documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gatekeeper.link.gate.members import Estate, find_estates
from gatekeeper.link.gate.seeds import Seed, find_seeds, gate_id
from gatekeeper.link.gate.standing import decisions_of, requirements_of
from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import Document, DocumentKind, WorkItem
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.verdict import Gate, verdict_of
from gatekeeper.model.project import EvidenceFact, Project


def link_gates(project: Project) -> tuple[GateFact, ...]:
    """The gates that the documents of a project know, in their order, each with what documents bring for it."""
    outlines = outlines_of(project.documents)
    if not outlines:
        return ()
    seeds = find_seeds(outlines, project.plans)
    estates = find_estates(outlines, seeds, project.plans)
    names = _distinct(seeds)
    return tuple(
        _fact(estate, name, project.facts, project.placeholder_tree)
        for estate, name in zip(estates, names, strict=True)
    )


def outlines_of(documents: Sequence[Document]) -> dict[str, Outline]:
    """The documents that may speak of gates, by path; none where no document names a gate at all."""
    if not any(names_gate(document) for document in documents):
        return {}
    return {one.path: Outline(one) for one in documents if one.has_content and not one.is_template}


def names_gate(document: Document) -> bool:
    """Whether a document names a gate or is one."""
    return document.is_checkpoint or any(item.gate or item.kind == "gate" for item in document.items)


def _distinct(seeds: Sequence[Seed]) -> list[str]:
    """The gates' names; of several that are called alike each also says where it is from."""
    counts = Counter(seed.name.casefold() for seed in seeds)
    names: list[str] = []
    for seed in seeds:
        name = seed.name if counts[seed.name.casefold()] == 1 else f"{seed.name} ({min(seed.home)})"
        names.append(name if name not in names else f"{name}, {seed.label or len(names)}")
    return names


def _fact(estate: Estate, name: str, facts: Mapping[str, Sequence[EvidenceFact]], is_skeleton: bool) -> GateFact:
    seed = estate.seed
    requirements = requirements_of(estate, facts, is_skeleton=is_skeleton)
    places = sorted({(place.path, place.span): place for place in seed.places}.items())
    aliases = {words for words in seed.spelled if words.casefold() != name.casefold()} | ({seed.name} - {name})
    gate = Gate(
        name=name,
        state=verdict_of(tuple(one.state for one in requirements)),
        unit=seed.label,
        aliases=_spelled_once(aliases, name),
        owner=_owner(estate),
        requirements=requirements,
        decisions=decisions_of(estate),
        places=tuple(Location.at(place.source, place.span) for _, place in places),
    )
    return GateFact(gate, _lines(estate), tuple(estate.papers), _packs(estate))


def _spelled_once(names: Iterable[str], name: str) -> tuple[str, ...]:
    """Names that differ in more than letter case, sorted."""
    found = {words.casefold(): words for words in sorted(names, reverse=True)}
    found.pop(name.casefold(), None)
    return tuple(sorted(found.values()))


def _owner(estate: Estate) -> str:
    """Whom the rows of the gate and its unit name, else whom all its documents do; "" when nobody is named."""
    rows = Counter(item.owner for outline, item in estate.items if item.owner and _is_its_row(estate, outline, item))
    if rows:
        return min(rows, key=lambda one: (-rows[one], one))
    papers = {outline.document.owner for outline, _ in estate.regions if outline.document.path in estate.papers}
    return (papers.pop() or "") if len(papers) == 1 else ""


def _is_its_row(estate: Estate, outline: Outline, item: WorkItem) -> bool:
    """Whether an item is the gate itself or the unit that it closes."""
    return bool(estate.seed.unit) and estate.seed.unit in (gate_id(item), outline.key_of(item))


def _lines(estate: Estate) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for outline, item in estate.items:
        position = outline.source.position
        lines = found[outline.document.path]
        first, last = position(item.span.start).line, position(max(item.span.start, item.span.end - 1)).line
        lines.update(range(first, last + 1))
        lines.update(position(ref.span.start).line for ref in item.evidence)
    return {path: frozenset(lines) for path, lines in found.items()}


def _packs(estate: Estate) -> tuple[str, ...]:
    kinds = {outline.document.path: outline.document.kind for outline, _ in estate.regions}
    return tuple(path for path in estate.papers if kinds[path] is DocumentKind.EVIDENCE_PACK)
