"""Figures under a label, `Files modified: 11` or `completed_plans: 4`, and the results of test runs, `30 passed, 2 failed`."""

from __future__ import annotations

import re

_NOUNS = frozenset(
    "file plan phase story task subtask epic test spec item requirement issue bug feature gate milestone commit iteration endpoint document doc "
    "sprint chunk step criterion check finding workflow component module service screen page script suite error warning scenario "
    "directory folder entry section chapter deliverable defect case truth".split()
)
STATES = frozenset(
    "total overall completed complete done finished closed resolved fixed verified passed passing failed failing skipped pending remaining left "
    "open outstanding blocked deferred started modified changed created updated added deleted removed touched affected reviewed validated "
    "percent progress".split()
)
"""Words that tell which part of the things a figure counts."""
_IRREGULAR = {"criteria": "criterion", "stories": "story", "directories": "directory", "entries": "entry"}
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LABEL = re.compile(r"(?:^|[^\w\s./-]|[-*+] |[.:] )[\s*_`]*(?P<label>[^\W\d_]+(?:[ /-][^\W\d_]+){0,4})[\s*_`)]*$")
_WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,7})$")
# What may stand behind the number of a figure: the line's end, or what does not go on with the number.
_BEHIND = re.compile(r"(?:\*\*|__|`)?[ \t]*(?:$|[\r\n|,;(✅✓✔❌⚠]|\.(?!\d)|[-–—](?=\s))", re.MULTILINE)
_CLOSED = re.compile(r"[)\]][*_`:\s✅✓✔]*?$", re.MULTILINE)
_COLONS, _OPENERS = ":：", "(["
_LABEL_REACH = 64
_MARKS = "*_~` \t"

_RESULT_WORDS = {
    "passed": "passed", "passing": "passed", "pass": "passed", "passes": "passed",
    "failed": "failed", "failing": "failed", "fail": "failed", "fails": "failed", "failures": "failed", "failure": "failed",
    "skipped": "skipped", "skips": "skipped", "skip": "skipped", "xfailed": "skipped", "errors": "errors", "error": "errors",
}  # fmt: skip
_PART = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})\s+(?P<{1}>" + "|".join(_RESULT_WORDS) + r")\b"
_FIRST = re.compile(_PART.format("n", "w"), re.IGNORECASE)
_NEXT = re.compile(r"(?:\s*[,/|·;+&]\s*|\s+and\s+|\s*,\s*and\s+)" + _PART.format("n", "w"), re.IGNORECASE)
# "all 12 failed" is of twelve things that were named before, and "v1.2 failed" is no result.
_NOT_BEFORE = re.compile(r"[\w./#–-]$|\b(?:all|every|the|these|those)\W*$", re.IGNORECASE)


def stem_of(word: str) -> str:
    """The singular of an English noun in lower case ("stories" -> "story"); other words as they are."""
    word = word.casefold()
    return _IRREGULAR.get(word) or (word[:-1] if word.endswith("s") and not word.endswith("ss") else word)


def label_of_key(key: str) -> str:
    """The words of a key of data (`completedPlans`, `completed_plans`), in lower case."""
    return " ".join(_WORD.findall(_CAMEL.sub(" ", key))).casefold()


def is_measure(label: str) -> bool:
    """Whether a label says what is counted, or at least which part of it; `Phase: 3` is a name and counts nothing."""
    words = _WORD.findall(label.casefold())
    return any(word in STATES or (stem_of(word) != word and stem_of(word) in _NOUNS) for word in words)


def find_figure(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int, str, int] | None:
    """Where a labelled number begins and ends, its label in lower case, and the number; None for a number without a label.

    The label stands before a colon (`Files modified: 11`), or the number stands in brackets at the end of the line (`Files modified (11)`).

    Args:
        first: where the number begins.
        last: where it ends.
        start: where its block begins; nothing before it is looked at.
    """
    at = first - 1
    while at >= start and text[at] in _MARKS and first - at < 8:
        at -= 1
    sign = text[at] if at >= start else ""
    behind = _BEHIND if sign in _COLONS else _CLOSED if sign in _OPENERS else None
    if not sign or behind is None or not behind.match(text, last, end) or not _WHOLE.match(text[first:last]):
        return None
    head = max(start, at - _LABEL_REACH, text.rfind("\n", start, at) + 1)
    match = _LABEL.search(text[head:at])
    if match is None or not is_measure(match["label"]):
        return None
    label = " ".join(match["label"].casefold().split())
    return head + match.start("label"), last + (sign in _OPENERS), label, int(text[first:last].replace(",", ""))


def find_results(text: str, first: int, end: int) -> tuple[int, dict[str, int]] | None:
    """Where the results of a test run end that begin with a number, and how many tests had each; None for any other number."""
    match = _FIRST.match(text, first, end)
    if match is None or _NOT_BEFORE.search(text, max(first - 8, 0), first):
        return None
    counts: dict[str, int] = {}
    while match is not None:
        name = _RESULT_WORDS[match["w"].casefold()]
        counts[name] = counts.get(name, 0) + int(match["n"].replace(",", ""))
        last = match.end()
        match = _NEXT.match(text, last, end)
    return last, counts
