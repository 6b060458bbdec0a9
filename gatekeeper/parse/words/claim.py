"""Claims in a piece of text: numbers and assertions that somebody can recompute."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_DONE = (
    r"complete[d]?|pass(?:ed|ing|es)?|done|green|met|verified|closed|finished|implemented|delivered|resolved|ticked"
    r"|signed(?: off)?|open|pending|failing|failed"
)
_MANY = (
    r"tests|test cases|specs|checks|assertions|suites|tasks|stories|items|epics|sprints|phases|chunks|gates|milestones|requirements"
    r"|criteria|documents|docs|files|endpoints|routes|tables|findings|errors|warnings|bugs|issues|features|domains|modules|components"
    r"|scenarios|must-haves|commits|lines(?: of code)?|loc|steps|screens|packages|workflows|scripts|services|providers|provider clients"
)
# `7/11 passing`, `Unit tests: 6/6`; the word may stand on either side, at most a few words away.
_RATIO = re.compile(
    r"(?<![\w./-])(?P<n>\d{1,6})\s?(?:/|\bof\b)\s?(?P<d>\d{1,6})(?![\w/%]|\.\d)"
    r"(?:\s+(?P<after>(?:[a-z-]+\s+){0,2}?(?:" + _DONE + "|" + _MANY + r"))\b)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:" + _DONE + "|" + _MANY + r"|progress|total|score|coverage|status)\b[^\n|]{0,24}$", re.IGNORECASE
)
_PERCENT = re.compile(
    r"(?<![\w.])~?(?P<p>\d{1,3}(?:\.\d+)?)\s?(?P<sign>%)\s*(?P<after>(?:test |code |line |branch |statement )?coverage|(?:"
    + _DONE
    + r"))?",
    re.IGNORECASE,
)
_COVERAGE = re.compile(
    r"\b(?:coverage|complete|completion|progress|compliance|done)\b[^\n|]{0,16}$|\d\s?(?:/|of)\s?\d+[^\n|]{0,24}\($",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?<![\w./#-])~?(?P<c>\d{1,3}(?:,\d{3})+|0|[1-9]\d{0,6})\+?\s+(?P<noun>total|(?:[a-z][a-z/-]+\s+)?(?:"
    + _MANY
    + r"))\b",
    re.IGNORECASE,
)
# A number after these words is a name ("Sprint 8 tests"), no count.
_NAMED = re.compile(
    r"\b(?:sprint|phase|gate|chunk|epic|story|step|version|v|milestone|week|day|section|task|#)\s*$", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?P<q>all|every)\b\s+(?:of\s+)?(?:the\s+)?(?:\d+\s+)?(?P<noun>(?:[\w-]+\s+){0,4}?)(?:(?:is|are|were|has been|have been)\s+)?(?P<state>"
    + _DONE
    + r")\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_QUANTIFIER = re.compile(r"all|every", re.IGNORECASE)
_DIGEST = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])", re.IGNORECASE)
_COMMIT = re.compile(r"(?<![\w/.-])(?=[0-9]*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}(?![\w/-]|\.\w)")
_TESTS = re.compile(r"\b(?:tests|test cases|specs|assertions)$", re.IGNORECASE)
_LINES = re.compile(r"\b(?:lines|loc|lines of code)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found in a text: its kind, where it stands (half-open), and its values by name."""

    kind: str
    start: int
    end: int
    values: dict[str, int | float | str]


def find_claims(text: str, start: int, end: int) -> Iterator[Match]:
    """The claims between two offsets, by kind and then by place; no two of them overlap."""
    taken: list[tuple[int, int]] = []
    for pattern, make in _finders(text, start, end):
        for found in pattern.finditer(text, start, end):
            claim = make(found)
            if claim is None:
                continue
            at = bisect_left(taken, (claim.start, claim.end))
            is_free = (at == 0 or taken[at - 1][1] <= claim.start) and (at == len(taken) or claim.end <= taken[at][0])
            if is_free:
                taken.insert(at, (claim.start, claim.end))
                yield claim


def _finders(
    text: str, start: int, end: int
) -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], Match | None]]]:
    """The patterns that can match at all, by quick looks for what each of them needs."""
    if _DIGIT.search(text, start, end) is not None:
        if end - start >= 64:
            yield _DIGEST, _digest
        if text.find("/", start, end) >= 0 or text.find(" of ", start, end) >= 0:
            yield _RATIO, _ratio
        if text.find("%", start, end) >= 0:
            yield _PERCENT, _percent
        if text.find(" ", start, end) >= 0:
            yield _COUNT, _count
        yield _COMMIT, _commit
    if _QUANTIFIER.search(text, start, end) is not None:
        yield _ALL, _all


def _ratio(found: re.Match[str]) -> Match | None:
    numerator, denominator = int(found.group("n")), int(found.group("d"))
    before = found.string[max(0, found.start() - 60) : found.start()].rsplit("\n", 1)[-1]
    if numerator > denominator or denominator == 0 or not (found.group("after") or _BEFORE.search(before)):
        return None
    values: dict[str, int | float | str] = {"numerator": numerator, "denominator": denominator}
    if found.group("after"):
        values["of"] = found.group("after").lower()
    return Match("ratio", *found.span(), values)


def _percent(found: re.Match[str]) -> Match | None:
    before = found.string[max(0, found.start() - 40) : found.start()].rsplit("\n", 1)[-1]
    percent = float(found.group("p"))
    if percent > 100 or not (found.group("after") or _COVERAGE.search(before)):
        return None
    of = (found.group("after") or "").lower() or "coverage" * ("coverage" in before.lower())
    return Match(
        "percent",
        found.start(),
        found.end() if found.group("after") else found.end("sign"),
        {"percent": int(percent) if percent.is_integer() else percent} | ({"of": of} if of else {}),
    )


def _count(found: re.Match[str]) -> Match | None:
    if _NAMED.search(found.string, max(0, found.start() - 16), found.start()):
        return None
    noun = found.group("noun").lower()
    kind = "tests" if _TESTS.search(noun) else "lines" if _LINES.search(noun) else "count"
    return Match(kind, *found.span(), {"count": int(found.group("c").replace(",", "")), "of": noun})


def _all(found: re.Match[str]) -> Match | None:
    noun = " ".join(found.group("noun").lower().split())
    return Match("all", *found.span(), {"of": noun, "state": found.group("state").lower()})


def _digest(found: re.Match[str]) -> Match | None:
    return Match("digest", *found.span(), {"sha256": found.group(0).lower()})


def _commit(found: re.Match[str]) -> Match | None:
    return Match("commit", *found.span(), {"commit": found.group(0)})
