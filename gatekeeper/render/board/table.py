"""The grid of units and gates on a terminal: figures where they fit, else shades."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.render.board.shapes import CellJson, DashboardJson
from gatekeeper.render.board.words import cell_text, column_labels
from gatekeeper.render.layout.columns import columns, cut, pad
from gatekeeper.render.layout.lines import wrap
from gatekeeper.render.style import Style

_UNIT_ROOM = 16
_ROWS_SHOWN = 40
_SHADES = ("░", "▒", "▓", "█")
_PLAIN_SHADES = (".", "-", "+", "#")


def grid_lines(data: DashboardJson, style: Style, width: int) -> Iterator[str]:
    """The lines of the grid within `width` columns; none without units."""
    grid = data["grid"]
    rows = grid["rows"][:_ROWS_SHOWN]
    if not rows:
        return
    labels = column_labels(grid, [gate["name"] for gate in data["gates"]])
    texts = [[cell_text(cell) for cell in (row["total"], *row["cells"])] for row in rows]
    heads = ["all", *labels.values()]
    widths = [max(len(head), *(len(row[at]) for row in texts)) for at, head in enumerate(heads)]
    unit_room = min(_UNIT_ROOM, max(columns(style.show(row["unit"])) for row in rows))
    gap = 2
    if 4 + unit_room + sum(one + gap for one in widths) <= width:
        explained = "done/items with a status; ! findings, or evidence is lacking"
    else:
        gap = 1
        shades = _SHADES if style.unicode else _PLAIN_SHADES
        texts = [[_shade(cell, shades) for cell in (row["total"], *row["cells"])] for row in rows]
        widths = [max(len(head), 2) for head in heads]
        explained = f"{shades[0]} none done, {shades[1]} some, {shades[2]} half or more, {shades[3]} all; ! findings, or evidence is lacking"
    kept = _fitting([one + gap for one in widths], width - 4 - unit_room)
    yield style.paint("strong", f"Units by {grid['across']}")
    yield from wrap(explained, width, "  ")
    units = [cut(style.show(row["unit"]), unit_room, style.ellipsis) for row in rows]
    for unit, cells in zip(("", *units), (heads, *texts), strict=True):
        shown = zip(cells[:kept], widths, strict=False)
        line = (" " * gap).join(cell.rjust(room) for cell, room in shown)
        yield f"  {pad(unit, unit_room)}  {line}".rstrip()
    yield from _left_out(data, style, width, kept - 1, labels)


def _fitting(widths: list[int], room: int) -> int:
    """How many columns fit."""
    used = 0
    for kept, width in enumerate(widths):
        used += width
        if used > room:
            return max(1, kept)
    return len(widths)


def _shade(cell: CellJson | None, shades: tuple[str, ...]) -> str:
    if cell is None:
        return ""
    known, done = cell["known"], cell["done"]
    level = 0 if not done else 3 if done == known else 1 if done * 2 < known else 2
    flag = "!" if cell["troubled"] else ""
    return f"{shades[level] if known else '?'}{flag}"


def _left_out(data: DashboardJson, style: Style, width: int, kept: int, labels: dict[str, str]) -> Iterator[str]:
    """What the letters mean, and what is not shown."""
    named = {gate["name"] for gate in data["gates"]}
    shown = [(label, name) for name, label in list(labels.items())[:kept] if name and name not in named]
    if shown:
        yield from wrap(
            style.show("; ".join(f"{label} {name.replace('_', ' ')}" for label, name in shown)), width, "  "
        )
    rows, across = len(data["grid"]["rows"]) - _ROWS_SHOWN, len(labels) - kept
    missing = [f"{rows} more units"] * (rows > 0) + [f"{across} more columns"] * (across > 0)
    if missing:
        yield f"  and {' and '.join(missing)}"
