"""Sections that list what is still to be done, with their entries that are not settled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Leftover
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page, Section, first_line, plain
from gatekeeper.parse.syntax.blocks import Fence, ListItem, Paragraph, Row, Table
from gatekeeper.parse.words.leftover import announces_leftovers, is_dealt_with, is_none, is_settled

_STRUCK = re.compile(r"\s*(?:[✅✓✔☑]|~~)")
# More of a section is not read for a word that it was dealt with.
_SECTION_LENGTH = 20_000


def iter_leftovers(page: Page) -> Iterator[Leftover]:
    """The sections of a page's whole, not of a unit of work in it, that hold entries which are not settled, in document order."""
    for section in page.sections:
        heading = section.heading
        if heading is None or section.level < 2 or not announces_leftovers(section.title):
            continue
        if any(above.unit is not None and above.level > 1 for above in section.ancestors()) or _is_void(page, section):
            continue
        entries = tuple(_entries(page, section))
        end = max((block.end for part in section.walk() for block in part.blocks), default=heading.end)
        if entries and not is_dealt_with(page.text[heading.end : min(end, heading.end + _SECTION_LENGTH)]):
            yield Leftover(section.title, Span(heading.start, heading.end), entries)


def _is_void(page: Page, section: Section) -> bool:
    """Whether the first words below the heading say that there is nothing."""
    first = next((block for block in section.blocks if not isinstance(block, Fence)), None)
    if isinstance(first, Paragraph | ListItem) and first.text_start >= 0:
        return is_none(page.text[first.text_start : first.text_end])
    return False


def _entries(page: Page, section: Section) -> Iterator[Span]:
    """The list items at the top, the rows, and the numbered headings of a section that are not settled."""
    for block in section.blocks:
        if isinstance(block, ListItem) and block.text_start >= 0:
            if not is_settled(page.text[block.text_start : block.text_end]):
                yield first_line(page, block)
        elif isinstance(block, Table):
            yield from (Span(row.start, row.end) for row in block.rows if not _is_row_settled(page, row))
    for child in section.children:
        if child.number is not None and child.heading is not None and not is_settled(child.title):
            first = child.blocks[0] if child.blocks else None
            words = page.text[first.text_start : first.text_end] if first is not None and first.text_start >= 0 else ""
            if not words or not is_settled(words.splitlines()[0]):
                yield Span(child.heading.start, child.heading.end)


def _is_row_settled(page: Page, row: Row) -> bool:
    cells = [plain(page.text[cell.text_start : cell.text_end]) for cell in row.cells]
    over = (Status.DONE, Status.CANCELLED)
    is_over = any(page.vocabulary.is_status(cell) and page.vocabulary.interpret(cell)[0] in over for cell in cells)
    return (
        is_over or is_settled(next((cell for cell in cells if cell), "")) or any(_STRUCK.match(cell) for cell in cells)
    )
