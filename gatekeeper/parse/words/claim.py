"""Claims in a piece of text: numbers and assertions that somebody can recompute."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from gatekeeper.parse.words.figure import find_figure, find_results

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
    r"(?<![\w./-])(?P<n>\d{1,6}(?:\.\d)?)\s?(?:/|\bof\b)\s?(?P<d>\d{1,6})(?![\w/%]|\.\d)"
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
_QUANTIFIER = re.compile(r"[Aa][Ll][Ll]\b|[Ee][Vv][Ee][Rr][Yy]\b")
_LINE_ENDS = frozenset("\r\n")
_RATIO_SIGNS = frozenset("/oO")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_DIGEST = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])", re.IGNORECASE)
_COMMIT = re.compile(r"(?<![\w/.-])(?=[0-9]*[a-f])(?=[a-f]*\d)[0-9a-f]{7,40}(?![\w/-]|\.\w)")
_HEX = frozenset("0123456789abcdefABCDEF")
_HEX_LETTERS = frozenset("abcdefABCDEF")
_DIGEST_LENGTH = 64
_TESTS = re.compile(r"\b(?:tests|test cases|specs|assertions)$", re.IGNORECASE)
_LINES = re.compile(r"\b(?:lines|loc|lines of code)$", re.IGNORECASE)


class Match(Struct, frozen=True):
    """A claim found in a text: its kind, where it stands (half-open), and its values by name."""

    kind: str
    start: int
    end: int
    values: dict[str, int | float | str]


def find_quantifiers(text: str) -> list[int]:
    """Where "all" or "every" may stand in a text, ascending; letter case is forgiven, and a part of another word counts too.

    Asked once for a whole page: a search for plain letters is many times faster than a pattern tried at each character of each block.
    """
    lower = text.lower()
    if len(lower) != len(text):
        return [match.start() for match in _QUANTIFIER.finditer(text)]
    found: list[int] = []
    for word in ("all", "every"):
        at = lower.find(word)
        while at >= 0:
            found.append(at)
            at = lower.find(word, at + 1)
    return sorted(found)


class Hints:
    """Where claims can stand in a page, found once: most of its blocks and cells have neither a number nor a quantifier."""

    def __init__(self, text: str) -> None:
        self.quantifiers = find_quantifiers(text)
        self._ends = [match.end() for match in _NUMBER.finditer(text)]
        self._starts = [match.start() for match in _NUMBER.finditer(text)]

    def may_claim(self, start: int, end: int) -> bool:
        """Whether a number or a quantifier lies between two offsets."""
        at = bisect_right(self._ends, start)
        if at < len(self._starts) and self._starts[at] < end:
            return True
        at = bisect_left(self.quantifiers, start)
        return at < len(self.quantifiers) and self.quantifiers[at] < end


def find_claims(text: str, start: int, end: int, quantifiers: Sequence[int] | None = None) -> Iterator[Match]:
    """The claims between two offsets: those that a number tells, by place, then those about all of something; none overlap.

    Args:
        quantifiers: what `find_quantifiers` gives for the text, where it is known already.
    """
    taken: list[tuple[int, int]] = []
    for claim in _of_numbers(text, start, end):
        taken.append((claim.start, claim.end))
        yield claim
    if quantifiers is None:
        quantifiers = [match.start() for match in _QUANTIFIER.finditer(text, start, end)]
    done = start
    for place in quantifiers[bisect_left(quantifiers, start) : bisect_left(quantifiers, end)]:
        found = _ALL.match(text, place, end) if place >= done else None
        if found is None:
            continue
        done = found.end()
        at = bisect_left(taken, found.span())
        if (at == 0 or taken[at - 1][1] <= found.start()) and (at == len(taken) or found.end() <= taken[at][0]):
            noun = " ".join(found.group("noun").lower().split())
            yield Match("all", *found.span(), {"of": noun, "state": found.group("state").lower()})


def _of_numbers(text: str, start: int, end: int) -> Iterator[Match]:
    """The claims that a number tells, by one walk over the numbers; each is looked at only by the patterns that may fit it."""
    done = start
    for number in _NUMBER.finditer(text, start, end):
        first, last = number.span()
        claim = _at_number(text, first, last, start, end) if first >= done else None
        if claim is not None and claim.start >= done:
            done = claim.end
            yield claim


def _at_number(text: str, first: int, last: int, start: int, end: int) -> Match | None:
    after, following = text[last : last + 1], text[last + 1 : last + 2]
    if after in _HEX_LETTERS or (first > start and text[first - 1] in _HEX_LETTERS) or last - first >= _DIGEST_LENGTH:
        return _at_hex(text, first, start, end)
    is_blank = after.isspace()
    claim = None
    if after == "%" or (is_blank and following == "%"):
        return _made(_PERCENT.match(text, _sign(text, first, start), end), _percent)
    if after in _LINE_ENDS and (figure := _figure(text, first, last, start, end)) is not None:
        return figure  # the words of the next line are not what is counted
    if after == "/" or (is_blank and following in _RATIO_SIGNS):
        claim = _made(_RATIO.match(text, first, end), _ratio)
    if claim is None and (is_blank or after == "+"):
        claim = _made(_COUNT.match(text, _sign(text, first, start), end), _count) or _results(text, first, end)
    return claim or _figure(text, first, last, start, end)


def _made(found: re.Match[str] | None, make: Callable[[re.Match[str]], Match | None]) -> Match | None:
    return make(found) if found is not None else None


def _sign(text: str, first: int, start: int) -> int:
    """Where a number with its sign for "about" begins."""
    return first - 1 if first > start and text[first - 1] == "~" else first


def _at_hex(text: str, first: int, start: int, end: int) -> Match | None:
    """The digest or commit in whose letters and digits a number lies."""
    floor = max(start, first - _DIGEST_LENGTH)
    while first > floor and text[first - 1] in _HEX:
        first -= 1
    return _made(_DIGEST.match(text, first, end), _digest) or _made(_COMMIT.match(text, first, end), _commit)


def _results(text: str, first: int, end: int) -> Match | None:
    found = find_results(text, first, end)
    return Match("results", first, found[0], {**found[1]}) if found is not None else None


def _figure(text: str, first: int, last: int, start: int, end: int) -> Match | None:
    found = find_figure(text, first, last, start, end)
    return Match("figure", *found[:2], {"label": found[2], "count": found[3]}) if found is not None else None


def _ratio(found: re.Match[str]) -> Match | None:
    written, denominator = found.group("n"), int(found.group("d"))
    numerator = float(written) if "." in written else int(written)
    before = found.string[max(0, found.start() - 60) : found.start()].rsplit("\n", 1)[-1]
    is_told = found.group("after") or (
        isinstance(numerator, int) and _BEFORE.search(before)
    )  # `8.5/10` alone is a grade
    if numerator > denominator or denominator == 0 or not is_told:
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


def _digest(found: re.Match[str]) -> Match | None:
    return Match("digest", *found.span(), {"sha256": found.group(0).lower()})


def _commit(found: re.Match[str]) -> Match | None:
    return Match("commit", *found.span(), {"commit": found.group(0)})
