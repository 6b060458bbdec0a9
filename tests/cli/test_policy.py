"""`policy check` tells every fault, `policy show` the law in force and where each line of it came from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

from gatekeeper.engine.law import read_policy

Run = Callable[..., Result]
SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
LAW = """\
extends: [strict, law/base.yml]
params: {docs: notes}
exclude: [x/]
statuses: {Shipped: done, "1.10": queued, no: queued, "a\\u2028: #b": ready}
rules:
  EV005: {options: {names: [a.txt, "off", 'é "x"']}, paths: {"a b/*": off, docs/: note}}
  EV001: off
  ST002: {}
"""
BASE = 'params: {docs: }\ndocuments: {"${docs}/*.md": tracker}\n'


@pytest.fixture
def lawful(clean: Path) -> Path:
    (clean / "law").mkdir()
    (clean / "law/base.yml").write_text(BASE, "utf-8")
    (clean / ".gatekeeper.yml").write_text(LAW, "utf-8")
    return clean


def valid(name: str, text: str) -> None:
    Draft202012Validator(json.loads((SCHEMAS / name).read_text("utf-8"))).validate(json.loads(text))


def test_a_valid_policy_is_told_with_what_it_holds(run: Run, lawful: Path) -> None:
    result = run("policy", "check")
    assert result.exit_code == 0
    assert result.stdout.startswith(".gatekeeper.yml: valid: 1 in documents, 1 in exclude, 4 in statuses, ")
    assert result.stdout.endswith("; extends pack:strict, law/base.yml\n")
    valid("policy-check.schema.json", run("policy", "check", "--format", "json").stdout)


def test_every_fault_has_its_line(run: Run, lawful: Path) -> None:
    (lawful / "bad.yml").write_text("rules: {EV01: off, EV001: {options: {depth: 1}}}\nexclud: 7\nexclude: 7\n")
    result = run("policy", "check", "bad.yml")
    assert result.exit_code == 2
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        "bad.yml:1:9",
        "bad.yml:2:1",
        "bad.yml:3:10",
    ]
    assert result.stdout.splitlines()[0].endswith('; did you mean "EV001"?')
    told = run("policy", "check", "bad.yml", "--format", "json").stdout
    valid("policy-check.schema.json", told)
    assert len(json.loads(told)["faults"]) == 3


def test_options_that_a_rule_does_not_have_are_told_when_all_else_is_right(run: Run, lawful: Path) -> None:
    (lawful / "bad.yml").write_text("rules:\n  EV001: {options: {depth: 1}}\n  EV005: {options: {nam: 1, names: 2}}\n")
    result = run("policy", "check", "bad.yml")
    assert [line.split(": ")[0] for line in result.stdout.splitlines()] == [
        "bad.yml:2:21",
        "bad.yml:3:21",
        "bad.yml:3:29",
    ]


def test_a_file_that_is_no_yaml_is_a_fault_too(run: Run, lawful: Path) -> None:
    (lawful / "bad.yml").write_text("exclude: [a\n")
    result = run("policy", "check", "bad.yml")
    assert (result.exit_code, result.stdout.startswith("bad.yml:2:1: not valid YAML")) == (2, True)


def test_without_a_policy_there_is_nothing_to_check_but_a_law_to_show(run: Run, clean: Path) -> None:
    assert run("policy", "check").exit_code == 3
    result = run("policy", "show")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "the law without a policy file")


def test_the_law_in_force_is_shown_with_its_places(run: Run, lawful: Path) -> None:
    lines = run("policy", "show").stdout.splitlines()
    assert '  "notes/*.md": tracker  # law/base.yml:2:13' in lines
    assert "  EV001: off  # .gatekeeper.yml:7:3" in lines
    assert any(line.startswith("  EV010: error  # pack:strict:") for line in lines)
    assert "other rules hold at their own severity" in lines[-1]
    assert "  EV002: error  # its own" in run("policy", "show", "-v").stdout.splitlines()


def test_the_law_as_yaml_is_a_policy_that_says_the_same(run: Run, lawful: Path) -> None:
    text = run("policy", "show", "--format", "yaml").stdout
    again = read_policy("again.yml", text.encode())
    files = {"law/base.yml": BASE.encode()}
    law = read_policy(".gatekeeper.yml", LAW.encode(), files.__getitem__)
    assert (again.exclude, again.documents, again.statuses) == (law.exclude, law.documents, law.statuses)
    settings = [
        {code: (one.severity, one.enabled, one.options, one.paths) for code, one in policy.rules.items()}
        for policy in (law, again)
    ]
    assert settings[0] == settings[1]
    assert run("policy", "show", "--format", "yaml", "-o", "again.yml").exit_code == 0
    assert run("policy", "check", "again.yml").exit_code == 0


def test_the_law_as_json_has_its_schema(run: Run, lawful: Path) -> None:
    text = run("policy", "show", "--format", "json").stdout
    valid("policy-show.schema.json", text)
    shown = json.loads(text)
    assert list(shown["digests"]) == shown["sources"] == ["pack:strict", "law/base.yml", ".gatekeeper.yml"]
    report = json.loads(run("check", "--format", "json").stdout)
    assert report["policy"].pop("trusted") is None
    assert report["policy"] == {name: shown[name] for name in ("sha256", "sources", "digests")}


def test_what_is_extended_is_set_aside_and_paths_change_severities(run: Run, lawful: Path) -> None:
    (lawful / "src/logout.py").unlink()
    (lawful / ".gatekeeper.yml").write_text(
        "extends: law/base.yml\nparams: {docs: x}\nrules: {EV001: {paths: {docs/: note}}}\n"
    )
    report = json.loads(run("check", "--format", "json").stdout)
    assert [finding["severity"] for finding in report["findings"]] == ["note"]
    (lawful / ".gatekeeper.yml").write_text("rules: {EV001: {paths: {docs/: off}}}\n")
    assert json.loads(run("check", "--format", "json").stdout)["findings"] == []


def test_a_file_outside_of_the_root_may_extend_packs_alone(run: Run, lawful: Path) -> None:
    (lawful.parent / "law.yml").write_text("extends: strict\n")
    assert run("policy", "check", "../law.yml").exit_code == 0
    (lawful.parent / "law.yml").write_text("extends: law/base.yml\n")
    result = run("policy", "check", "../law.yml")
    assert (result.exit_code, result.stdout.startswith("../law.yml:1:10: ")) == (2, True)
