"""`gatekeeper check`: findings on stdout, a verdict as exit code, everything else on stderr."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper import __version__

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_findings_go_to_stdout_and_exit_1(run: Run, faulty: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("docs/tracker.md:6:27: error[EV001] ")
    assert result.stdout.splitlines()[-1].startswith("1 error in 1 document (2 items, 2 evidence references)")


def test_a_clean_repository_exits_0(run: Run, clean: Path) -> None:
    result = run("check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("no findings in 1 document")


def test_the_process_exits_as_the_command_does(start: Start, faulty: Path) -> None:
    assert start("check").returncode == 1
    assert start("check", "--exit-zero").returncode == 0
    assert start("check", "nowhere.md").returncode == 2
    assert start("check", "README.md").returncode == 3


def test_json_is_the_contract(run: Run, faulty: Path) -> None:
    result = run("check", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    report = json.loads(result.stdout)
    assert report["schema_version"] == "1"
    assert report["tool"] == {"name": "gatekeeper", "version": __version__}
    assert report["summary"]["documents"] == 1
    assert [(f["code"], f["path"], f["line"], f["column"]) for f in report["findings"]] == [
        ("EV001", "docs/tracker.md", 6, 27)
    ]


def test_text_is_another_word_for_terminal(run: Run, faulty: Path) -> None:
    assert run("check", "--format", "text").stdout == run("check", "--format", "terminal").stdout == run("check").stdout


@pytest.mark.parametrize(
    ("severity", "flags", "code"),
    [
        ("warning", [], 0),
        ("warning", ["--fail-on", "warning"], 1),
        ("note", ["--fail-on", "warning"], 0),
        ("note", ["--fail-on", "note"], 1),
        ("error", ["--fail-on", "note"], 1),
        ("error", ["--exit-zero"], 0),
        ("off", ["--fail-on", "note"], 0),
    ],
)
def test_the_policy_and_fail_on_give_the_verdict(
    severity: str, flags: list[str], code: int, run: Run, faulty: Path
) -> None:
    (faulty / ".gatekeeper.yml").write_text(f"rules: {{EV001: {severity}}}\n")
    assert run("check", *flags).exit_code == code


def test_nothing_checked_is_no_pass_and_says_what_was_looked_at(run: Run, clean: Path) -> None:
    (clean / "notes.txt").write_text("Nothing of note.\n")
    result = run("check", "--exclude", "docs/")
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        "error: nothing was checked: 3 files were looked at, and none carries status, evidence or gate content",
        "  2 files: carries no status, evidence or gate content",
        "  1 file: excluded by the configuration",
        "  hint: name the documents that carry status, or see what --exclude and the policy's `exclude` leave out",
    ]
    assert run("check", "--exclude", "docs/", "--exit-zero").exit_code == 3


def test_one_file_without_content_is_told_by_name(run: Run, clean: Path) -> None:
    first = run("check", "README.md").stderr.splitlines()[0]
    assert first == "error: nothing was checked: README.md was looked at: carries no status, evidence or gate content"


def test_an_empty_folder_exits_3_with_valid_json(run: Run, folder: Path) -> None:
    result = run("check", "--format", "json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["inputs"] == []
    assert "no Markdown, text, YAML or JSON file was found" in result.stderr


def test_a_document_that_cannot_be_read_is_a_finding_not_nothing(run: Run, folder: Path) -> None:
    (folder / "tracker.md").write_bytes(b"# Tracker\n" + b"\0" * 9)
    result = run("check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "DC004" in result.stdout


def test_quiet_says_only_findings_and_verbose_says_why_files_are_set_aside(run: Run, faulty: Path) -> None:
    assert "in 1 document" not in run("check", "-q").stdout
    assert "EV001" in run("check", "-q").stdout
    assert "README.md: carries no status" in run("check", "-v").stdout
    assert "docs/tracker.md: tracker, " in run("check", "-vv").stdout
    assert run("check", "-q", "-v").stdout == run("check").stdout


def test_quiet_and_clean_is_silence(run: Run, clean: Path) -> None:
    result = run("check", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_exclude_adds_to_the_policy(run: Run, faulty: Path) -> None:
    (faulty / ".gatekeeper.yml").write_text("exclude: [other.md]\n")
    (faulty / "other.md").write_text((faulty / "docs/tracker.md").read_text())
    (faulty / "third.md").write_text((faulty / "docs/tracker.md").read_text())
    report = json.loads(run("check", "--format", "json", "--exclude", "third.md").stdout)
    assert [finding["path"] for finding in report["findings"]] == ["docs/tracker.md"]


def test_an_exclude_pattern_that_is_none_is_usage(run: Run, faulty: Path) -> None:
    result = run("check", "--exclude", "[z-a]")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "pattern" in result.stderr


def test_today_is_taken_as_a_date(run: Run, clean: Path) -> None:
    assert run("check", "--today", "2026-02-28").exit_code == 0
    assert run("check", "--today", "2026-02-30").exit_code == 2


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed(start: Start, faulty: Path) -> None:
    first = start("check", "--format", "json", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    second = start("check", "--format", "json", PYTHONHASHSEED="2", TZ="America/Lima")
    assert first.stdout == second.stdout
    assert first.stdout


def test_git_says_what_is_tracked(run: Run, faulty: Path) -> None:
    (faulty / ".gitignore").write_text("logout.py\n")
    (faulty / "src/logout.py").write_text("x = 1\n")
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=faulty, check=True, env=environment)
    report = json.loads(run("check", "--format", "json").stdout)
    assert [finding["code"] for finding in report["findings"]] == ["EV004"]
