"""Which items and gates a place of a document belongs to, so that a waiver can be of an item or a gate."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set

from gatekeeper.model.document import Document, Section, WorkItem
from gatekeeper.model.exception.waiver import Waiver
from gatekeeper.model.finding import Finding
from gatekeeper.model.text import SourceText
from gatekeeper.repo.patterns import compile_patterns

_GATE = "gate"
_BULLET = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")


class Places:
    """The items of documents by the lines on which they stand, or what belongs to them: evidence, what is indented below, the unit's own section."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.path: document for document in documents}
        self._items: dict[str, dict[int, list[WorkItem]]] = {}

    def names_at(self, finding: Finding) -> tuple[frozenset[str], frozenset[str]]:
        """The names of the items and of the gates at a finding's place, in their normal form."""
        path, line = finding.location.path, finding.location.start.line
        if path not in self._items:
            self._items[path] = _by_line(self._documents.get(path))
        here = self._items[path].get(line, [])
        items = {name for item in here for name in (item.id or item.title,)}
        gates = {item.gate for item in here if item.gate}
        gates |= {name for item in here if item.kind == _GATE for name in (item.id, item.title) if name}
        return frozenset(map(normal, items)), frozenset(map(normal, gates))


def scope_of(waiver: Waiver, places: Places) -> Callable[[Finding], bool]:
    """Whether a finding of the waiver's rule stands in its scope, as a function."""
    if waiver.lines is not None:
        first, last = waiver.lines
        path = waiver.path
        return lambda finding: finding.location.path == path and first <= finding.location.start.line <= last
    is_meant = compile_patterns([waiver.path]) if waiver.path else None
    item, gate = normal(waiver.item), normal(waiver.gate)

    def covers(finding: Finding) -> bool:
        if is_meant is not None and not is_meant(finding.location.path):
            return False
        if not item and not gate:
            return True
        items, gates = places.names_at(finding)
        return (not item or item in items) and (not gate or gate in gates)

    return covers


def normal(name: str) -> str:
    """A name as names are compared: letter case and blanks make no difference."""
    return " ".join(name.split()).casefold()


def _by_line(document: Document | None) -> dict[int, list[WorkItem]]:
    found: defaultdict[int, list[WorkItem]] = defaultdict(list)
    if document is None:
        return found
    position = document.source.position
    spans = [
        (position(item.span.start).line, position(max(item.span.start, item.span.end - 1)).line)
        for item in document.items
    ]
    taken = {line for first, last in spans for line in range(first, last + 1)}
    headings = {position(section.heading.start).line: section for section in document.sections if section.level}
    starts = sorted(headings)
    # Once for all items of one name, so that many of them take no square time.
    told: set[int] = set()
    for item, (first, last) in zip(document.items, spans, strict=True):
        evidence = (position(ref.span.start).line for ref in item.evidence)
        own = {*range(first, last + 1), *evidence, *_indented(document.source, item, last, taken)}
        above = bisect_right(starts, first)
        if above and above not in told and item.id and _names(headings[starts[above - 1]], item.id):
            end = starts[above] if above < len(starts) else document.source.line_count() + 1
            told.add(above)
            own |= set(range(starts[above - 1], end)) - taken
        for line in own:
            found[line].append(item)
    return found


def _names(section: Section, name: str) -> bool:
    """Whether a section is about the unit of work of this id."""
    title, word = normal(section.title), normal(name)
    return normal(section.unit or "") == word or (
        title.startswith(word) and not title[len(word) : len(word) + 1].isalnum()
    )


def _indented(source: SourceText, item: WorkItem, last: int, taken: Set[int]) -> Iterator[int]:
    """The lines below an item of a list that are indented below it, up to the next item."""
    line = source.slice(source.line_span(last))
    depth = len(line) - len(line.lstrip())
    if not _BULLET.match(line):
        return
    for number in range(last + 1, source.line_count() + 1):
        line = source.slice(source.line_span(number))
        if number in taken or (line.strip() and len(line) - len(line.lstrip()) <= depth):
            return
        yield number
