"""A page's structure as facts: its sections with their extent, its tables and lists with how much they list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gatekeeper.model.document import Group, Section
from gatekeeper.model.text import Span
from gatekeeper.parse.shape import page as pages
from gatekeeper.parse.shape.page import Page
from gatekeeper.parse.shape.tables import count_rows
from gatekeeper.parse.syntax.blocks import Block, ListItem, Table
from gatekeeper.parse.words.gate import role_of


def iter_sections(page: Page) -> Iterator[Section]:
    """The sections in document order; a section ends where the next of its level or a higher one begins."""
    starts = [0 if part.heading is None else part.heading.start for part in page.sections]
    for index, part in enumerate(page.sections):
        later = range(index + 1, len(page.sections))
        end = next((starts[at] for at in later if page.sections[at].level <= part.level), len(page.text))
        if part.heading is None:
            end = starts[1] if len(starts) > 1 else len(page.text)
        heading = Span(starts[index], max(starts[index], part.heading.end if part.heading else 0))
        span = Span(starts[index], max(starts[index], end))
        yield Section(part.title, part.level, heading, span, _unit(part), role_of(part.title) if part.level else None)


def _unit(part: pages.Section) -> str | None:
    return part.unit.id if part.unit is not None else None


def iter_groups(page: Page) -> Iterator[Group]:
    """The tables and the runs of list items in document order."""
    for section in page.sections:
        for is_list, run in groupby(section.blocks, key=lambda block: isinstance(block, ListItem)):
            blocks = list(run)
            if is_list:
                yield Group("list", Span(blocks[0].start, max(block.end for block in blocks)), len(blocks))
            else:
                yield from _tables(page, blocks)


def _tables(page: Page, blocks: list[Block]) -> Iterator[Group]:
    for block in blocks:
        if isinstance(block, Table):
            yield Group("table", Span(block.start, block.end), count_rows(page, block))
