"""Files of assignments, by python-dotenv's parser: quotes, export, comments, several lines; nothing is loaded or interpolated."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.link.environment.places import MASK, NAME, is_name, place
from gatekeeper.model.finding import Location
from gatekeeper.model.text import SourceText, Span

_HEAD = re.compile(r"\s*(?:export[^\S\r\n]+)?'?")
_COMMENTED = re.compile(rf"[^\S\r\n]*#[#\s]*(?:export[^\S\r\n]+)?({NAME})[^\S\r\n]*=[^\S\r\n]*([^\s#]*)")
_COMMENT = re.compile(r"^[^\S\r\n]*#[^\r\n]*", re.MULTILINE)
_WORD = re.compile(r"\b[A-Z][A-Z0-9]{0,40}_[A-Z0-9_]{1,100}\b")
_BLANKS = re.compile(r"\s+")
# The parser looks at each blank before a `#` anew: longer runs than this would make it slow.
_BLANKS_LIMIT = 2000
_BLOCK_BEGIN, _BLOCK_END = "-----BEGIN ", "-----END "
_PADDING = re.compile(r"=*")


@dataclass(frozen=True, slots=True, repr=False)
class Assignment:
    """One assignment; it has no `repr`, so that no traceback tells the value."""

    name: str
    value: str
    location: Location


@dataclass(frozen=True, slots=True, repr=False)
class EnvText:
    """What a file of assignments holds.

    Attributes:
        commented: assignments in comments.
        documented: names that stand in comments.
        malformed: lines that are no assignment.
        problem: why it was not read; "" when it was.
    """

    assignments: tuple[Assignment, ...] = ()
    commented: tuple[Assignment, ...] = ()
    documented: frozenset[str] = frozenset()
    malformed: tuple[Location, ...] = ()
    problem: str = ""


def parse_env(source: SourceText) -> EnvText:
    """The assignments of a file with their places; never raises."""
    if "\0" in source.text:
        return EnvText(problem="it is binary")
    if any(len(run) > _BLANKS_LIMIT for run in _BLANKS.findall(source.text)):
        return EnvText(problem=f"it holds more than {_BLANKS_LIMIT:,} blanks in a row")
    assignments: list[Assignment] = []
    malformed: list[Location] = []
    comments: list[Assignment] = []
    for name, value, start, original in _bindings(source):
        if name is not None:
            assignments.append(Assignment(name, value, _named(source, name, start, original)))
        elif original.strip() and not original.lstrip().startswith("#"):
            at = start + len(original) - len(original.lstrip())
            malformed.append(place(source, Span(at, at), ""))
        else:
            comments += _commented(source, start, original)
    documented = frozenset(_WORD.findall("\n".join(_COMMENT.findall(source.text))))
    return EnvText(tuple(assignments), tuple(comments), documented, tuple(malformed))


def _bindings(source: SourceText) -> Iterator[tuple[str | None, str, int, str]]:
    """Name, value, offset and text of each binding; no name for comments, blanks and what is no assignment."""
    from dotenv.parser import parse_stream

    at, in_block = 0, False
    for binding in parse_stream(io.StringIO(source.text, newline="")):
        text = binding.original.string
        start, at = at, at + len(text)
        was_block, value = in_block, binding.value or ""
        if _BLOCK_BEGIN in text or _BLOCK_END in text:
            in_block = text.rfind(_BLOCK_BEGIN) > text.rfind(_BLOCK_END)
        if was_block:
            continue
        is_assignment = binding.key is not None and binding.value is not None and not binding.error
        if is_assignment and is_name(binding.key or "") and not _is_padding(binding.key or "", value):
            yield binding.key, value, start, text
        else:
            yield None, "", start, text


def _is_padding(name: str, value: str) -> bool:
    """Whether this is rather the end of a text in Base64, which fills up with `=`."""
    is_mixed = name != name.upper() and name != name.lower() and "_" not in name
    return is_mixed and len(name) > 8 and bool(_PADDING.fullmatch(value))


def _named(source: SourceText, name: str, start: int, original: str) -> Location:
    head = _HEAD.match(original)
    at = start + (head.end() if head else 0)
    equals = source.text[at + len(name) : start + len(original)].lstrip("' \t")
    has_value = bool(equals.removeprefix("=").strip())
    return place(source, Span(at, at + len(name)), f"{name}={MASK if has_value else ''}")


def _commented(source: SourceText, start: int, original: str) -> Iterator[Assignment]:
    """The assignments in a comment."""
    for line in _COMMENT.finditer(original):
        found = _COMMENTED.match(line[0])
        if found and is_name(found[1]):
            at = start + line.start() + found.start(1)
            shown = f"{found[1]}={MASK if found[2] else ''}"
            yield Assignment(found[1], found[2].strip("\"'"), place(source, Span(at, at + len(found[1])), shown))
