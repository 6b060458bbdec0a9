"""What an item says must be done first, and how that stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from gatekeeper.link.order.fields import Fields, find_fields
from gatekeeper.link.order.outline import Outline
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import Section, WorkItem
from gatekeeper.model.order import Need
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.text import Span

_HEADER = re.compile(
    r"(?:key |hard |upstream )?(?:depend(?:s on|enc(?:y|ies))|deps?|prerequisites?|blocked by|predecessors?|requires|needs"
    r"|abhängig(?:keiten)?|dépendances?|dependencias|зависит от|зависимости|依赖|前置)$"
)
_WORDS = re.compile(
    r"\b(?:depends[ _]on|dependenc(?:y|ies)|prerequisites?|blocked[ _]by|depende de|dépend de|hängt ab von|зависит от)\b"
    r"(?:\s*\*\*)?\s*[:：]?(?:\*\*)?\s*(?P<list>[^\n;()|]{1,200})",
    re.IGNORECASE,
)
_QUICK = ("depend", "dépend", "prerequisite", "blocked", "hängt ab", "зависит")
"""One of these stands in whatever `_WORDS` finds."""
_KEY = re.compile(r"\W*(?:depends on|dependenc(?:y|ies)|depends_on|prerequisites?|blocked by)[\s*_]*:", re.IGNORECASE)
_NAMED = r"(?:sprint|epic|story|phase|chunk|gate|milestone|feature|stage|wave|task|step)"
_ID = re.compile(
    rf"(?P<kind>{_NAMED})s?\s+#?(?P<numbers>\d+(?:\.\d+)*(?:\s*(?:,|&|and|\+)\s*\d+(?:\.\d+)*(?!\w))*)(?!\s*[-\u2013\u2014]\s*\d)|(?P<code>(?<![\w/.-])[A-Z][A-Z0-9]*(?:[-_.][A-Z0-9]+)*[-_.]?\d+(?:[.\-][A-Z]?\d+)*(?![\w/]|\.\w))",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<![\w.-])#?\d+(?:\.\d+)*(?![\w.-])")
_SOFT = re.compile(
    r"optional|soft|partial|nice to have|informs|parallel|no longer|\bnot\b|\bwas\b|resolved|none\b", re.IGNORECASE
)
# How much a thing is needed, and not how it stands: `Search index - REQUIRED` in a list of what must be there.
_DEMAND = re.compile(
    r"\W*(?:required|optional|recommended|mandatory|must|yes|no|erforderlich|requise?|requerid[oa]|obrigatóri[oa])\b",
    re.IGNORECASE,
)
_OPEN = (Status.QUEUED, Status.READY, Status.IN_PROGRESS, Status.BLOCKED)
_LINES_BELOW = 12


class Needs:
    """The needs of documents, each item looked up by id in its own document first, then in the others."""

    def __init__(self, outlines: Sequence[Outline]) -> None:
        self._outlines = [one for one in outlines if not one.document.is_template]
        self._keys = {one.document.path: _by_key(one) for one in self._outlines}
        self._everywhere: dict[str, list[tuple[Outline, WorkItem]]] = defaultdict(list)
        for outline in self._outlines:
            for key, items in self._keys[outline.document.path].items():
                self._everywhere[key].extend((outline, item) for item in items)

    def by_document(self) -> dict[str, tuple[Need, ...]]:
        """Path -> the needs of its done items that are not done, in document order."""
        found = {one.document.path: tuple(dict.fromkeys(self._of(one))) for one in self._outlines}
        return {path: needs for path, needs in found.items() if needs}

    def _of(self, outline: Outline) -> Iterator[Need]:
        is_data = outline.document.path.endswith((".json", ".yaml", ".yml"))
        sections = {} if is_data else _sections_by_key(outline)
        fields = find_fields(outline) if is_data else {}
        has_lines = outline.says(*_QUICK) and _WORDS.search(outline.source.text) is not None
        for at, item in enumerate(outline.items):
            if item.status is not Status.DONE or item.mark is None:
                continue
            following = outline.items[at + 1].span.start if at + 1 < len(outline.items) else len(outline.source.text)
            words = (
                _field_ids(outline, item, fields)
                if is_data
                else _words_of(outline, item, following, sections, has_lines)
            )
            for key, span, is_place in words:
                need = self._need(outline, item, key, span, is_place)
                if need is not None:
                    yield need

    def _need(self, outline: Outline, item: WorkItem, key: str, span: Span, is_place: bool) -> Need | None:
        here = self._keys[outline.document.path].get(key, [])
        known = [(outline, one) for one in here] or (self._everywhere.get(key, []) if "-" in key else [])
        known = [(where, one) for where, one in known if one is not item]
        if not known or any(one.mark is None or one.status not in _OPEN for _, one in known):
            return None
        where, target = known[0]
        if target.mark is not None and _DEMAND.match(target.mark.raw):
            return None
        is_explicit = bool(here) and is_place and _own_words(item) and _own_words(target)
        label = item.id or item.title
        raw = item.mark.raw if item.mark is not None else ""
        return Need(outline.place(span), label, item.status, raw, where.member(target, _label(target)), is_explicit)


def _own_words(item: WorkItem) -> bool:
    return item.mark is not None and item.mark.basis is not StatusBasis.HEADING


def _label(item: WorkItem) -> str:
    key = normal_key(item.id or "", item.kind)
    return key.capitalize() if key and " " in key else item.id or item.title


def _by_key(outline: Outline) -> dict[str, list[WorkItem]]:
    found: dict[str, list[WorkItem]] = defaultdict(list)
    for item in outline.items:
        key = outline.key_of(item) if item.kind != "entry" else None
        if key is not None:
            found[key].append(item)
        elif item.id and item.id.strip().isdigit():
            found[f"{_table_of(outline, item)}#{int(item.id.strip()[:9])}"].append(item)
    return found


def _table_of(outline: Outline, item: WorkItem) -> int:
    """What tells the running numbers of one table from those of another: its place; -1 outside tables."""
    group = outline.group_at(item.span.start)
    return group.span.start if group is not None else -1


def _words_of(
    outline: Outline, item: WorkItem, following: int, sections: dict[str, list[Section]], has_lines: bool
) -> Iterator[tuple[str, Span, bool]]:
    """Keys of what an item's row, lines or section name as needed; whether they stand in a place for needs, with nothing else.

    `has_lines` tells whether any line of the document speaks of needs; the lines are not looked at otherwise.
    """
    headers = outline.headers_of(item)
    if any(map(_is_header, headers)):
        for header, cell in outline.cells_of(item):
            if _is_header(header):
                yield from _ids(outline, cell, item, is_place=True)
    if not has_lines:
        return
    if not headers:
        yield from _lines_below(outline, item, item.span.start, following)
    for section in sections.get(outline.key_of(item) or "", ()):
        if section.heading.start != item.span.start:
            yield from _lines_below(outline, item, section.heading.start, section.span.end)


@lru_cache(maxsize=1024)
def _is_header(header: str) -> bool:
    """Whether a column names what its rows need."""
    return _HEADER.match(header) is not None


def _sections_by_key(outline: Outline) -> dict[str, list[Section]]:
    found: dict[str, list[Section]] = defaultdict(list)
    for section in outline.document.sections:
        key = normal_key(section.unit) if section.unit else None
        if key is not None:
            found[key].append(section)
    return found


def _lines_below(outline: Outline, item: WorkItem, start: int, end: int) -> Iterator[tuple[str, Span, bool]]:
    """The needs that lines from `start` on name, up to a heading, up to `end` or a dozen lines below."""
    source = outline.source
    first = source.line_of(start)
    for number in range(first, min(first + _LINES_BELOW, source.line_count() + 1)):
        line = source.line_span(number)
        text = source.slice(line)
        if number > first and (line.start >= end or text.startswith("#")):
            return
        for match in _WORDS.finditer(text):
            span = Span(line.start + match.start("list"), line.start + match.end("list"))
            yield from _ids(outline, span, item, is_place=bool(_KEY.match(text)))


def _field_ids(outline: Outline, item: WorkItem, fields: Fields) -> Iterator[tuple[str, Span, bool]]:
    """Keys of what the `depends_on` of an item of a data file names."""
    for name, span in fields.get(item.span.start, ()):
        key = normal_key(name, item.kind) or (f"-1#{int(name)}" if name.isdigit() and len(name) < 10 else "")
        yield key or name, span or item.span, True


def _ids(outline: Outline, span: Span, item: WorkItem, *, is_place: bool) -> Iterator[tuple[str, Span, bool]]:
    text = outline.source.slice(span)
    if _SOFT.search(text):
        return
    is_alone = is_place and not re.sub(
        r"[\W\d]+|\band\b|\b" + _NAMED + r"s?\b", "", _ID.sub("", text), flags=re.IGNORECASE
    )
    for match in _ID.finditer(text):
        place = Span(span.start + match.start(), span.start + match.end())
        if match["code"]:
            yield normal_key(match["code"]) or "", place, is_alone
        else:
            for number in _BARE.findall(match["numbers"]):
                yield normal_key(f"{match['kind']} {number}") or "", place, is_alone
    if is_place and item.id and not _ID.search(text):
        table = _table_of(outline, item)
        for match in _BARE.finditer(text):
            place = Span(span.start + match.start(), span.start + match.end())
            number = match.group().lstrip("#")
            key = normal_key(number, item.kind) or (f"{table}#{int(number[:9])}" if number.isdigit() else "")
            yield key, place, is_alone
