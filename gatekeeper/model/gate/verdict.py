"""Gates: what each needs, what of that is there, and the verdict."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.finding import Location
from gatekeeper.model.report import Saying


class GateState(StrEnum):
    """Whether a gate, or one thing that it needs, is there.

    UNKNOWN is what nothing supports and nothing denies; it never counts as met.
    """

    MET = "met"
    UNMET = "unmet"
    WAIVED = "waived"
    UNKNOWN = "unknown"


class Demand(StrEnum):
    """What kind of thing a gate needs."""

    ITEMS = "items"
    EVIDENCE = "evidence"
    PACK = "pack"
    CRITERIA = "criteria"
    CONTRACTS = "contracts"
    FINDINGS = "findings"
    ARTIFACT = "artifact"
    APPROVAL = "approval"


class Action(Struct, frozen=True):
    """One thing to do.

    Attributes:
        text: an imperative sentence without a final dot.
        location: where it is done, or what asks for it.
        owner: who the documents say does it; "" when nobody is named.
        command: a command that does it or shows that it is done; "" without one.
    """

    text: str
    location: Location
    owner: str = ""
    command: str = ""


class Requirement(Struct, frozen=True):
    """One thing that a gate needs, and how it stands.

    Attributes:
        name: what tells it from the gate's others, stable from run to run ("items", "artifact:reports/junit.xml").
        title: what is needed, in a few words.
        reason: one sentence without a final dot that says why it stands so.
        places: what the reason stands on, the decisive one first.
        actions: what would meet it, in order; none where it is met or waived.
        where: "path:line:column" of the policy that asks for it; "" where the documents do.
        until: last ISO 8601 day on which it stands as it does now; "" where no day changes it.
    """

    name: str
    demand: Demand
    title: str
    state: GateState
    reason: str
    places: tuple[Location, ...] = ()
    actions: tuple[Action, ...] = ()
    where: str = ""
    until: str = ""


class Turn(Struct, frozen=True):
    """A day on which a gate turns by the calendar alone, as things are today.

    Attributes:
        day: ISO 8601; the first day on which it stands otherwise.
        reason: which requirement turns it, and why.
    """

    day: str
    state: GateState
    reason: str


class Gate(Struct, frozen=True):
    """A checkpoint with its verdict.

    Attributes:
        name: the name that most documents use, or the policy's.
        state: UNMET when one requirement is; else UNKNOWN when one is or there is none; else WAIVED when one is; else MET.
        unit: the unit of work that it closes, as a person writes it ("Sprint 5"); "" without one.
        aliases: other names of it in documents or policy, sorted.
        owner: "" when nobody is named.
        requirements: in the order of the law, then those that documents bring.
        decisions: what documents say of the gate itself, by path and line.
        turn: the next day on which it turns by the calendar; None where no day does.
        places: where documents name it, by path and line.
    """

    name: str
    state: GateState
    unit: str = ""
    aliases: tuple[str, ...] = ()
    owner: str = ""
    requirements: tuple[Requirement, ...] = ()
    decisions: tuple[Saying, ...] = ()
    turn: Turn | None = None
    places: tuple[Location, ...] = ()


def verdict_of(states: tuple[GateState, ...]) -> GateState:
    """What requirements in these states make of a gate; UNKNOWN without any."""
    for state in (GateState.UNMET, GateState.UNKNOWN, GateState.WAIVED):
        if state in states:
            return state
    return GateState.MET if states else GateState.UNKNOWN
