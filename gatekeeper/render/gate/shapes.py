"""The shapes of `gates --format json` and `plan --format json`; the committed schemas are generated from them."""

from __future__ import annotations

from typing import Annotated, TypedDict

from gatekeeper.model.gate.verdict import Demand, GateState
from gatekeeper.model.status import Status
from gatekeeper.render.shapes import Column, Line, Path, RelatedJson, SchemaVersion

Day = Annotated[str, "The day that counts as today, as 2026-12-31."]


class ActionJson(TypedDict):
    """One thing to do."""

    text: Annotated[str, "What, as an imperative sentence."]
    path: Path
    line: Line
    column: Column
    owner: Annotated[str, "Who the documents say does it; empty when nobody is named."]
    command: Annotated[str, "A command that does it or shows that it is done; empty without one."]


class RequirementJson(TypedDict):
    """One thing that a gate needs, and how it stands."""

    name: Annotated[str, "What tells it from the gate's others; stays from run to run."]
    demand: Annotated[Demand, "What kind of thing."]
    title: Annotated[str, "What is needed, in a few words."]
    state: Annotated[GateState, "How it stands."]
    reason: Annotated[str, "Why it stands so, in one sentence."]
    where: Annotated[str, "Place in the policy that asks for it, as path:line:column; empty where documents do."]
    until: Annotated[str, "Last day on which it stands so, as 2026-12-31; empty where no day changes it."]
    places: Annotated[list[RelatedJson], "What the reason stands on, the decisive one first."]
    actions: Annotated[list[ActionJson], "What would meet it, in order."]


class DecisionJson(TypedDict):
    """What one place says of the gate itself."""

    path: Path
    line: Line
    column: Column
    who: Annotated[str, "Who speaks; empty when nobody is named."]
    raw_status: Annotated[str, "As written."]
    status: Annotated[Status, "What it means."]


class TurnJson(TypedDict):
    """A day on which a gate turns by the calendar alone."""

    day: Annotated[str, "The first day on which it stands otherwise, as 2026-12-31."]
    state: Annotated[GateState, "How it stands then."]
    reason: Annotated[str, "What turns it."]


class GateJson(TypedDict):
    """A gate with its verdict."""

    name: Annotated[str, "The name that most documents use, or the policy's."]
    state: Annotated[GateState, "The verdict."]
    unit: Annotated[str, "The unit of work that it closes; empty without one."]
    aliases: Annotated[list[str], "Its other names, sorted."]
    owner: Annotated[str, "Who answers for it; empty when nobody is named."]
    requirements: Annotated[list[RequirementJson], "What it needs: by the law, then by documents."]
    decisions: Annotated[list[DecisionJson], "What documents say of the gate itself, by path and line."]
    turn: Annotated[TurnJson | None, "The next day on which it turns by the calendar; null where no day does."]
    places: Annotated[list[RelatedJson], "Where documents name it."]


class GatesJson(TypedDict):
    """`gatekeeper gates --format json`."""

    schema_version: SchemaVersion
    today: Day
    gates: Annotated[list[GateJson], "In the order of the law, then of their units."]


class PlanJson(TypedDict):
    """`gatekeeper plan --format json`."""

    schema_version: SchemaVersion
    today: Day
    gate: Annotated[str, "The gate's name."]
    state: Annotated[GateState, "How it stands today."]
    actions: Annotated[list[ActionJson], "Everything that would turn it green, in order; empty where it is."]
