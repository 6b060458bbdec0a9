"""Which gate each unit of work has by which document, and where the names differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import WorkItem
from gatekeeper.model.order import GateNames, Place
from gatekeeper.model.text import Span

_KINDS = ("sprint", "phase", "epic", "milestone", "stage", "wave", "chunk")
_NOT_WORDS = re.compile(r"[^\w]+")
_FILLER = frozenset("gate gates the of and for a an check checkpoint quality review".split())
_STATE = frozenset(
    "pass passed fail failed done open closed pending met unmet blocked ready go no nogo yes green red ok tbd none".split()
)
_WORDS_LIMIT = 7
_Key = tuple[str, ...]


class _Use:
    """One document's word on the gate of one unit."""

    __slots__ = ("key", "place", "unit")

    def __init__(self, unit: str, key: _Key, place: Place) -> None:
        self.unit, self.key, self.place = unit, key, place


def find_gate_names(outlines: Iterable[Outline]) -> tuple[GateNames, ...]:
    """The units whose gate goes by several names in documents of one plan, by unit.

    Documents are of one plan when they give a common unit the same gate, directly or by way of others, or stand in one folder.
    """
    uses = [use for outline in outlines for use in _uses(outline)]
    plan_of = _plans(uses)
    groups: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for use in uses:
        groups[(plan_of[use.place.path], use.unit)].append(use)
    found = (
        _differing(unit, group) for (_, unit), group in sorted(groups.items(), key=lambda one: (one[0][1], one[0][0]))
    )
    return tuple(names for names in found if names is not None)


def _uses(outline: Outline) -> Iterator[_Use]:
    """The gates that a document gives to units, where each unit has one there and no two units share it."""
    if outline.document.is_template:
        return
    found: dict[str, dict[_Key, list[_Use]]] = defaultdict(lambda: defaultdict(list))
    units_of: dict[_Key, set[str]] = defaultdict(set)
    for item in outline.items:
        unit = outline.key_of(item) if item.kind in _KINDS else None
        key = _gate_key(item.gate) if item.gate else ()
        if unit is not None and key and item.gate:
            found[unit][key].append(_Use(unit, key, _place(outline, item, item.gate)))
            units_of[key].add(unit)
    for by_key in found.values():
        if _is_one_to_one(outline, by_key):
            for key, uses in by_key.items():
                if len(units_of[key]) == 1:
                    yield from uses


def _is_one_to_one(outline: Outline, by_key: Mapping[_Key, Sequence[_Use]]) -> bool:
    """Whether no single table or list gives the unit two gates."""
    tables = Counter(
        (key, group.span.start)
        for key, uses in by_key.items()
        for use in uses
        if (group := outline.group_at(use.place.span.start)) is not None
    )
    per_table = Counter(start for _, start in tables)
    return all(count == 1 for count in per_table.values())


def _gate_key(name: str) -> _Key:
    """The words that tell a gate from others, in order; () for a status, a number or a sentence."""
    words = [word for word in _NOT_WORDS.sub(" ", name.casefold()).split() if word not in _FILLER]
    if not words or len(words) > _WORDS_LIMIT or not any(len(word) > 2 and word.isalpha() for word in words):
        return ()
    return () if all(word in _STATE for word in words) else tuple(words)


def _place(outline: Outline, item: WorkItem, name: str) -> Place:
    """Where the name stands: in the item's own lines, or in the heading around it."""
    headings = (section.heading for section in outline.sections_at(item.span.start))
    for span in (item.span, *headings):
        at = outline.source.text.find(name, span.start, span.end)
        if at >= 0:
            return outline.place(Span(at, at + len(name)), name)
    return outline.place(item.span, name)


def _plans(uses: Sequence[_Use]) -> dict[str, str]:
    """Document -> the first document of its plan."""
    first: dict[str, str] = {}

    def find(path: str) -> str:
        while first.setdefault(path, path) != path:
            first[path] = first[first[path]]
            path = first[path]
        return path

    seen: dict[object, str] = {}
    for use in uses:
        path = use.place.path
        for mark in ((use.unit, use.key), path.rpartition("/")[0]):
            one, two = sorted((find(seen.setdefault(mark, path)), find(path)))
            first[two] = one
    return {path: find(path) for path in sorted(first)}


def _differing(unit: str, uses: Sequence[_Use]) -> GateNames | None:
    """The names of one unit's gate when there are several; a shorter form of a name is no other name."""
    documents: dict[_Key, set[str]] = defaultdict(set)
    for use in uses:
        documents[use.key].add(use.place.path)
    if len(documents) < 2:
        return None
    best = min(documents, key=lambda key: (-len(documents[key]), -sum(use.key == key for use in uses), key))
    ordered = sorted(uses, key=lambda use: (use.place.path, use.place.span))
    others: dict[tuple[str, _Key], list[Place]] = defaultdict(list)
    for use in ordered:
        if not _is_same(use.key, best):
            others[(use.place.path, use.key)].append(use.place)
    if not others:
        return None
    usual = tuple(use.place for use in ordered if use.key == best)
    return GateNames(unit.capitalize(), usual, tuple(tuple(places) for places in others.values()))


def _is_same(one: _Key, two: _Key) -> bool:
    """Whether the words of one name are among those of the other, plurals forgiven."""
    first, second = ({word.removesuffix("s") for word in key} for key in (one, two))
    return first <= second or second <= first
