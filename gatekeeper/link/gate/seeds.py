"""Which gates items name: gates of units of work, those that several share, and numbered gates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct, field

from gatekeeper.link.order.gates import GateUse, shared_gates, unit_gates, usual_key
from gatekeeper.link.order.outline import Outline, numbers_of
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import WorkItem
from gatekeeper.model.order import Place, Plans
from gatekeeper.model.subject import UNIT_WORDS, series_of

Key = tuple[str, ...]


class Seed(Struct):
    """A gate on its way: how it is called and which documents speak of it.

    Attributes:
        name: as most documents write it.
        keys: its names, each by the words that tell it from others; the usual one first.
        unit: key of the unit that it closes, or of the gate itself where it is numbered; "" without one.
        label: the unit as a person writes it; "" for a gate that closes none.
        home: the documents that name it, whatever else they do.
        spelled: every way in which it is written.
        order: the plan's first document, then the unit's rank and numbers.
    """

    name: str
    keys: tuple[Key, ...]
    unit: str = ""
    label: str = ""
    home: set[str] = field(default_factory=set)
    spelled: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    order: tuple[object, ...] = ()


def find_seeds(outlines: Mapping[str, Outline], plans: Plans) -> list[Seed]:
    """The gates that items name, each once, in no certain order."""
    found = [*_of_units(outlines.values(), plans), *_numbered(outlines, plans)]
    return [*found, *_of_several(outlines, {key for seed in found for key in seed.keys})]


def _of_units(outlines: Iterable[Outline], plans: Plans) -> Iterator[Seed]:
    for plan, uses in unit_gates(outlines):
        best, unit = usual_key(uses), uses[0].unit
        spelled = Counter(" ".join(use.place.words.split()) for use in uses if use.key == best)
        every = Counter(" ".join(use.place.words.split()) for use in uses)
        keys = (best, *sorted({use.key for use in uses} - {best}))
        home = {use.place.path for use in uses}
        rank = UNIT_WORDS[unit.split()[0]].rank if unit.split()[0] in UNIT_WORDS else None
        order = (plan, 9 if rank is None else rank, numbers_of(unit), unit)
        seed = Seed(_commonest(spelled), keys, unit, _label(unit), home, every, [use.place for use in uses], order)
        _join_plan(seed, plans)
        yield seed


def _of_several(outlines: Mapping[str, Outline], known: Collection[Key]) -> Iterator[Seed]:
    """Gates that several units share, one for a name in a folder; a name that is one unit's gate somewhere is that unit's."""
    groups: dict[tuple[str, Key], list[GateUse]] = defaultdict(list)
    for path, outline in outlines.items():
        for uses in shared_gates(outline):
            if uses[0].key not in known:
                groups[(path.rpartition("/")[0], uses[0].key)] += uses
    for (_, key), uses in sorted(groups.items()):
        spelled = Counter(" ".join(use.place.words.split()) for use in uses)
        home = {use.place.path for use in uses}
        first = min((numbers_of(use.unit), use.unit) for use in uses)
        order = (min(home), 9, *first)
        yield Seed(_commonest(spelled), (key,), "", "", home, spelled, [use.place for use in uses], order)


def _join_plan(seed: Seed, plans: Plans) -> None:
    """Adds the documents that mean the same unit by its id."""
    series = series_of(seed.unit)
    leaders = {leader for path in seed.home if (leader := plans.leaders.get((series, path))) is not None}
    seed.home |= {path for (one, path), leader in plans.leaders.items() if one == series and leader in leaders}


def _label(unit: str) -> str:
    """`sprint 5` as a person writes it."""
    return unit[:1].upper() + unit[1:] if " " in unit else unit.upper()


def _commonest(spelled: Counter[str]) -> str:
    """What stands most often; of equals what stands first."""
    return max(spelled, key=lambda words: spelled[words])


def _numbered(outlines: Mapping[str, Outline], plans: Plans) -> Iterator[Seed]:
    """Gates with a number or code of their own; documents of one plan mean the same one by it."""
    groups: dict[tuple[str, str], list[tuple[Outline, WorkItem]]] = defaultdict(list)
    for path, outline in outlines.items():
        for item in outline.items:
            key = gate_id(item)
            if key is not None and (item.mark is not None or item.evidence or _has_parts(outline, item)):
                leader = plans.leaders.get(("gate #", path), path) if key.startswith("gate ") else path
                groups[(leader, key)].append((outline, item))
    _join_pages(groups, plans)
    for (leader, key), items in sorted(groups.items(), key=lambda one: one[0]):
        places = [outline.place(item.span, _gate_words(item)) for outline, item in items]
        spelled = Counter(place.words for place in places)
        titles = Counter(item.title for _, item in items if item.title and item.title != item.id)
        home = {outline.document.path for outline, _ in items}
        yield Seed(_commonest(spelled), (), key, "", home, spelled + titles, places, (leader, -1, numbers_of(key), key))


def gate_id(item: WorkItem) -> str | None:
    """The key of a gate that has a number or code of its own; None for anything else."""
    key = normal_key(item.id, "gate") if item.kind == "gate" and item.id else None
    return key if key is not None and any(letter.isdigit() for letter in key) else None


def _gate_words(item: WorkItem) -> str:
    """How a person writes a numbered gate; in a column of gates stands its number alone."""
    words = item.id or item.title
    return words if any(letter.isalpha() for letter in words) else f"Gate {words}"


def _has_parts(outline: Outline, item: WorkItem) -> bool:
    return any(one.gate == item.id and one is not item for one in outline.items)


def _join_pages(groups: dict[tuple[str, str], list[tuple[Outline, WorkItem]]], plans: Plans) -> None:
    """Gives a page about one gate alone to the list of gates in its folder or the nearest one above it."""
    for leader, key in sorted(groups):
        if plans.own.get(leader) != key or not key.startswith("gate "):
            continue
        others = [one for one in groups if one[1] == key and one[0] != leader and plans.own.get(one[0]) != key]
        near = [one for one in others if _is_beside(leader, one[0])]
        if len(near) == 1:
            groups[near[0]] += groups.pop((leader, key))


def _is_beside(page: str, board: str) -> bool:
    """Whether a page stands in the folder of a list or below it."""
    folder = board.rpartition("/")[0]
    return page.startswith(f"{folder}/") if folder else "/" not in page
