"""The places that a page keeps for evidence: columns and lists that are called so, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gatekeeper.model.document import EvidencePlace
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page, Section, line_end
from gatekeeper.parse.syntax.blocks import Block, ListItem, Paragraph, Table
from gatekeeper.parse.words.pointer import names_something

_LABEL = re.compile(
    r"[\d.)\s*_]*(?:(?:test|testing|gate|validation|supporting|key|primary|acceptance|completion|verification|release)\s+)?"
    r"(?:evidence|proofs?|preuves?|evidencias?|evidências?|nachweise?|beweise?|bevis(?:er)?|доказательств[ао]|подтверждени[ея]|证据|証跡|エビデンス)"
    r"(?:\s+(?:links?|list|items?|collected))?[\s*_]*[:：]?[\s*_]*",
    re.IGNORECASE,
)
_LABEL_LENGTH = 48
_EMPTY_BOX = re.compile(r"\\?\[[ \t]?\\?\](?=\s|$)")
_NOTHING = re.compile(r"[\W_]*(?:n\W?a|tbd|todo|none|pending|missing|nil)?[\W_]*$", re.IGNORECASE)


def iter_places(page: Page) -> Iterator[EvidencePlace]:
    """The columns and lists of a page that are called evidence and hold something, in document order."""
    for section in page.sections:
        label = _heading_label(page, section)
        for is_list, run in groupby(section.blocks, key=lambda block: isinstance(block, ListItem)):
            blocks = list(run)
            items = [block for block in blocks if isinstance(block, ListItem)]
            if is_list and label is not None:
                yield from _list(page, label, items)
            for block in blocks:
                if isinstance(block, ListItem):
                    yield from _lists_inside(page, block)
                elif isinstance(block, Table):
                    yield from _columns(page, block)
            label = None if is_list else _label(page, blocks[-1])


def _heading_label(page: Page, section: Section) -> Span | None:
    """The heading of a section that is called evidence and holds nothing but one list."""
    heading = section.heading
    if heading is None or section.children or not all(isinstance(block, ListItem) for block in section.blocks):
        return None
    return _label(page, heading)


def _label(page: Page, block: Block) -> Span | None:
    """The place of a block's words when they are nothing but a name for evidence; None for other words."""
    if block.text_start < 0 or isinstance(block, Table) or block.text_end - block.text_start > _LABEL_LENGTH:
        return None
    if not _LABEL.fullmatch(page.text, block.text_start, block.text_end):
        return None
    return Span(block.text_start, block.text_end)


def _columns(page: Page, table: Table) -> Iterator[EvidencePlace]:
    for at, head in enumerate(table.header.cells):
        label = _label(page, head)
        cells = [row.cells[at] for row in table.rows if at < len(row.cells)] if label is not None else []
        filled = [cell for cell in cells if not _NOTHING.match(page.text, cell.text_start, cell.text_end)]
        if label is not None and filled:
            named = sum(names_something(page.text[cell.text_start : cell.text_end]) for cell in filled)
            entries = tuple(Span(cell.text_start, cell.text_end) for cell in filled)
            yield EvidencePlace("column", label, Span(table.start, table.end), entries, named)


def _lists_inside(page: Page, item: ListItem) -> Iterator[EvidencePlace]:
    """The lists below entries of a list that are called evidence: `- Evidence:` with more below."""
    below = [child for child in item.children if isinstance(child, ListItem)]
    label = _label(page, item)
    if label is not None and below:
        yield from _list(page, label, below)
    for child in below:
        yield from _lists_inside(page, child)


def _list(page: Page, label: Span, items: Sequence[ListItem]) -> Iterator[EvidencePlace]:
    filled = [item for item in items if item.text_start >= 0 and not _is_waiting(page, item)]
    if filled:
        named = sum(any(_names(page, block) for block in item.walk()) for item in filled)
        leaves = [leaf for item in filled for leaf in _leaves(page, item)]
        entries = tuple(Span(leaf.text_start, line_end(page.text, leaf.text_start)) for leaf in leaves)
        yield EvidencePlace("list", label, Span(items[0].start, items[-1].end), entries, named)


def _leaves(page: Page, item: ListItem) -> list[ListItem]:
    """The entry, or those below it where it only names them: `- Tests run:`."""
    below = [child for child in item.children if isinstance(child, ListItem) and child.text_start >= 0]
    is_name = page.text[item.text_start : item.text_end].rstrip(" *_").endswith((":", "："))
    return below if below and is_name else [item]


def _is_waiting(page: Page, item: ListItem) -> bool:
    """Whether a list entry says nothing, or is a box that nobody has ticked."""
    is_blank = _NOTHING.match(page.text, item.text_start, item.text_end) is not None
    return is_blank or _EMPTY_BOX.match(page.text, item.text_start, item.text_end) is not None


def _names(page: Page, block: Block) -> bool:
    if block.text_start < 0:
        return not isinstance(block, ListItem | Paragraph)
    return names_something(page.text[block.text_start : block.text_end])
