"""Gates and what is said of them as plain data."""

from __future__ import annotations

from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Action, Gate, Requirement
from gatekeeper.model.report import Saying
from gatekeeper.render.board.links import Links
from gatekeeper.render.board.shapes import (
    ActionJson,
    DashboardSayingJson,
    GateJson,
    PlaceJson,
    RequirementJson,
)
from gatekeeper.render.gate.json import turn_json
from gatekeeper.render.json_report import saying_json


def gate_data(gate: Gate, links: Links) -> GateJson:
    """A gate in its JSON shape, with links."""
    return {
        "name": gate.name,
        "state": gate.state,
        "unit": gate.unit,
        "aliases": list(gate.aliases),
        "owner": gate.owner,
        "requirements": [_requirement(one, links) for one in gate.requirements],
        "decisions": [saying_data(one, links) for one in gate.decisions],
        "turn": turn_json(gate.turn) if gate.turn else None,
        "places": [place_data(one, links) for one in gate.places],
    }


def saying_data(saying: Saying, links: Links) -> DashboardSayingJson:
    """What one place says, in its JSON shape, with a link."""
    return {**saying_json(saying), "url": links.to(saying.location.path, saying.location.start.line)}


def place_data(place: Location, links: Links) -> PlaceJson:
    """A place in its JSON shape, with a link."""
    line = place.start.line
    return {"path": place.path, "line": line, "column": place.start.column, "url": links.to(place.path, line)}


def _requirement(one: Requirement, links: Links) -> RequirementJson:
    return {
        "name": one.name,
        "demand": one.demand,
        "title": one.title,
        "state": one.state,
        "reason": one.reason,
        "places": [place_data(place, links) for place in one.places],
        "actions": [_action(action, links) for action in one.actions],
        "where": one.where,
        "until": one.until,
    }


def _action(action: Action, links: Links) -> ActionJson:
    return {
        "text": action.text,
        "owner": action.owner,
        "command": action.command,
        **place_data(action.location, links),
    }
