"""Units of work and their parts: by the parent that an item names, by the section it stands in, by the ids that a row names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from gatekeeper.link.status.identity import above_of, normal_key
from gatekeeper.link.status.row import cells_of, header_above, headers_of
from gatekeeper.model.document import Document
from gatekeeper.model.status import Status
from gatekeeper.model.subject import IDENTIFIER, UNIT_WORDS, Family, Relation, Shape, Voice

_RANK = {word: kind.rank for word, kind in UNIT_WORDS.items() if kind.rank is not None}
_BROUGHT = re.compile(
    r"\W*(?:implement\w*|status|phase|fase|étape|этап|sprint|chunk|milestone|epic|gate|wave|notes?|comments?|planned(?: (?:for|in))?|scheduled"
    r"|target|delivered in|when|release|statut|estado|remarques?|notas?|备注|阶段)\W*"
)
_LAST_WORDS = re.compile(
    r"(?:pending|planned|scheduled|todo|\(|（|:|-|\u2013|\u2014)\s*(?:for |to |in )?([^()（）:]+?)\s*[)）]?$",
    re.IGNORECASE,
)
_NEEDED = ("depend", "block", "prereq", "requires", "after", "needs", "abhäng", "dépend", "依赖", "前置", "завис")

_REACH = 6


def families_of(document: Document, voices: Sequence[Voice]) -> tuple[Family, ...]:
    """The units of one document that have parts with a status, in document order."""
    index = _Index(voices)
    parts: dict[tuple[int, ...], list[Voice]] = defaultdict(list)
    for place, voice in enumerate(voices):
        above, passed = index.parents_of(place), {place}
        while above and all(voices[one].item.status is Status.UNKNOWN for one in above):
            # Two items may each name the other as parent.
            above, seen = (index.parents_of(above[0]), above[0]) if above[0] not in passed else ((), place)
            passed.add(seen)
        if above and _speaks(voice) and not _are_peers(voices[above[0]], voice):
            parts[above].append(voice)
    found = [
        Family(tuple(voices[one] for one in above), tuple(children), Relation.PARENT)
        for above, children in parts.items()
    ]
    found.extend(_headlines(document, voices))
    return tuple(sorted(found, key=lambda family: (family.parents[0].item.span, family.relation)))


def named_families(voices: Iterable[Voice]) -> Iterator[Family]:
    """Rows that name smaller units by id, with what the same role says of those: in the row's document, else in its others."""
    known: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    everyone = list(voices)
    for voice in everyone:
        if voice.key is not None and _speaks(voice):
            known[(voice.path, voice.key)].append(voice)
            if voice.role:
                known[(voice.role, voice.key)].append(voice)
    for voice in everyone:
        if voice.shape is Shape.ROW and _speaks(voice) and voice.item.kind in _RANK:
            children = tuple(_named(voice, known))
            if children:
                yield Family((voice,), children, Relation.NAMES)


def bringing_families(voices: Sequence[Voice]) -> Iterator[Family]:
    """Units of one document, each with the items that say of themselves that it is to bring them."""
    units: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        if voice.key is not None and " " in voice.key and voice.shape is not Shape.BOX and _speaks(voice):
            units[voice.key].append(voice)
    brought: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices if units else ():
        if _speaks(voice) and voice.item.parent is None:
            for key in dict.fromkeys(_bringers(voice)):
                if key in units and key != voice.key:
                    brought[key].append(voice)
    for key, children in brought.items():
        yield Family(tuple(units[key]), tuple(children), Relation.BRINGS)


def _bringers(voice: Voice) -> Iterator[str]:
    """Keys of the units that an item's status or a whole cell beside it names: `Pending (Phase 2)`."""
    raw = voice.item.mark.raw if voice.item.mark else ""
    last = _LAST_WORDS.search(raw)
    words = [last[1]] if last else []
    if voice.shape is Shape.ROW and any(map(_says_when, headers_of(voice.document, voice.item))):
        words.extend(cell for header, cell in cells_of(voice.document, voice.item) if _says_when(header))
    yield from (key for word in words if (key := normal_key(word)) and " " in key)


@lru_cache(maxsize=1024)
def _says_when(header: str) -> bool:
    """Whether a column says which unit brings its rows."""
    return _BROUGHT.fullmatch(header) is not None


def _named(voice: Voice, known: Mapping[tuple[str, str], list[Voice]]) -> Iterator[Voice]:
    """One voice for each smaller unit that a row names outside of columns for dependencies."""
    title = voice.item.title if not IDENTIFIER.sub("", voice.item.title).strip(" ,;&+/") else ""
    names = dict.fromkeys((*IDENTIFIER.findall(title), *voice.item.refs))
    for name in names:
        key = normal_key(name)
        here = known.get((voice.path, key or "")) or known.get((voice.role, key or "")) or []
        smaller = [one for one in here if _RANK.get(one.item.kind, -1) > _RANK[voice.item.kind]]
        if smaller and not any(word in header_above(voice.document, voice.item, name) for word in _NEEDED):
            yield smaller[0]


