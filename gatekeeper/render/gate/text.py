"""Gates for people: a table of all, and one with everything that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Gate, GateState, Requirement
from gatekeeper.render.layout.columns import columns, cut, pad
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style

ROLES = {
    GateState.MET: "good",
    GateState.UNMET: "error",
    GateState.WAIVED: "warning",
    GateState.UNKNOWN: "note",
}
"""The color of a verdict."""

_HEADERS = ("VERDICT", "GATE", "UNIT", "MET", "MISSING")
_NAME_LIMIT, _UNIT_LIMIT = 34, 14
_LEAST_ROOM = 10
_PLACES = 8
_GAP = "  "


def render_gates(gates: Sequence[Gate], style: Style, *, everything: bool = False) -> str:
    """The gates in order as a table, each that the calendar turns below it, and a line that counts; ends with a line end.

    Args:
        gates: the gates.
        style: the terminal's abilities.
        everything: each gate with all that it needs in place of the table.
    """
    if not gates:
        return "no gates\n"
    if everything:
        return "\n".join(render_gate(gate, style) for gate in gates)
    blocks = ["\n".join(_table(gates, style))]
    turns = [_turn(gate, style) for gate in gates if gate.turn]
    if turns:
        blocks.append("\n".join(turns))
    blocks.append(_tally(gates, style))
    return "\n\n".join(blocks) + "\n"


def render_gate(gate: Gate, style: Style) -> str:
    """One gate with its requirements, where each stands, and what documents say of it; ends with a line end."""
    return "\n".join(_gate_lines(gate, style)) + "\n"


def verdict(state: GateState, style: Style) -> str:
    """A verdict in capitals and in its color."""
    return style.paint(ROLES[state], state.value.upper())


def _table(gates: Sequence[Gate], style: Style) -> Iterator[str]:
    rows = [_cells(gate, style) for gate in gates]
    heads = [*_HEADERS]
    if not any(row[2] for row in rows):
        rows, heads = [[*row[:2], *row[3:]] for row in rows], [*heads[:2], *heads[3:]]
    widths = [max(columns(row[at]) for row in (heads, *rows)) for at in range(len(heads) - 1)]
    room = max(_LEAST_ROOM, style.width - sum(widths) - len(_GAP) * len(widths))
    yield _GAP.join([*(pad(word, width) for word, width in zip(heads, widths, strict=False)), heads[-1]]).rstrip()
    for gate, row in zip(gates, rows, strict=True):
        cells = [pad(cell, width) for cell, width in zip(row, widths, strict=False)]
        cells[0] = style.paint(ROLES[gate.state], cells[0])
        yield _GAP.join([*cells, cut(row[-1], room, style.ellipsis)]).rstrip()


def _cells(gate: Gate, style: Style) -> list[str]:
    good = sum(one.state in (GateState.MET, GateState.WAIVED) for one in gate.requirements)
    missing = [one.demand.value for one in gate.requirements if one.state in (GateState.UNMET, GateState.UNKNOWN)]
    return [
        gate.state.value.upper(),
        cut(style.show(gate.name), _NAME_LIMIT, style.ellipsis),
        cut(style.show(gate.unit), _UNIT_LIMIT, style.ellipsis),
        f"{good}/{len(gate.requirements)}",
        style.show(", ".join(dict.fromkeys(missing))),
    ]


def _turn(gate: Gate, style: Style) -> str:
    assert gate.turn is not None
    turn = gate.turn
    now, then = gate.state.value, turn.state.value
    return f"{style.paint('strong', style.show(gate.name))}: {now} today, {then} on {turn.day}, because of {style.show(turn.reason)}"


def _tally(gates: Sequence[Gate], style: Style) -> str:
    counts = [(state, sum(gate.state is state for gate in gates)) for state in GateState]
    tally = ", ".join(style.paint(ROLES[state], f"{count} {state.value}") for state, count in counts if count)
    return f"{counted(len(gates), 'gate')}: {tally}; `gatekeeper gates --gate NAME` shows why"


def _gate_lines(gate: Gate, style: Style) -> Iterator[str]:
    unit = f" ({style.show(gate.unit)})" if gate.unit else ""
    yield f"{style.paint('strong', style.show(gate.name))}{unit}: {verdict(gate.state, style)}"
    if gate.owner:
        yield f"  owner: {style.show(gate.owner)}"
    if gate.aliases:
        yield f"  also called: {style.show(', '.join(gate.aliases))}"
    for requirement in gate.requirements:
        yield from _requirement_lines(requirement, style)
    for saying in gate.decisions:
        yield f"  decided: {style.show(repr(saying.raw))} at {_place(saying.location, style)}"
    if gate.turn:
        yield f"  forecast: {_turn(gate, style)}"
    if not gate.requirements:
        yield "  nothing supports it: no document and no policy says what it needs"
    if any(one.actions for one in gate.requirements):
        yield f'  `gatekeeper plan "{style.show(gate.name)}"` lists what would turn it green'


def _requirement_lines(one: Requirement, style: Style) -> Iterator[str]:
    yield f"  {verdict(one.state, style)} {style.show(one.title)}: {style.show(one.reason)}"
    if one.where:
        yield f"      asked for at {style.show(one.where)}"
    if one.state is GateState.MET:
        return
    for place in one.places[:_PLACES]:
        note = f": {style.show(place.message)}" if place.message else ""
        yield f"      {_place(place, style)}{note}"
    if len(one.places) > _PLACES:
        yield f"      and {len(one.places) - _PLACES} more"


def _place(location: Location, style: Style) -> str:
    return f"{style.show(location.path)}:{location.start.line}:{location.start.column}"
