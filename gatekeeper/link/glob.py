"""Globs over a listing of paths. Greedy with one point of return, so no pattern can make it slow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NOT_LITERAL = re.compile(r"[*?/\[\]]")
_BRACES_LIMIT = 64


def has_magic(path: str) -> bool:
    """Whether a path has a character that globs treat specially."""
    return any(sign in path for sign in "*?[{")


def match_glob(pattern: str, paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that a pattern matches, in their order.

    `*` and `?` stay inside a segment, `**` crosses segments, `{a,b}` is either. Brackets are taken first literally (route folders such
    as `[id]` are common), then, when nothing matches, as a class of characters.
    """
    patterns = [(_longest_literal(one), one.split("/")) for one in _iter_expanded(pattern)]
    listing = list(paths)
    for classes in (False, True):
        hits = tuple(
            path for path in listing if any(word in path and _match_path(one, path, classes) for word, one in patterns)
        )
        if hits or "[" not in pattern:
            return hits
    return ()


def fixed_folder(pattern: str) -> str:
    """The folder before the first segment with a special character; '' for none."""
    fixed: list[str] = []
    for segment in pattern.split("/")[:-1]:
        if has_magic(segment):
            break
        fixed.append(segment)
    return "/".join(fixed)


def _longest_literal(pattern: str) -> str:
    """Characters that every match holds: a quick look before the slow one."""
    return max(_NOT_LITERAL.split(pattern), key=len)


def _iter_expanded(pattern: str) -> Iterator[str]:
    """The pattern with its `{a,b}` groups written out, at most `_BRACES_LIMIT` of them."""
    pending, given = [pattern], 0
    while pending and given < _BRACES_LIMIT:
        head, brace, rest = pending.pop().partition("{")
        choices, closing, tail = rest.partition("}")
        if brace and closing and "," in choices and len(pending) < _BRACES_LIMIT:
            pending.extend(head + choice + tail for choice in reversed(choices.split(",")))
        else:
            given += 1
            yield head + brace + rest


def _match_path(pattern: list[str], path: str, classes: bool) -> bool:
    segments = path.split("/")
    at = place = 0
    star, mark = -1, 0
    while place < len(segments):
        if at < len(pattern) and pattern[at] == "**":
            star, mark, at = at, place, at + 1
        elif at < len(pattern) and _match_segment(pattern[at], segments[place], classes):
            at, place = at + 1, place + 1
        elif star >= 0:
            mark += 1
            at, place = star + 1, mark
        else:
            return False
    return all(rest == "**" for rest in pattern[at:])


def _match_segment(pattern: str, name: str, classes: bool) -> bool:
    at = place = 0
    star, mark = -1, 0
    while place < len(name):
        if at < len(pattern) and pattern[at] == "*":
            star, mark, at = at, place, at + 1
        elif step := _match_one(pattern, at, name[place], classes):
            at, place = at + step, place + 1
        elif star >= 0:
            mark += 1
            at, place = star + 1, mark
        else:
            return False
    return pattern[at:].strip("*") == ""


def _match_one(pattern: str, at: int, character: str, classes: bool) -> int:
    """How many pattern characters take this one character; 0 when they do not."""
    if at >= len(pattern):
        return 0
    close = pattern.find("]", at + 2) if classes and pattern[at] == "[" else -1
    if close > 0:
        return close + 1 - at if _is_in_class(pattern[at + 1 : close], character) else 0
    return 1 if pattern[at] in ("?", character) else 0


def _is_in_class(members: str, character: str) -> bool:
    negated = members[0] in "!^"
    members = members[1:] if negated else members
    within, at = False, 0
    while at < len(members):
        if members[at + 1 : at + 2] == "-" and at + 2 < len(members):
            within, at = within or members[at] <= character <= members[at + 2], at + 3
        else:
            within, at = within or members[at] == character, at + 1
    return within != negated
