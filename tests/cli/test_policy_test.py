"""`gatekeeper policy test`: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from gatekeeper.cli.group import gatekeeper

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
LAW = """\
assertions:
  ACME001:
    name: done-has-owner
    select: {status: done}
    schema: {properties: {owner: {type: string}}}
    examples:
      - name: nobody
        given: {docs/a.md: "| ID | Task | Status | Owner |\\n|---|---|---|---|\\n| A-1 | Mast | Done | |\\n"}
        expect: ["docs/a.md:LINE ACME001"]
"""


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(gatekeeper, ["policy", "test", "--root", str(folder), *arguments])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gatekeeper.yml").write_text(LAW.replace("LINE", "3"), "utf-8")
    return tmp_path


def test_all_as_expected_is_0_and_each_is_shown_on_demand(repository: Path) -> None:
    answer = run(repository)
    assert (answer.exit_code, answer.stdout) == (0, "1 example: all as expected\n")
    shown = run(repository, "-v").stdout
    assert shown == ".gatekeeper.yml:7:9: passed: ACME001: nobody\n1 example: all as expected\n"


def test_a_failure_is_1_and_shows_what_was_expected_and_what_came(repository: Path) -> None:
    (repository / ".gatekeeper.yml").write_text(LAW.replace("LINE", "4"), "utf-8")
    answer = run(repository)
    assert answer.exit_code == 1
    assert answer.stdout.splitlines() == [
        ".gatekeeper.yml:7:9: failed: ACME001: nobody",
        "  expected  docs/a.md:4 ACME001",
        "  got       docs/a.md:3:1 warning ACME001: `A-1` is not as `done-has-owner` asks: `owner` is not given, expected a string",
        "1 example: 1 not as expected",
    ]


def test_nothing_to_test_is_3_and_a_wrong_file_is_2(repository: Path) -> None:
    (repository / ".gatekeeper.yml").write_text("rules: {}\n", "utf-8")
    answer = run(repository)
    assert (answer.exit_code, answer.stdout) == (3, "")
    assert "nothing was tested" in answer.stderr
    (repository / "x.policy-test.yml").write_text("tests: [{nam: x}]\n", "utf-8")
    assert run(repository).exit_code == 2
    assert run(repository, "--mutate", "x.policy-test.yml").exit_code == 2


def test_files_of_tests_are_no_documents(repository: Path) -> None:
    (repository / "x.policy-test.yml").write_text(
        "tests:\n- name: t\n  status: done\n  given: {a.md: x}\n  expect: []\n", "utf-8"
    )
    answer = CliRunner().invoke(
        gatekeeper, ["check", "--root", str(repository), "--format", "json"], standalone_mode=False
    )
    states = {one["path"]: one["state"] for one in json.loads(answer.stdout)["inputs"]}
    assert states["x.policy-test.yml"] == "set-aside"


@pytest.mark.parametrize("is_mutated", [False, True])
def test_the_json_is_valid_by_the_committed_schema(is_mutated: bool, repository: Path) -> None:
    (repository / "plan.md").write_text("| ID | Task | Status |\n|---|---|---|\n| A-1 | Mast | Done |\n", "utf-8")
    name = "policy-mutations" if is_mutated else "policy-test"
    answer = run(repository, "--format", "json", *(["--mutate"] if is_mutated else []))
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(answer.stdout))


def test_mutations_name_what_never_objects_and_fail_for_an_assertion(repository: Path) -> None:
    assert run(repository, "--mutate").exit_code == 3
    (repository / "plan.md").write_text("| ID | Task | Status |\n|---|---|---|\n| A-1 | Mast | Done |\n", "utf-8")
    answer = run(repository, "--mutate", "-v")
    assert answer.exit_code == 0
    assert "  assertion ACME001 done-has-owner  today\n" in answer.stdout
    assert "never objects, as nothing here gives it anything to look at:\n" in answer.stdout
    before = sorted(path.name for path in repository.iterdir())
    (repository / ".gatekeeper.yml").write_text("assertions: {ACME001: {name: a, schema: true}}\n", "utf-8")
    answer = run(repository, "--mutate")
    assert answer.exit_code == 1
    assert "never objects, although it has something to look at:\n" in answer.stdout
    assert "  assertion ACME001 a  (looks at what it selects (item))\n" in answer.stdout
    assert sorted(path.name for path in repository.iterdir()) == before


def test_an_assertion_is_explained_by_code_and_by_name(repository: Path) -> None:
    for word in ("ACME001", "acme001", "done-has-owner"):
        answer = CliRunner().invoke(gatekeeper, ["rule", word, "--root", str(repository)])
        assert answer.stdout.startswith("# ACME001 done-has-owner\n\nSeverity warning; an assertion of the policy.\n")
