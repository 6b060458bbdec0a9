"""The benchmark of cross-checking at toy size: the same tree each time, with faults that are found."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).resolve().parent.parent / "benchmarks" / "crosscheck.py"


@pytest.fixture(scope="module")
def crosscheck() -> ModuleType:
    spec = importlib.util.spec_from_file_location("crosscheck", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tree_is_the_same_in_every_run(crosscheck: ModuleType) -> None:
    first, second = crosscheck.Writer(24), crosscheck.Writer(24)
    assert first.files() == second.files()
    assert first.faults == second.faults > 0


def test_it_measures_reading_linking_and_judging(crosscheck: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert crosscheck.main(["--documents", "24", "--runs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("24 documents, 0.02 MB, ")
    assert lines[0].endswith(" findings, 1 runs")
    assert [line.split()[0] for line in lines[2:]] == [
        "parse", "link", "claims", "statuses", "order", "rules", *crosscheck.FAMILIES, "(link",
    ]  # fmt: skip


def test_there_must_be_something_to_measure(crosscheck: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert crosscheck.main(["--documents", "0"]) == 2
    assert capsys.readouterr().err == "nothing to measure\n"


def test_history_is_measured_beside_git(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("history", BENCHMARK.with_name("history.py"))
    assert spec is not None
    assert spec.loader is not None
    history = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(history)
    assert b"".join(history.Chronicler(60).stream()) == b"".join(history.Chronicler(60).stream())
    assert history.main(["--commits", "30", "--runs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0] for line in lines[1:]] == [
        "python -c pass", "git log --name-only", "history", "history B07-03", "history --limit 0",
    ]  # fmt: skip
    assert history.main(["--commits", "0"]) == 2
    assert capsys.readouterr().err == "nothing to measure\n"
