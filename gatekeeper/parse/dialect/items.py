"""All items of a page: what the recognizers find, section by section, settled into one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.model.document import EvidenceRef, LogEntry, WorkItem
from gatekeeper.model.text import SourceText
from gatekeeper.parse.dialect.log import entry_item, subject_of
from gatekeeper.parse.dialect.proof import fenced_command, page_proof, section_proof
from gatekeeper.parse.shape.headings import is_left, iter_bold_items, iter_heading_items, owner_of
from gatekeeper.parse.shape.lists import iter_list_items
from gatekeeper.parse.shape.page import Page, Section
from gatekeeper.parse.shape.tables import iter_row_items
from gatekeeper.parse.syntax.blocks import Fence, Table


class _Found(Struct):
    """An item with the section whose heading or status line it is; None for rows and list items."""

    item: WorkItem
    section: Section | None = None


def collect_items(page: Page, entries: Iterable[LogEntry], skip: set[int], front: Sequence[WorkItem]) -> list[WorkItem]:
    """The items of a page in document order, one a line.

    Args:
        entries: the entries of a log; those that are not about another item become items.
        skip: start offsets of legend blocks and sections, which hold no items.
        front: items that the front matter gives.
    """
    found = [_Found(item) for item in front]
    by_subject: dict[str, list[EvidenceRef]] = {}
    entry_starts = set()
    for entry in entries:
        subject = subject_of(entry)
        if subject is not None and entry.number is None:
            by_subject.setdefault(subject, []).extend(entry.artifacts)
        else:
            entry_starts.add(entry.span.start)
            found.append(_Found(entry_item(page, entry)))
    for section in page.sections:
        if section.heading is None or section.heading.start not in skip:
            found += _section_items(page, section, skip, entry_starts, has_front=bool(front))
    _add_commands(page, found, by_subject)
    found = _without_details(_without_dates(page, found))
    taken = {one.item.span.start for one in found if one.section is None}
    proofs = _Proofs(page, taken, is_only=len(found) == 1)
    items = [_with_proof(one, proofs, by_subject) for one in found]
    return list(one_a_line(page.source, sorted(items, key=lambda item: item.span)))


def _add_commands(page: Page, found: list[_Found], by_subject: dict[str, list[EvidenceRef]]) -> None:
    """Add the fenced command of a section that is called by an item's id (`### G1`) to what is known of that item."""
    ids = {one.item.id for one in found if one.item.id and one.section is None}
    for section in page.sections:
        if section.title in ids:
            fence = next((block for block in section.blocks if isinstance(block, Fence)), None)
            ref = fenced_command(page, fence) if fence is not None else None
            if ref is not None:
                by_subject.setdefault(section.title, []).append(ref)


def _section_items(
    page: Page, section: Section, skip: set[int], entry_starts: set[int], *, has_front: bool
) -> Iterator[_Found]:
    for item in iter_heading_items(page, section):
        is_title_status = has_front and section.level <= 1
        if item.span.start not in entry_starts and not is_title_status:
            yield _Found(item, owner_of(section))
    yield from map(_Found, iter_bold_items(page, section))
    for block in section.blocks:
        if isinstance(block, Table) and block.start not in skip:
            yield from map(_Found, iter_row_items(page, section, block))
    yield from map(_Found, iter_list_items(page, section, skip))


def _without_dates(page: Page, found: list[_Found]) -> list[_Found]:
    """Without the dated headings below which items stand: a date over a list of items is no item itself."""
    starts = sorted(one.item.span.start for one in found)
    ends = {part.heading.start: _end(part) for part in page.sections if part.heading is not None and part.unit is None}

    def holds_items(item: WorkItem) -> bool:
        end = ends.get(item.span.start)
        return item.kind == "entry" and end is not None and any(item.span.start < start < end for start in starts)

    return [one for one in found if not holds_items(one.item)]


def _end(section: Section) -> int:
    return max((block.end for part in section.walk() for block in part.blocks), default=0)


def _without_details(found: list[_Found]) -> list[_Found]:
    """Without the headings that give no status to an item which stands elsewhere with one: its section of details."""
    known = {one.item.id.casefold() for one in found if one.item.mark is not None and one.item.id}

    def is_detail(one: _Found) -> bool:
        is_known = one.item.mark is None and (one.item.id or "").casefold() in known
        return one.section is not None and is_known and not is_left(one.section)

    return [one for one in found if not is_detail(one)]


class _Proofs:
    """What each section offers as proof, read once however many items it has."""

    def __init__(self, page: Page, taken: set[int], *, is_only: bool) -> None:
        self._page, self._taken = page, taken
        self._is_whole_page = is_only and page.is_pack
        self._known: dict[int, tuple[EvidenceRef, ...]] = {}

    def of(self, section: Section) -> tuple[EvidenceRef, ...]:
        """The proof of a section's own item; all of the page's for the one item of a pack."""
        if self._is_whole_page:
            return tuple(page_proof(self._page))
        place = section.heading.start if section.heading is not None else -1
        if place not in self._known:
            self._known[place] = tuple(section_proof(self._page, section, self._taken, is_whole=False))
        return self._known[place]


def _with_proof(one: _Found, proofs: _Proofs, by_subject: Mapping[str, list[EvidenceRef]]) -> WorkItem:
    item = one.item
    if one.section is not None and not is_left(one.section):
        item = replace(item, evidence=proofs.of(one.section))
    more = by_subject.get(item.id or "")
    if not more:
        return item
    seen = {ref.target for ref in item.evidence}
    added = {ref.target: ref for ref in more if ref.target not in seen}
    return replace(item, evidence=item.evidence + tuple(added.values()))


def one_a_line(source: SourceText, items: Iterable[WorkItem]) -> Iterator[WorkItem]:
    """The first item of each line."""
    lines: set[int] = set()
    for item in items:
        line = source.line_of(item.span.start)
        if line not in lines:
            lines.add(line)
            yield item
