"""Which documents are about one unit of work, and which list many."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gatekeeper.link.status.identity import is_distinctive, normal_key
from gatekeeper.model.document import Document
from gatekeeper.model.subject import IDENTIFIER, UNIT_WORDS, Voice, series_of

_MANY = 3
_UNIT = re.compile(
    rf"(?<![^\W\d_])(?P<word>{'|'.join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True))})[\s_#-]*(?P<number>\d+(?:\.\d+)*[a-z]?)"
    r"(?!\w|\s*[-\u2013\u2014_.]\s*\d|\s+\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:[-\u2013\u2014]|to|through|\.\.)\s*[A-Z]*\d")


def own_unit_of(document: Document) -> str | None:
    """The key of the one unit that a document's title, else its file's or its folder's name, names; None for several or none."""
    for text in (_title_of(document), *_names_of(document.path)):
        keys = _units_in(text)
        if keys:
            return next(iter(keys)) if len(keys) == 1 else None
    return None


def titled_unit_of(document: Document) -> str | None:
    """The key of the one unit that a document's title names; None for several or none."""
    keys = _units_in(_title_of(document))
    return next(iter(keys)) if len(keys) == 1 else None


def listed_series(voices: Sequence[Voice]) -> frozenset[str]:
    """The series of ids of which a document gives at least three units a status."""
    known: dict[str, set[str]] = defaultdict(set)
    for voice in voices:
        if voice.key is not None and voice.item.mark is not None:
            known[series_of(voice.key)].add(voice.key)
    return frozenset(series for series, keys in known.items() if len(keys) >= _MANY)


def _title_of(document: Document) -> str:
    return next((section.title for section in document.sections if section.level), document.title or "")


def _names_of(path: str) -> Iterator[str]:
    folders, _, name = path.rpartition("/")
    yield name.rpartition(".")[0].replace("_", " ")
    yield folders.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=4096)
def _units_in(text: str) -> frozenset[str]:
    """Keys of the units that a name speaks of; a range speaks of none."""
    return frozenset(_iter_units(text))


def _iter_units(text: str) -> Iterator[str]:
    for match in _UNIT.finditer(text):
        yield normal_key(f"{match['word']} {match['number']}") or ""
    for match in IDENTIFIER.finditer(text.upper()):
        key = normal_key(match.group())
        if key is not None and is_distinctive(key) and not _RANGE.match(text, match.end() - 1):
            yield key
