"""`gatekeeper gates` and `gatekeeper plan`: exits, names, formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

Run = Callable[..., Result]
SCHEMAS = Path(__file__).resolve().parents[3] / "schemas"
BOARD = """\
# Board

| Sprint | Gate | Status | Evidence |
|---|---|---|---|
| 1 | Keel gate | Done | `keel.txt` |
| 2 | Mast gate | In progress | `mast.txt` |
| 3 | Sail gate | Done | |
"""


@pytest.fixture
def board(folder: Path) -> Path:
    """A repository with a gate that is met, one that is not, and one of which nobody knows."""
    (folder / "board.md").write_text(BOARD, "utf-8")
    (folder / "keel.txt").write_text("laid\n", "utf-8")
    return folder


@pytest.mark.parametrize(("name", "exit_code"), [("Keel gate", 0), ("mast GATE", 1), ("Sprint 3", 1)])
def test_one_gate_exits_by_its_verdict(name: str, exit_code: int, board: Path, run: Run) -> None:
    result = run("gates", "--gate", name, "-q")
    assert (result.exit_code, result.stderr) == (exit_code, "")


def test_all_gates_are_listed_in_80_columns(board: Path, run: Run) -> None:
    result = run("gates")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["VERDICT", "MET", "UNMET", "UNKNOWN"]
    assert max(map(len, lines)) <= 80


def test_more_is_said_of_each_with_verbose(board: Path, run: Run) -> None:
    result = run("gates", "-v")
    assert result.stdout.count("items done") == 3


@pytest.mark.parametrize("command", [("gates", "--gate"), ("plan",)])
def test_a_wrong_name_leads_to_a_near_one(command: tuple[str, ...], board: Path, run: Run) -> None:
    result = run(*command, "Mats gate")
    assert result.exit_code == 2
    assert "there is no gate 'Mats gate'; did you mean 'Mast gate'?" in result.stderr


@pytest.mark.parametrize("command", [("gates",), ("gates", "--gate", "x"), ("plan", "x")])
def test_without_any_gate_the_exit_says_so(command: tuple[str, ...], clean: Path, run: Run) -> None:
    result = run(*command)
    assert result.exit_code == 3
    assert "there is no gate" in result.stderr


def test_a_requirement_that_does_not_exist_exits_2_with_its_place(board: Path, run: Run) -> None:
    (board / ".gatekeeper.yml").write_text("gates:\n  Keel gate:\n    requires: {items: [KL-1]}\n", "utf-8")
    for command in (("gates",), ("check",), ("plan", "Keel gate")):
        result = run(*command)
        assert result.exit_code == 2
        assert '.gatekeeper.yml:3:24: no document has an item or a unit "KL-1"' in result.stderr
    assert run("check", "keel.txt").exit_code == 3
    assert run("check", "board.md").exit_code == 0


def test_a_contract_that_does_not_exist_is_told_by_policy_check(board: Path, run: Run) -> None:
    (board / ".gatekeeper.yml").write_text("gates:\n  Keel gate:\n    requires: {contracts: [tarif]}\n", "utf-8")
    result = run("policy", "check")
    assert result.exit_code == 2
    assert '.gatekeeper.yml:3:28: there is no contract "tarif"' in result.stdout


def test_a_plan_exits_1_while_there_is_something_to_do(board: Path, run: Run) -> None:
    result = run("plan", "Mast gate")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "2 things to do")
    result = run("plan", "Keel gate")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "nothing to do")


@pytest.mark.parametrize(("command", "schema"), [(("gates",), "gates"), (("plan", "Mast gate"), "plan")])
def test_json_is_valid_by_the_committed_schema(command: tuple[str, ...], schema: str, board: Path, run: Run) -> None:
    result = run(*command, "--format", "json", "--today", "2026-06-15")
    shape = json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8"))
    Draft202012Validator(shape).validate(json.loads(result.stdout))
    assert json.loads(result.stdout)["today"] == "2026-06-15"


def test_a_wrong_day_is_refused(board: Path, run: Run) -> None:
    assert run("gates", "--today", "soon").exit_code == 2
