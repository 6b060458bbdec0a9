"""Source text and places in it: offsets inside, line and column at the edge."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

_LINE_END = re.compile(r"\r\n|\n|\r")


class Newline(StrEnum):
    """The line ends that a file uses."""

    LF = "lf"
    CRLF = "crlf"
    CR = "cr"
    MIXED = "mixed"
    NONE = "none"


class Span(Struct, frozen=True, order=True):
    """A half-open range [start, end) of code points into `SourceText.text`, 0-based."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """True always: an empty span is a place too."""
        return True


class Position(Struct, frozen=True, order=True):
    """A place for people: 1-based line, 1-based column in code points (SARIF 2.1.0 `columnKind: unicodeCodePoints`)."""

    line: int
    column: int


class SourceText(Struct, frozen=True, dict=True):
    """One file's text as decoded, with the identity of its bytes.

    Attributes:
        path: repo-relative POSIX path.
        text: the decoded text without its BOM; line ends are kept as they are.
        sha256: hex digest of the raw bytes.
        blob_id: git's SHA-1 blob id of the raw bytes, in hex.
        newline: the line ends in use.
        bom: whether the bytes began with a UTF-8 byte order mark.
        encoding: name of the codec that decoded the bytes; "utf-8" unless that failed.
        mojibake: whether the text is UTF-8 that was once misread and encoded again.
    """

    path: str
    text: str
    sha256: str = ""
    blob_id: str = ""
    newline: Newline = Newline.LF
    bom: bool = False
    encoding: str = "utf-8"
    mojibake: bool = False

    def line_starts(self) -> list[int]:
        """The offset at which each line starts, ascending; the first is 0. Lines end at LF, CRLF or CR."""
        return self._starts

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """The line and column of an offset; `len(text)` is allowed and means the end."""
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside {self.path} (0..{len(self.text)})")
        starts = self._starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def line_of(self, offset: int) -> int:
        """The 1-based line of an offset from 0 to `len(text)`."""
        return bisect_right(self._starts, offset)

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line without its line end."""
        starts, text = self._starts, self.text
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(text)
        while end > start and text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def text_lines(self) -> list[str]:
        """The lines from the first on, without their line ends; the last one is empty where the text ends with a line end."""
        if "\r" not in self.text:
            return self.text.split("\n")
        starts = self._starts
        ends = [*starts[1:], len(self.text)]
        return [self.text[start:end].rstrip("\r\n") for start, end in zip(starts, ends, strict=True)]

    def line_around(self, offset: int) -> str:
        """The text of the line in which an offset lies, without its line end."""
        starts = self._starts
        line = bisect_right(starts, offset)
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")

    def line_count(self) -> int:
        """How many lines there are; a final line end does not begin another."""
        starts = self._starts
        return len(starts) - (1 if starts[-1] == len(self.text) and len(starts) > 1 else 0)

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]
