"""Which unit of work and which gate an item belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from gatekeeper.link.gate.gates import link_gates
from gatekeeper.link.status.identity import key_of, normal_key
from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.gate.verdict import Gate
from gatekeeper.model.project import Project
from gatekeeper.model.subject import UNIT_KINDS

# Stories, tasks and gates are what units hold, not units that a plan is cut into.
_PLANNED = frozenset(kind.name for kind in UNIT_KINDS if kind.rank is not None and kind.rank < 4)
_LAST = "\U0010ffff"


class Units:
    """The units and gates of a project's items."""

    def __init__(self, project: Project, gates: Iterable[Gate] = ()) -> None:
        """The units of a project; without gates an item's gate is what its document calls it."""
        self._own = project.plans.own
        self._names: dict[str, str] = {}
        self._closing: dict[str, str] = {}
        self._members: dict[tuple[str, int], str] = {}
        for gate in gates:
            self._names.update({_folded(name): gate.name for name in (*gate.aliases, gate.name)})
            if gate.unit:
                self._closing[_folded(gate.unit)] = gate.name
        for fact in link_gates(project) if self._names else ():
            name = self._names.get(_folded(fact.gate.name), "")
            self._members.update({(path, line): name for path, lines in fact.lines.items() for line in lines})
        self._parents: dict[str, dict[str, WorkItem]] = {}
        self._sections: dict[str, list[tuple[int, str]]] = {}

    def of(self, document: Document, item: WorkItem) -> tuple[str, str]:
        """The outermost unit that an item is or belongs to, as a person writes it, and the name of its gate; "" for what is not known."""
        unit = _label(self._key(document, item))
        line = document.source.position(item.span.start).line
        named = self._names.get(_folded(item.gate), item.gate) if item.gate else ""
        return unit, self._members.get((document.path, line)) or named or self._closing.get(_folded(unit), "")

    def _key(self, document: Document, item: WorkItem) -> str:
        found, seen = "", set[int]()
        above: WorkItem | None = item
        while above is not None and id(above) not in seen:
            seen.add(id(above))
            found = _unit_key(key_of(above)) or found
            parent = above.parent
            above = self._by_name(document).get(parent) if parent else None
            if parent and above is None:
                found = _unit_key(normal_key(parent)) or found
        if found:
            return found
        if document.path not in self._sections:
            self._sections[document.path] = _outermost(document)
        places = self._sections[document.path]
        section = places[bisect_right(places, (item.span.start, _LAST)) - 1][1]
        return section or _unit_key(self._own.get(document.path))

    def _by_name(self, document: Document) -> dict[str, WorkItem]:
        """The items of a document by id and title, the first of each."""
        if document.path not in self._parents:
            found: dict[str, WorkItem] = {}
            for item in document.items:
                for name in (item.id, item.title):
                    if name:
                        found.setdefault(name, item)
            self._parents[document.path] = found
        return self._parents[document.path]


def _outermost(document: Document) -> list[tuple[int, str]]:
    """Offsets and the key of the outermost unit whose section holds what follows, ascending; "" for none."""
    places, open_ones = [(0, "")], [(len(document.source.text) + 1, "")]
    for section in document.sections:
        while open_ones[-1][0] <= section.span.start:
            end, _ = open_ones.pop()
            places.append((end, open_ones[-1][1]))
        key = open_ones[-1][1] or (_unit_key(normal_key(section.unit)) if section.unit else "")
        open_ones.append((section.span.end, key))
        places.append((section.span.start, key))
    while len(open_ones) > 1:
        end, _ = open_ones.pop()
        places.append((end, open_ones[-1][1]))
    return places


def _unit_key(key: str | None) -> str:
    """A key that names a unit; "" for another."""
    return key if key and key.partition(" ")[0] in _PLANNED and " " in key else ""


def _label(key: str) -> str:
    """A unit as a person writes it: "Sprint 5"."""
    return key[:1].upper() + key[1:]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
