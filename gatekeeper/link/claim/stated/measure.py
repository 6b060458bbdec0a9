"""What a labelled figure measures: `Total plans completed` and `completed_plans` are the same measure."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from gatekeeper.link.claim.words import kind_of

_WORD = re.compile(r"[^\W\d_]+")
_STATES = {
    word: state
    for state, words in {
        "total": "total totals overall all",
        "done": "completed complete done finished closed resolved delivered implemented",
        "passed": "passed passing pass",
        "failed": "failed failing fail failures",
        "skipped": "skipped",
        "open": "remaining left outstanding open pending unfinished",
        "started": "started active ongoing",
        "changed": "modified changed updated",
        "touched": "touched affected",
        "added": "created added new",
        "removed": "deleted removed",
        "fixed": "fixed",
        "blocked": "blocked",
        "deferred": "deferred postponed",
        "verified": "verified validated",
        "reviewed": "reviewed",
        "percent": "percent percentage",
    }.items()
    for word in words.split()
}
_FILLER = frozenset("of the in to number count v1".split())


class Measure(Struct, frozen=True):
    """What is counted.

    Attributes:
        noun: the things in the singular ("plan"); "" where the label has none.
        state: which of them: "total", "done", "passed", "open" and so on.
        rest: the words that narrow it down.
    """

    noun: str
    state: str
    rest: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def measure_of(label: str) -> Measure:
    """The measure that a label names; the last word that is no state is its noun."""
    words = [word.casefold() for word in _WORD.findall(label)]
    states = list(dict.fromkeys(_STATES[word] for word in words if word in _STATES))
    things = [word for word in words if word not in _STATES and word not in _FILLER]
    plain = [state for state in states if state != "total"]
    state = plain[0] if plain else "total"
    rest = frozenset([*(kind_of(word) for word in things[:-1]), *plain[1:]])
    return Measure(kind_of(things[-1]) if things else "", state, rest)
