"""The blocks of a document: headings, list items, tables, paragraphs, with offsets into the source text."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field


class Inline(Struct):
    """A code span or a link: [start, end) with its marks, [inner_start, inner_end) without them.

    For a link `inner` is the destination as written. `text_start`/`text_end` are the link's text.
    """

    kind: str
    start: int
    end: int
    inner_start: int
    inner_end: int
    text_start: int = 0
    text_end: int = 0


class Block(Struct):
    """Any block: `start`/`end` cover it whole, `text_start`/`text_end` its own words without marks."""

    start: int
    end: int
    text_start: int = -1
    text_end: int = -1
    inlines: list[Inline] = field(default_factory=list)


class Heading(Block):
    """A heading of level 1 to 6."""

    level: int = 1


class Paragraph(Block):
    """Running text; `depth` is how many list items hold it."""

    depth: int = 0


class Fence(Block):
    """Code: fenced or indented."""

    is_closed: bool = True
    is_indented: bool = False
    info: str = ""


class Cell(Block):
    """One table cell; `text_start`/`text_end` are without surrounding blanks."""


class Row(Block):
    """One table row."""

    cells: list[Cell] = field(default_factory=list)


class Table(Block):
    """A table with its header row and body rows."""

    header: Row = field(default_factory=lambda: Row(0, 0))
    rows: list[Row] = field(default_factory=list)


class ListItem(Block):
    """One list item; `text_*` is its first paragraph, `children` the blocks below that.

    `ordinal` is the number of an ordered item as written, None for a bullet; `depth` 0 is a top-level item.
    """

    depth: int = 0
    ordinal: int | None = None
    children: list[Block] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """This item and all blocks below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, ListItem):
                yield from child.walk()
            else:
                yield child
