"""Comments that speak to gatekeeper: what they say, and which lines they are said of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from gatekeeper.model.data import DataNode
from gatekeeper.model.document import Directive
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.syntax.blocks import Block, ListItem
from gatekeeper.parse.syntax.comments import Comment, iter_markdown_comments, iter_yaml_comments

MARK = "gatekeeper:"

_NOT_LINE_END = re.compile(r"[^\r\n]")
# Marks of a quote or a list item, which alone say nothing.
_BARE = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])?\s*$")
_INDENT = re.compile(r"[ ]*")


def hide_directives(source: SourceText, root: DataNode | None = None) -> tuple[SourceText, list[Comment]]:
    """The source with blanks in place of every comment that speaks to gatekeeper, and those comments in order.

    Offsets stay. `root` is the value of a YAML file; None for Markdown.
    """
    if MARK not in source.text.lower():
        return source, []
    found = iter_markdown_comments(source.text) if root is None else iter_yaml_comments(source.text, root)
    comments = [comment for comment in found if comment.text.strip().lower().startswith(MARK)]
    pieces, offset = [], 0
    for comment in comments:
        blank = _NOT_LINE_END.sub(" ", source.text[comment.start : comment.end])
        pieces += [source.text[offset : comment.start], blank]
        offset = comment.end
    return replace(source, text="".join((*pieces, source.text[offset:]))) if comments else source, comments


def page_directives(
    written: SourceText, source: SourceText, comments: Iterable[Comment], blocks: Iterable[Block]
) -> tuple[Directive, ...]:
    """The directives of a Markdown page; `written` still has the comments that `source` has blanks for."""
    comments = tuple(comments)
    if not comments:
        return ()
    units = sorted(_units(source, blocks))
    starts = [start for start, _, _ in units]

    def below(comment: Comment) -> tuple[int, int] | None:
        following = bisect_left(starts, comment.end)
        return units[following][1:] if following < len(units) else None

    covering = _Covering(written, source)
    return tuple(covering.of(comment, below(comment)) for comment in comments)


def tree_directives(written: SourceText, source: SourceText, comments: Iterable[Comment]) -> tuple[Directive, ...]:
    """The directives of a YAML file: above a line, one is said of it and of what is indented below it."""
    comments = tuple(comments)
    if not comments:
        return ()
    lines = [source.slice(source.line_span(number)) for number in range(1, source.line_count() + 1)]
    blocks = _indented_blocks(lines)
    starts = sorted(blocks)

    def below(comment: Comment) -> tuple[int, int] | None:
        following = bisect_left(starts, source.position(comment.end).line + 1)
        return (starts[following], blocks[starts[following]]) if following < len(starts) else None

    covering = _Covering(written, source)
    return tuple(covering.of(comment, below(comment)) for comment in comments)


class _Covering:
    """Makes directives of one document."""

    def __init__(self, written: SourceText, source: SourceText) -> None:
        self._written = written
        self._source = source
        # Comments that stand one above the other cover the same block, which may be a long one.
        self._texts: dict[tuple[int, int], str] = {}

    def of(self, comment: Comment, below: tuple[int, int] | None) -> Directive:
        first, last = (self._source.position(offset).line for offset in (comment.start, comment.end))
        own = [self._source.slice(self._source.line_span(line)) for line in range(first, last + 1)]
        covers = below if all(_BARE.match(line) for line in own) else (first, last)
        return Directive(
            " ".join(comment.text.split())[len(MARK) :].strip(),
            Span(comment.start, comment.end),
            self._written.slice(self._written.line_span(first)),
            covers,
            self._words(covers) if covers else "",
        )

    def _words(self, lines: tuple[int, int]) -> str:
        if lines not in self._texts:
            start, end = self._source.line_span(lines[0]).start, self._source.line_span(lines[1]).end
            self._texts[lines] = " ".join(self._source.text[start:end].split())
        return self._texts[lines]


def _units(source: SourceText, blocks: Iterable[Block]) -> Iterator[tuple[int, int, int]]:
    """Offset, first and last line of each block; a list item ends where the first one nested in it begins."""
    for block in blocks:
        if not isinstance(block, ListItem):
            yield _unit(source, block.start, block.end)
            continue
        for part in block.walk():
            nested = (
                [child.start for child in part.children if isinstance(child, ListItem)]
                if isinstance(part, ListItem)
                else []
            )
            yield _unit(source, part.start, min(part.end, *nested) if nested else part.end)


def _unit(source: SourceText, start: int, end: int) -> tuple[int, int, int]:
    while end > start + 1 and source.text[end - 1].isspace():
        end -= 1
    return start, source.position(start).line, source.position(max(start, end - 1)).line


def _indented_blocks(lines: list[str]) -> dict[int, int]:
    """First line of each run of a line and what is indented below it -> its last line; 1-based, comments and blanks apart."""
    ends: dict[int, int] = {}
    open_lines: list[tuple[int, int]] = []
    latest = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(_INDENT.match(line)[0])  # type: ignore[index]  # it matches everywhere
        while open_lines and open_lines[-1][1] >= indent:
            ends[open_lines.pop()[0]] = latest
        open_lines.append((number, indent))
        latest = number
    ends.update((number, latest) for number, _ in open_lines)
    return ends
