"""Which values of a sequence stand against the order that the others keep."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeVar

_Value = TypeVar("_Value", str, tuple[int, ...], int)
_SHARE = 5


def out_of_order(values: Sequence[_Value]) -> list[int]:
    """The indices of the values that break the prevailing order, ascending or descending; [] where none prevails.

    An order prevails when more values keep it than keep the opposite one, and at most one in five (or a single one) breaks it.
    """
    rising = _longest(values)
    falling = [len(values) - 1 - at for at in reversed(_longest(values[::-1]))]
    if len(rising) == len(falling):
        return []
    kept = set(rising if len(rising) > len(falling) else falling)
    broken = [at for at in range(len(values)) if at not in kept]
    return broken if len(broken) <= max(1, len(values) // _SHARE) else []


def _longest(values: Sequence[_Value]) -> list[int]:
    """The indices of a longest subsequence that never falls."""
    tails: list[_Value] = []
    ends: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        place = bisect_right(tails, value)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        ends[place : place + 1] = [at]
    kept: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.append(at)
        at = before[at]
    return kept[::-1]