def _headlines(document: Document, voices: Sequence[Voice]) -> Iterator[Family]:
    """The status line in the front matter or below a document's title, over all that follows."""
    if len(document.sections) < 2 or document.title is None:
        return
    first = next((section for section in document.sections if section.level), None)
    following = next(
        (section for section in document.sections if first and section.span.start > first.span.start), None
    )
    if first is None or following is None:
        return
    lines = (voice for voice in voices if voice.item.span.start < following.span.start and voice.key is None)
    for voice in lines:
        is_headline = voice.shape is Shape.LINE and voice.sections in ((first.title,), ())
        if is_headline and _speaks(voice) and voice.item.title == document.title:
            children = tuple(one for one in voices if one.item.span.start > voice.item.span.end and _speaks(one))
            if children:
                yield Family((voice,), children, Relation.DOCUMENT)
            return


def _speaks(voice: Voice) -> bool:
    return voice.item.mark is not None and voice.item.status is not Status.UNKNOWN


def _are_peers(one: Voice, other: Voice) -> bool:
    """Whether both are units of one kind, neither of which is numbered as part of the other: `Epic 9`, `Epic 10`, unlike `Phase 3.1`."""
    kind, _, number = (one.key or "").partition(" ")
    other_kind, _, other_number = (other.key or "").partition(" ")
    return bool(number) and kind == other_kind and not other_number.startswith(f"{number}.")


class _Index:
    """The items of a document by what a child may call them."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self._voices = voices
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for place, voice in enumerate(voices):
            for name in dict.fromkeys((voice.item.id or "", voice.item.title)):
                self._by_name[name].append(place)
            if voice.key is not None:
                self._by_key[voice.key].append(place)
        self._by_heading: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, voice in enumerate(voices):
            if voice.shape is Shape.HEADING and len(voice.sections) > 1:
                self._by_heading[voice.sections[-1:]].append(place)

    def parents_of(self, place: int) -> tuple[int, ...]:
        """The places of the items that speak of an item's parent, the shallowest first; () when it has none here."""
        voice = self._voices[place]
        nearest = self._nearest(place, self._candidates(voice))
        if nearest is None:
            return ()
        above = self._voices[nearest]
        if above.key is None:
            return (nearest,)
        return tuple(
            one
            for one in self._by_key[above.key]
            if one == nearest or _is_along(self._voices[one].sections, above.sections)
        )

    def _candidates(self, voice: Voice) -> list[int]:
        parent = voice.item.parent
        if parent is None:
            above = above_of(voice.item.id or "")
            keys = [f"{kind} {above}" for kind in ("epic", "phase", "sprint", "milestone")] if above else []
            found = [self._by_key[key] for key in keys if key in self._by_key]
            return found[0] if len(found) == 1 else self._by_heading.get(voice.sections[-1:], [])
        if parent.strip().isdigit():
            found = [self._by_key[key] for kind in _RANK if (key := f"{kind} {int(parent)}") in self._by_key]
            return found[0] if len(found) == 1 else []
        return self._by_name.get(parent) or self._by_key.get(normal_key(parent) or "", [])

    def _nearest(self, place: int, candidates: list[int]) -> int | None:
        """The candidate in whose section an item stands, the deepest and last before it; else the row before it, or what its own row names."""
        voice = self._voices[place]
        at = bisect_left(candidates, place)
        fit = [one for one in candidates[max(0, at - _REACH) : at + _REACH] if one != place]
        fit = [one for one in fit if voice.key is None or self._voices[one].key != voice.key]
        if not fit:
            return None
        around = [one for one in fit if voice.sections[: len(self._voices[one].sections)] == self._voices[one].sections]
        others = fit if self._is_named(voice, fit) else [one for one in fit if self._voices[one].shape is Shape.ROW]
        return max(
            around or others,
            key=lambda one: (len(self._voices[one].sections), one < place, -abs(place - one)),
            default=None,
        )

    def _is_named(self, voice: Voice, candidates: list[int]) -> bool:
        """Whether an item's row names its parent in a cell, and only one unit of the document can be meant."""
        first = self._voices[candidates[0]].sections if candidates else ()
        return (
            voice.shape is Shape.ROW
            and voice.item.parent is not None
            and all(_is_along(self._voices[one].sections, first) for one in candidates)
            and any(cell == voice.item.parent for _, cell in cells_of(voice.document, voice.item))
        )


def _is_along(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one place's sections lead to the other's."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]
