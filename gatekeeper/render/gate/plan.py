"""What would turn a gate green: for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.model.gate.verdict import Action, Gate
from gatekeeper.render.gate.json import action_json
from gatekeeper.render.gate.shapes import PlanJson
from gatekeeper.render.gate.text import verdict
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style


def render_plan(gate: Gate, actions: Sequence[Action], style: Style) -> str:
    """The actions, numbered, each with its place, who does it and a command; ends with a line end."""
    return "\n".join(_lines(gate, actions, style)) + "\n"


def render_plan_json(gate: Gate, actions: Sequence[Action], today: str) -> str:
    """The plan as JSON text with a final line end."""
    shape: PlanJson = {
        "schema_version": "1",
        "today": today,
        "gate": gate.name,
        "state": gate.state,
        "actions": [action_json(action) for action in actions],
    }
    return dump(shape, depth=3) + "\n"


def _lines(gate: Gate, actions: Sequence[Action], style: Style) -> Iterator[str]:
    unit = f" ({style.show(gate.unit)})" if gate.unit else ""
    yield f"{style.paint('strong', style.show(gate.name))}{unit}: {verdict(gate.state, style)}"
    if not actions:
        yield "nothing to do"
        return
    width = len(str(len(actions)))
    blank = " " * (width + 2)
    for number, action in enumerate(actions, 1):
        start = action.location.start
        who = f", by {style.show(action.owner)}" if action.owner else ""
        yield f"{number:>{width}}. {style.show(action.text)}"
        yield f"{blank}{style.show(action.location.path)}:{start.line}:{start.column}{who}"
        if action.command:
            yield f"{blank}$ {style.show(action.command)}"
    yield f"{counted(len(actions), 'thing')} to do"
