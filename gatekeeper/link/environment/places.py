"""Places of variables whose excerpts show names alone: what stands beside a name may be a secret."""

from __future__ import annotations

import re

from gatekeeper.model.finding import Location
from gatekeeper.model.text import SourceText, Span

NAME = r"[A-Za-z_][A-Za-z0-9_]*"
MASK = "***"

_NAME = re.compile(NAME)
_NAME_LIMIT = 128
# Further right than this nobody looks; the blanks in front would be longer than any line that a person reads.
_COLUMN_LIMIT = 400
_CONVENTIONAL = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*|_[A-Za-z0-9_]*")
_ODD_LIMIT = 24


def is_name(word: str) -> bool:
    """Whether a word can name a variable; a long word of mixed letter case without `_` is rather a piece of a key in Base64."""
    if len(word) > _NAME_LIMIT or not _NAME.fullmatch(word):
        return False
    return bool(_CONVENTIONAL.fullmatch(word)) or "_" in word.strip("_") or len(word) < _ODD_LIMIT


def place(source: SourceText, span: Span, shown: str) -> Location:
    """The location of a span whose excerpt is `shown` in its column, and nothing of the rest of the line."""
    start, end = source.position(span.start), source.position(span.end)
    excerpt = " " * (start.column - 1) + shown if shown and start.column <= _COLUMN_LIMIT else ""
    return Location(source.path, start, end, excerpt)
