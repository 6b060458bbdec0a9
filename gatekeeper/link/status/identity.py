"""When two ids name one thing: `01`, `Sprint 01`, `sprint-01` and `Sprint 1` are one sprint, `F1-E1` is itself."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gatekeeper.model.document import WorkItem
from gatekeeper.model.subject import UNIT_WORDS

_WORDS = "|".join(sorted(map(re.escape, UNIT_WORDS), key=len, reverse=True))
_NAMED = re.compile(
    rf"(?P<kind>{_WORDS})[\s._#-]*"
    r"(?P<number>\d+(?:[a-z](?=[.-]\d))?(?:[.-]\d+)*[a-z]?|(?<=[\s_-])[a-z]|(?<=[\s_-])[ivx]+)$"
)
_LEADING = re.compile(
    rf"\W*(?P<word>{_WORDS})\s+#?(?P<number>\d++(?:\.\d++)*+)\s*(?:[:.)|]|\s[-\u2013\u2014]\s|[\u2013\u2014](?!\s*\d)|$)",
    re.IGNORECASE,
)
_SLUG = re.compile(r"(?P<epic>\d{1,2})-(?P<story>\d{1,2})-[^\W\d_][^\W_]*-[^\W_]")
_KIND_AND_CODE = re.compile(r"(?P<kind>[^\W\d_]+)\s(?P<code>[a-z]\d{1,4})$")
_NUMBER = re.compile(r"#?(?P<number>\d+(?:[a-z](?=\.\d))?(?:\.\d+)*[a-z]?)$")
_RANGE = re.compile(r"(?P<letters>[a-z]+)\d+\s*-\s*(?P=letters)\d+$")
_SECTION = re.compile(r"[\s*`]*\u00a7\s?(?P<number>\d+(?:\.\d+)*)[\s*`]*$")
_PARTED = re.compile(r"(?P<above>\d+)[.-]\d+")
_CODE = re.compile(
    r"(?:[a-z]{1,4}\d{1,4}(?:\.[a-z]?\d+)*|(?=.*[a-z])(?=.*\d)[^\W_]+(?:\.\d+)*(?:[-_/][^\W_]+(?:\.\d+)*)+)[a-z]?$"
)
# Priorities, levels, quarters and names of things that are spelled like ids.
_NO_ID = re.compile(
    r"(?:p[0-5]|l[0-5]|q[1-4]|h[12]|v\d+|k8s|s3|ec2|soc2|ipv[46]|http[23]|utf-?8|utf-16|sha-?\d+|md5|es\d+|py\d+|web[23]|b2[bc]|iso-?\d+)$"
)
# A prefix that any list of any document may use: `T-01`, `FR-7`, `TASK-3`.
_USUAL = frozenset(
    "req task story epic gate step test bug adr nfr phase user feat feature item issue milestone sprint case spec rule risk dec todo"
    " fix sec perf chunk wave goal check".split()
)


def key_of(item: WorkItem) -> str | None:
    """The normal form of an item's id; None when it has none or only the running number of its list."""
    return normal_key(item.id, item.kind) if item.id else None


@lru_cache(maxsize=8192)
def normal_key(text: str, kind: str = "item") -> str | None:
    """The normal form of an id that stands on an item of this kind; None for a bare number of no kind and for plain words."""
    if section := _SECTION.match(text):
        return f"\u00a7{section['number']}"
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\u2013", "-").split()).strip("[](){}`*: ")
    if named := _NAMED.match(plain):
        return f"{UNIT_WORDS[named['kind']].name} {_numeral(named['number'])}"
    if number := _NUMBER.match(plain):
        return f"{kind} {_numeral(number['number'])}" if kind in UNIT_WORDS else None
    if (coded := _KIND_AND_CODE.match(plain)) and coded["kind"] in UNIT_WORDS:
        plain = coded["code"]
    is_id = _CODE.match(plain) and not _RANGE.match(plain) and not _NO_ID.match(plain)
    return plain.replace("_", "-") if is_id else None


def leading_key(text: str) -> str | None:
    """The key of the unit that a title begins with, set off from the rest: `Phase 1: Audit`; None without one."""
    match = _LEADING.match(text)
    return normal_key(f"{match['word']} {match['number']}") if match else None


def slug_key(text: str) -> str | None:
    """The key of the story that `1-6-sign-in-page` names; None for dates, ranges and other slugs."""
    match = _SLUG.match(text)
    return f"story {int(match['epic'])}.{int(match['story'])}" if match else None


def above_of(text: str) -> str | None:
    """The number of the unit of which `1-2` or `1.2` numbers a part: `1`; None for another id."""
    match = _PARTED.fullmatch(text.strip())
    return str(int(match["above"])) if match else None


def is_distinctive(key: str) -> bool:
    """Whether an id is one of a kind in its repository: two numbered parts, or a prefix that not every list uses."""
    if " " in key:
        return False
    parts = key.split("-")
    words = [part for part in parts if part.isalpha()]
    coded = sum(part[:1].isalpha() and any(letter.isdigit() for letter in part) for part in parts)
    is_numbered = coded > 0 or any(part.isdigit() for part in parts)
    if coded > 1 or len(words) > 1:
        return is_numbered
    prefix = words[0] if words and words[0] not in _USUAL else ""
    return is_numbered and len(prefix) > (1 if coded else 2)


def _numeral(text: str) -> str:
    return ".".join(part.lstrip("0") or "0" if part.isdigit() else part for part in re.split(r"[.-]", text))
