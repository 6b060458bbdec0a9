"""Which documents give gates to the units of one plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from gatekeeper.link.order.outline import Outline
from gatekeeper.link.paths import folder_of, join_path
from gatekeeper.link.plan.areas import Areas, is_nested

Key = tuple[str, ...]
# Above so many folders with one gate for one unit, only neighbors are held against each other.
_CROWD = 12
# So many gates must go by one name where they are not all that a folder has, and so many times as many as go by two,
# where nothing but the names joins two folders.
_LEAST, _MOST = 2, 3


class _Scope:
    """What the documents of a folder, and of those that joined it, call the gates of units."""

    __slots__ = ("gates", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.gates: dict[str, set[Key]] = defaultdict(set)

    def may_join(self, other: _Scope, *, is_near: bool) -> bool:
        """Whether gates of common units go by one name in both, as often as it takes to be no chance."""
        common = self.gates.keys() & other.gates.keys()
        alike = sum(not self.gates[unit].isdisjoint(other.gates[unit]) for unit in common)
        unlike = len(common) - alike
        if is_near:
            return alike >= unlike
        is_whole = alike == min(len(self.gates), len(other.gates))
        return alike >= max(1 if is_whole else _LEAST, _MOST * unlike)

    def absorb(self, other: _Scope) -> None:
        """Add what another one says."""
        for unit, keys in other.gates.items():
            self.gates[unit] |= keys


def find_scopes(gates: Iterable[tuple[str, str, Key]], outlines: Mapping[str, Outline]) -> dict[str, str]:
    """Document -> the first document of its plan, from documents, units and the words of their gates.

    Documents of one folder are of one plan. Areas beside each other never join directly, and nothing joins them that agrees with both by chance:
    whoever joins must agree with all that joined before.
    """
    scopes: dict[str, _Scope] = {}
    marks: dict[tuple[str, Key], dict[str, None]] = defaultdict(dict)
    documents: dict[str, None] = {}
    for path, unit, key in gates:
        scope = scopes.setdefault(folder_of(path), _Scope(folder_of(path)))
        scope.gates[unit].add(key)
        marks[(unit, key)][scope.path] = None
        documents[path] = None
    pairs = list(_pairs(marks.values())) if len(scopes) > 1 else []
    leads = _leads(outlines[path] for path in documents) if pairs else {}
    leader = _join(scopes, pairs, leads, Areas(documents))
    first: dict[str, str] = {}
    return {path: first.setdefault(leader[folder_of(path)], path) for path in sorted(documents)}


def _pairs(crowds: Iterable[Mapping[str, None]]) -> Iterator[tuple[str, str]]:
    """Pairs of folders that give some unit the same gate, each once."""
    found: dict[tuple[str, str], None] = {}
    for crowd in crowds:
        paths = sorted(crowd)
        found |= dict.fromkeys(combinations(paths, 2) if len(paths) <= _CROWD else pairwise(paths))
    yield from found


def _leads(outlines: Iterable[Outline]) -> Mapping[str, set[str]]:
    """Folder -> the folders of what its documents link to or offer as evidence."""
    found: dict[str, set[str]] = defaultdict(set)
    for outline in outlines:
        document, folder = outline.document, folder_of(outline.document.path)
        found[folder].update(folder_of(join_path(folder, ref.path or "") or "") for ref in document.links)
        found[folder].update(folder_of(ref.path) for item in document.items for ref in item.evidence if ref.path)
    return found


def _join(
    scopes: dict[str, _Scope], pairs: Iterable[tuple[str, str]], leads: Mapping[str, set[str]], areas: Areas
) -> dict[str, str]:
    """Folder -> the folder that leads its plan; those that are near join first."""
    leader = {folder: folder for folder in scopes}

    def find(folder: str) -> str:
        while leader[folder] != folder:
            leader[folder] = folder = leader[leader[folder]]
        return folder

    meeting = [pair for pair in pairs if not areas.are_apart(*pair)]
    near = [pair for pair in meeting if _is_near(*pair, leads, areas)]
    for is_near, those in ((True, sorted(near)), (False, sorted({*meeting}.difference(near)))):
        for pair in those:
            one, other = sorted(map(find, pair))
            if one != other and scopes[one].may_join(scopes[other], is_near=is_near):
                leader[other] = one
                scopes[one].absorb(scopes[other])
    return {folder: find(folder) for folder in scopes}


def _is_near(one: str, other: str, leads: Mapping[str, set[str]], areas: Areas) -> bool:
    """Whether one folder leads to the other, or holds it and has no areas below."""
    is_below = is_nested(one, other) and not areas.is_above(min(one, other, key=len))
    return is_below or other in leads.get(one, ()) or one in leads.get(other, ())
