"""Lists to items: checkboxes, marks at the head, and lists under a heading that gives their status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.model.document import EvidenceRef, WorkItem
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.evidence import find_refs, leading_file, proof_below, proof_in
from gatekeeper.parse.shape.groups import label_status, section_status
from gatekeeper.parse.shape.keylines import block_key_lines, is_status_key
from gatekeeper.parse.shape.marks import find_edge_mark, make_mark, value_mark
from gatekeeper.parse.shape.page import Page, Section, first_line, line_end, plain
from gatekeeper.parse.syntax.blocks import Block, ListItem, Paragraph
from gatekeeper.parse.words.identity import find_unit, split_leading_id
from gatekeeper.parse.words.vocabulary import normal

_BOX = re.compile(r"(?:\*\*|`|\\)?\[([^\[\]\n`]{0,4}?)\\?\](?:\*\*|`)?(?=[\s(]|$)[ \t]*")
_GATES = re.compile(r"\bgates?\b|门禁|ゲート", re.IGNORECASE)
_GATE_ID = re.compile(r"G-?\d+")
_PROOF_LIST = re.compile(r"\b(?:acceptance evidence|artifacts|artefacts|deliverables)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:\*\*)?([^\n:：`\[]{3,80}?)(?:\*\*)?\s*[:：](?:\*\*)?")
_KEYED = re.compile(r"[ \t]*(?:\*\*|__)?[^\W\d_][^:：*`|\n\[\]()]{0,40}?(?:\*\*|__)?\s?[:：](?:\*\*|__)?\s")
_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
# A status at the end of a line is looked for in this many last characters.
_TAIL_LENGTH = 160
_TRAILING = re.compile(r"(.*)(?:[:：]|\*\*|\s[-\u2013\u2014→])\s+([^:：\n]{2,40}?)(?:\s*\([^()\n]*\))?[.\s]*$")
_CLOSING = re.compile(r"(?<=[.!?)\]])\s+([A-Z][A-Z]+(?: [A-Z]+){0,2})[.!]?\s*$")


class _Scope(Struct):
    """What a section says of all its lists."""

    section: Section
    is_status_list: bool
    is_gate_list: bool
    is_proof_list: bool
    is_narrative: bool = False
    is_marked: bool = False
    # The unit of work above the item that is being read; it changes on the way down a list.
    parent: str | None = None


def iter_list_items(page: Page, section: Section, skip: set[int]) -> Iterator[WorkItem]:
    """The items of a section's lists in document order; blocks that begin at an offset of `skip` hold none."""
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.start not in skip:
            yield from _boxed_lines(page, section, block)
    if not any(isinstance(block, ListItem) for block in section.blocks):
        return
    is_gates = _GATES.search(section.title) is not None
    is_proof = page.is_pack and _PROOF_LIST.search(section.title) is not None
    scope = _Scope(section, is_status_key(section.title.casefold()), is_gates, is_proof)
    heading, parent = section_status(page, section), page.parent_of(section)
    narrative = set() if heading or parent else _narrative_lists(page, section)
    scope.is_marked = _is_mostly_marked(page, section)
    label: StatusMark | None = None
    for block in section.blocks:
        if isinstance(block, ListItem):
            if block.start not in skip:
                scope.is_narrative = block.start in narrative and label is None
                yield from _walk(page, scope, block, label or heading, parent)
        else:
            label = None
            if isinstance(block, Paragraph):
                label = label_status(page, block)
                scope.is_gate_list |= _GATES.search(page.text, block.text_start, block.text_end) is not None


def _boxed_lines(page: Page, section: Section, block: Paragraph) -> Iterator[WorkItem]:
    """The items of running text whose lines begin with a checkbox and no bullet, as plain text files have them."""
    start = block.text_start
    if start < 0 or page.text.find("[", start, block.text_end) < 0:
        return
    while start < block.text_end:
        end = min(line_end(page.text, start), block.text_end)
        first = start + len(page.text[start:end]) - len(page.text[start:end].lstrip())
        box = _BOX.match(page.text, first, end) if page.text.startswith("[", first) else None
        mark = (
            _box_mark(page, box) if box is not None and not any(one.start == first for one in block.inlines) else None
        )
        if box is not None and mark is not None and box.end() < end:
            inlines = [one for one in block.inlines if first <= one.start and one.end <= end]
            line = ListItem(first, end, first, end, inlines)
            scope = _Scope(section, False, False, False, parent=page.parent_of(section))
            yield _make(page, scope, line, mark, box.end(), kind="criterion")
        start = page.text.find("\n", start, block.text_end) + 1 or block.text_end


def _narrative_lists(page: Page, section: Section) -> set[int]:
    """Start offsets of bullets whose marks only adorn a text: all of them alike, in a section that names no unit of work."""
    bullets = [block for block in section.blocks if isinstance(block, ListItem) and block.ordinal is None]
    edges = [_head_mark(page, block) for block in bullets]
    marks = {page.text[edge.start] if edge is not None else "" for edge in edges}
    return {block.start for block in bullets} if len(marks) == 1 else set()


