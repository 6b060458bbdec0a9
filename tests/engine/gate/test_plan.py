"""Doing exactly what a plan lists turns the gate green; leaving any one thing out leaves it red."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from gating import LAW, do, gate_of

from gatekeeper.engine.gate.plan import plan_of
from gatekeeper.model.gate.verdict import GateState

HARBOR = Path(__file__).resolve().parents[3] / "examples" / "harbor"

FOUNDRY = {
    "docs/board.md": """\
# Foundry

| Sprint | Gate | Status | Evidence | Owner |
|---|---|---|---|---|
| 1 | Furnace gate | Done | `logs/heat.txt` | Ida |
| 2 | Casting gate | In progress | `logs/cast.txt`, `logs/cooling.txt` | Per |

## Sprint 2

Exit criteria are in [the page](casting.md).
""",
    "docs/casting.md": """\
# Sprint 2: Casting Gate

## Tasks

| ID | Task | Status |
|---|---|---|
| CST-1 | Build the mould | Done |
| CST-2 | Pour | Queued |

## Exit criteria

- [x] The mould is dry
- [ ] The ladle is hot

## Definition of done

- The bell rings

## Sign-off

| Role | Name | Date |
|---|---|---|
| Founder | Ida | 2026-05-30 |
| Warden | | |
""",
    "logs/heat.txt": "1200 degrees\n",
    "logs/cast.txt": "",
}

FERRY = {
    LAW: """\
gates:
  Maiden voyage:
    owner: captain
    requires:
      items: [Sprint 4, FER-9]
      evidence: true
      packs:
        - {path: docs/pack.md, sections: [Rudder, Risks], sign-offs: true}
      criteria: ["docs/pack.md#before-sailing"]
      contracts: [boats]
      findings: {paths: [docs/], errors: 0}
      artifacts:
        - {path: reports/junit.xml, failures: 0, max-age-days: 7}
      approvals:
        - {role: Harbor master, in: docs/pack.md}
        - {role: Insurer, in: docs/pack.md}
contracts:
  boats:
    file: data/boats.json
    data: /lifeboats
    schema: {type: integer, minimum: 4}
    message: count the lifeboats again
""",
    "docs/plan.md": """\
# Plan

| Sprint | Theme | Status | Evidence |
|---|---|---|---|
| 3 | Hull | Done | `docs/hull.txt` |
| 4 | Engine | In progress | `docs/engine.txt` |

| ID | Task | Status |
|---|---|---|
| FER-9 | Paint the name | Queued |
""",
    "docs/pack.md": """\
# Sailing papers

- Vessel: Petrel
- Route:

## Before sailing

- [ ] The tide is right

## Risks

## Approvals

- Harbor master: ______
""",
    "docs/hull.txt": "tight\n",
    "data/boats.json": '{\n  "lifeboats": 2\n}\n',
    "reports/junit.xml": '<testsuite timestamp="2026-05-01T08:00:00" tests="1"><testcase name="a"><failure/></testcase></testsuite>\n',
}


def harbor() -> dict[str, str]:
    found = {path.relative_to(HARBOR).as_posix(): path for path in HARBOR.rglob("*") if path.is_file()}
    return {name: path.read_bytes().decode("utf-8", "replace") for name, path in found.items()}


def mended(files: dict[str, str]) -> dict[str, str]:
    """A boat's contract is mended by its number, whatever the message says."""
    return {**files, "data/boats.json": '{\n  "lifeboats": 4\n}\n'}


EXAMPLES = {
    "a board without a policy": (FOUNDRY, "Casting gate"),
    "a gate of the policy": (FERRY, "Maiden voyage"),
    "the example's gate of the policy": (harbor(), "Booking gate"),
    "the example's regatta": (harbor(), "Entry gate"),
    "the example's prizes": (harbor(), "Course gate"),
}


@pytest.mark.parametrize("title", EXAMPLES)
def test_all_of_a_plan_turns_the_gate_green_and_all_but_one_thing_does_not(title: str) -> None:
    files, name = EXAMPLES[title]
    gate = gate_of(files, name)
    actions = plan_of(gate)
    assert gate.state is GateState.UNMET
    assert actions

    def state_after(left_out: int | None) -> GateState:
        changed = dict(files)
        for number, action in enumerate(actions):
            if number == left_out:
                continue
            if "lifeboats" in action.text:
                changed = mended(changed)
            else:
                do(action, changed)
        return gate_of(changed, name).state

    assert state_after(None) is GateState.MET
    for number, action in enumerate(actions):
        assert state_after(number) is not GateState.MET, f"not needed: {action.text}"


def test_a_plan_names_place_owner_and_command() -> None:
    actions = plan_of(gate_of(FERRY, "Maiden voyage"))
    texts = [action.text for action in actions]
    assert texts[0] == "count the lifeboats again"
    assert actions[0].command == "gatekeeper check 'data/boats.json'"
    assert texts[-1].startswith("have ")
    assert {action.owner for action in actions} == {"captain", "Harbor master", "Insurer", ""}
    assert all(action.location.path and action.location.start.line for action in actions)


def test_a_gate_that_is_met_has_no_plan() -> None:
    assert plan_of(gate_of(FOUNDRY, "Furnace gate")) == ()
