"""Words are completed, in the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper.cli.group import COMMANDS
from gatekeeper.rules.registry import RULES

Run = Callable[..., Result]

LAW = "gates:\n  Launch gate:\n    requires: {findings: {errors: 0}}\n"
# What bash is asked for without a terminal: the words of the line, then what the function that was set up for the command answers.
BASH = """\
eval "$(gatekeeper completion bash)"
compopt() { echo "option $2"; }
COMP_WORDS=(%s)
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_gatekeeper_completion gatekeeper
printf '%%s\\n' "${COMPREPLY[@]}"
"""
# `_describe` is what would draw the list; only its arguments are of interest here.
ZSH = """\
autoload -Uz compinit && compinit -u -D
eval "$(gatekeeper completion zsh)"
_describe() { eval "printf '%%s\\n' \\"\\${$3[@]}\\""; }
compadd() { :; }
_path_files() { echo "option files"; }
words=(%s)
CURRENT=${#words}
_gatekeeper_completion
"""
FISH = "gatekeeper completion fish | source; complete -C '%s'"
SHELLS = {"bash": "--norc", "zsh": "-f", "fish": "--no-config"}


def values(*words: str) -> list[str]:
    """What is offered for the last word, as bash is told it: a type, a comma, and the value."""
    environment = {
        **os.environ,
        "_GATEKEEPER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("gatekeeper", *words)),
    }
    environment |= {"COMP_CWORD": str(len(words))}
    command = [sys.executable, "-m", "gatekeeper"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture
def lawful(faulty: Path) -> Path:
    (faulty / ".gatekeeper.yml").write_text(LAW)
    return faulty


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_the_one_that_the_variable_gives(shell: str, run: Run, folder: Path) -> None:
    command = [sys.executable, "-m", "gatekeeper"]
    environment = {**os.environ, "_GATEKEEPER_COMPLETE": f"{shell}_source"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == run("completion", shell).stdout.strip() != ""


def test_a_shell_that_nobody_knows_is_refused(run: Run, folder: Path) -> None:
    assert run("completion", "tcsh").exit_code == 2


def test_commands_and_commands_of_groups(folder: Path) -> None:
    assert values("") == [f"plain,{name}" for name in COMMANDS]
    assert values("val") == ["plain,validate-ai-runtime", "plain,validate-env"]
    assert values("packet", "v") == ["plain,verify"]


def test_options_and_their_choices(folder: Path) -> None:
    assert values("check", "--fa") == ["plain,--fail-on"]
    assert values("check", "--fail-on", "") == ["plain,error", "plain,warning", "plain,note"]


def test_rules_by_code_and_by_name(folder: Path) -> None:
    assert values("rule", "") == [f"plain,{rule.info.code}" for rule in RULES]
    assert values("rule", "ev00")[:2] == ["plain,EV001", "plain,EV002"]
    assert values("rule", "evidence-ta") == ["plain,evidence-target-missing"]


def test_files_and_folders_are_left_to_the_shell(folder: Path) -> None:
    for words in (
        ["check", ""],
        ["check", "--config", ""],
        ["policy", "check", ""],
        ["verify", ""],
        ["parse", "-o", ""],
    ):
        assert values(*words) == ["file,"], words
    assert values("check", "--root", "") == ["dir,"]


def test_gates_of_policy_and_documents(lawful: Path) -> None:
    (lawful / "docs/plan.md").write_text("| Sprint | Gate | Status |\n|---|---|---|\n| 1 | Hull gate | Done |\n")
    assert values("plan", "") == ["plain,Launch\\\\", "gate", "plain,Hull\\\\", "gate"]
    assert values("gates", "--gate", "l") == ["plain,Launch\\\\", "gate"]
    assert values("packet", "build", "--gate", '"L') == ["plain,Launch", "gate"]


def test_gates_of_a_large_repository_are_those_of_the_policy(lawful: Path) -> None:
    (lawful / "notes").mkdir()
    for number in range(201):
        (lawful / f"notes/{number}.md").write_text(
            "| Sprint | Gate | Status |\n|---|---|---|\n| 1 | Hull gate | Done |\n"
        )
    assert values("plan", "") == ["plain,Launch\\\\", "gate"]


def test_a_policy_that_cannot_be_read_is_not_told_here(lawful: Path) -> None:
    (lawful / ".gatekeeper.yml").write_text("gates: [")
    assert values("plan", "") == []


@pytest.fixture
def in_shell(lawful: Path, tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Asks a real shell what it completes a line to; the command is this checkout's."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "gatekeeper"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gatekeeper "$@"\n')
    program.chmod(0o755)

    def call(shell: str, script: str) -> list[str]:
        path = shutil.which(shell)
        if path is None:
            pytest.skip(f"{shell} is not installed")
        environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path)}
        command = [path, SHELLS[shell], "-c", script]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.stderr == ""
        return done.stdout.splitlines()

    return call


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX shells")
def test_bash_completes(in_shell: Callable[[str, str], list[str]]) -> None:
    assert in_shell("bash", BASH % "gatekeeper che") == ["check"]
    assert in_shell("bash", BASH % "gatekeeper rule EV00")[:2] == ["EV001", "EV002"]
    assert in_shell("bash", BASH % "gatekeeper plan La") == ["Launch\\ gate"]
    assert in_shell("bash", BASH % "gatekeeper check ''") == ["option default", ""]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX shells")
def test_zsh_completes_and_explains(in_shell: Callable[[str, str], list[str]]) -> None:
    assert in_shell("zsh", ZSH % "gatekeeper che") == ["check:Hold status documents against the repository."]
    assert in_shell("zsh", ZSH % "gatekeeper rule EV001") == ["EV001:evidence-target-missing"]
    assert in_shell("zsh", ZSH % "gatekeeper check ''") == ["option files"]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX shells")
def test_fish_completes_and_explains(in_shell: Callable[[str, str], list[str]]) -> None:
    assert in_shell("fish", FISH % "gatekeeper che") == ["check\tHold status documents against the repository."]
    assert in_shell("fish", FISH % "gatekeeper rule EV001") == ["EV001\tevidence-target-missing"]
    assert in_shell("fish", FISH % "gatekeeper plan La") == ["Launch gate"]
    assert "docs/" in in_shell("fish", FISH % "gatekeeper check d")
