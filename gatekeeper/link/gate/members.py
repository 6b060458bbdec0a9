"""What belongs to each gate: items, documents and sections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from gatekeeper.link.gate.near import Nearby
from gatekeeper.link.gate.papers import paper_gate
from gatekeeper.link.gate.seeds import Seed, gate_id
from gatekeeper.link.order.gates import gate_key
from gatekeeper.link.order.outline import Outline
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import Section, WorkItem
from gatekeeper.model.order import Plans
from gatekeeper.model.text import Span

# Kinds of units that a repository numbers once; every plan has phases of its own.
_GLOBAL = "sprint "


class Estate(Struct):
    """What belongs to one gate.

    Attributes:
        items: with the outlines of their documents, by path and place, each once.
        regions: what is about this gate alone: whole documents and sections, by path and place; none inside of another.
        papers: the whole documents of them.
    """

    seed: Seed
    items: list[tuple[Outline, WorkItem]] = field(default_factory=list)
    regions: list[tuple[Outline, Span]] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)

    def sections(self) -> Iterator[tuple[Outline, Section]]:
        """The sections in its regions."""
        for outline, span in self.regions:
            for section in outline.document.sections:
                if span.start <= section.span.start < span.end:
                    yield outline, section


def find_estates(outlines: Mapping[str, Outline], seeds: Sequence[Seed], plans: Plans) -> list[Estate]:
    """What belongs to each of the gates, in their order; an item belongs to one gate at most."""
    estates = {id(seed): Estate(seed) for seed in seeds}
    index = _Index(seeds, plans)
    for path in sorted(outlines):
        outline = outlines[path]
        owners: dict[int, list[WorkItem]] = defaultdict(list)
        for item in outline.items:
            seed = index.of_item(outline, item)
            if seed is not None:
                estates[id(seed)].items.append((outline, item))
                owners[id(seed)].append(item)
        whole = index.of_document(outline)
        if whole is not None:
            estate = estates[id(whole)]
            estate.papers.append(path)
            estate.regions.append((outline, Span(0, len(outline.source.text))))
            known = {id(item) for item in owners.get(id(whole), ())}
            strangers = {id(item) for at, items in owners.items() if at != id(whole) for item in items}
            rest = [one for one in outline.items if id(one) not in known and id(one) not in strangers]
            estate.items += [(outline, item) for item in rest]
        else:
            for at, items in owners.items():
                estates[at].regions += [(outline, span) for span in _headed(outline, items, estates[at].seed)]
    return [estates[id(seed)] for seed in seeds]


class _Index:
    """Which gate an item or a document belongs to."""

    def __init__(self, seeds: Sequence[Seed], plans: Plans) -> None:
        self._plans = plans
        names: dict[tuple[str, ...], list[Seed]] = defaultdict(list)
        units: dict[str, list[Seed]] = defaultdict(list)
        for seed in seeds:
            for key in seed.keys:
                names[key].append(seed)
            if seed.unit:
                units[seed.unit].append(seed)
        self._names = {key: Nearby(group) for key, group in names.items()}
        self._units = {unit: Nearby(group) for unit, group in units.items()}
        self._alone: dict[str, Seed] = {}
        for seed in (one for group in names.values() for one in group if len(one.home) == 1):
            self._alone.setdefault(min(seed.home), seed)

    def of_item(self, outline: Outline, item: WorkItem) -> Seed | None:
        """The gate of an item: by its own number, by the gate that it names, by its unit or that of its parent."""
        path = outline.document.path
        own = gate_id(item)
        if own is not None:
            return self._at_home(own, path)
        if item.gate:
            named = self._nearest(item.gate, path)
            if named is not None:
                return named
            numbered = self._at_home(normal_key(item.gate, "gate") or "", path)
            if numbered is not None:
                return numbered
        for key in (outline.key_of(item), normal_key(item.parent) if item.parent else None):
            seed = self._at_home(key, path) if key else None
            if seed is not None:
                return seed
        return None

    def of_document(self, outline: Outline) -> Seed | None:
        """The gate that a document is about: by its title, by its one unit, or as it is a checkpoint itself."""
        path = outline.document.path
        name = paper_gate(outline)
        seed = self._nearest(name, path) if name else None
        if seed is not None and path in seed.home:
            return seed
        own = self._plans.own.get(path)
        if own is not None and own in self._units and self._plans.is_about(path, own):
            # A sprint is one in all folders beside, a phase in the plan's own folder.
            units = self._units[own]
            seed = units.nearest_in_tree(path) if own.startswith(_GLOBAL) else units.nearest_above(path)
            if seed is not None and (path in seed.home or seed.label):
                return seed
        return self._alone.get(path) if outline.document.is_checkpoint else None

    def _at_home(self, key: str, path: str) -> Seed | None:
        return self._units[key].at(path) if key in self._units else None

    def _nearest(self, name: str, path: str) -> Seed | None:
        key = gate_key(name)
        return self._names[key].nearest(path) if key in self._names else None


def _headed(outline: Outline, items: Sequence[WorkItem], seed: Seed) -> Iterator[Span]:
    """The sections that the gate or its unit heads."""
    for item in items:
        key = gate_id(item) or outline.key_of(item)
        section = next(iter(outline.sections_at(item.span.start)), None)
        if key != seed.unit or not seed.unit or section is None or not section.level or not section.unit:
            continue
        if normal_key(section.unit, item.kind) == seed.unit:
            yield section.span
