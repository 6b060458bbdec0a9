"""Markdown to blocks, by pyromark (pulldown-cmark): one pass over its events, offsets in code points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gatekeeper.model.document import Problem, ProblemKind
from gatekeeper.model.text import Span
from gatekeeper.parse.syntax.blocks import Block, Cell, Fence, Heading, Inline, ListItem, Paragraph, Row, Table

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FENCE_MARK = re.compile(r" {0,3}(`{3,}|~{3,})")
_BLANKS = " \t\r\n"

# Lists nested deeper hang on the item at this depth, so that no walk over them can exhaust the stack.
DEPTH_LIMIT = 64
_INLINE = ("Emphasis", "Strong", "Strikethrough")


class _Builder:
    """Collects blocks from events; `stack` holds the open list items."""

    def __init__(self, text: str, masked: str) -> None:
        self.text = text
        self.masked = masked
        self.blocks: list[Block] = []
        self.stack: list[ListItem] = []
        self.ordinals: list[int | None] = []
        self.open: Block | None = None
        self.table: Table | None = None
        self.row: Row | None = None
        self.link: Inline | None = None
        self.definitions: dict[str, Any] | None = None

    def add(self, block: Block) -> None:
        """Put a finished or opened block where it belongs: into the innermost open item or the document."""
        depth = min(len(self.stack), DEPTH_LIMIT)
        (self.stack[depth - 1].children if depth else self.blocks).append(block)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The range without blanks at either end."""
        text = self.text
        while start < end and text[start] in _BLANKS:
            start += 1
        while end > start and text[end - 1] in _BLANKS:
            end -= 1
        return start, end

    def grow(self, start: int, end: int) -> None:
        """Count an inline range to the own words of whatever is open."""
        target = self.open
        if target is None:
            if not self.stack:
                return
            target = self.stack[-1]
            if target.children:
                return
        if target.text_start < 0:
            target.text_start = start
        if end > target.text_end:
            target.text_end = end

    def inline(self, item: Inline) -> None:
        """Keep a code span or link with the block it stands in."""
        target = self.open if self.open is not None else (self.stack[-1] if self.stack else None)
        if target is not None:
            target.inlines.append(item)


def parse_markdown(text: str) -> list[Block]:
    """The top-level blocks of a Markdown text in order; list items hold what is nested in them.

    Every character outside ASCII is masked by one letter before parsing, so that the parser's byte offsets are code
    points of `text`. Masking touches no character that has a meaning to Markdown's block structure.
    """
    import pyromark

    masked = text if text.isascii() else _NOT_ASCII.sub("x", text)
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    builder = _Builder(text, masked)
    events: Any = pyromark.events_with_range(masked, options=options)
    for event, place in events:
        name, value = (event, None) if isinstance(event, str) else event.popitem()
        start, end = place["start"], place["end"]
        if name == "Text":
            builder.grow(start, end)
        elif name == "Code":
            builder.grow(start, end)
            builder.inline(_code_span(text, start, end))
        elif name == "Start":
            _start(builder, value, start, end)
        elif name == "End":
            _end(builder, value, end)
    return builder.blocks


def _code_span(text: str, start: int, end: int) -> Inline:
    inner_start, inner_end = start, end
    while inner_start < inner_end and text[inner_start] == "`":
        inner_start += 1
    inner_end = max(inner_start, end - (inner_start - start))
    while inner_start < inner_end and text[inner_start] in _BLANKS:
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1] in _BLANKS:
        inner_end -= 1
    return Inline("code", start, end, inner_start, inner_end)


