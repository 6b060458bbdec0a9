"""All gates of a project, by documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gatekeeper.link.assertion.selection import Matcher
from gatekeeper.link.gate.law.hold import Court, hold_law
from gatekeeper.link.gate.law.known import Pages
from gatekeeper.link.gate.law.seeds import unite
from gatekeeper.link.gate.members import Estate, find_estates
from gatekeeper.link.gate.papers import add_papers
from gatekeeper.link.gate.seeds import Seed, find_seeds, gate_id
from gatekeeper.link.gate.standing import decisions_of, requirements_of
from gatekeeper.link.order.outline import Outline
from gatekeeper.model.contract.fact import Reader
from gatekeeper.model.document import Document, DocumentKind, WorkItem
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.law import GateLaw
from gatekeeper.model.gate.verdict import Demand, Gate, GateState, Requirement, verdict_of
from gatekeeper.model.project import Project, Tree


def link_gates(
    project: Project,
    laws: Sequence[GateLaw] = (),
    tree: Tree | None = None,
    reader: Reader | None = None,
    matcher: Matcher | None = None,
) -> tuple[GateFact, ...]:
    """The gates of the law in its order, then those that documents know besides; each with what it needs but for findings.

    Args:
        project: what documents say.
        laws: what the law asks; whoever gives any gives all that follows, too.
        tree: the files that the law names.
        reader: reads documents among them.
        matcher: makes gitignore patterns a function.

    Raises:
        PolicyError: the law names something that does not exist.
    """
    outlines = outlines_of(project.documents, is_asked=bool(laws))
    if not outlines and not laws:
        return ()
    united = unite(laws, add_papers(outlines, find_seeds(outlines, project.plans)), outlines)
    estates = find_estates(outlines, [seed for seed, _ in united], project.plans)
    names = _distinct([seed for seed, _ in united])
    court = None
    if tree is not None and reader is not None and matcher is not None:
        court = Court(project, outlines, Pages(tree, reader), matcher)
    return tuple(
        _fact(estate, name, project, law, tuple(hold_law(law, estate, court)) if law and court else ())
        for (_, law), estate, name in zip(united, estates, names, strict=True)
    )


def outlines_of(documents: Sequence[Document], *, is_asked: bool = False) -> dict[str, Outline]:
    """The documents that may speak of gates, by path; none where no document names a gate, and nobody else does (`is_asked`)."""
    if not is_asked and not any(names_gate(document) for document in documents):
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


def _fact(estate: Estate, name: str, project: Project, law: GateLaw | None, asked: tuple[Requirement, ...]) -> GateFact:
    seed = estate.seed
    brought = requirements_of(estate, project.facts, is_skeleton=project.placeholder_tree)
    requirements = (*asked, *_left_to_documents(law, asked, brought))
    places = sorted({(place.path, place.span): place for place in seed.places}.items())
    aliases = {*seed.spelled, seed.name}
    gate = Gate(
        name=name,
        state=verdict_of(tuple(one.state for one in requirements)),
        unit=seed.label,
        aliases=_spelled_once(aliases, name),
        owner=(law.owner if law else "") or _owner(estate),
        requirements=requirements,
        decisions=decisions_of(estate),
        places=tuple(Location.at(place.source, place.span) for _, place in places),
    )
    return GateFact(gate, _lines(estate), tuple(estate.papers), _packs(estate), law)


def _left_to_documents(
    law: GateLaw | None, asked: tuple[Requirement, ...], brought: tuple[Requirement, ...]
) -> Iterator[Requirement]:
    """What documents bring of kinds of which the law does not speak; that nobody gives a status is no matter where it asks for anything."""
    kinds = {one.demand for one in asked}
    for one in brought:
        is_silence = one.demand is Demand.ITEMS and one.state is GateState.UNKNOWN
        if one.demand not in kinds and not (is_silence and law is not None and law.has_requirements):
            yield one


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
