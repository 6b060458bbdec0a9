"""The demand `tightens`: thresholds of a table never loosen from one row to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from gatekeeper.link.contract.facts import Facts
from gatekeeper.model.contract.fact import Place, Violation, ViolationKind
from gatekeeper.model.contract.law import Direction, Tightening
from gatekeeper.model.data import DataKind, DataNode

_THRESHOLD = re.compile(
    r"(?P<sign>>=|<=|=<|=>|[≥≤><=])?\s*(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(?P<unit>%|[^\W\d_]+)?"
)
_UP, _DOWN = (">=", "=>", "≥", ">"), ("<=", "=<", "≤", "<")
_CELL_LIMIT = 400


class _Threshold(Struct, frozen=True):
    """One cell's number.

    Attributes:
        cell: the cell.
        sign: what stands before the number; "" for nothing.
        unit: what stands behind it, in lower case; "" for nothing.
    """

    cell: DataNode
    sign: str
    number: float
    unit: str

    @property
    def direction(self) -> Direction | None:
        """Which way it becomes stricter, by its sign; None without one."""
        return Direction.UP if self.sign in _UP else Direction.DOWN if self.sign in _DOWN else None


def check_tightening(law: Tightening, facts: Facts) -> Iterator[Violation]:
    """Each cell that is looser than the one above it; cells that cannot be compared."""
    rows = facts.node.entries
    if facts.node.kind is not DataKind.SEQUENCE or not all(row.kind is DataKind.MAPPING for row in rows):
        message = f"{facts.name} is no table with rows"
        yield facts.violation(ViolationKind.UNJUDGED, message, "name a table", facts.node.span, facts.subject)
        return
    names = list(dict.fromkeys(str(key.scalar) for row in rows for key, _ in row.pairs))
    for wanted in law.columns:
        if wanted.casefold() not in map(str.casefold, names):
            message = f"{facts.name} has no column `{wanted}`"
            yield facts.violation(ViolationKind.ABSENT, message, f"add it: `{wanted}`", facts.node.span, wanted)
    directions = {name.casefold(): direction for name, direction in law.columns.items()}
    for name in names:
        if not law.columns or name.casefold() in directions:
            yield from _check_column(name, directions.get(name.casefold()), rows, facts)


def _check_column(name: str, given: Direction | None, rows: tuple[DataNode, ...], facts: Facts) -> Iterator[Violation]:
    cells = [cell for row in rows if (cell := row.find(name)) is not None]
    thresholds = [_read(cell) for cell in cells]
    direction = given or next((one.direction for one in thresholds if one and one.direction), None)
    if direction is None:
        yield from _check_undirected(name, thresholds, facts)
        return
    last: _Threshold | None = None
    is_told = False
    for cell, threshold in zip(cells, thresholds, strict=True):
        if threshold is None:
            if last is not None and not is_told:
                is_told = True
                message = f"`{name}` has no threshold here, after `{last.cell.scalar}` in a row above"
                related = (Place(facts.source, last.cell.span, f"`{last.cell.scalar}`"),)
                yield facts.violation(
                    ViolationKind.UNJUDGED, message, "write the threshold of this row", cell.span, name, related
                )
            continue
        yield from _compare(name, direction, last, threshold, facts)
        last = threshold


def _check_undirected(name: str, thresholds: list[_Threshold | None], facts: Facts) -> Iterator[Violation]:
    """A column of numbers without signs can only be judged while it stays the same; others are no thresholds."""
    known = [one for one in thresholds if one is not None]
    if len(known) < len(thresholds) or any(one.unit != "%" for one in known):
        return
    changed = next((one for one in known if one.number != known[0].number), None)
    if changed is not None:
        message = f"`{name}` changes to `{changed.cell.scalar}`, and nothing says whether that is stricter"
        expected = f"write `>=` or `<=` in the cells, or say it in the policy: columns: {{{name}: up}}"
        yield facts.violation(ViolationKind.UNJUDGED, message, expected, changed.cell.span, name)


def _compare(
    name: str, direction: Direction, last: _Threshold | None, threshold: _Threshold, facts: Facts
) -> Iterator[Violation]:
    if last is None:
        return
    cell, above = threshold.cell, last.cell
    related = (Place(facts.source, above.span, f"`{above.scalar}`"),)
    if threshold.direction not in (None, direction):
        message = f"`{cell.scalar}` of `{name}` turns the sign of the column round"
        yield facts.broken(message, "use one sign in a column", cell.span, f"{name} {cell.scalar}", related)
        return
    if threshold.unit != last.unit:
        message = f"`{cell.scalar}` of `{name}` cannot be compared with `{above.scalar}`"
        yield facts.violation(
            ViolationKind.UNJUDGED, message, "use one unit in a column", cell.span, f"{name} {cell.scalar}", related
        )
        return
    is_looser = threshold.number < last.number if direction is Direction.UP else threshold.number > last.number
    if is_looser:
        message = f"`{cell.scalar}` of `{name}` is looser than `{above.scalar}` in the row above"
        expected = f"make it `{above.scalar}` or stricter"
        yield facts.broken(message, expected, cell.span, f"{name} {cell.scalar}", related)


def _read(cell: DataNode) -> _Threshold | None:
    match = _THRESHOLD.search(str(cell.scalar)[:_CELL_LIMIT]) if cell.kind is DataKind.STRING else None
    if match is None:
        return None
    number = float(match["number"].replace(",", ""))
    return _Threshold(cell, match["sign"] or "", number, (match["unit"] or "").casefold())
