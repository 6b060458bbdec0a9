"""What flags and arguments name: the root, the policy, the paths. Whatever is wrong is one error with exit 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files")


def looked_at(result: Result) -> list[str]:
    return [entry["path"] for entry in json.loads(result.stdout)["inputs"]]


def refused(result: Result, where: str, message: str) -> None:
    """One error that names the place, and a hint."""
    assert (result.exit_code, result.stdout) == (2, "")
    first, second = result.stderr.splitlines()
    assert first.startswith(f"error: {where}: ")
    assert message in first
    assert second.startswith("  hint: ")


def track(folder: Path) -> None:
    """Makes the folder a git repository with every file in its index."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=folder, check=True, env=environment)


def test_paths_are_relative_to_the_current_folder(run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    track(faulty)
    monkeypatch.chdir(faulty / "docs")
    for given in ("tracker.md", "./tracker.md", "../docs/tracker.md", str(faulty / "docs/tracker.md"), "."):
        assert looked_at(run("check", "--format", "json", given)) == ["docs/tracker.md"], given


def test_without_paths_the_whole_repository_is_looked_at_from_any_folder(
    run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    track(faulty)
    monkeypatch.chdir(faulty / "docs")
    assert looked_at(run("check", "--format", "json")) == ["README.md", "docs/tracker.md"]
    assert looked_at(run("check", "--format", "json", "..")) == ["README.md", "docs/tracker.md"]


def test_root_says_what_paths_of_the_report_are_relative_to(run: Run, faulty: Path) -> None:
    assert looked_at(run("check", "--format", "json", "--root", "docs")) == ["tracker.md"]
    assert looked_at(run("check", "--format", "json", "--root", "docs", "docs/tracker.md")) == ["tracker.md"]


def test_a_pattern_that_no_shell_expanded_is_expanded(run: Run, faulty: Path) -> None:
    assert looked_at(run("check", "--format", "json", "doc?/*.md")) == ["docs/tracker.md"]
    refused(run("check", "none/*.md"), "none/*.md", "no such file or folder")
    refused(run("check", "/nowhere*/x"), "/nowhere*/x", "no such file or folder")


def test_a_file_whose_name_is_a_pattern_is_that_file(run: Run, faulty: Path) -> None:
    (faulty / "docs/[id].md").write_text("# Page\n")
    assert looked_at(run("check", "--format", "json", "docs/[id].md")) == ["docs/[id].md"]


def test_the_same_file_twice_is_looked_at_once(run: Run, faulty: Path) -> None:
    assert looked_at(run("check", "--format", "json", "docs/tracker.md", "docs", "./docs/tracker.md")) == [
        "docs/tracker.md"
    ]


@needs_posix
def test_a_way_through_a_link_above_the_root_leads_into_it(run: Run, faulty: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(faulty)
    given = str(tmp_path / "way/docs/tracker.md")
    assert looked_at(run("check", "--format", "json", given)) == ["docs/tracker.md"]


@pytest.mark.parametrize("given", ["gone.md", "docs/gone.md", "docs/tracker.md/x", "a\0b", "x" * 5000])
def test_a_path_that_is_not_there_is_refused(given: str, run: Run, faulty: Path) -> None:
    result = run("check", given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("error: ")
    assert "hint: " in result.stderr


def test_a_path_outside_of_the_root_is_refused(run: Run, faulty: Path) -> None:
    (faulty.parent / "other.md").write_text("x\n")
    refused(run("check", "../other.md"), str(faulty.parent / "other.md"), f"outside of the repository at {faulty}")
    refused(run("check", "--root", "docs", "README.md"), str(faulty / "README.md"), "outside of the repository")


def test_a_root_that_is_no_folder_is_refused(run: Run, faulty: Path) -> None:
    refused(run("check", "--root", "gone"), str(faulty / "gone"), "not a folder")
    refused(run("check", "--root", "README.md"), str(faulty / "README.md"), "not a folder")


@needs_posix
def test_a_current_folder_that_is_gone_is_refused(start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = folder / "gone"
    gone.mkdir()
    command = f'cd "{gone}" && rmdir "{gone}" && exec "$0" -c "from gatekeeper.cli.main import main; main()" check'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: the current folder cannot be used: ")


@pytest.mark.parametrize("name", [".gatekeeper.yml", ".gatekeeper.yaml"])
def test_the_policy_at_the_root_is_found(name: str, run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    track(faulty)
    (faulty / name).write_text("rules: {EV001: off}\n")
    monkeypatch.chdir(faulty / "docs")
    result = run("check", "--format", "json")
    assert result.exit_code == 0
    policy = json.loads(result.stdout)["policy"]
    assert policy["sources"] == [name]
    assert len(policy["sha256"]) == 64


def test_two_policies_at_the_root_are_refused(run: Run, faulty: Path) -> None:
    (faulty / ".gatekeeper.yml").write_text("")
    (faulty / ".gatekeeper.yaml").write_text("")
    refused(run("check"), ".gatekeeper.yaml", "two policy files")


def test_config_names_a_policy_relative_to_the_current_folder(
    run: Run, faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    track(faulty)
    (faulty / ".gatekeeper.yml").write_text("exclude: [docs/]\n")
    (faulty / "docs/law.yml").write_text("rules: {EV001: warning}\n")
    monkeypatch.chdir(faulty / "docs")
    result = run("check", "--format", "json", "--config", "law.yml")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["policy"]["sources"]) == (0, ["docs/law.yml"])
    assert [finding["severity"] for finding in report["findings"]] == ["warning"]
    reasons = {entry["path"]: entry["reason"] for entry in report["inputs"]}
    assert reasons["docs/law.yml"] == "the policy in force"


def test_config_may_lie_outside_of_the_root(run: Run, faulty: Path) -> None:
    (faulty.parent / "law.yml").write_text("rules: {EV001: off}\n")
    result = run("check", "--format", "json", "--config", "../law.yml")
    assert (result.exit_code, json.loads(result.stdout)["policy"]["sources"]) == (0, ["../law.yml"])


def test_a_faulty_policy_is_refused_at_its_line(run: Run, faulty: Path) -> None:
    (faulty / ".gatekeeper.yml").write_text("# law\nrules:\n  EV01: off\n")
    result = run("check")
    refused(result, ".gatekeeper.yml:3:3", '"EV01" is not a rule')
    assert 'did you mean "EV001"?' in result.stderr


def test_an_option_of_a_rule_that_has_none_is_refused_at_its_line(run: Run, faulty: Path) -> None:
    (faulty / ".gatekeeper.yml").write_text("rules:\n  EV001: {options: {depth: 3}}\n")
    refused(run("check"), ".gatekeeper.yml:2:21", "EV001")


@pytest.mark.parametrize(
    ("name", "message"),
    [("gone.yml", "no such file"), ("docs", "a folder"), ("image.yml", "binary"), ("huge.yml", "larger than")],
)
@pytest.mark.parametrize("command", ["check", "parse"])
def test_a_config_that_is_no_policy_is_refused(command: str, name: str, message: str, run: Run, faulty: Path) -> None:
    (faulty / "image.yml").write_bytes(b"\x89PNG\0\0\1\2\xff")
    (faulty / "huge.yml").write_bytes(b"#" * 2_000_000)
    refused(run(command, "--config", name), name, message)


@needs_posix
def test_a_pipe_or_device_is_no_policy(run: Run, faulty: Path) -> None:
    os.mkfifo(faulty / "pipe.yml")
    refused(run("check", "--config", "pipe.yml"), "pipe.yml", "not a file")
    refused(run("check", "--config", "/dev/zero"), "/dev/zero", "not a file")


@needs_posix
def test_a_policy_at_the_root_that_is_a_link_is_refused(run: Run, faulty: Path) -> None:
    (faulty.parent / "law.yml").write_text("rules: {EV001: off}\n")
    (faulty / ".gatekeeper.yml").symlink_to("../law.yml")
    refused(run("check"), ".gatekeeper.yml", "symbolic link")


@needs_posix
def test_what_a_name_holds_cannot_reach_the_terminal(start: Start, faulty: Path) -> None:
    done = start("check", "\x1b[2J\u202e.md")
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr
    assert "\u202e".encode() not in done.stderr


@needs_posix
def test_a_name_that_is_not_utf8_is_told_and_found(start: Start, faulty: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    done = start("check", name)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    (faulty / name).write_text((faulty / "docs/tracker.md").read_text())
    done = start("check", "--format", "json", name)
    assert done.returncode == 1
    assert [finding["path"] for finding in json.loads(done.stdout)["findings"]] == [name]
