"""Ratios of runs that took turns, as a table."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from paired.process import Sample

Pair = tuple[Sample, Sample]
"""Ours and the other's, run one after the other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        ratio: "median (least to most)".
        goal: what the ratio is to be at most; None where there is no goal.
        holds: whether it is; None without a goal, or where nothing was measured.
    """

    case: str
    ours: str = ""
    other: str = ""
    ratio: str = ""
    goal: float | None = None
    holds: bool | None = None


def wall(sample: Sample) -> float:
    """Seconds that somebody waits."""
    return sample.wall


def cpu(sample: Sample) -> float:
    """Seconds of all cores."""
    return sample.cpu


def memory(sample: Sample) -> float:
    """MiB of the largest process."""
    return sample.memory


def ratio_row(
    case: str, pairs: Sequence[Pair], measure: Callable[[Sample], float], goal: float | None, other: str
) -> Row:
    """How many times as much as the other: of each pair, then the median, the least and the most of all."""
    ratios = [measure(ours) / max(measure(theirs), 1e-4) for ours, theirs in pairs]
    middle = statistics.median(ratios)
    unit = "MiB" if measure is memory else "s"
    mine, its = (statistics.median(map(measure, side)) for side in zip(*pairs, strict=True))
    return Row(
        case,
        f"{_figure(mine)} {unit}",
        f"{other} {_figure(its)} {unit}",
        f"{_figure(middle)} ({_figure(min(ratios))} to {_figure(max(ratios))})",
        goal,
        None if goal is None else middle <= goal,
    )


def growth_row(case: str, small: Sequence[Pair], large: Sequence[Pair], goal: float) -> Row:
    """The exponent of growth from one size to ten times that size: 1 where ten times the documents take ten times the CPU.

    Not of wall time: the two sizes do not take turns, so that other work on the machine would count.
    """
    first, second = (statistics.median(one.cpu for one, _ in pairs) for pairs in (small, large))
    exponent = math.log10(second / first)
    return Row(case, f"{_figure(first)} s, {_figure(second)} s of CPU", "", f"{exponent:.2f}", goal, exponent <= goal)


def missing_row(case: str, why: str, goal: float | None) -> Row:
    """A case that cannot be run yet, and why."""
    return Row(case, why, goal=goal)


def markdown(rows: Iterable[Row]) -> str:
    """The rows as a table."""
    lines = [
        "| Case | gatekeeper | beside | times as much: median (least to most) | goal | holds |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        goal = "" if row.goal is None else f"<= {row.goal:g}"
        holds = "" if row.holds is None else "yes" if row.holds else "no"
        lines.append(f"| {row.case} | {row.ours} | {row.other} | {row.ratio} | {goal} | {holds} |")
    return "\n".join(lines) + "\n"


def _figure(value: float) -> str:
    """A number with three digits that count."""
    return (
        f"{value:.0f}"
        if value >= 100
        else f"{value:.1f}"
        if value >= 10
        else f"{value:.2f}"
        if value >= 1
        else f"{value:.3f}"
    )
