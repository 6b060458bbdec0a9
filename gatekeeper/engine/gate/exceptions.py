"""What waivers make of a requirement that is not met."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gatekeeper.engine.scope import normal
from gatekeeper.model.exception.day import days_between
from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import Standing, Waiver
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.gate.verdict import Gate, GateState, Requirement

GATE_CODE = "GA011"
"""The rule whose waiver, made for a gate, is one for the whole gate."""

VERDICT_CODES = frozenset({"GA011", "GA012", "GA013", "GA014"})
"""The rules that tell of verdicts of gates, so that no verdict comes from them."""


def excused(requirement: Requirement, findings: Sequence[Finding], gate: Gate, settlement: Settlement) -> Requirement:
    """The requirement as WAIVED where a waiver covers the gate, or every place that keeps it from being met; else as it is."""
    if requirement.state not in (GateState.UNMET, GateState.UNKNOWN):
        return requirement
    waiver = _of_gate(gate, settlement)
    until, who = (waiver.expires, waiver.owner) if waiver is not None else _of_places(requirement, findings)
    if not until:
        return requirement
    left = days_between(settlement.today, until)
    days = "" if left is None else f", {left} {'day' if left == 1 else 'days'} left"
    by = f" by {who}" if who else ""
    reason = f"waived{by} until {until}{days}; {requirement.reason}"
    return replace(requirement, state=GateState.WAIVED, reason=reason, actions=(), until=until)


def _of_gate(gate: Gate, settlement: Settlement) -> Waiver | None:
    """The waiver in force for the whole gate that runs longest."""
    names = {normal(name) for name in (gate.name, *gate.aliases)}
    found = [
        use.waiver
        for use in settlement.waivers
        if use.standing is Standing.IN_FORCE and use.waiver.code == GATE_CODE and normal(use.waiver.gate) in names
    ]
    return max(found, key=lambda waiver: waiver.expires, default=None)


def _of_places(requirement: Requirement, findings: Sequence[Finding]) -> tuple[str, str]:
    """The last day and the owner of the waiver that ends first, of those that cover the places one by one."""
    waived: dict[tuple[str, int], list[Finding]] = {}
    for one in findings:
        if one.disposition is Disposition.WAIVED and one.waiver is not None:
            waived.setdefault((one.location.path, one.location.start.line), []).append(one)
    ends: list[tuple[str, str]] = []
    for place in requirement.places:
        here = [one.waiver for one in waived.get((place.path, place.start.line), ()) if one.waiver is not None]
        if not here:
            return "", ""
        best = max(here, key=lambda waiver: waiver.until)
        ends.append((best.until, best.owner))
    return min(ends, default=("", ""))
