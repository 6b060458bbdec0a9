"""What docs/stability.md promises: nothing that stands in the record is gone or has another name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from gatekeeper.cli.exits import Exit
from gatekeeper.cli.group import COMMANDS, gatekeeper
from gatekeeper.policy.file import PolicyFile
from gatekeeper.rules.registry import RULES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "stability.md"
RECORD = ROOT / "tests" / "golden" / "surface.txt"


def surface() -> Iterator[str]:
    """Everything that is promised, a line each."""
    yield from (f"rule {rule.info.code} {rule.info.name}" for rule in RULES)
    yield from (f"exit {code.value} {code.name.lower()}" for code in Exit)
    yield from (f"policy {field.alias or name}" for name, field in PolicyFile.model_fields.items())
    context = click.Context(gatekeeper)
    for name in COMMANDS:
        command = gatekeeper.get_command(context, name)
        assert command is not None
        yield from options_of(name, command)
    for path in sorted((ROOT / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text("utf-8"))
        yield from (f"schema {path.name} {name}" for name in schema.get("properties", {}))
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        yield f"hook {hook['id']}"


def options_of(path: str, command: click.Command) -> Iterator[str]:
    """A command with each of its options, and those of the commands below it."""
    yield f"command {path}"
    for param in command.params:
        yield from (f"command {path} {option}" for option in param.opts if isinstance(param, click.Option))
    if isinstance(command, click.Group):
        for name in command.commands:
            yield from options_of(f"{path} {name}", command.commands[name])


def test_nothing_that_is_recorded_is_gone(request: pytest.FixtureRequest) -> None:
    """`pytest --update-golden` records what is new; what went needs a line in the changelog first."""
    today = set(surface())
    if request.config.getoption("--update-golden"):
        RECORD.write_text("".join(f"{line}\n" for line in sorted(today)), "utf-8", newline="\n")
    recorded = set(RECORD.read_text("utf-8").splitlines())
    assert len(recorded) > 500
    assert recorded - today == set()


def test_the_page_has_every_exit_code() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d) \|", PAGE.read_text("utf-8"), re.MULTILINE)}
    assert codes == {code.value for code in Exit} - {Exit.INTERRUPTED}


def test_what_the_page_says_holds_a_promise_is_there() -> None:
    named = re.findall(r"`(tests/[^`]+)`", PAGE.read_text("utf-8"))
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
