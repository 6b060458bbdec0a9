"""The day on which a gate turns by the calendar alone."""

from __future__ import annotations

from gatekeeper.model.exception.day import add_days
from gatekeeper.model.gate.verdict import Gate, GateState, Turn


def next_turn(gate: Gate, today: str) -> Turn | None:
    """The first day after today on which the gate stands otherwise than now; None where no day changes it, or today is not known."""
    if not today or gate.state is GateState.UNMET:
        return None
    ending = [one for one in gate.requirements if one.until and one.until >= today]
    if not ending:
        return None
    first = min(ending, key=lambda one: one.until)
    day = add_days(first.until, 1)
    return Turn(day, GateState.UNMET, f"{first.title}: {first.reason}") if day else None
