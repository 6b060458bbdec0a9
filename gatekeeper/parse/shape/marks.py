"""Status marks in running text: at the head or the tail of a heading, in a cell, in a value."""

from __future__ import annotations

import re

from gatekeeper.model.status import Status, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page
from gatekeeper.parse.words.vocabulary import mark_pattern, normal

_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】\n]{1,60})[)）\]】][\s*_]*$")
_BREAKS = re.compile(r"[-\u2013\u2014\u2192|·:：)）\]】]")
_DASH = re.compile(
    r".*(?:\s[-\u2013\u2014\u2192|·]+\s|[:：]\s+|：|\s[\u2013\u2014])\s*([^()（）\[\]\n]{1,60})$", re.DOTALL
)
_BACKTICK = re.compile(r"`([^`\n]+)`")
# No status at the end of a heading is longer, with what parts it from the title.
_TAIL = 80
_EDGES = "*_ \t`"


def make_mark(page: Page, start: int, end: int, column: str | None = None) -> StatusMark | None:
    """The status mark that a stretch of text is; emphasis and blanks around it do not count. None when nothing is left."""
    text = page.text
    while start < end and (text[start] in _EDGES or text[start] in "\r\n"):
        start += 1
    while end > start and (text[end - 1] in _EDGES or text[end - 1] in "\r\n"):
        end -= 1
    if start >= end:
        return None
    raw = text[start:end]
    status, basis = page.vocabulary.interpret(raw)
    return StatusMark(raw.replace("**", "").replace("`", ""), Span(start, end), status, basis, column)


def value_mark(page: Page, start: int, end: int) -> StatusMark | None:
    """The mark of a `Status:` value: the backticked or bold token at its head where there is one, else the whole value."""
    text = page.text[start:end]
    head = _BACKTICK.match(text) or re.match(r"\*\*([^*\n]+)\*\*", text)
    if head and page.vocabulary.interpret(head.group(1))[0] is not Status.UNKNOWN:
        return make_mark(page, start + head.start(1), start + head.end(1))
    return make_mark(page, start, end)


def heading_mark(page: Page, start: int, end: int) -> StatusMark | None:
    """The status that a heading gives: in brackets or after a dash at its end, or as a mark at either end.

    Words in brackets or after a dash count only when they are a status by themselves; they win over a mark.
    """
    text = page.text
    while end > start and (text[end - 1] in _EDGES):
        end -= 1
    tail = max(start, end - _TAIL)
    # The second begins with "anything", so that it fits at the first character or nowhere.
    finders = (_BRACKET.search, _DASH.match) if _BREAKS.search(text, tail, end) is not None else ()
    for find in finders:
        match = find(text, tail, end)
        if match is not None and (
            page.vocabulary.is_status(match.group(1)) or _is_leading_status(page, match.group(1))
        ):
            return make_mark(page, *match.span(1))
    return _edge_mark(page, start, end)


def _is_leading_status(page: Page, words: str) -> bool:
    """A status followed by a date or a remark: "COMPLETE 2026-01-24", "✅ PASS, 12 tests"."""
    head = re.split(r"[,;:(]|\s(?=\d)|\s[-\u2013\u2014]\s", words, maxsplit=1)[0]
    return head != words and len(normal(head)) > 2 and page.vocabulary.is_status(head)


def _edge_mark(page: Page, start: int, end: int) -> StatusMark | None:
    span = find_edge_mark(page, start, end)
    return None if span is None else make_mark(page, span.start, span.end)


def find_edge_mark(page: Page, start: int, end: int) -> Span | None:
    """The place of a status mark at the head or the tail of a stretch of text; decoration does not count."""
    text = page.text
    while start < end and text[start] in "*_ ":
        start += 1
    while end > start and text[end - 1] in "*_ ":
        end -= 1
    if start >= end or text[start:end].isascii():
        return None
    if page.source.mojibake:
        word = re.match(r"[^\s*]+", text[start:end])
        if word and not word.group(0).isascii() and page.vocabulary.is_status(word.group(0)):
            return Span(start, start + word.end())
    pattern = mark_pattern()
    if match := pattern.match(text, start, end):
        return Span(match.start(), match.end())
    for match in pattern.finditer(text, max(start, end - 4), end):
        if match.end() == end:
            return Span(match.start(), match.end())
    return None
