"""Results reach stdout or a file whole, in an encoding that holds them; errors reach stderr harmless."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper.cli.stream.outfile import write_file
from gatekeeper.model.errors import ConfigError

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]

needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files")
needs_a_user = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")


def test_a_result_in_a_file_leaves_stdout_empty(run: Run, faulty: Path) -> None:
    shown = run("check")
    result = run("check", "-o", "out.txt")
    assert (result.exit_code, result.output) == (1, "")
    assert (faulty / "out.txt").read_text("utf-8") == shown.stdout
    assert not [path.name for path in faulty.iterdir() if path.name.startswith(".gatekeeper")]


def test_a_dash_is_stdout(run: Run, faulty: Path) -> None:
    assert run("check", "-o", "-").stdout == run("check").stdout


@needs_posix
@pytest.mark.parametrize("target", ["gone/out.txt", "docs", "README.md/out.txt", "x" * 300, "a\0b", ""])
def test_a_file_that_cannot_be_written_is_refused(target: str, run: Run, faulty: Path) -> None:
    result = run("check", "-o", target)
    assert (result.exit_code, result.stdout) == (2, "")
    error, hint = result.stderr.splitlines()
    assert error.startswith("error: ")
    assert "cannot write the output: " in error
    assert hint.startswith("  hint: ")


@needs_a_user
def test_a_file_or_folder_without_permission_is_refused(run: Run, faulty: Path) -> None:
    (faulty / "fixed.txt").write_text("before")
    (faulty / "fixed.txt").chmod(0o444)
    (faulty / "src").chmod(0o555)
    assert run("check", "-o", "fixed.txt").exit_code == run("check", "-o", "src/out.txt").exit_code == 2
    assert (faulty / "fixed.txt").read_text() == "before"


def pieces_that_end_badly() -> Iterator[str]:
    yield "half"
    raise ZeroDivisionError


def test_a_failure_midway_leaves_the_file_as_it_was(folder: Path) -> None:
    (folder / "out.txt").write_text("before")
    with pytest.raises(ZeroDivisionError):
        write_file(pieces_that_end_badly(), "out.txt")
    assert [path.name for path in folder.iterdir()] == ["out.txt"]
    assert (folder / "out.txt").read_text() == "before"


@needs_posix
def test_a_file_keeps_its_permissions_and_a_link_its_target(folder: Path) -> None:
    (folder / "real.txt").write_text("before")
    (folder / "real.txt").chmod(0o640)
    (folder / "link.txt").symlink_to("real.txt")
    write_file(["after\n"], "link.txt")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").read_text() == "after\n"
    assert stat.S_IMODE((folder / "real.txt").stat().st_mode) == 0o640


@needs_posix
def test_a_new_file_has_the_permissions_of_any_new_file(folder: Path) -> None:
    (folder / "other.txt").touch()
    write_file(["x"], "out.txt")
    assert (folder / "out.txt").stat().st_mode == (folder / "other.txt").stat().st_mode


@needs_posix
def test_a_device_is_written_to_and_stays(start: Start, faulty: Path) -> None:
    assert start("check", "-o", "/dev/null").returncode == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)  # noqa: PTH116


@needs_posix
def test_a_loop_of_links_is_refused(folder: Path) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    with pytest.raises(ConfigError, match="cannot write"):
        write_file(["x"], "a")


UNICODE = "# Tracker\n\n| ID | Item | Status | Evidence |\n|-|-|-|-|\n| 1 | Größe → 検索 \U0001f600 | Done | `src/größe.py` |\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-16", "utf-8"])
def test_no_encoding_of_the_terminal_can_break_a_run(encoding: str, start: Start, folder: Path) -> None:
    (folder / "tracker.md").write_text(UNICODE, "utf-8")
    for command, code in (("check", 1), ("parse", 0), ("rule", 0)):
        done = start(command, PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (code, b"")
        assert done.stdout.decode(encoding)
    error = start("check", "größe.md", PYTHONIOENCODING=encoding)
    assert error.returncode == 2
    assert error.stderr.decode(encoding).startswith("error: gr")


def test_an_ascii_terminal_gets_ascii(start: Start, folder: Path) -> None:
    (folder / "tracker.md").write_text(UNICODE, "utf-8")
    assert start("check", PYTHONIOENCODING="ascii").stdout.isascii()
    assert not start("check", PYTHONIOENCODING="utf-8").stdout.isascii()


def test_json_is_utf8_whatever_the_terminal_speaks(start: Start, folder: Path) -> None:
    (folder / "tracker.md").write_text(UNICODE, "utf-8")
    done = start("parse", "--format", "json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("utf-8"))["documents"][0]["items"][0]["title"] == "Größe → 検索 \U0001f600"


@needs_posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "</dev/null 2>/dev/full"])
def test_closed_streams_change_no_verdict(closed: str, faulty: Path) -> None:
    line = f'exec "$0" -m gatekeeper check {closed}'
    assert subprocess.run(["sh", "-c", line, sys.executable], check=False, capture_output=True).returncode == 1
    line = f'exec "$0" -m gatekeeper check gone.md {closed}'
    assert subprocess.run(["sh", "-c", line, sys.executable], check=False, capture_output=True).returncode == 2


@pytest.mark.parametrize("variable", ["GITHUB_ACTIONS", "TF_BUILD"])
def test_no_text_and_no_error_is_a_command_to_the_ci_system(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "true")
    (folder / "board.md").write_text(
        "| ID | Item | Status |\n|---|---|---|\n| 1 | x ##vso[task.setvariable]y | Done |\n"
    )
    for result in (run("parse", "board.md"), run("check", "##vso[task.prependpath]x"), run("check", "##[add-path]x")):
        assert not any(sign in result.output for sign in ("##vso[", "##["))
        assert "## " in result.output