def _start(builder: _Builder, value: Any, start: int, end: int) -> None:
    name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
    if name == "Paragraph":
        _open_paragraph(builder, start, end)
    elif name == "Heading":
        block = Heading(start, builder.trim(start, end)[1], level=int(value["Heading"]["level"][1]))
        builder.add(block)
        builder.open = block
    elif name == "List":
        builder.ordinals.append(detail)
    elif name == "Item":
        _open_item(builder, start, end)
    elif name in ("Table", "TableHead", "TableRow", "TableCell"):
        _open_table_part(builder, name, start, end)
    elif name in _INLINE:
        builder.grow(start, end)
    elif name in ("Link", "Image"):
        builder.grow(start, end)
        builder.link = Inline(name.lower(), start, end, -1, -1)
        builder.link.text_end = end
        builder.inline(builder.link)
        _destination(builder, builder.link, detail)
    elif name == "CodeBlock":
        builder.add(_fence(builder, detail, start, end))
        builder.open = Block(start, end)
    elif name == "MetadataBlock":
        builder.add(Fence(start, builder.trim(start, end)[1], info="---"))
        builder.open = Block(start, end)
    elif name == "HtmlBlock":
        builder.open = Block(start, end)


def _open_paragraph(builder: _Builder, start: int, end: int) -> None:
    start, end = builder.trim(start, end)
    item = builder.stack[-1] if builder.stack else None
    if item is not None and not item.children and item.text_start < 0:
        item.text_start, item.text_end = start, end
        builder.open = item
        return
    block = Paragraph(start, end, start, end, depth=len(builder.stack))
    builder.add(block)
    builder.open = block


def _open_item(builder: _Builder, start: int, end: int) -> None:
    ordinal = builder.ordinals[-1] if builder.ordinals else None
    if ordinal is not None:
        builder.ordinals[-1] = ordinal + 1
        digits = re.match(r"[ \t]*(\d+)", builder.masked[start : start + 16])
        ordinal = int(digits.group(1)) if digits else ordinal
    item = ListItem(start, builder.trim(start, end)[1], depth=len(builder.stack), ordinal=ordinal)
    builder.add(item)
    builder.stack.append(item)
    builder.open = None


def _open_table_part(builder: _Builder, name: str, start: int, end: int) -> None:
    if name == "Table":
        builder.table = Table(start, builder.trim(start, end)[1])
        builder.add(builder.table)
    elif builder.table is None:
        return
    elif name == "TableCell":
        text_start, text_end = builder.trim(start, end)
        cell = Cell(start, end, text_start, text_end)
        if builder.row is not None:
            builder.row.cells.append(cell)
        builder.open = cell
    else:
        row = Row(start, builder.trim(start, end)[1])
        if name == "TableHead":
            builder.table.header = row
        else:
            builder.table.rows.append(row)
        builder.row = row


def _fence(builder: _Builder, detail: Any, start: int, end: int) -> Fence:
    end = builder.trim(start, end)[1]
    if isinstance(detail, str):
        return Fence(start, end, is_indented=True)
    body = builder.masked[start:end]
    mark = _FENCE_MARK.match(body)
    closed = mark is not None and "\n" in body and _closes(builder, mark.group(0).strip(), start, body)
    return Fence(start, end, is_closed=closed, info=str(next(iter(detail.values()), "")))


def _closes(builder: _Builder, mark: str, start: int, body: str) -> bool:
    """Whether a fence's last line closes it: its own mark, as long or longer, alone, no deeper than three columns (CommonMark 4.5)."""
    last = body.rsplit("\n", 1)[-1]
    words = last.lstrip(" \t>")
    depth = len(last) - len(words) - (start - (builder.masked.rfind("\n", 0, start) + 1))
    words = words.rstrip()
    return depth <= 3 and len(words) >= len(mark) and not words.strip(mark[0])


def _end(builder: _Builder, value: Any, end: int) -> None:
    name = value if isinstance(value, str) else next(iter(value))
    if name == "Item":
        item = builder.stack.pop()
        if item.text_start >= 0:
            item.text_start, item.text_end = builder.trim(item.text_start, item.text_end)
        else:
            item.text_start = item.text_end = item.end
        builder.open = None
    elif name in ("Link", "Image"):
        builder.link = None
    elif name == "List":
        builder.ordinals.pop()
    elif name == "Table":
        builder.table = builder.row = builder.open = None
    elif name == "Heading":
        heading = builder.open
        if heading is not None:
            heading.text_start, heading.text_end = builder.trim(
                max(heading.text_start, heading.start), heading.text_end
            )
            if heading.text_end < heading.text_start:
                heading.text_start = heading.text_end = heading.end
        builder.open = None
    elif name not in _INLINE and name not in ("TableHead", "TableRow"):
        builder.open = None


