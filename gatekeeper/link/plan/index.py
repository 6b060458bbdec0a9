"""Lists of numbered folders or files, and what of the same series the repository holds beside them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gatekeeper.link.listing import Listing
from gatekeeper.model.document import Document, Group
from gatekeeper.model.order import IndexGap, Place
from gatekeeper.model.project import EvidenceBasis, EvidenceFact

_SEGMENT = re.compile(r"(?P<head>\D*)(?P<number>\d{1,4})(?!\d)(?P<tail>.*)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_MEMBER = re.compile(r"templat|example|sample|draft|archiv|backup|\.bak|\bold\b", re.IGNORECASE)
_INDEX = re.compile(
    r"(?:^|/)(?:readme|index|_index|overview|catalog(?:ue)?|toc|contents|ledger|register)[^/]*$", re.IGNORECASE
)
_LEAST = 3
_SHARE = 0.8
# An index may leave out what came before it was begun.
_EARLY = 2
_Series = tuple[str, str, bool]
"""Folder, what stands before the number in a name, and whether the names are folders."""


def find_index_gaps(document: Document, facts: Sequence[EvidenceFact], listing: Listing) -> Iterator[IndexGap]:
    """For each list of at least three numbered paths of one folder what else of the series stands there, and the document never names."""
    if document.is_template or not document.groups:
        return
    found = sorted((fact for fact in facts if _is_there(fact)), key=lambda fact: fact.ref.span)
    starts = [fact.ref.span.start for fact in found]
    for group in document.groups:
        inside = found[bisect_left(starts, group.span.start) : bisect_left(starts, group.span.end)]
        if len(inside) >= _LEAST:
            gap = _gap(document, group, inside, listing)
            if gap is not None:
                yield gap


def _is_there(fact: EvidenceFact) -> bool:
    return len(fact.paths) == 1 and fact.basis in (EvidenceBasis.ROOT, EvidenceBasis.RELATIVE)


def _gap(document: Document, group: Group, facts: Sequence[EvidenceFact], listing: Listing) -> IndexGap | None:
    listed: dict[_Series, dict[int, tuple[EvidenceFact, str]]] = defaultdict(dict)
    for fact in facts:
        for series, number, name in _series_in(fact.paths[0]):
            if _is_its_index(document.path, series[0]):
                listed[series].setdefault(number, (fact, name))
    for series in sorted(listed, key=lambda one: (one[0].count("/"), one)):
        rows = {number: fact for number, (fact, _) in listed[series].items()}
        lines = {document.source.line_of(fact.ref.span.start) for fact in rows.values()}
        if len(lines) < max(_LEAST, group.count / 2):
            continue
        members = _members(series, {name for _, name in listed[series].values()}, listing)
        missing = _missing(document, rows, members)
        if missing:
            before = max(number for number in rows if number < missing[-1])
            names = tuple(members[number] for number in missing)
            return IndexGap(_line_of(document, rows[before]), series[0], listed[series][before][1], names)
    return None


@lru_cache(maxsize=4096)
def _series_in(path: str) -> tuple[tuple[_Series, int, str], ...]:
    """The series to which each numbered part of a path belongs, with its number and name; dates are no numbers."""
    return tuple(_iter_series(path))


def _iter_series(path: str) -> Iterator[tuple[_Series, int, str]]:
    parts = path.split("/")
    for at, part in enumerate(parts):
        match = _SEGMENT.match(part)
        if match is not None and not _YEAR.fullmatch(match["number"]):
            yield ("/".join(parts[:at]), match["head"], at + 1 < len(parts)), int(match["number"]), part


def _is_its_index(path: str, folder: str) -> bool:
    """Whether a document is where one looks for a list of a folder: in it, beside it, or an index by its name."""
    own = path.rpartition("/")[0]
    return own in (folder, folder.rpartition("/")[0]) or _INDEX.search(path) is not None


def _members(series: _Series, listed: set[str], listing: Listing) -> Mapping[int, str]:
    """Number -> name of what the repository holds of a series; where all listed names end alike, only those that do too."""
    folder, head, are_folders = series
    tails = {match["tail"] for name in listed if (match := _SEGMENT.match(name))}
    cut = len(folder) + 1 if folder else 0
    members: dict[int, str] = {}
    for path in listing.files_below(folder):
        name, slash, _ = path[cut:].partition("/")
        match = _SEGMENT.match(name) if bool(slash) is are_folders else None
        if match is None or match["head"] != head or _NO_MEMBER.search(match["tail"]):
            continue
        if (len(tails) > 1 or match["tail"] in tails) and not _YEAR.fullmatch(match["number"]):
            members.setdefault(int(match["number"]), name)
    return members


def _missing(document: Document, rows: Mapping[int, EvidenceFact], members: Mapping[int, str]) -> list[int]:
    """The numbers that a list leaves out after its first, ascending; none where it is a choice and not an index."""
    first, last = min(rows), max(rows)
    within = [number for number in members if first <= number <= last]
    is_whole = len(rows) >= _SHARE * len(within) and first <= min(members, default=first) + _EARLY
    text = document.source.text
    unnamed = sorted(number for number, name in members.items() if number > first and number not in rows)
    own = document.path.rpartition("/")[2]
    return [number for number in unnamed if members[number] != own and members[number] not in text] if is_whole else []


def _line_of(document: Document, fact: EvidenceFact) -> Place:
    source = document.source
    return Place(source, source.line_span(source.line_of(fact.ref.span.start)), fact.ref.target)
