"""Gates and plans as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Action, Demand, Gate, GateState, Requirement, Turn
from gatekeeper.model.report import Saying
from gatekeeper.model.status import Status
from gatekeeper.model.text import Position
from gatekeeper.render.gate.json import render_gates_json
from gatekeeper.render.gate.plan import render_plan, render_plan_json
from gatekeeper.render.gate.text import render_gate, render_gates
from gatekeeper.render.style import Style


def at(line: int, message: str = "") -> Location:
    return Location("docs/board.md", Position(line, 3), Position(line, 9), "", message)


ACTIONS = (
    Action("add docs/mast.txt", at(7), "Ida"),
    Action("mend EV001: name the file", at(9), "", "gatekeeper check 'docs/board.md'"),
)
MAST = Gate(
    "Mast \x1b[31mgate\u202e",
    GateState.UNMET,
    "Sprint 2",
    ("Rigging gate",),
    "Ida",
    (
        Requirement("items", Demand.ITEMS, "items done", GateState.MET, "all 2 are done", (at(6),)),
        Requirement(
            "evidence",
            Demand.EVIDENCE,
            "evidence found",
            GateState.UNMET,
            "1 of 2 references does not hold",
            tuple(at(line, "is not there") for line in range(7, 18)),
            ACTIONS,
        ),
        Requirement(
            "artifact:r.xml", Demand.ARTIFACT, "r.xml", GateState.UNKNOWN, "why", (), (), ".gatekeeper.yml:4:9"
        ),
    ),
    (Saying(at(6), "Ida", "GO", Status.DONE),),
)
KEEL = Gate(
    "Keel gate",
    GateState.WAIVED,
    "Sprint 1",
    requirements=(
        Requirement("items", Demand.ITEMS, "items done", GateState.WAIVED, "waived", (at(5),), (), "", "2026-07-01"),
    ),
    turn=Turn("2026-07-02", GateState.UNMET, "items done: waived"),
    places=(at(5),),
)
FLAG = Gate("A flag " + "of many words " * 9, GateState.UNKNOWN)
GATES = (KEEL, MAST, FLAG)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_gates_at_every_width(width: int, golden: Callable[[str, str], None]) -> None:
    golden(f"gates.{width}.txt", render_gates(GATES, Style(width=width)))


def test_gates_in_ascii_and_in_color(golden: Callable[[str, str], None]) -> None:
    ascii_text = render_gates(GATES, Style(unicode=False))
    assert ascii_text.isascii()
    golden("gates.color.txt", render_gates(GATES, Style(color=True)))


def test_one_gate(golden: Callable[[str, str], None]) -> None:
    golden("gate.txt", "\n".join(render_gate(gate, Style()) for gate in GATES))
    assert render_gates(GATES, Style(), everything=True) == "\n".join(render_gate(gate, Style()) for gate in GATES)


def test_a_plan(golden: Callable[[str, str], None]) -> None:
    golden("plan.txt", render_plan(MAST, ACTIONS, Style()) + render_plan(KEEL, (), Style()))
    golden("plan.json", render_plan_json(MAST, ACTIONS, "2026-06-15"))


def test_gates_as_json(golden: Callable[[str, str], None]) -> None:
    text = render_gates_json(GATES, "2026-06-15")
    golden("gates.json", text)
    assert [gate["state"] for gate in json.loads(text)["gates"]] == ["waived", "unmet", "unknown"]


def test_no_gate_is_said() -> None:
    assert render_gates((), Style()) == "no gates\n"


def test_ten_thousand_gates_take_one_line_each() -> None:
    many = tuple(Gate(f"Gate {number}", GateState.UNKNOWN) for number in range(10_000))
    assert len(render_gates(many, Style()).splitlines()) == 10_003
