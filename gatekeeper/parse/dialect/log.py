"""Progress logs: dated and numbered entries, what they made, ran and want next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import EvidenceKind, LogEntry, WorkItem
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.evidence import proof_below
from gatekeeper.parse.shape.page import Page, Section, first_line, plain
from gatekeeper.parse.syntax.blocks import Block, ListItem
from gatekeeper.parse.words.identity import find_date, split_leading_id

_LOG = re.compile(
    r"\b(?:log|journal|diary|progress|changelog|updates|worklog|history|journal de bord|bitácora|logg)\b|日志|日誌|журнал|進捗",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext\b[^:\n]{0,40}:?\s*$|^next\b|^下一步|^次", re.IGNORECASE)
_DATE_HEAD = re.compile(r"[*_`]*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")


def is_log(page: Page) -> bool:
    """Whether a page reads like a progress log: by its title, or by two headings that begin with a date."""
    dated = sum(section.heading is not None and bool(_DATE_HEAD.match(section.title)) for section in page.sections)
    return dated >= 2 or bool(_LOG.search(page.title or ""))


def iter_entries(page: Page) -> Iterator[LogEntry]:
    """The entries of a log in document order: numbered sections, dated sections without numbered ones, dated bullets."""
    for section in page.sections:
        if section.heading is None:
            continue
        date = _date_of(section)
        if (section.unit is not None and section.unit.kind == "entry") or (
            _DATE_HEAD.match(section.title) and not any(child.unit for child in section.children)
        ):
            yield _section_entry(page, section, date)
        for block in section.blocks:
            if isinstance(block, ListItem) and _DATE_HEAD.match(page.text, block.text_start, block.text_end):
                yield _bullet_entry(page, block)


def _date_of(section: Section) -> str | None:
    return next((date for above in section.ancestors() if (date := find_date(above.title))), None)


def _section_entry(page: Page, section: Section, date: str | None) -> LogEntry:
    heading = section.heading
    if heading is None:
        raise ValueError("an entry needs a heading")
    blocks = [block for part in section.walk() for block in part.blocks]
    number = section.unit.number if section.unit is not None else None
    title = section.unit.title if section.unit is not None else section.title
    return _entry(page, Span(heading.start, heading.end), title, date, number, blocks)


def _bullet_entry(page: Page, item: ListItem) -> LogEntry:
    place = first_line(page, item)
    title = plain(page.text[item.text_start : min(place.end, item.text_end)])
    return _entry(page, place, title, find_date(title), None, list(item.children), bare="file")


def _entry(
    page: Page, span: Span, title: str, date: str | None, number: str | None, blocks: list[Block], bare: str = "url"
) -> LogEntry:
    refs = proof_below(page, blocks, bare=bare)
    return LogEntry(
        span=span,
        title=title,
        date=date,
        number=int(number) if number is not None and number.isdecimal() else None,
        artifacts=tuple(ref for ref in refs if ref.kind is not EvidenceKind.COMMAND),
        validations=tuple(ref for ref in refs if ref.kind is EvidenceKind.COMMAND),
        next=tuple(_next_targets(page, blocks)),
    )


def _next_targets(page: Page, blocks: list[Block]) -> Iterator[str]:
    """What stands below a bullet that announces the next target."""
    for block in blocks:
        if (
            isinstance(block, ListItem)
            and block.children
            and _NEXT.search(plain(page.text[block.text_start : block.text_end]))
        ):
            for child in block.children:
                if isinstance(child, ListItem):
                    yield plain(page.text[child.text_start : child.text_end])


def entry_item(page: Page, entry: LogEntry) -> WorkItem:
    """A log entry as an item: it has no status of its own, and what it made is its evidence."""
    return WorkItem(
        kind="entry",
        title=entry.title,
        span=entry.span,
        id=f"{entry.number:02d}" if entry.number is not None else entry.date,
        evidence=(*entry.artifacts, *entry.validations),
    )


def subject_of(entry: LogEntry) -> str | None:
    """The id of the item that a dated bullet speaks of (`2026-01-24: CORE-API completed`); None without one."""
    words = re.sub(r"^[\d\-/.\s:*`]+", "", entry.title)
    return split_leading_id(words)[0]
