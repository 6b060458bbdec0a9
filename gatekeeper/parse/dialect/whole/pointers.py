"""What a page or a data file says is worked on now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import Pointer
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.marks import heading_mark, make_mark, value_mark
from gatekeeper.parse.shape.page import Page, Section, first_line, line_end, plain
from gatekeeper.parse.syntax.blocks import Block, ListItem, Paragraph
from gatekeeper.parse.words.current import find_pointed, is_now, is_position, own_kind, pointed_kind

_LABEL = re.compile(r"[ \t>*_-]*(?P<label>[^\W\d_][^:：*_`|\n]{2,40}?)[*_ \t]*[:：][*_ \t]*(?=\S)")
_TITLE = re.compile(r"(?P<label>[^:：(\n]{3,40}?)\s*(?:(?:[:：(]|\s[-\u2013\u2014]\s)\s*(?P<value>\S.*))?$")
_TAIL = re.compile(
    r"(?:[(\[]|[\u2190\u2013\u2014]|<-|\s-\s)\s*(?P<words>[^()\[\]\u2190\u2013\u2014]{3,24}?)\s*[)\]]?\s*$"
)
_BREAK = re.compile(r"[,;:(!.]|\s[-\u2013\u2014]\s")
_NAMES = ("current", "active")


def iter_pointers(page: Page) -> Iterator[Pointer]:
    """The pointers of a page in document order: key lines, headings, and the one unit below a heading that points."""
    for section in page.sections:
        if section.heading is not None:
            yield from _of_heading(page, section)
        for block in section.blocks:
            if isinstance(block, Paragraph | ListItem) and block.text_start >= 0:
                yield from _of_lines(page, section, block)


def iter_tree_pointers(root: DataNode) -> Iterator[Pointer]:
    """The pointers of a data file or front matter: `current_phase: 2` at its top or one level below."""
    for name, value in root.pairs:
        yield from _of_pair(name, value)
        if value.kind is DataKind.MAPPING:
            for inner, below in value.pairs:
                yield from _of_pair(inner, below)


def _of_pair(name: DataNode, value: DataNode) -> Iterator[Pointer]:
    label = str(name.scalar)
    kind = pointed_kind(label) if label.casefold().startswith(_NAMES) else None
    if kind and value.scalar is not None and (found := find_pointed(str(value.scalar).replace("_", " "), kind)):
        yield Pointer(label, found[0], found[1], value.span)


def _of_heading(page: Page, section: Section) -> Iterator[Pointer]:
    heading, unit = section.heading, section.unit
    if heading is None or heading.text_start < 0:
        return
    start = heading.text_start
    tail = _TAIL.search(section.title)
    if unit is not None and tail is not None and is_now(tail["words"]):
        yield Pointer(tail["words"], unit.kind, unit.id, Span(start, heading.text_end))
        return
    match = _TITLE.match(section.title)
    kind = pointed_kind(match["label"]) if match else None
    if match is None or kind is None:
        return
    if match["value"]:
        at = page.text.find(match["value"][:8], start, heading.text_end)
        yield from _of_value(page, match["label"], kind, Span(at if at >= 0 else start, heading.text_end))
    elif kind:
        yield from _of_section(page, section, kind)


def _of_section(page: Page, section: Section, kind: str) -> Iterator[Pointer]:
    """The first unit below a heading such as "Active sprint", or what its first line says."""
    units = [child for child in section.children if child.unit is not None and child.unit.kind == kind]
    ids = [child.unit.id for child in units if child.unit is not None]
    if units and (heading := units[0].heading) is not None:
        mark = heading_mark(page, heading.text_start, heading.text_end)
        yield Pointer(section.title, kind, ids[0], Span(heading.text_start, heading.text_end), mark, tuple(ids[1:]))
    elif not units and section.blocks:
        block = section.blocks[0]
        if isinstance(block, Paragraph) and block.text_start >= 0 and not _LABEL.match(page.text, block.text_start):
            yield from _of_value(page, section.title, kind, Span(block.text_start, first_line(page, block).end))


def _of_lines(page: Page, section: Section, block: Block) -> Iterator[Pointer]:
    start = block.text_start
    while 0 <= start < block.text_end:
        end = min(line_end(page.text, start), block.text_end)
        match = _LABEL.match(page.text, start, end)
        if match is not None:
            kind = pointed_kind(match["label"])
            if kind is None and is_position(section.title):
                kind = own_kind(match["label"])
            if kind is not None:
                yield from _of_value(page, match["label"], kind, Span(match.end(), end))
        start = page.text.find("\n", start, block.text_end) + 1 or block.text_end


def _of_value(page: Page, label: str, kind: str, span: Span) -> Iterator[Pointer]:
    """The pointer of a value that names one unit, or says in its first words that the work is done."""
    text = page.text[span.start : span.end]
    bare = text.lstrip("*_` ")
    start = span.start + len(text) - len(bare)
    found = find_pointed(plain(bare), kind)
    if found is not None:
        mark = heading_mark(page, start, span.end)
        rest = _BREAK.split(plain(bare)[found[2] :].strip(), maxsplit=1)[0].strip()
        if mark is None and rest and page.vocabulary.is_status(rest):
            at = page.text.find(rest, start, span.end)
            mark = make_mark(page, at, at + len(rest)) if at >= 0 else None
        yield Pointer(label, found[0], found[1], Span(start, max(start, span.end)), mark)
    elif kind:
        done = value_mark(page, start, span.end)
        if done is not None and done.status is Status.DONE and _is_plain(done):
            yield Pointer(label, kind, "", done.span, done)


def _is_plain(mark: StatusMark) -> bool:
    return mark.basis is not StatusBasis.NONE and not re.search(r"\d\s?%", mark.raw)
