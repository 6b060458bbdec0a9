"""Past versions of documents: what each lists, and which items of two versions are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field

from gatekeeper.engine.history.query import Query, folded
from gatekeeper.engine.intake import READ_BYTES_LIMIT, settings_by_path
from gatekeeper.link.status.place import voices_of
from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.subject import Voice
from gatekeeper.model.view.move import Stand
from gatekeeper.parse.reader import parse_document
from gatekeeper.policy.policy import Policy

# Text of versions that are kept because the commit before is likely to ask for them, in characters.
_KEPT_CHARACTERS = 16 << 20
# Two paths are one document that was renamed where this share of lines is in both.
_LIKENESS = 0.5
# How many documents may share a line that is still a sign.
_RARE = 8
_BOX = "[]"

Read = Callable[[str, int], bytes | None]


class Listed(Struct, frozen=True):
    """One item of one version of a document.

    Attributes:
        place: its number in the version, from 0.
        sort: what kind of mark it has: "[]" for a box, else the column in which the status stands, else the kind of item and how deep it stands.
        key: normal form of its id; None without one.
        sections: titles of the sections around it, outermost first.
        line: 1-based.
    """

    place: int
    key: str | None
    id: str
    title: str
    kind: str
    gate: str
    sections: tuple[str, ...]
    sort: str
    stand: Stand
    line: int
    item: WorkItem

    @property
    def subject(self) -> str:
        """Its id as written, else its title."""
        return self.id or self.title


class Version(Struct, frozen=True):
    """A document as one blob has it.

    Attributes:
        blob: id of the blob; "" for a document that is not there.
        items: in document order.
        states: sort of mark -> the states that items with such a mark have, and those that the legend names; a box has no legend.
    """

    path: str
    blob: str
    document: Document | None = None
    items: tuple[Listed, ...] = ()
    states: Mapping[str, frozenset[Status]] = field(default_factory=dict)


class Versions:
    """Reads versions of documents; a version that was asked for as the older one is kept until it is asked for as the newer."""

    def __init__(self, read: Read, policy: Policy) -> None:
        """Versions whose blobs `read` knows, as this law reads them."""
        self._read = read
        self._settings = settings_by_path(policy)
        self._kept: dict[tuple[str, str], Version] = {}
        self._size = 0
        self._hopeful: dict[str, bool] = {}

    def is_document(self, path: str) -> bool:
        """Whether what stands at a path is looked at."""
        return self._settings(path) is not None

    def newer(self, path: str, blob: str | None) -> Version:
        """The version of a blob, which is not asked for again; empty without a blob."""
        kept = self._kept.pop((path, blob or ""), None)
        if kept is None:
            return self._parse(path, blob)
        self._size -= _size_of(kept)
        return kept

    def older(self, path: str, blob: str | None) -> Version:
        """The version of a blob that the commit before is likely to ask for; empty without a blob."""
        kept = self._kept.get((path, blob or ""))
        if kept is None:
            kept = self._parse(path, blob)
            if blob and self._size + _size_of(kept) <= _KEPT_CHARACTERS:
                self._kept[path, blob] = kept
                self._size += _size_of(kept)
        return kept

    def may_mean(self, query: Query, blob: str) -> bool:
        """Whether a version of this blob may list an item that a query means."""
        if blob not in self._hopeful:
            data = self._read(blob, READ_BYTES_LIMIT)
            self._hopeful[blob] = data is not None and query.may_stand_in(data)
        return self._hopeful[blob]

    def lines(self, blob: str) -> Counter[bytes]:
        """The lines of a blob that are not blank."""
        data = self._read(blob, READ_BYTES_LIMIT) or b""
        return Counter(line for line in data.splitlines() if line.strip())

    def _parse(self, path: str, blob: str | None) -> Version:
        settings = self._settings(path)
        data = self._read(blob, READ_BYTES_LIMIT) if blob and settings is not None else None
        if data is None or settings is None:
            return Version(path, blob or "")
        return version_of(parse_document(path, data, settings), blob or "")


def version_of(document: Document, blob: str = "") -> Version:
    """What a document lists; of a form that nobody has filled in, nothing."""
    voices = () if document.is_template or not document.items else voices_of(document)
    listed = [_listed(place, voice) for place, voice in enumerate(voices)]
    legend = {entry.status for entry in document.legend.entries}
    states: dict[str, set[Status]] = {}
    for one in listed:
        states.setdefault(one.sort, set() if one.sort == _BOX else set(legend)).add(one.stand.status)
    known = {sort: frozenset(some) for sort, some in states.items()}
    return Version(document.path, blob, document, tuple(listed), known)


def pair_items(old: Version, new: Version) -> Iterator[tuple[Listed | None, Listed | None]]:
    """Each item of two versions of a document with itself; None where one of them lacks it.

    Items are one by their id, or by their title where they have none. Where several share it they are told apart by their sections and titles; where
    that fails too and their numbers differ, nobody can tell which is which, and they count as gone and come. What has a new id is known by its title
    and its place.
    """
    olds, news = _grouped(old), _grouped(new)
    gone: list[Listed] = []
    come: list[Listed] = []
    for name in dict.fromkeys([*news, *olds]):
        for one, other in _pair(olds.get(name, []), news.get(name, [])):
            if one is None and other is not None:
                come.append(other)
            elif one is not None and other is None:
                gone.append(one)
            else:
                yield one, other
    renumbered = _agreeing(gone, come, lambda one: (one.sections, folded(one.title)))
    yield from renumbered
    known = {id(one) for pair in renumbered for one in pair}
    yield from ((one, None) for one in gone if id(one) not in known)
    yield from ((None, other) for other in come if id(other) not in known)


def find_renames(gone: dict[str, str], come: dict[str, str], lines: Callable[[str], Counter[bytes]]) -> dict[str, str]:
    """New path -> old path of the documents that one commit renamed: one blob, else the most lines in common, half of them at least.

    Args:
        gone: path -> blob of documents that the commit took away; come: likewise of those that it brought.
        lines: the lines of a blob.
    """
    found: dict[str, str] = {}
    left = dict(gone)
    by_blob = {blob: path for path, blob in sorted(gone.items(), reverse=True)}
    for path, blob in sorted(come.items()):
        if blob in by_blob:
            found[path] = by_blob.pop(blob)
            del left[found[path]]
    rest = [path for path in sorted(come) if path not in found]
    if left and rest:
        found |= _alike({path: lines(gone[path]) for path in sorted(left)}, {path: lines(come[path]) for path in rest})
    return found


def _alike(olds: dict[str, Counter[bytes]], news: dict[str, Counter[bytes]]) -> dict[str, str]:
    """New path -> old path where enough lines are the same, the most alike first; only those that share a line that few have are compared."""
    owners: defaultdict[bytes, list[str]] = defaultdict(list)
    for path, lines in olds.items():
        for line in lines:
            owners[line].append(path)
    ranked = []
    for path, lines in news.items():
        shared = Counter(old for line in lines for old in owners.get(line, ()) if len(owners[line]) <= _RARE)
        for old, _ in shared.most_common(_RARE):
            share = (lines & olds[old]).total() / max(lines.total(), olds[old].total())
            if share >= _LIKENESS:
                ranked.append((-share, path, old))
    found: dict[str, str] = {}
    taken: set[str] = set()
    for _, path, old in sorted(ranked):
        if path not in found and old not in taken:
            found[path] = old
            taken.add(old)
    return found


def _size_of(version: Version) -> int:
    return len(version.document.source.text) if version.document else 0


def _listed(place: int, voice: Voice) -> Listed:
    item, mark = voice.item, voice.item.mark
    return Listed(
        place=place,
        key=voice.key,
        id=item.id or "",
        title=item.title,
        kind=item.kind,
        gate=item.gate or "",
        sections=voice.sections,
        sort=_sort_of(voice),
        stand=Stand(mark.raw if mark else "", item.status),
        line=voice.document.source.position(mark.span.start).line if mark else voice.line,
        item=item,
    )


def _sort_of(voice: Voice) -> str:
    mark = voice.item.mark
    if mark is not None and mark.raw.startswith("["):
        return _BOX
    if mark is not None and mark.column is not None:
        return mark.column
    return f"{voice.item.kind} {len(voice.sections)}"


def _grouped(version: Version) -> dict[str, list[Listed]]:
    groups: defaultdict[str, list[Listed]] = defaultdict(list)
    for one in version.items:
        groups[one.key or f"\0{folded(one.title)}"].append(one)
    return groups


def _pair(olds: list[Listed], news: list[Listed]) -> Iterator[tuple[Listed | None, Listed | None]]:
    """Pairs items of one name, those that agree in most first."""
    for trait in (_in_full, _by_title, _by_sections):
        if len(olds) > 1 or len(news) > 1:
            pairs = _agreeing(olds, news, trait)
            yield from pairs
            known = {id(one) for pair in pairs for one in pair}
            olds = [one for one in olds if id(one) not in known]
            news = [one for one in news if id(one) not in known]
    if len(olds) == len(news):
        yield from zip(olds, news, strict=True)
    else:
        yield from ((one, None) for one in olds)
        yield from ((None, one) for one in news)


def _agreeing(
    olds: list[Listed], news: list[Listed], trait: Callable[[Listed], tuple[object, ...]]
) -> list[tuple[Listed, Listed]]:
    """The pairs that alone share a trait, or that share it in equal numbers, in their order."""
    before: defaultdict[tuple[object, ...], list[Listed]] = defaultdict(list)
    after: defaultdict[tuple[object, ...], list[Listed]] = defaultdict(list)
    for one in olds:
        before[trait(one)].append(one)
    for one in news:
        after[trait(one)].append(one)
    even = (name for name, some in before.items() if len(after.get(name, ())) == len(some))
    return [pair for name in even for pair in zip(before[name], after[name], strict=True)]


def _in_full(one: Listed) -> tuple[object, ...]:
    return one.sections, folded(one.title), one.kind


def _by_title(one: Listed) -> tuple[object, ...]:
    return folded(one.title), one.kind


def _by_sections(one: Listed) -> tuple[object, ...]:
    return (*one.sections[-1:], one.kind)
