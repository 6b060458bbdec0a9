"""The generator writes what the code says, notices what is stale, and says the same every time."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Annotated, Literal, TypedDict

import click
import pytest
import yaml
from jsonschema import Draft202012Validator

from gatekeeper.cli.group import COMMANDS
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.registry import FAMILIES, RULES

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = sorted((ROOT / "schemas").glob("*.schema.json"))


@pytest.fixture(autouse=True)
def tools_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


@pytest.fixture
def generate(tools_on_path: None) -> ModuleType:
    return importlib.import_module("generate")


@pytest.fixture
def pages(tools_on_path: None) -> ModuleType:
    return importlib.import_module("pages")


class PartJson(TypedDict):
    """A part."""

    level: Annotated[Severity, "How bad."]


class WholeJson(TypedDict):
    """Output of `x`."""

    version: Annotated[Literal["1"], "The version."]
    parts: Annotated[list[PartJson], "Its parts."]
    name: Annotated[str | None, "Its name."]
    values: Annotated[dict[str, int | float], "Its values."]


def test_committed_files_are_what_the_code_says(generate: ModuleType) -> None:
    assert generate.stale_files(ROOT, generate.wanted()) == []


def test_what_was_written_is_not_stale(generate: ModuleType, tmp_path: Path) -> None:
    files = {"docs/rules/EV001.md": "page ✅\n", "schemas/a.json": "{}\n"}
    assert generate.write_files(tmp_path, files) == ["docs/rules/EV001.md", "schemas/a.json"]
    assert generate.stale_files(tmp_path, files) == []
    assert generate.write_files(tmp_path, files) == []


def test_changed_missing_and_stray_files_are_stale_and_mended(generate: ModuleType, tmp_path: Path) -> None:
    files = {"docs/rules/EV001.md": "one\n", "docs/rules/EV002.md": "two\n", "docs/cli.md": "cli\n"}
    generate.write_files(tmp_path, files)
    (tmp_path / "docs/rules/EV001.md").write_text("edited\n")
    (tmp_path / "docs/cli.md").unlink()
    (tmp_path / "docs/rules/XX999.md").write_text("gone\n")
    (tmp_path / "docs/other.md").write_text("not ours\n")
    stale = ["docs/cli.md", "docs/rules/EV001.md", "docs/rules/XX999.md"]
    assert generate.stale_files(tmp_path, files) == stale
    assert generate.write_files(tmp_path, files) == stale
    assert generate.stale_files(tmp_path, files) == []
    assert (tmp_path / "docs/other.md").exists()


def test_line_ends_of_a_windows_checkout_are_not_stale(generate: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\r\ntwo\r\n")
    assert generate.stale_files(tmp_path, {"a.md": "one\ntwo\n"}) == []


def test_check_names_the_stale_files_and_the_remedy(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    assert generate.main(["--check"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert "schemas/report.schema.json is not what the code says" in told
    assert told[-1] == "run `make generate` (or `python tools/generate.py`) and commit what it writes"
    assert list(tmp_path.iterdir()) == []
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


def test_hash_seed_and_folder_change_nothing(tmp_path: Path) -> None:
    code = "import generate, hashlib; print(hashlib.sha256(repr(generate.wanted()).encode()).hexdigest())"
    digests = set()
    for seed in ("1", "2"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": f"{ROOT / 'tools'}{os.pathsep}{ROOT}",
            "COLUMNS": f"4{seed}",
        }
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_schema_of_a_shape(tools_on_path: None) -> None:
    schema = json.loads(importlib.import_module("json_schema").schema_text(WholeJson))
    assert schema["title"] == "Output of x"
    assert schema["required"] == ["version", "parts", "name", "values"]
    good = {"version": "1", "parts": [{"level": "error"}], "name": None, "values": {"a": 1.5}, "more": True}
    validator = Draft202012Validator(schema)
    assert validator.is_valid(good)
    for field, value in (
        ("version", "2"),
        ("parts", [{"level": "bad"}]),
        ("parts", [{}]),
        ("name", 1),
        ("values", {"a": "x"}),
    ):
        assert not validator.is_valid({**good, field: value}), field


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_committed_schemas_are_valid_and_describe_every_field(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for part in (schema, *schema["$defs"].values()):
        for name, field in part.get("properties", {}).items():
            assert field.get("description") or "$ref" in field, f"{path.name}: {name}"


def test_schemas_of_all_json_outputs_are_committed() -> None:
    assert [path.name for path in SCHEMAS] == [
        "ages.schema.json",
        "baseline.schema.json",
        "dashboard.schema.json",
        "difference.schema.json",
        "documents.schema.json",
        "fix.schema.json",
        "gates.schema.json",
        "history.schema.json",
        "packet-build.schema.json",
        "packet-diff.schema.json",
        "packet-manifest.schema.json",
        "packet-predicate.schema.json",
        "packet-verify.schema.json",
        "plan.schema.json",
        "policy-check.schema.json",
        "policy-mutations.schema.json",
        "policy-show.schema.json",
        "policy-test-file.schema.json",
        "policy-test.schema.json",
        "policy.schema.json",
        "report.schema.json",
        "rules.schema.json",
        "waivers-report.schema.json",
        "waivers.schema.json",
    ]


def test_every_rule_has_a_page_and_a_line_in_the_index(generate: ModuleType) -> None:
    files = generate.wanted()
    for rule in RULES:
        assert rule.info.summary in files[f"docs/rules/{rule.info.code}.md"]
        assert f"| [{rule.info.code}]({rule.info.code}.md) | {rule.info.name} |" in files["docs/rules/README.md"]


def test_the_index_has_a_table_a_family(pages: ModuleType) -> None:
    card = RuleInfo("EV001", "x-missing", Severity.ERROR, "0.1", page="A | b.\n\n## Why")
    index = pages.rule_pages({"evidence": [card], "ai_runtime": []})["docs/rules/README.md"]
    assert "## Evidence\n\n| Code | Name | Severity | Reports |\n|---|---|---|---|\n" in index
    assert "| [EV001](EV001.md) | x-missing | error | A \\| b. |" in index
    assert "## AI runtime" in index


def test_the_command_page_says_what_each_command_takes(pages: ModuleType) -> None:
    @click.group(epilog="\b\nExits:\n  0 pass")
    def tool() -> None:
        """Does things."""

    @tool.command()
    @click.argument("paths", nargs=-1, metavar="[PATHS]...")
    @click.option("--format", type=click.Choice(["text", "json"]), default="text", help="Form.")
    @click.option("-o", "--output", metavar="FILE", help="Where | to.")
    @click.option("-v", "--verbose", count=True, help="Say more.")
    @click.option("--secret", hidden=True, help="No.")
    def check(**_: object) -> None:
        """Checks.\f not shown"""

    page = pages.command_page(tool)
    assert "```text\nExits:\n  0 pass\n```" in page
    assert "## `gatekeeper check`\n\nChecks.\n\n```text\ngatekeeper check [OPTIONS] [PATHS]...\n```" in page
    assert "| `--format` `text\\|json` | Form. Default: `text`. |" in page
    assert "| `-o`, `--output` `FILE` | Where \\| to. |" in page
    assert "| `-v`, `--verbose` | Say more. |" in page
    assert "secret" not in page


def test_the_hooks_are_what_pre_commit_takes(generate: ModuleType) -> None:
    hooks = yaml.safe_load(generate.HOOKS)
    names = ("check", "evidence", "status", "validate-env", "validate-ai-runtime", "policy")
    assert [hook["id"] for hook in hooks] == [f"gatekeeper-{name}" for name in names]
    for hook in hooks:
        program, command, *flags = hook["entry"].split()
        assert (program, command in COMMANDS, "--staged" in flags) == ("gatekeeper", True, True)
        assert hook["language"] == "python"
        # A commit that only deletes gives pre-commit no file.
        assert hook["always_run"] is True
        assert hook["pass_filenames"] is ("--only-named" in flags)
        assert hook["pass_filenames"] is hook.get("require_serial", False)
        # No file's name is an option.
        assert hook.get("args") == (["--"] if hook["pass_filenames"] else None)


@pytest.mark.parametrize("name", ["evidence", "status"])
def test_a_hook_for_some_rules_has_those_of_whole_families(generate: ModuleType, name: str) -> None:
    (hook,) = [one for one in yaml.safe_load(generate.HOOKS) if one["id"] == f"gatekeeper-{name}"]
    chosen = hook["entry"].rpartition("--select ")[2].split(",")
    families = {"evidence": ["evidence"], "status": ["status", "gate", "claim", "log"]}[name]
    assert chosen == [*(FAMILIES[family][0].info.code[:2] for family in families), "DC"]
