"""What a waiver of an item covers: all that belongs to the item, and nothing of another one."""

from __future__ import annotations

import time

import pytest

from gatekeeper.engine.scope import Places
from gatekeeper.engine.session import RunSettings, check, examine
from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.text import Position
from gatekeeper.repo.memory import MemoryTree

PLAN = """\
# Plan

- [x] P-1 Pier light
  - Evidence: `docs/light.md`
  - seen by `docs/ines.md`

    and by `docs/mia.md`
  - [x] P-1a Lamp
    - `docs/lamp.md`
- [x] P-2 Crane
  Evidence: `docs/crane.md`

Words of nobody.

## P-3 Slipway

Status: Done

Evidence:

- `docs/slip.md`

Twelve planks.

### What came of it

Words of another heading.

| ID | Task | Status | Evidence |
|---|---|---|---|
| P-4 | Buoy | Done | `docs/buoy.md` |
"""
OF = {
    "P-1": {3, 4, 5, 6, 7},
    "P-1a": {8, 9},
    "P-2": {10, 11, 12},
    "P-3": {15, 16, 17, 18, 19, 20, 21, 22, 23, 24},
    "P-4": {31},
}


@pytest.mark.parametrize("item", OF)
def test_the_lines_of_an_item(item: str) -> None:
    project = examine(MemoryTree({"docs/plan.md": PLAN}), RunSettings())[1]
    places = Places(project.documents)

    def at(line: int) -> Finding:
        place = Position(line, 1)
        return Finding("EV001", "x", Severity.ERROR, "m", Location("docs/plan.md", place, place))

    found = {line for line in range(1, 33) if item.casefold() in places.names_at(at(line))[0]}
    assert found == OF[item]


@pytest.mark.parametrize("item", OF)
def test_a_waiver_covers_the_evidence_of_its_item_alone(item: str) -> None:
    waiver = f"- {{rule: EV001, item: {item}, reason: it comes with the next boat, owner: ines, expires: 2026-08-01}}\n"
    tree = MemoryTree({"docs/plan.md": PLAN, "waivers.yml": waiver})
    findings = [one for one in check(tree, RunSettings(today="2026-05-04")).findings if one.code == "EV001"]
    waived = {one.location.start.line for one in findings if one.disposition is Disposition.WAIVED}
    assert waived
    assert waived == {one.location.start.line for one in findings} & OF[item]


def test_many_items_take_linear_time() -> None:
    text = (
        "## P-1 c\n"
        + "- [x] P-1 a\n\nwords\n\n" * 2_000
        + "## P-1 b\n" * 2_000
        + "".join(f"- [x] P-{n} a\n  - `x{n}.md`\n" for n in range(3_000))
    )
    project = examine(MemoryTree({"docs/plan.md": text}), RunSettings())[1]
    place = Location("docs/plan.md", Position(1, 1), Position(1, 1))
    start = time.process_time()
    Places(project.documents).names_at(Finding("EV001", "x", Severity.ERROR, "m", place))
    assert time.process_time() - start < 1
