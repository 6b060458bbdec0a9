"""Comments: HTML comment nodes of a Markdown text, and comments of a YAML text; never what only looks like one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from msgspec import Struct

from gatekeeper.model.data import DataKind, DataNode

# HTML Living Standard §13.2.5: what stands in these is text, whatever it looks like.
_RAW_TEXT = frozenset("script style textarea title xmp iframe noembed noframes noscript plaintext".split())
_TAG = re.compile(r"</?([a-zA-Z][^\s/>]*)")
_TAG_SIGN = re.compile("[\"'>]")
_YAML_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#([^\r\n]*)", re.MULTILINE)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Comment(Struct, frozen=True):
    """A comment: [start, end) with its marks, and what stands between them."""

    start: int
    end: int
    text: str


def iter_markdown_comments(text: str) -> Iterator[Comment]:
    """The HTML comments of a Markdown text in order; none from code, escaped text, attributes or scripts."""
    import pyromark

    masked = text if text.isascii() else _NOT_ASCII.sub("x", text)
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
    pieces: list[tuple[int, int]] = []
    for event, place in pyromark.events_with_range(masked, options=options):
        name = event if isinstance(event, str) else next(iter(event))
        if name == "InlineHtml":
            yield from _iter_comments(text, [(place["start"], place["end"])])
        elif name == "Html":
            pieces.append((place["start"], place["end"]))
        elif pieces:
            yield from _iter_comments(text, pieces)
            pieces = []


def iter_yaml_comments(text: str, root: DataNode) -> Iterator[Comment]:
    """The comments of a YAML text's first document in order; `root` is its value."""
    scalars = sorted(_scalar_spans(root))
    starts = [start for start, _ in scalars]
    for match in _YAML_COMMENT.finditer(text):
        if match.start() >= root.span.end and re.search(r"[\r\n]", text[root.span.end : match.start()]):
            return
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or match.start() >= scalars[before][1]:
            yield Comment(match.start(), match.end(), match.group(1))


def _scalar_spans(root: DataNode) -> Iterator[tuple[int, int]]:
    pending = [root]
    while pending:
        node = pending.pop()
        if node.kind not in (DataKind.MAPPING, DataKind.SEQUENCE):
            yield node.span.start, node.span.end
        pending += [part for pair in node.pairs for part in pair]
        pending += node.entries


def _iter_comments(text: str, pieces: list[tuple[int, int]]) -> Iterator[Comment]:
    """The comments of one run of HTML, which blocks around it may have cut into pieces."""
    html = "".join(text[start:end] for start, end in pieces)
    edges = list(accumulate((end - start for start, end in pieces), initial=0))
    for start, end in _comment_ranges(html):
        first, last = bisect_right(edges, start) - 1, bisect_right(edges, end - 1) - 1
        begin = pieces[first][0] + start - edges[first]
        finish = pieces[last][0] + end - edges[last]
        yield Comment(begin, finish, html[start + 4 : end - 3])


def _comment_ranges(html: str) -> Iterator[tuple[int, int]]:
    """Where comments stand in HTML; every step goes forward, so that no text takes more than linear time."""
    lowered = html.lower()
    offset = html.find("<")
    while offset >= 0:
        if html.startswith(("<!-->", "<!--->"), offset):
            following = html.index(">", offset) + 1
        elif html.startswith("<!--", offset):
            end = html.find("-->", offset + 4)
            if end < 0:
                return
            yield offset, end + 3
            following = end + 3
        elif tag := _TAG.match(html, offset):
            following = _after_tag(html, tag.end())
            name = tag.group(1).lower()
            if following >= 0 and name in _RAW_TEXT and not tag.group(0).startswith("</"):
                following = lowered.find(f"</{name}", following)
        else:
            following = offset + 1
        if following < 0:
            return
        offset = html.find("<", following)


def _after_tag(html: str, offset: int) -> int:
    """The offset after a tag's closing bracket, quoted attributes skipped; -1 when it is not closed."""
    while sign := _TAG_SIGN.search(html, offset):
        if sign.group(0) == ">":
            return sign.end()
        offset = html.find(sign.group(0), sign.end()) + 1
        if not offset:
            return -1
    return -1
