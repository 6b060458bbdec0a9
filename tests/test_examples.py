"""The example repository: every planted fault is found once, at its place, and nothing else is; the demo shows it."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator

from gatekeeper.rules.registry import RULES

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
ROW = re.compile(
    r"^\| (?P<code>[A-Z]{2}\d{3}) \| (?P<place>[^|]+:\d+:\d+) \| `(?P<reads>.+?)` \| (?P<why>.+) \|$", re.MULTILINE
)
# Rules that need a huge document, a repository that is nearly empty, a change that is held against a trusted commit, or a history and a policy that asks.
NOT_PLANTED = {"DC003", "DC006", "EN011", "PO001", "PO002", "PO003", "PO004", "PO005", "ST030", "ST031"}
TODAY = ("--today", "2026-05-04")


class Fault(NamedTuple):
    code: str
    place: str
    reads: str
    needs_git: bool
    is_waived: bool = False


def load_demo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("demo", EXAMPLES / "demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def planted() -> list[Fault]:
    rows = ROW.finditer((EXAMPLES / "README.md").read_text("utf-8"))
    return [
        Fault(
            row["code"],
            row["place"],
            row["reads"].replace("\\|", "|"),
            "needs git" in row["why"],
            "; waived" in row["why"],
        )
        for row in rows
    ]


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def found(answer: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    findings = json.loads(answer.stdout)["findings"]
    return [(one["code"], f"{one['path']}:{one['line']}:{one['column']}") for one in findings]


def text_of(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


@pytest.fixture(scope="module")
def harbor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples") / "harbor"
    assert load_demo().copy_example(folder) == ""
    return folder


@pytest.fixture(scope="module")
def answer(harbor: Path) -> subprocess.CompletedProcess[str]:
    return run(harbor, "-P", "-m", "gatekeeper", "check", *TODAY, "--format", "json")


def test_each_planted_fault_is_found_once_and_nothing_else(answer: subprocess.CompletedProcess[str]) -> None:
    assert found(answer) == [(fault.code, fault.place) for fault in planted()]
    assert answer.returncode == 1
    assert answer.stderr == ""


@pytest.mark.parametrize(
    ("folder", "environment"),
    [
        (".", {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}),
        ("docs", {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"}),
        ("src", {"PYTHONHASHSEED": "3", "LC_ALL": "C.UTF-8"}),
    ],
)
def test_every_seed_time_zone_locale_and_folder_gives_the_same_bytes(
    folder: str, environment: dict[str, str], harbor: Path, answer: subprocess.CompletedProcess[str]
) -> None:
    again = run(harbor / folder, "-P", "-m", "gatekeeper", "check", *TODAY, "--format", "json", **environment)
    assert again.stdout == answer.stdout


def test_the_report_is_valid_by_the_committed_schema(answer: subprocess.CompletedProcess[str]) -> None:
    schema = json.loads((ROOT / "schemas" / "report.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(answer.stdout))


@pytest.mark.parametrize("fault", planted(), ids=lambda fault: f"{fault.code} {fault.place}")
def test_what_the_table_quotes_stands_at_its_place(fault: Fault, harbor: Path) -> None:
    path, line, column = fault.place.rsplit(":", 2)
    lines = text_of(harbor / path).splitlines()
    assert lines[int(line) - 1][int(column) - 1 :].startswith(fault.reads)


def test_every_rule_that_can_be_planted_is() -> None:
    assert {fault.code for fault in planted()} == {rule.info.code for rule in RULES} - NOT_PLANTED


def test_the_remedies_name_the_moved_file_and_the_one_spelled_alike(harbor: Path) -> None:
    shown = run(harbor, "-P", "-m", "gatekeeper", "check", "docs/tracker.md", "docs/progress-log.md").stdout
    assert "git moved it to `docs/operations/runbook.md`" in shown
    assert "did you mean `migrations/001-berths.sql`?" in shown


def test_a_byte_order_mark_windows_line_ends_and_a_late_legend_are_fine(harbor: Path) -> None:
    answer = run(harbor, "-P", "-m", "gatekeeper", "parse", "--format", "json", "docs/checklist.txt")
    (document,) = json.loads(answer.stdout)["documents"]
    assert (document["encoding"]["bom"], document["encoding"]["newline"]) == (True, "crlf")
    assert [item["status"] for item in document["items"]] == ["done", "done", "in_progress", *["queued"] * 3]
    assert document["items"][0]["evidence"][0]["target"] == "docs/architecture/booking-flow.md"


def test_the_demo_shows_the_findings_and_exits_with_0() -> None:
    answer = run(ROOT, "examples/demo.py")
    assert answer.returncode == 0, answer.stderr
    shown = {fault.place for fault in planted() if f"\n{fault.place}: " in answer.stdout}
    assert shown == {fault.place for fault in planted() if not fault.is_waived}
    assert "; 2 waived;" in answer.stdout
    assert "The check exited with 1" in answer.stdout
    assert "rule EV001" in answer.stdout
    assert answer.stderr == ""


def test_the_demo_says_what_it_cannot_show_without_git(tmp_path: Path) -> None:
    answer = run(ROOT, "examples/demo.py", str(tmp_path / "harbor"), PATH=str(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert "Without git (it is not installed) six faults are not shown" in answer.stdout
    report = run(tmp_path / "harbor", "-P", "-m", "gatekeeper", "check", *TODAY, "--format", "json", PATH=str(tmp_path))
    assert found(report) == [(fault.code, fault.place) for fault in planted() if not fault.needs_git]
    assert sum(fault.needs_git for fault in planted()) == 6


def test_a_git_that_fails_leaves_the_whole_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = load_demo()
    monkeypatch.setattr(demo, "_SETTINGS", {**demo._SETTINGS, "commit.cleanup": "no such mode"})
    folder = tmp_path / "harbor"
    assert "no such mode" in demo.copy_example(folder)
    assert (folder / "docs/operations/runbook.md").is_file()
    assert not (folder / "docs/runbook.md").exists()
    assert not (folder / ".git").exists()


def test_the_demo_of_a_check_that_finds_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "example").mkdir()
    (tmp_path / "example" / "README.md").write_text("Nothing.\n")
    demo = load_demo()
    monkeypatch.setattr(demo, "EXAMPLE", tmp_path / "example")
    monkeypatch.setattr(demo, "LEFT_OUT", {})
    monkeypatch.setattr(demo, "_make_history", lambda program, folder: "")
    assert demo.main([str(tmp_path / "harbor")]) == 1


def test_the_demo_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    exists = run(ROOT, "examples/demo.py", str(tmp_path))
    assert (exists.returncode, "exists already" in exists.stderr) == (2, True)
    usage = run(ROOT, "examples/demo.py", "--what")
    assert (usage.returncode, "python examples/demo.py FOLDER" in usage.stdout) == (2, True)
    missing = run(ROOT, "-S", "examples/demo.py", PYTHONPATH="")
    assert (missing.returncode, "`make demo` installs it" in missing.stderr) == (2, True)


def test_the_code_of_the_example_passes_its_own_tests(harbor: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    tests = sorted(str(path) for path in (harbor / "tests").glob("*.test.mjs"))
    assert subprocess.run([node, "--test", *tests], cwd=harbor, capture_output=True, check=False).returncode == 0
