"""What each document calls its units of work: in rows, in headings, and in cells such as `F7 Billing`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import Document
from gatekeeper.model.order import Place
from gatekeeper.model.subject import IDENTIFIER, UNIT_WORDS, Shape, Voice
from gatekeeper.model.text import SourceText, Span

_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff]{2}")
# Words that any unit's title may have: what it is, how it stands, what kind of document speaks of it.
_GENERAL = frozenset(
    "the and for with from into this that all new status complete completed done progress pending planned queued sprint phase epic story"
    " gate chunk task milestone step stage feature features item closeout report summary tracker evidence packet plan planning implementation"
    " goal goals scope owner overview detail details part track lane optional stories tasks week weeks day days not started ready".split()
)
# How much of a word tells it from others: "discovery" and "discoverability" are one.
_STEM = 5
_UNITS = "|".join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True))
_HEADING = re.compile(
    rf"\W*(?P<word>{_UNITS})\s+#?(?P<number>\d++(?:\.\d++)*+)\s*(?:[:.)|]|\s[-\u2013\u2014]\s|[\u2013\u2014])\s*(?P<title>[^\W\d].*)",
    re.IGNORECASE,
)
_HEADED = re.compile(rf"\|\s*[*_`]*(?:{_UNITS})[*_`]*\s*\|", re.IGNORECASE)
_CELL = re.compile(r"[*_`\[]*(?P<code>[A-Z]?\d{1,3})[*_`\]]*(?:\s*[:.)\u2013\u2014-]\s*|\s+)(?P<title>[^\W\d].*)")
_CODE = re.compile(r"(?P<letter>[a-z])(?P<number>\d{1,3})")
_BAR = re.compile(r"(?<!\\)\|")
_TAIL = re.compile(r"\s[\u2013\u2014-]\s|[(（\[{✅✔🔄🟡⏳❌]")


class Title:
    """What one document calls one unit.

    Attributes:
        words: stems of the words that tell it from others.
        marks: these, the words of its gate, and the ids of the parts that its place names.
        code: the unit's id as it is written; "" where its place gives none.
    """

    __slots__ = ("code", "marks", "place", "words")

    def __init__(self, code: str, title: str, place: Place, more: str = "") -> None:
        self.code, self.place = code, place
        self.words, marks = _read(title)
        self.marks = marks.union(*_read(more))

    def has_name_of(self, other: Title) -> bool:
        """Whether two names are one: the same words, or one with two words and more."""
        shared = self.words & other.words
        return bool(shared) and (self.words == other.words or (len(shared) > 1 and shared in (self.words, other.words)))

    def is_unlike(self, other: Title) -> bool:
        """Whether two names have nothing in common, and neither has what stands beside them."""
        return bool(self.words and other.words) and not self.marks & other.marks


class _Name:
    """A unit's name in one document, not looked into."""

    __slots__ = ("code", "key", "source", "span", "title", "voice")

    def __init__(
        self, key: str, code: str, title: str, source: SourceText, span: Span, voice: Voice | None = None
    ) -> None:
        self.key, self.code, self.title, self.source, self.span, self.voice = key, code, title, source, span, voice

    def read(self) -> Title:
        if self.voice is None:
            words = " ".join(self.source.slice(self.span).split())
            return Title(self.code, self.title, Place(self.source, self.span, words.strip("# ")))
        more = " ".join((self.voice.item.gate or "", *self.voice.item.refs))
        at = self.source.text.find(self.title, self.span.start, self.span.end)
        span = Span(at, at + len(self.title)) if at >= 0 else self.span
        return Title(self.code, self.title, Place(self.source, span, self.title), more)


def find_titles(spoken: Mapping[str, Sequence[Voice]]) -> Mapping[str, Mapping[str, Title]]:
    """Document -> key of a unit -> what the document calls it, by its first word on it; only units that several documents name.

    Tasks, numbered stories and boxes are left out.
    """
    named = {path: _names(voices[0].document, voices) for path, voices in spoken.items()}
    count = Counter(key for names in named.values() for key in names)
    return {
        path: found
        for path, names in named.items()
        if (found := {key: one for key, name in names.items() if count[key] > 1 and (one := name.read()).marks})
    }


