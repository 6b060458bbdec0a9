"""Which gate each unit of work has by which document, and where the names differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from gatekeeper.link.order.outline import Outline
from gatekeeper.link.plan.scopes import find_scopes
from gatekeeper.model.document import WorkItem
from gatekeeper.model.order import GateNames, Place
from gatekeeper.model.text import Span

_KINDS = ("sprint", "phase", "epic", "milestone", "stage", "wave", "chunk")
_NOT_WORDS = re.compile(r"[^\w]+")
_GATE = frozenset("gate gates the of and for a an".split())
_FILLER = frozenset("check checkpoint quality review".split())
_STATE = frozenset(
    "pass passed fail failed done open closed pending met unmet blocked ready go no nogo yes green red ok tbd none".split()
)
_WORDS_LIMIT = 7
Key = tuple[str, ...]
"""The words that tell a gate from others, in order."""


class GateUse:
    """One document's word on the gate of one unit.

    Attributes:
        unit: the unit's key ("sprint 9").
        key: the gate's.
        place: where the gate's name stands.
    """

    __slots__ = ("key", "place", "unit")

    def __init__(self, unit: str, key: Key, place: Place) -> None:
        self.unit, self.key, self.place = unit, key, place


def find_gate_names(outlines: Iterable[Outline]) -> tuple[GateNames, ...]:
    """The units whose gate goes by several names in documents of one plan, by unit."""
    found = (_differing(group[0].unit, group) for _, group in unit_gates(outlines))
    return tuple(names for names in found if names is not None)


def unit_gates(outlines: Iterable[Outline]) -> list[tuple[str, list[GateUse]]]:
    """What documents call the gates of units: a plan's first document and the uses of one unit, by unit, then by plan.

    Documents are of one plan when they stand in one folder, or give a common unit the same gate, directly or by way of others, and
    one leads to the other or lies below it, or they agree on most gates.
    """
    by_path = {outline.document.path: outline for outline in outlines}
    uses = [use for outline in by_path.values() for use in _uses(outline)]
    plan_of = find_scopes(((use.place.path, use.unit, use.key) for use in uses), by_path)
    groups: dict[tuple[str, str], list[GateUse]] = defaultdict(list)
    for use in uses:
        groups[(use.unit, plan_of[use.place.path])].append(use)
    return [(plan, group) for (_, plan), group in sorted(groups.items())]


def usual_key(uses: Sequence[GateUse]) -> Key:
    """The name that most documents give the gate."""
    documents = _documents(uses)
    return min(documents, key=lambda key: (-len(documents[key]), -sum(use.key == key for use in uses), key))


def _documents(uses: Sequence[GateUse]) -> dict[Key, set[str]]:
    documents: dict[Key, set[str]] = defaultdict(set)
    for use in uses:
        documents[use.key].add(use.place.path)
    return documents


def shared_gates(outline: Outline) -> Iterator[list[GateUse]]:
    """The gates that a document gives to several units, each with all its uses there; by the first use."""
    groups: dict[Key, list[GateUse]] = defaultdict(list)
    for use in _every_use(outline):
        groups[use.key].append(use)
    yield from (uses for uses in groups.values() if len({use.unit for use in uses}) > 1)


def _uses(outline: Outline) -> Iterator[GateUse]:
    """The gates that a document gives to units, where each unit has one there and no two units share it."""
    found: dict[str, dict[Key, list[GateUse]]] = defaultdict(lambda: defaultdict(list))
    units_of: dict[Key, set[str]] = defaultdict(set)
    for use in _every_use(outline):
        found[use.unit][use.key].append(use)
        units_of[use.key].add(use.unit)
    for by_key in found.values():
        if _is_one_to_one(outline, by_key):
            for key, uses in by_key.items():
                if len(units_of[key]) == 1:
                    yield from uses


def _every_use(outline: Outline) -> Iterator[GateUse]:
    """The gates that a document gives to units; none in a form."""
    for item in () if outline.document.is_template else outline.items:
        unit = outline.key_of(item) if item.kind in _KINDS else None
        key = gate_key(item.gate) if item.gate else ()
        if unit is not None and key and item.gate:
            yield GateUse(unit, key, _place(outline, item, item.gate))


def _is_one_to_one(outline: Outline, by_key: Mapping[Key, Sequence[GateUse]]) -> bool:
    """Whether no single table or list gives the unit two gates."""
    tables = Counter(
        (key, group.span.start)
        for key, uses in by_key.items()
        for use in uses
        if (group := outline.group_at(use.place.span.start)) is not None
    )
    per_table = Counter(start for _, start in tables)
    return all(count == 1 for count in per_table.values())


@lru_cache(maxsize=4096)
def gate_key(name: str) -> Key:
    """The words that tell a gate from others, in order; () for a status, a number or a sentence."""
    every = [word for word in _NOT_WORDS.sub(" ", name.casefold()).split() if word not in _GATE]
    words = [word for word in every if word not in _FILLER]
    if not _tells(words):
        # "AI quality gate" is no gate of "AI" alone.
        words = every
    if not _tells(words) or len(words) > _WORDS_LIMIT:
        return ()
    return () if all(word in _STATE for word in words) else tuple(words)


def _tells(words: Sequence[str]) -> bool:
    """Whether words name something: one of three letters or more, or several shorter ones (`CI/CD`)."""
    letters = [word for word in words if word.isalpha()]
    return any(len(word) > 2 and word not in _FILLER for word in letters) or sum(len(word) > 1 for word in letters) > 1


def _place(outline: Outline, item: WorkItem, name: str) -> Place:
    """Where the name stands: in the item's own lines, or in the heading around it."""
    headings = (section.heading for section in outline.sections_at(item.span.start))
    for span in (item.span, *headings):
        at = outline.source.text.find(name, span.start, span.end)
        if at >= 0:
            return outline.place(Span(at, at + len(name)), name)
    return outline.place(item.span, name)


def _differing(unit: str, uses: Sequence[GateUse]) -> GateNames | None:
    """The names of one unit's gate when there are several; a shorter form of a name is no other name."""
    if len(_documents(uses)) < 2:
        return None
    best = usual_key(uses)
    ordered = sorted(uses, key=lambda use: (use.place.path, use.place.span))
    others: dict[tuple[str, Key], list[Place]] = defaultdict(list)
    for use in ordered:
        if not is_same(use.key, best):
            others[(use.place.path, use.key)].append(use.place)
    if not others:
        return None
    usual = tuple(use.place for use in ordered if use.key == best)
    return GateNames(unit.capitalize(), usual, tuple(tuple(places) for places in others.values()))


def is_same(one: Key, two: Key) -> bool:
    """Whether the words of one name are among those of the other, plurals forgiven."""
    first, second = ({word.removesuffix("s") for word in key} for key in (one, two))
    return first <= second or second <= first
