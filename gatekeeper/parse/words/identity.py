"""Names of units of work: `Sprint 03`, `Chunk A`, `AI-INFRA-001`, and the gate that a heading names."""

from __future__ import annotations

import re

from msgspec import Struct

from gatekeeper.model.subject import IDENTIFIER, UNIT_WORDS

_ENTRIES = ("progress update", "update", "entry", "log entry", "session", "iteration")
KIND_OF = {word: kind.item for word, kind in UNIT_WORDS.items() if kind.is_headed} | dict.fromkeys(_ENTRIES, "entry")
"""Word for a unit of work whose number in a heading makes an item even where it gives no status, folded -> the kind of that item."""
_NUMBER = r"(?:#?\s?\d+(?:[a-z](?=[.\-]\d))?(?:[.\-]\d+)*[a-z]?|(?-i:[A-Z]{1,3}-?\d+|[A-Z](?![\w'])|[IVX]{1,5}(?![\w']))|(?-i:[A-Z]{2,8}(?:-[A-Z0-9]+)*-\d+))"
_UNIT = re.compile(
    r"(?P<word>"
    + "|".join(sorted(map(re.escape, KIND_OF), key=len, reverse=True))
    + r")\s*(?P<number>"
    + _NUMBER
    + r")(?!\w|%)",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"([A-Z]{1,4}-?\d+(?:\.\d+)*(?:\s?[\u2013\u2014-]\s?[A-Z]{0,4}-?\d+)?)\s*(?:[:\u2013\u2014]|\s-\s)\s*(.+)$"
)
_CJK_PHASE = re.compile(r"第\s*([0-9一二三四五六七八九十]+)\s*(阶段|期|章|フェーズ)")
_RANGE = re.compile(r"\s*(?:[-\u2013\u2014]|to|through|\.\.)\s*\d+\b")
_AFTER = re.compile(r"[\s:：.)、．\u2013\u2014\-|·]+")
_GATE_WORD = re.compile(r"\s+[Gg]ate\b(?!\s*(?:evidence|packet)\b\s*template)")
_GATE_PART = re.compile(r"[A-Z][\w/&+-]*")
_GATE_BREAK = re.compile(r"[(:\u2013\u2014]|\s-\s")
_ARTICLES = frozenset("The A An This That Each Every Our Any No All".split())
_LEADING_ID = re.compile(
    r"[`*\[]*(?P<id>[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*[-_.]?\d+(?:[a-z](?=[.\-]\d))?(?:[.\-][A-Z]?\d+)*[a-z]?|[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+|§\s?\d+(?:\.\d+)*|#\d+|\d{1,3}-\d{1,3}(?=-[A-Z]))[`*\]]*(?=[\s:.)\u2013\u2014|,-]|$)"
)
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?!\d)")


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Unit(Struct, frozen=True):
    """A unit of work that a heading names: `id` is "<Kind> <n>" as written, `title` the rest."""

    kind: str
    id: str
    number: str
    title: str


def find_unit(text: str) -> Unit | None:
    """The unit of work at the head of a text; None when it names none, or a range of them."""
    match = _UNIT.match(text)
    if match is None:
        return _cjk_unit(text)
    rest = text[match.end() :]
    if _RANGE.match(rest) or match.group("number") == "I" or rest[:1] in ("'", "\u2019"):
        return None
    word, number = match.group("word"), match.group("number").lstrip("# ")
    kind = KIND_OF[word.lower()]
    if "-" in number and number[0].isdigit() and kind not in ("story", "task"):
        return None
    after = _AFTER.match(rest)
    is_apart = after is not None and (after.group(0).strip() or rest[after.end() : after.end() + 1] in "([")
    title = rest[after.end() :].strip() if after is not None and is_apart else ""
    own_name = not number[0].isdigit() and "-" in number
    return Unit(kind, number if own_name else f"{word} {number}", number, title or text.strip())


def find_coded_unit(text: str) -> Unit | None:
    """The unit that a heading names by a code alone: `S0 — Scaffold`, `S1–S4 — Backend`, `AI-7: Router`."""
    match = _CODED.match(text)
    return Unit("item", match.group(1), match.group(1), match.group(2).strip()) if match else None


def _cjk_unit(text: str) -> Unit | None:
    match = _CJK_PHASE.match(text)
    if match is None:
        return None
    rest = text[match.end() :].lstrip(" :：-—").strip()
    return Unit("phase", match.group(0), match.group(1), rest or text.strip())


def find_gate_name(text: str) -> str | None:
    """The name of the gate that a heading speaks of ("CI/CD Gate"); None without one."""
    for match in _GATE_WORD.finditer(text):
        words = _GATE_BREAK.split(text[max(0, match.start() - 120) : match.start()])[-1].split()
        name: list[str] = []
        while words and (_GATE_PART.fullmatch(words[-1]) or (name and words[-1] in ("&", "/", "and"))):
            name.insert(0, words.pop())
        while name and (name[0] in _ARTICLES or not name[0][0].isupper()):
            del name[0]
        if name:
            return " ".join((*name, match.group(0).strip()))
    return None


def split_leading_id(text: str) -> tuple[str | None, str]:
    """The identifier at the head of a text and the rest; (None, text) without one."""
    match = _LEADING_ID.match(text)
    if match is None:
        return None, text
    rest = text[match.end() :]
    after = _AFTER.match(rest)
    return match.group("id"), rest[after.end() if after else 0 :].strip() or text


def find_identifiers(text: str) -> list[str]:
    """Every identifier in a text, in order: `F1-E2`, `AI-INFRA-001`."""
    return IDENTIFIER.findall(text)


def find_date(text: str) -> str | None:
    """The first calendar date in a text as ISO 8601; None without a possible one."""
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not (year and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        return None
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return f"{year:04d}-{month:02d}-{day:02d}" if (month, day) != (2, 29) or is_leap else None