def _is_mostly_marked(page: Page, section: Section) -> bool:
    """Whether most steps of a section's numbered list carry a mark at their head, so that one without has no status yet."""
    steps = [block for block in section.blocks if isinstance(block, ListItem) and block.ordinal is not None]
    marked = sum(_head_mark(page, step) is not None for step in steps)
    return marked > 2 and marked * 3 >= len(steps) * 2


def _head_mark(page: Page, item: ListItem) -> Span | None:
    """The status mark at the head of an item's words."""
    start = item.text_start
    if start < 0 or page.text[start : start + 3].isascii():
        return None
    edge = find_edge_mark(page, start, item.text_end)
    return edge if edge is not None and edge.start <= start + 3 else None


def _walk(page: Page, scope: _Scope, item: ListItem, mark: StatusMark | None, parent: str | None) -> Iterator[WorkItem]:
    scope.parent = parent
    found = _item(page, scope, item, mark) if 0 <= item.text_start < item.text_end else None
    if found is not None:
        yield found
        parent = found.id or found.title
    for child in item.children:
        if isinstance(child, ListItem):
            yield from _walk(page, scope, child, None, parent)


def _item(page: Page, scope: _Scope, item: ListItem, mark: StatusMark | None) -> WorkItem | None:
    """The item that a list item is, by the first of its signs; `mark` is what stands above its list."""
    text = page.text
    if "[" in text[item.text_start : item.text_start + 4]:
        box = _BOX.match(text, item.text_start, item.text_end)
        if box is not None and not _is_link(item, box.start()) and (ticked := _box_mark(page, box)) is not None:
            return _make(page, scope, item, ticked, box.end(), kind="criterion") if box.end() < item.text_end else None
    if not scope.is_narrative and (edge := _head_mark(page, item)) is not None:
        own = make_mark(page, edge.start, edge.end)
        if own is not None and own.status is not Status.UNKNOWN:
            return _make(page, scope, item, own, edge.end)
    if item.children and (found := _status_child(page, scope, item)) is not None:
        return found
    if mark is not None and item.depth == 0:
        return _make(page, scope, item, mark, item.text_start)
    if scope.is_marked and item.ordinal is not None and item.depth == 0:
        return _make(page, scope, item, None, item.text_start)
    return _trailing(page, scope, item) or _closing(page, scope, item) or _proof_item(page, scope, item)


def _proof_item(page: Page, scope: _Scope, item: ListItem) -> WorkItem | None:
    """The item of a bullet in a pack's list of evidence that names a thing and, after a colon, what proves it."""
    match = _NAMED.match(page.text, item.text_start, item.text_end) if scope.is_proof_list and item.depth == 0 else None
    if match is None or not _evidence(page, item, match.start(1)):
        return None
    found = _make(page, scope, item, None, match.start(1), stop=match.end(1))
    return replace(found, id=str(item.ordinal) if item.ordinal is not None else found.id)


def _is_link(item: ListItem, offset: int) -> bool:
    return any(one.kind == "link" and one.start == offset and one.end > one.text_end + 1 for one in item.inlines)


def _box_mark(page: Page, box: re.Match[str]) -> StatusMark | None:
    """The mark of a checkbox; None for a bracket that is a tag (`[W1]`, `[1]`)."""
    inside = box.group(1)
    status, basis = page.vocabulary.box(inside)
    if basis is StatusBasis.NONE and (inside.strip().isalnum() or len(inside.strip()) > 2):
        return None
    start = box.group(0).index("[") + box.start()
    end = box.group(0).index("]") + box.start() + 1
    return StatusMark(page.text[start:end], Span(start, end), status, basis)


def _status_child(page: Page, scope: _Scope, item: ListItem) -> WorkItem | None:
    """The item of a bullet whose sub-bullet says `Status: ...`."""
    for child in item.children:
        if not isinstance(child, ListItem | Paragraph) or child.text_start < 0:
            continue
        for line in block_key_lines(page, child):
            mark = value_mark(page, line.value_start, line.value_end) if line.is_status else None
            if mark is not None and mark.status is not Status.UNKNOWN:
                found = _make(page, scope, item, mark, item.text_start)
                return replace(found, span=Span(line.start, max(line.end, line.value_end)))
    return None


def _trailing(page: Page, scope: _Scope, item: ListItem) -> WorkItem | None:
    """The item of a bullet that ends in its status: in a list of statuses, after an identifier, or said twice."""
    text = page.text
    end = min(line_end(text, item.text_start), item.text_end)
    match = _TRAILING.match(text, max(item.text_start, end - _TAIL_LENGTH), end)
    if match is None or not page.vocabulary.is_status(match.group(2)):
        return _nested_trailing(page, scope, item) if scope.is_status_list else None
    if not scope.is_status_list and not _says_twice(page, match.group(2)):
        identifier, _ = split_leading_id(plain(text[item.text_start : end]))
        if identifier is None or identifier.startswith("§"):
            return None
    mark = make_mark(page, *match.span(2))
    if mark is None or is_status_key(normal(match.group(1))):
        return None  # a status line of its section
    return _make(page, scope, item, mark, item.text_start, stop=match.end(1))


