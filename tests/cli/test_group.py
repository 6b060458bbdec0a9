"""The door itself: help, version, unknown words, and how every ending gets its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import Result

from gatekeeper import __version__
from gatekeeper.cli.group import ALIASES, COMMANDS, gatekeeper
from gatekeeper.engine import session

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version_is_one_line_however_it_is_asked(flag: str, run: Run, start: Start) -> None:
    done = start(flag)
    assert (done.returncode, done.stdout.decode().split()) == (0, ["gatekeeper", __version__])
    assert run(flag).stdout == f"gatekeeper {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_lists_every_command_and_fits_a_screen(arguments: list[str], run: Run) -> None:
    result = run(*arguments)
    assert result.exit_code == (0 if arguments else 2)
    lines = result.stdout.splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 80
    for name, (_, summary) in COMMANDS.items():
        assert any(line.split()[:1] == [name] and summary in line for line in lines)


def lines_of_commands() -> list[str]:
    """Every command and every command of a group, as it is typed."""
    context = click.Context(gatekeeper)
    found = []
    for name in COMMANDS:
        command = gatekeeper.get_command(context, name)
        inner = command.list_commands(context) if isinstance(command, click.Group) else []
        found += [name, *(f"{name} {word}" for word in inner)]
    return found


@pytest.mark.parametrize("line", lines_of_commands())
def test_a_commands_help_fits_and_shows_examples_of_it(line: str, run: Run) -> None:
    result = run(*line.split(), "--help")
    assert result.exit_code == 0
    examples = result.stdout.partition("Examples:\n")[2].partition("\n\n")[0].splitlines()
    assert examples
    names = (f"gatekeeper {line}", *(f"gatekeeper {alias}" for alias in ALIASES if alias == line.split()[-1]))
    assert all(example.strip().startswith(names) for example in examples)
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert len(result.stdout.splitlines()) <= 40


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_names_what_is_there(name: str) -> None:
    module, _, function = COMMANDS[name][0].partition(":")
    command = getattr(import_module(module), function)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert gatekeeper.get_command(click.Context(gatekeeper), name) is command


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["chek"], "gatekeeper: there is no command 'chek'; did you mean `gatekeeper check`?", "`gatekeeper --help`"),
        (["portfolio"], "gatekeeper: there is no command 'portfolio'", "`gatekeeper --help`"),
        (["policy", "chek"], "gatekeeper policy: No such command 'chek'", "`gatekeeper policy"),
        (["rule", "EV0001"], "EV0001: there is no such rule", "did you mean EV001?"),
        (["rule", "evidence-target-mising"], "evidence-target-mising: there is no such rule", "did you mean evidence-"),
        (["--frobnicate"], "gatekeeper: No such option", "`gatekeeper --help`"),
        (["check", "--formt", "json"], "gatekeeper check: No such option", "`gatekeeper check --help`"),
        (["check", "--format", "xml"], "gatekeeper check: Invalid value for '--format'", "`gatekeeper check --help`"),
        (["check", "--output"], "gatekeeper check: Option '--output' requires an argument", "--help"),
        (["check", "--today", "soon"], "gatekeeper check: Invalid value for '--today'", "--help"),
        (["check", "--fail-on", "never"], "gatekeeper check: Invalid value for '--fail-on'", "--help"),
        (["rule", "EV001", "EV002"], "gatekeeper rule: Got unexpected extra argument", "`gatekeeper rule --help`"),
    ],
)
def test_wrong_usage_is_one_error_and_one_hint(
    arguments: list[str], error: str, hint: str, run: Run, folder: Path
) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    first, second = result.stderr.splitlines()
    assert first.startswith(f"error: {error}")
    assert second.startswith("  hint: ")
    assert hint in second


def test_a_mistyped_option_is_answered_with_the_right_one(run: Run) -> None:
    assert "--format" in run("check", "--formt", "json").stderr.splitlines()[0]


def explode(*arguments: object) -> None:
    raise ZeroDivisionError("seven \x1b[31m by nothing")


def interrupt(*arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_bug_of_ours_is_told_in_one_line_and_never_passes(
    run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "check", explode)
    result = run("check", "--exit-zero")
    assert (result.exit_code, result.stdout) == (4, "")
    error, hint = result.stderr.splitlines()
    assert error == f"error: gatekeeper {__version__}: ZeroDivisionError: seven \\x1b[31m by nothing"
    assert "report it" in hint
    assert "--debug" in hint


def test_debug_shows_where_the_bug_is(clean: Path) -> None:
    program = (
        "from gatekeeper.engine import session\n"
        "from gatekeeper.cli.group import gatekeeper\n"
        "session.check = None\n"
        "gatekeeper.main(['check', '--debug'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr.startswith("Traceback (most recent call last):")
    assert "cli/check.py" in done.stderr.replace(os.sep, "/")
    assert "TypeError" in done.stderr.splitlines()[-2]


def test_an_interrupt_exits_130_without_a_word(run: Run, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "check", interrupt)
    result = run("check")
    assert (result.exit_code, result.output) == (130, "")


@pytest.mark.skipif(os.name == "nt", reason="a pipe cannot be closed this way")
@pytest.mark.parametrize(("arguments", "code"), [(["check"], 1), (["parse"], 0), (["rule"], 0), (["--help"], 0)])
def test_a_reader_that_goes_away_is_no_error_and_the_verdict_stays(
    arguments: list[str], code: int, faulty: Path
) -> None:
    assert gone(arguments) == (code, b"")


@pytest.mark.skipif(os.name == "nt", reason="a pipe cannot be closed this way")
def test_even_the_version_may_go_unread(folder: Path) -> None:
    assert gone(["--version"]) == (0, b"")


def gone(arguments: list[str]) -> tuple[int, bytes]:
    """Exit code and stderr of a command whose stdout nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "gatekeeper", *arguments]
    try:
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60)
    finally:
        os.close(writer)
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("arguments", [["check"], ["parse"], ["rule"], ["--help"], ["--version"]])
def test_a_full_disk_is_told_and_never_passes(arguments: list[str], faulty: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123  a device
        command = [sys.executable, "-m", "gatekeeper", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
