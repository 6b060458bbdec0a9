"""`gatekeeper rule`: the list, and one rule's page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gatekeeper.rules.registry import RULES

Run = Callable[..., Result]


def test_every_rule_is_listed_in_order(run: Run, folder: Path) -> None:
    result = run("rule")
    assert (result.exit_code, result.stderr) == (0, "")
    starts = [line.split()[0] for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert starts == [rule.info.code for rule in RULES]


@pytest.mark.parametrize("word", ["EV001", "ev001", "evidence-target-missing"])
def test_a_code_or_a_name_gives_the_page(word: str, run: Run, folder: Path) -> None:
    result = run("rule", word)
    assert result.exit_code == 0
    assert result.stdout.startswith("# EV001 evidence-target-missing\n")
    assert "## Why it matters" in result.stdout


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("EV01", "did you mean EV001?"),
        ("evidence-target-mising", "did you mean evidence-target-missing?"),
        ("zzz", "`gatekeeper rule` lists the rules"),
        ("", "`gatekeeper rule` lists the rules"),
    ],
)
def test_another_word_is_refused_with_the_nearest(word: str, hint: str, run: Run, folder: Path) -> None:
    result = run("rule", word)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"  hint: {hint}"


def test_json_holds_the_pages(run: Run, folder: Path) -> None:
    everything = json.loads(run("rule", "--format", "json").stdout)
    assert [rule["code"] for rule in everything["rules"]] == [rule.info.code for rule in RULES]
    one = json.loads(run("rule", "EV001", "--format", "json").stdout)
    assert [rule["code"] for rule in one["rules"]] == ["EV001"]
    assert "## Why it matters" in one["rules"][0]["page"]


def test_no_repository_is_needed(run: Run, folder: Path) -> None:
    (folder / ".gatekeeper.yml").write_text("nonsense: 1\n")
    assert run("rule", "--root", "gone", "--config", "gone").exit_code == 0
