"""Which documents speak of one plan, because they call its units alike; and the units that they call differently all the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from gatekeeper.link.plan.areas import are_mirrored
from gatekeeper.link.plan.titles import Title
from gatekeeper.model.order import UnitNames
from gatekeeper.model.subject import series_of

_Titles = Mapping[str, Mapping[str, Title]]
Place = tuple[str, str]
"""A series of ids and a document."""

# Above so many documents with one word for one unit, only neighbors are held against each other.
_CROWD = 12
# So many units must go by one name, more in series that every plan begins anew, and so many times as many as go by two.
_LEAST, _LEAST_OF_ANY, _MOST = 3, 4, 3
_LOCAL = frozenset({"phase #", "stage #", "step #", "gate #", "track #", "wave #"})


class _Pair:
    """What two documents call the units of one series that both name: alike, or with no word in common."""

    __slots__ = ("_by_name", "alike", "common", "named", "series", "unlike")

    def __init__(
        self, one: Mapping[str, Title], other: Mapping[str, Title], series: str, *, by_name: bool = False
    ) -> None:
        self.series, self._by_name = series, by_name
        self.common = self.alike = self.named = 0
        self.unlike: list[str] = []
        for key in one.keys() & other.keys():
            if series_of(key) == series:
                self._compare(key, one[key], other[key])

    def _compare(self, key: str, one: Title, other: Title) -> None:
        self.common += 1
        shared = one.marks & other.marks
        names = one.words & other.words
        is_named = bool(names) and one.has_name_of(other)
        self.named += is_named
        # A gate or parts in common, or a word beside the names, are as good as two words of the names, but not against these.
        has_more = len(shared) > len(names) and (bool(names) or not (self._by_name or (one.words and other.words)))
        self.alike += is_named or len(names) > 1 or has_more
        if not shared and one.words and other.words:
            self.unlike.append(key)

    @property
    def is_one_plan(self) -> bool:
        """Whether several units go by one name or have one gate or parts in common, and few by two names."""
        least = _LEAST_OF_ANY if self.series in _LOCAL else _LEAST
        return self.alike >= max(least, _MOST * len(self.unlike))

    @property
    def has_names(self) -> bool:
        """Whether most units are alike by their names, so that another name tells of another thing."""
        return self.named >= max(_LEAST, _MOST * len(self.unlike)) and self.named * 2 > self.common


def find_plans(
    titles: _Titles, own: Mapping[str, str]
) -> tuple[Mapping[Place, str], Mapping[str, tuple[UnitNames, ...]]]:
    """Series and document -> the first document of the plan; the units that documents of one plan call differently.

    Documents about two units (`own`) are of no one plan: each has gates and tasks of its own.
    """
    leaders: dict[Place, str] = {}

    def find(series: str, path: str) -> str:
        while leaders.setdefault((series, path), path) != path:
            above = leaders[(series, path)]
            leaders[(series, path)] = path = leaders[(series, above)]
        return path

    differing: dict[str, dict[str, int]] = defaultdict(dict)
    for one, other, series in sorted(_candidates(titles)):
        if len({own[path] for path in (one, other) if path in own}) > 1:
            continue
        pair = _Pair(titles[one], titles[other], series, by_name=are_mirrored(one, other))
        if pair.is_one_plan:
            first, second = sorted((find(series, one), find(series, other)))
            leaders[(series, second)] = first
            for key in pair.unlike if pair.has_names else ():
                for path in (one, other):
                    differing[key][path] = max(pair.named, differing[key].get(path, 0))
    plans = {place: find(*place) for place in sorted(leaders)}
    return plans, _names_by_key(titles, plans, differing)


def _names_by_key(
    titles: _Titles, plans: Mapping[Place, str], differing: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[UnitNames, ...]]:
    """Key -> the documents with another name than most of their plan have."""
    members: dict[Place, list[str]] = defaultdict(list)
    for (series, path), leader in plans.items():
        members[(series, leader)].append(path)
    names: dict[str, tuple[UnitNames, ...]] = {}
    for key, paths in sorted(differing.items()):
        series = series_of(key)
        plan = [members[(series, leader)] for leader in sorted({plans[(series, path)] for path in paths})]
        known = ({path: titles[path][key] for path in one if key in titles[path]} for one in plan)
        names[key] = tuple(name for one in known for name in _names(key, one, paths))
    return {key: found for key, found in names.items() if found}


def _candidates(titles: _Titles) -> set[tuple[str, str, str]]:
    """Pairs of documents, and the series of which they have some word in common for several units."""
    crowds: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(titles):
        for key, title in titles[path].items():
            for mark in title.marks:
                crowds[key][mark].append(path)
    shared: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for key, by_mark in crowds.items():
        series = series_of(key)
        for paths in by_mark.values():
            for one, other in combinations(paths, 2) if len(paths) <= _CROWD else pairwise(paths):
                shared[(one, other, series)].add(key)
    return {pair for pair, keys in shared.items() if len(keys) >= _LEAST}


def _names(key: str, known: Mapping[str, Title], differing: Mapping[str, int]) -> Iterator[UnitNames]:
    """Each document with another name for one unit than most documents of its plan (`known`) have, by path."""
    usual = _usual([title for title in known.values() if title.words])
    label = key.capitalize() if " " in key else usual[0].code or key.upper()
    for path, title in known.items():
        if path in differing and all(title.is_unlike(one) for one in usual):
            yield UnitNames(label, title.place, tuple(one.place for one in usual), differing[path])


def _usual(titles: Sequence[Title]) -> list[Title]:
    """The uses of the name on which most documents agree; of several the one that stands first."""
    counts = Counter(title.words for title in titles)
    firsts = {title.words: title for title in reversed(titles)}
    best = max(
        reversed(firsts.values()),
        key=lambda title: sum(counts[words] for words, other in firsts.items() if title.has_name_of(other)),
    )
    return [title for title in titles if title.has_name_of(best)]
