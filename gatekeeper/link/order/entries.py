"""Log entries that stand side by side: those with dates, and those with numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import LogEntry
from gatekeeper.model.order import EntryRun

_NAME = re.compile(r"[#\s*\-+]*(?P<name>[^\W\d]+(?:\s+[^\W\d]+){0,3})\s*#?\d")
_DATED = re.compile(r"[#\s*\-+_`\[(]*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|[^\d\n]{0,60}\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")


def find_dated(outline: Outline) -> Iterator[EntryRun]:
    """The runs of dated entries, by level of heading or by the section of their list.

    Entries below one dated heading are one entry, at that heading.
    """
    runs: dict[tuple[str, int], dict[int, LogEntry]] = defaultdict(dict)
    for entry in outline.document.entries:
        dated = _dated(outline, entry) if entry.date is not None else None
        if dated is not None:
            runs[_place(outline, dated)].setdefault(dated.span.start, dated)
    for entries in runs.values():
        yield EntryRun(outline.source, tuple(entries.values()))


def _dated(outline: Outline, entry: LogEntry) -> LogEntry | None:
    """The entry itself where its own line has the date, else the dated heading above it."""
    if _DATED.match(outline.source.slice(entry.span)):
        return entry
    above = (section for section in outline.sections_at(entry.span.start) if _DATED.match(section.title))
    section = next(above, None)
    return replace(entry, span=section.heading, title=section.title) if section is not None else None


def find_numbered(outline: Outline) -> Iterator[EntryRun]:
    """The runs of numbered entries by name and level; where numbers begin again under each date, one run a date."""
    runs: dict[tuple[str, int], list[tuple[int, LogEntry]]] = defaultdict(list)
    for entry in outline.document.entries:
        name = _NAME.match(outline.source.slice(entry.span))
        if entry.number is not None and name is not None:
            around = outline.sections_at(entry.span.start)
            parent = around[1].span.start if len(around) > 1 else -1
            runs[(name["name"].casefold(), _place(outline, entry)[1])].append((parent, entry))
    for (name_words, _), placed in runs.items():
        for entries in _restarted(placed):
            yield EntryRun(outline.source, tuple(entries), name_words.capitalize())


def _place(outline: Outline, entry: LogEntry) -> tuple[str, int]:
    """What entries must share to be in one order: a level of headings, or a section of a list."""
    around = outline.sections_at(entry.span.start)
    if outline.source.text.startswith("#", entry.span.start) and around:
        return "heading", around[0].level
    return "list", around[0].span.start if around else -1


def _restarted(placed: list[tuple[int, LogEntry]]) -> Iterator[list[LogEntry]]:
    starts = [parent for parent, entry in placed if entry.number in (0, 1)]
    if len(set(starts)) < 2:
        yield [entry for _, entry in placed]
        return
    by_parent: dict[int, list[LogEntry]] = defaultdict(list)
    for parent, entry in placed:
        by_parent[parent].append(entry)
    yield from by_parent.values()
