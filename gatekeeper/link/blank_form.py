"""Whether a text is a form that nobody has filled in. Unsure means no."""

from __future__ import annotations

import re
from enum import Enum

_LEAST_BLANKS = 3
_LEAST_SHARE = 0.8
_MOST_FILLED = 40

_PLACEHOLDER = re.compile(
    r"<(?![/!])[A-Za-z][^<>:=/\n]{0,60}>|\{\{?[A-Za-z_][\w .-]{0,40}\}?\}|YYYY-MM-DD|\bT\.?B\.?D\b\.?|\bTODO\b|_{3,}|\.{3}|…"
    r"|\[(?:name|date|link|owner|url|path|title|id|n/?a|insert|your|add|describe)\b[^\]\n]{0,60}\]",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"</?(?:a|b|i|br|hr|p|div|sub|sup|em|kbd|code|span|img|details|summary|strong)\b[^<>]*>", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^(?P<mark>`{3,8}|~{3,8}).*?^(?P=mark)", re.DOTALL | re.MULTILINE)
_BULLET = re.compile(r"(?:[-*+]|\d{1,4}[.)])(?:[ \t]+|$)")
_BOX = re.compile(r"\[[ \t]?\](?=\s|$)")
_CHECKED = re.compile(r"\[[^\]\s]{1,2}\](?=\s|$)")
_FIELD = re.compile(r"[*_`]{0,3}[^:|`\n]{1,80}:[*_`]{0,3}(?=\s|$)")
_NEUTRAL = re.compile(r"#{1,6}(?:\s|$)|[-=*_]{3,}\s*$|`{3}|~{3}|>?\s*$")
_ROW_RULE = re.compile(r"[|:\- \t]+$")
_NOTHING = re.compile(r"[\s`*_|\-–—:.,/()\[\]]*$")


class _Line(Enum):
    """What a line of a form says: nothing of interest, a place to fill in, a place filled in."""

    NEUTRAL = 0
    BLANK = 1
    FILLED = 2


def is_blank_form(text: str) -> bool:
    """Whether at least three places to fill in stand empty and next to nothing else is said."""
    lines = _COMMENT.sub("", text.replace("\r\n", "\n")).split("\n")
    blank = filled = 0
    for number in range(len(lines)):
        kind = _kind_of(lines, number)
        blank += kind is _Line.BLANK
        filled += kind is _Line.FILLED
        if filled > _MOST_FILLED:
            return False
    return blank >= _LEAST_BLANKS and blank >= _LEAST_SHARE * (blank + filled)


def blank_lines(text: str) -> list[int]:
    """The lines, counted from 1, with a place to fill in that stands empty; those of code and of comments are none."""
    bare = _FENCE.sub(_hidden, _COMMENT.sub(_hidden, text.replace("\r\n", "\n").replace("\r", "\n")))
    lines = bare.split("\n")
    return [number + 1 for number in range(len(lines)) if _kind_of(lines, number) is _Line.BLANK]


def _hidden(match: re.Match[str]) -> str:
    """The line ends of a match."""
    return "\n" * match[0].count("\n")


def _kind_of(lines: list[str], number: int) -> _Line:
    line = _TAGS.sub("", lines[number]).strip()
    if _NEUTRAL.match(line):
        return _Line.NEUTRAL
    if line.startswith("|"):
        return _row_kind(lines, number, line)
    body = _BULLET.sub("", line, count=1)
    if _CHECKED.match(body):
        return _Line.FILLED
    if box := _BOX.match(body):
        return _Line.NEUTRAL if _is_said(body[box.end() :]) else _Line.BLANK
    if field := _FIELD.match(body):
        return _field_kind(lines, number, body[field.end() :])
    return _value_kind(body)


def _row_kind(lines: list[str], number: int, line: str) -> _Line:
    """A table row: header and rule say nothing; a body row is blank when no cell after the first says anything."""
    if _ROW_RULE.match(line) and "-" in line:
        return _Line.NEUTRAL
    following = lines[number + 1].strip() if number + 1 < len(lines) else ""
    if following.startswith("|") and "-" in following and _ROW_RULE.match(following):
        return _Line.NEUTRAL
    cells = line.strip("|").split("|")
    rest = cells[1:] if len(cells) > 1 else cells
    return _Line.FILLED if any(_is_said(_BOX.sub("", cell.strip())) for cell in rest) else _Line.BLANK


def _field_kind(lines: list[str], number: int, value: str) -> _Line:
    """`Owner: ...`: a value fills it in; without one it is blank, unless it heads what follows."""
    if value.strip():
        return _value_kind(value)
    following = next((line for line in lines[number + 1 :] if line.strip()), "")
    indent = len(lines[number]) - len(lines[number].lstrip())
    if len(following) - len(following.lstrip()) > indent:
        return _Line.NEUTRAL
    is_bullet = bool(_BULLET.match(lines[number].lstrip()))
    text = following.strip()
    ends = not text or text.startswith("#") or bool(_FIELD.match(_BULLET.sub("", text, count=1)))
    return _Line.BLANK if is_bullet or ends else _Line.NEUTRAL


def _value_kind(value: str) -> _Line:
    if _is_said(value):
        return _Line.NEUTRAL if _PLACEHOLDER.search(value) else _Line.FILLED
    return _Line.BLANK


def _is_said(value: str) -> bool:
    """Whether anything stands there but placeholders and punctuation."""
    return not _NOTHING.match(_PLACEHOLDER.sub("", value))
