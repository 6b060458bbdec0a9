"""Words that point at what is worked on now: `Current sprint`, `Active`, `Phase actuelle`, and the unit that follows them."""

from __future__ import annotations

import re
from functools import lru_cache

from gatekeeper.parse.words.identity import KIND_OF, find_unit, split_leading_id
from gatekeeper.parse.words.vocabulary import load_shipped

_NUMBER = re.compile(r"#?(?P<number>\d{1,4}(?:\.\d+)*[a-z]?)(?=$|[\s,;:)(|\u2013\u2014/]|\.(?:\s|$)|\s?-\s)")
_TWO = re.compile(r"\s*(?:&|\+|,|/|-|\u2013|and|und|et|y|и|to)\s*\d", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"\s*(?:/|of|von|de|из)\s*\d+\b", re.IGNORECASE)
_BLANKS = re.compile(r"[\s_-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINED = re.compile(r"^([^\W\d_]+)[-_](?=\d)")
_DECOR = re.compile(r"^\W+")
# `Phase X of Y` stands in instructions.
_ANY = ("X", "N", "Y", "Z")
_VALUE_LENGTH = 200


def pointed_kind(label: str) -> str | None:
    """The kind of unit that a label points at ("sprint"), "" for any kind ("Current focus", "Active"); None for a label that does not point."""
    words = _BLANKS.sub(" ", _CAMEL.sub(" ", _DECOR.sub("", label))).strip().casefold()
    match = _labels().fullmatch(words) if len(words) < 48 else None
    if match is None:
        return None
    return KIND_OF[word] if (word := match["first"] or match["last"]) else ""


def own_kind(label: str) -> str | None:
    """The kind that a label is the bare word for (`Phase: 2`); None for any other label."""
    return KIND_OF.get(label.strip().casefold())


def is_position(title: str) -> bool:
    """Whether a heading announces where the work stands: "Current position", "Current status"."""
    return pointed_kind(title) == ""


def is_now(words: str) -> bool:
    """Whether words in brackets behind a heading say that it is the current one."""
    return words.strip(" ←*_<-").casefold() in load_shipped().pointers["now"][:3]


def find_pointed(value: str, kind: str) -> tuple[str, str, int] | None:
    """Kind and id of the one unit that a value begins with, and where its words end; None when it names none, or several.

    Args:
        kind: what the label points at; "" for any kind, so that a bare number says nothing.
    """
    value = _JOINED.sub(r"\1 ", value[:_VALUE_LENGTH])
    unit = find_unit(value)
    if unit is not None:
        is_meant = kind in ("", unit.kind) and unit.number not in _ANY and not _others(unit.kind, unit.number, value)
        return (unit.kind, unit.id, value.find(unit.number) + len(unit.number)) if is_meant else None
    if not kind:
        return None
    if number := _NUMBER.match(value):
        rest = value[number.end() :]
        is_one = _OF_SO_MANY.match(rest) or not _TWO.match(rest)
        is_one = is_one and not _others(kind, number["number"], rest)
        return (kind, f"{kind} {number['number']}", number.end()) if is_one else None
    leading, rest = split_leading_id(value)
    return (kind, leading, len(value) - len(rest)) if leading is not None and any(map(str.isdigit, leading)) else None


def _others(kind: str, number: str, text: str) -> bool:
    """Whether a text names another unit of a kind by its number."""
    return any(found.lstrip("0") != number.lstrip("0") for found in _numbered(kind).findall(text))


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    words = load_shipped().pointers
    now, aim = (_either(words[name]) for name in ("now", "aim"))
    kind = _either(tuple(KIND_OF))
    return re.compile(rf"{now}(?:\s?(?:(?P<first>{kind})|{aim}))?|(?:(?P<last>{kind})|{aim})\s?{now}")


@lru_cache(maxsize=32)
def _numbered(kind: str) -> re.Pattern[str]:
    words = _either(tuple(word for word, canonical in KIND_OF.items() if canonical == kind))
    return re.compile(rf"\b{words}\s*#?(\d+(?:\.\d+)*)", re.IGNORECASE)


def _either(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"