def _names(document: Document, voices: Sequence[Voice]) -> dict[str, _Name]:
    """Key -> the first name of a unit that says anything."""
    found: dict[str, _Name] = {}
    cells = list(_by_cells(document))
    # `F7` of a row is the Feature 7 of its cell, and not two units.
    starts = sorted(name.span.start for name in cells)
    items = (name for name in _by_items(voices) if not starts or not _is_around(name, starts))
    for name in (*items, *_by_headings(document), *cells):
        first = found.get(name.key)
        if first is None or not first.title:
            found[name.key] = name
    return found


def _is_around(name: _Name, starts: Sequence[int]) -> bool:
    """Whether a row holds one of the cells that begin at these offsets, ascending."""
    row = name.voice.item.span if name.voice is not None else name.span
    return bisect_left(starts, row.start) < bisect_left(starts, row.end)


def _by_items(voices: Sequence[Voice]) -> Iterator[_Name]:
    for voice in voices:
        if voice.key is None or voice.shape is Shape.BOX or voice.in_log:
            continue
        item = voice.item
        kind = UNIT_WORDS.get(item.kind)
        rank = kind.rank if kind is not None else None
        # `Story 1.2` is worded anew in every list; `US-SEA-12` is an id that is given once.
        if item.kind != "entry" and (rank is None or rank < (4 if " " in voice.key else 5)):
            key = _key_in(item.kind, voice.key) if kind is not None else voice.key
            # An id, and words that were not set off from it, are no name.
            title = item.title if not item.id or not item.title.startswith(item.id) else ""
            yield _Name(key, item.id or "", title, voice.document.source, item.span, voice)


def _by_headings(document: Document) -> Iterator[_Name]:
    for section in document.sections:
        if match := _HEADING.match(section.title):
            key = normal_key(f"{match['word']} {match['number']}")
            if key is not None:
                yield _Name(key, "", match["title"], document.source, section.heading)


def _by_cells(document: Document) -> Iterator[_Name]:
    """Units that cells below a header for them name with their title: `F7 Billing` below "Feature"."""
    source = document.source
    for group in document.groups:
        if group.kind != "table":
            continue
        first = source.line_of(group.span.start)
        head = source.slice(source.line_span(first))
        if not _HEADED.search(head):
            continue
        last = source.line_of(group.span.end)
        for at, cell in enumerate(_BAR.split(head.casefold())):
            if (kind := UNIT_WORDS.get(cell.strip(" *_`"))) is not None:
                yield from _column(source, range(first + 2, last + 1), at, kind.name)


def _column(source: SourceText, lines: range, at: int, kind: str) -> Iterator[_Name]:
    """The units in one column, from its first row on while each names one."""
    for number in lines:
        line = source.line_span(number)
        cells = _BAR.split(source.slice(line))
        match = _CELL.match(cells[at].strip()) if at < len(cells) else None
        if match is None:
            return
        if (coded := normal_key(match["code"], kind)) is not None:
            start = line.start + sum(map(len, cells[:at])) + at
            start += len(cells[at]) - len(cells[at].lstrip())
            span = Span(start, start + len(cells[at].strip()))
            yield _Name(_key_in(kind, coded), match["code"], match["title"], source, span)


def _key_in(kind: str, key: str) -> str:
    """`feature 7` for the `f7` of a feature: its letter is the first of its kind's word."""
    code = _CODE.fullmatch(key)
    is_short = code is not None and kind in UNIT_WORDS and kind.startswith(code["letter"])
    return f"{UNIT_WORDS[kind].name} {int(code['number'])}" if code is not None and is_short else key


def stems(text: str) -> frozenset[str]:
    """The beginnings of the words in a title that tell its unit from others."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if word not in _GENERAL)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of a title up to its status or brackets, if there are any; all its stems and ids, with what these are parts of."""
    everything = stems(text)
    names = IDENTIFIER.findall(text)
    above = (name.rpartition("-")[0] for name in names if name.count("-") > 1)
    return stems(_TAIL.split(text, maxsplit=1)[0]) or everything, everything.union(names, above)
