"""The words and marks of a dashboard that text and Markdown share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gatekeeper.model.finding import Severity
from gatekeeper.model.status import Status
from gatekeeper.model.view.board import ProofState
from gatekeeper.render.board.shapes import (
    CellJson,
    DashboardItemJson,
    DashboardJson,
    GridJson,
    PlaceJson,
    RequirementJson,
)
from gatekeeper.render.layout.words import counted

MARKS = {
    **dict.fromkeys(("met", "done", "found", "verified"), "✓"),
    **dict.fromkeys(("unmet", "blocked", "missing", "refuted", "error"), "✕"),
    **dict.fromkeys(("waived", "partial"), "~"),
    **dict.fromkeys(("stale", "template", "empty", "untracked", "warning"), "!"),
    "unknown": "?",
}
"""State -> its mark; others have a middle dot."""

OTHER_MARK = "·"
PLAIN_MARKS = {"✓": "+", "✕": "x", "·": "."}
"""Mark -> what stands for it where there is ASCII alone."""

_BARS = "▁▂▃▄▅▆▇█"
_PLAIN_BARS = "_.-~=+*#"
_BARS_SHOWN = 40


def lead(data: DashboardJson) -> list[str]:
    """The whole in a few sentences, each without its final dot."""
    summary = data["summary"]
    gates, items = summary["gates"], summary["items"]
    states = {"unmet": gates["unmet"], "waived": gates["waived"], "unknown": gates["unknown"]}
    told = listed(states) if data["gates"] else ""
    found = summary["findings"]
    severities = {one.value: counted(found[one.value], one.value) for one in Severity if found[one.value]}
    contradictions = counted(summary["contradictions"], "item")
    return [
        f"{gates['met']} of {counted(len(data['gates']), 'gate')} met{', ' + told if told else ''}",
        f"{items[Status.DONE.value]} of {counted(len(data['items']), 'item')} done",
        "evidence: " + (listed(summary["evidence"], ProofState) or "none"),
        "claims: " + (listed(summary["claims"]) or "none"),
        f"{', '.join(severities.values()) or 'no findings'}; {contradictions} with different statuses",
    ]


def listed(counts: Mapping[str, int], order: Iterable[str] | None = None) -> str:
    """Counts with their words, those of nothing left out: `12 missing, 3 stale`."""
    return ", ".join(f"{counts[word]} {word.replace('_', ' ')}" for word in order or counts if counts[word])


def parted(one: RequirementJson) -> tuple[str, PlaceJson | None, str, list[PlaceJson]]:
    """A requirement's reason up to the first of its places that it names, that place, what follows, and the other places.

    None and all places where the reason names none of them.
    """
    for place in one["places"]:
        before, found, after = one["reason"].partition(f"{place['path']}:{place['line']}")
        # `a.md:1` is not named by `a.md:12`.
        if found and not after[:1].isdigit():
            return before, place, after, [other for other in one["places"] if other is not place]
    return one["reason"], None, "", one["places"]


def needs_a_look(item: DashboardItemJson) -> bool:
    """Whether findings stand at an item, or evidence of it is not what it should be."""
    return bool(item["codes"]) or any(proof["state"] not in _SOUND for proof in item["evidence"])


_SOUND = (ProofState.FOUND, ProofState.UNCHECKED)


def cell_text(cell: CellJson | None) -> str:
    """A cell of the grid: `7/11`, with `!` where items have findings or lack their evidence; "" for no items."""
    if cell is None:
        return ""
    flag = "!" if cell["troubled"] else ""
    return (f"{cell['done']}/{cell['known']}" if cell["known"] else f"({cell['items']})") + flag


def column_labels(grid: GridJson, gates: Sequence[str]) -> dict[str, str]:
    """Column -> a short label: the number of its gate, a letter for what is none of them, `-` for what has none."""
    numbers = {name: str(number) for number, name in enumerate(gates, 1)}
    others = (name for name in grid["columns"] if name and name not in numbers)
    letters = {name: _letters(number) for number, name in enumerate(others)}
    return {name: numbers.get(name) or letters.get(name, "-") for name in grid["columns"]}


def _letters(number: int) -> str:
    """a, b, ..., z, aa, ab, ..."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def spark(values: Sequence[int], *, unicode: bool = True) -> str:
    """Figures over time as a line of bars, at most forty of them, from nothing to the greatest."""
    bars = _BARS if unicode else _PLAIN_BARS
    step = max(1, -(-len(values) // _BARS_SHOWN))
    # Counted from the end: the last one is today's.
    shown = values[::-1][::step][::-1]
    top = max(values, default=0) or 1
    return "".join(bars[min(len(bars) - 1, value * len(bars) // (top + 1))] for value in shown)