def _says_twice(page: Page, words: str) -> bool:
    """Whether a status is given as a mark and as a word (`✅ Complete`) or as a code span, so that it is no chance."""
    if words.startswith("`") and words.endswith("`"):
        return page.vocabulary.is_status(words)
    head, _, rest = words.partition(" ")
    return bool(rest) and not head.isascii() and page.vocabulary.is_status(head) and page.vocabulary.is_status(rest)


def _closing(page: Page, scope: _Scope, item: ListItem) -> WorkItem | None:
    """The item of a bullet whose last sentence is its status in capitals: `O1 the rate is rounded twice. FIXED.`"""
    match = _CLOSING.search(page.text, max(item.text_start, item.text_end - _TAIL_LENGTH), item.text_end)
    if match is None or item.depth or not page.vocabulary.is_status(match.group(1)):
        return None
    mark = make_mark(page, *match.span(1))
    identifier, _ = split_leading_id(plain(page.text[item.text_start : line_end(page.text, item.text_start)]))
    if mark is None or identifier is None:
        return None
    place = Span(max(item.start, page.text.rfind("\n", 0, mark.span.start) + 1), line_end(page.text, mark.span.start))
    return replace(_make(page, scope, item, mark, item.text_start, stop=match.start(1)), span=place)


def _nested_trailing(page: Page, scope: _Scope, item: ListItem) -> WorkItem | None:
    for child in item.children:
        if isinstance(child, ListItem) and (
            match := _TRAILING.match(page.text, max(child.text_start, child.text_end - _TAIL_LENGTH), child.text_end)
        ):
            mark = make_mark(page, *match.span(2))
            if mark is not None and page.vocabulary.is_status(mark.raw):
                place = first_line(page, child)
                return replace(_make(page, scope, item, mark, item.text_start), span=place)
    return None


def _make(
    page: Page,
    scope: _Scope,
    item: ListItem,
    mark: StatusMark | None,
    start: int,
    *,
    kind: str = "item",
    stop: int = -1,
) -> WorkItem:
    place = first_line(page, item)
    end = stop if stop >= 0 else max(start, _title_end(page, item))
    words = page.text[start:end]
    bold = _BOLD.match(words.lstrip(" :-\u2013\u2014"))
    title = plain(bold.group(1) or bold.group(2)) if bold else plain(words)
    unit = find_unit(title)
    if unit is not None and unit.title == title and unit.id.casefold() != title.casefold():
        unit = None
    item_id, rest = (unit.id, unit.title) if unit is not None else split_leading_id(title)
    if item_id is not None and bold and rest == title:
        rest = plain(words.lstrip(" :-\u2013\u2014")[bold.end() :]).strip(" :-\u2013\u2014") or plain(words)
    ordinal = str(item.ordinal) if item.ordinal is not None else None
    is_gate = scope.is_gate_list and item_id is not None and _GATE_ID.fullmatch(item_id) is not None
    return WorkItem(
        kind=kind,
        title=(rest if item_id else title).strip(" :-\u2013\u2014"),
        span=Span(place.start, max(place.start, place.end)),
        mark=mark,
        status=mark.status if mark is not None else Status.UNKNOWN,
        id=item_id or ordinal,
        gate=item_id if is_gate else page.gate_of(scope.section),
        parent=scope.parent,
        refs=find_refs(page, item.text_start, item.text_end),
        evidence=tuple(_evidence(page, item, start)),
    )


def _title_end(page: Page, item: ListItem) -> int:
    """Where the words that name an item end: its first paragraph, up to a line that is a key line or a break."""
    text, end = page.text, item.text_end
    at = text.find("\n", item.text_start, end)
    while at >= 0:
        if text[at - 2 : at] == "  " or _KEYED.match(text, at + 1, end):
            return at
        at = text.find("\n", at + 1, end)
    return end


def _evidence(page: Page, item: ListItem, start: int) -> list[EvidenceRef]:
    """What a list item offers: its own words from `start` on, and what is nested below it but for checkboxes of their own."""
    own = [*leading_file(page, start, item.text_end), *proof_in(page, item)]
    below: list[Block] = [
        child for child in item.children if not (isinstance(child, ListItem) and _is_boxed(page, child))
    ]
    seen = {ref.target for ref in own}
    return own + [ref for ref in proof_below(page, below) if ref.target not in seen]


def _is_boxed(page: Page, item: ListItem) -> bool:
    return item.text_start >= 0 and _BOX.match(page.text, item.text_start, item.text_end) is not None
