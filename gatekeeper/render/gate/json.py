"""Gates as JSON, for scripts."""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.model.gate.verdict import Action, Gate, Requirement, Turn
from gatekeeper.model.report import Saying
from gatekeeper.render.gate.shapes import ActionJson, DecisionJson, GateJson, GatesJson, RequirementJson, TurnJson
from gatekeeper.render.json_report import related_json
from gatekeeper.render.json_text import dump


def render_gates_json(gates: Sequence[Gate], today: str) -> str:
    """The gates as JSON text with a final line end."""
    shape: GatesJson = {"schema_version": "1", "today": today, "gates": [gate_json(gate) for gate in gates]}
    return dump(shape, depth=6) + "\n"


def gate_json(gate: Gate) -> GateJson:
    """A gate in its JSON shape."""
    return {
        "name": gate.name,
        "state": gate.state,
        "unit": gate.unit,
        "aliases": list(gate.aliases),
        "owner": gate.owner,
        "requirements": [_requirement(one) for one in gate.requirements],
        "decisions": [_decision(one) for one in gate.decisions],
        "turn": turn_json(gate.turn) if gate.turn else None,
        "places": [related_json(place) for place in gate.places],
    }


def action_json(action: Action) -> ActionJson:
    """An action in its JSON shape."""
    start = action.location.start
    return {
        "text": action.text,
        "path": action.location.path,
        "line": start.line,
        "column": start.column,
        "owner": action.owner,
        "command": action.command,
    }


def _requirement(one: Requirement) -> RequirementJson:
    return {
        "name": one.name,
        "demand": one.demand,
        "title": one.title,
        "state": one.state,
        "reason": one.reason,
        "where": one.where,
        "until": one.until,
        "places": [related_json(place) for place in one.places],
        "actions": [action_json(action) for action in one.actions],
    }


def _decision(one: Saying) -> DecisionJson:
    start = one.location.start
    return {
        "path": one.location.path,
        "line": start.line,
        "column": start.column,
        "who": one.who,
        "raw_status": one.raw,
        "status": one.status,
    }


def turn_json(turn: Turn) -> TurnJson:
    """A day on which a gate turns in its JSON shape."""
    return {"day": turn.day, "state": turn.state, "reason": turn.reason}