def _destination(builder: _Builder, link: Inline, detail: Any) -> None:
    """Find where a link's destination stands; reference links point into their definition."""
    text = builder.text
    if detail["link_type"] in ("Autolink", "Email"):
        link.inner_start, link.inner_end = link.start + 1, link.end - 1
        link.text_start, link.text_end = link.inner_start, link.inner_end
        return
    link.text_start = link.start + (2 if link.kind == "image" else 1)
    if detail["link_type"] != "Inline":
        _definition(builder, link, detail["id"])
        return
    close = _text_end(builder.masked, link.text_start, link.end)
    link.text_end = close
    start, end = builder.trim(close + 2, link.end - 1)
    if start < end and text[start] == "<":
        start, end = start + 1, max(start + 1, text.find(">", start, end))
    elif match := re.search(r"[ \t\r\n]", text[start:end]):
        end = start + match.start()
    link.inner_start, link.inner_end = start, max(start, end)


def _text_end(masked: str, start: int, end: int) -> int:
    """Offset of the bracket that closes a link's text: the one before `(` at bracket depth 0, code spans skipped."""
    depth, offset = 0, start
    while offset < end:
        char = masked[offset]
        if char == "\\":
            offset += 1
        elif char == "`":
            run = re.match(r"`+", masked[offset:end])
            ticks = run.group(0) if run else "`"
            close = masked.find(ticks, offset + len(ticks), end)
            offset = close + len(ticks) - 1 if close > 0 else offset + len(ticks) - 1
        elif char == "[":
            depth += 1
        elif char == "]":
            if depth == 0:
                return offset
            depth -= 1
        offset += 1
    return max(start, masked.rfind("](", start, end))


def _definition(builder: _Builder, link: Inline, label: str) -> None:
    if builder.definitions is None:
        import pyromark

        found = pyromark.reference_definitions(builder.masked)
        builder.definitions = {key.casefold(): value for key, value in found.items()}
    entry = builder.definitions.get(label.casefold())
    close = _text_end(builder.masked, link.text_start, link.end)
    link.text_end = max(close, link.text_start)
    link.inner_start = link.inner_end = link.text_end
    if entry:
        span = entry["span"]
        head = builder.masked.find("]:", span["start"], span["end"])
        start, end = builder.trim(head + 2, span["end"])
        if builder.text[start : start + 1] == "<":
            start, end = start + 1, max(start + 1, builder.text.find(">", start, end))
        elif match := re.search(r"\s", builder.text[start:end]):
            end = start + match.start()
        link.inner_start, link.inner_end = start, end


def find_structure_problems(text: str, blocks: list[Block]) -> Iterator[Problem]:
    """Rows with more cells than their header, which readers drop (GFM fills up shorter ones), and unclosed code fences."""
    for block in blocks:
        if isinstance(block, ListItem):
            yield from find_structure_problems(text, block.children)
        elif isinstance(block, Fence) and not block.is_closed and not block.is_indented and block.info != "---":
            end = text.find("\n", block.start, block.end)
            yield Problem(
                ProblemKind.UNCLOSED_FENCE,
                Span(block.start, end if end > 0 else block.end),
                "the code fence is never closed",
            )
        elif isinstance(block, Table):
            yield from _ragged_rows(text, block)


def _ragged_rows(text: str, table: Table) -> Iterator[Problem]:
    width = len(table.header.cells)
    for row in table.rows:
        count = _count_cells(text[row.start : row.end])
        if count > width:
            yield Problem(
                ProblemKind.RAGGED_ROW, Span(row.start, row.end), f"the row has {count} cells, its header {width}"
            )


def _count_cells(row: str) -> int:
    row = row.strip()
    bars = len(re.findall(r"(?<!\\)(?:\\\\)*\|", row))
    return bars + 1 - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|") and len(row) > 1)
