"""Units of work by gate: how many items there are where, and how many of them are done."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gatekeeper.model.status import Status
from gatekeeper.model.subject import UNIT_WORDS
from gatekeeper.model.view.board import Board, ItemView, ProofState
from gatekeeper.render.board.shapes import CellJson, GridJson

_LACKING = frozenset(
    (ProofState.MISSING, ProofState.STALE, ProofState.TEMPLATE, ProofState.EMPTY, ProofState.UNTRACKED)
)
_NUMBER = re.compile(r"\d+")


def find_grid(board: Board) -> GridJson:
    """The items of each unit by gate; by status where no item of a unit has a gate.

    Units of which no item has a status and no gate are left out: there is nothing to compare.
    """
    told = {item.unit for item in board.items if item.gate or item.status is not Status.UNKNOWN}
    items = [item for item in board.items if item.unit and item.unit in told]
    has_gates = any(item.gate for item in items)
    order = [gate.name for gate in board.gates] if has_gates else [status.value for status in Status]
    cells: dict[tuple[str, str], list[ItemView]] = {}
    totals: dict[str, list[ItemView]] = {}
    for item in items:
        totals.setdefault(item.unit, []).append(item)
        cells.setdefault((item.unit, item.gate if has_gates else item.status.value), []).append(item)
    found = {column for _, column in cells}
    columns = [name for name in order if name in found]
    # Last stand what no gate of the board goes by, and the items without any.
    columns += sorted(found - set(columns), key=lambda name: (not name, name))
    rows = sorted(totals, key=unit_order)
    return {
        "across": "gate" if has_gates else "status",
        "columns": columns,
        "rows": [
            {
                "unit": unit,
                "total": _cell(totals[unit]),
                "cells": [_cell(cells[unit, name]) if (unit, name) in cells else None for name in columns],
            }
            for unit in rows
        ],
    }


def is_lacking(item: ItemView) -> bool:
    """Whether an item offers evidence that is not there, or is none."""
    return any(proof.state in _LACKING for proof in item.evidence)


def unit_order(unit: str) -> tuple[int, str, tuple[int, ...]]:
    """What units are sorted by: their kind from the outermost in, then their numbers."""
    kind = UNIT_WORDS.get(unit.partition(" ")[0].lower())
    rank = kind.rank if kind is not None and kind.rank is not None else len(UNIT_WORDS)
    return rank, _NUMBER.sub("#", unit), tuple(int(number[:9]) for number in _NUMBER.findall(unit))


def _cell(items: Iterable[ItemView]) -> CellJson:
    members = list(items)
    return {
        "items": len(members),
        "known": sum(item.status not in (Status.UNKNOWN, Status.CANCELLED) for item in members),
        "done": sum(item.status is Status.DONE for item in members),
        "troubled": sum(bool(item.codes) or is_lacking(item) for item in members),
    }
