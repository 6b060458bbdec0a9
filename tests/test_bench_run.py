"""The side-by-side run at toy size, with stand-ins for the peers: findings are held against truth, and the table says what holds."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="times of a child process come from wait4")


@pytest.fixture(scope="module")
def load() -> Iterator[Any]:
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module
    sys.path.remove(str(BENCHMARKS))


def _bench(load: Any, folder: Path, found: int) -> Any:
    peers: ModuleType = load("paired.peers")
    peer = peers.Peer((sys.executable, "-c", f"print('MD057 ' * {found})"), "stand-in 1")
    return load("paired.cases").Bench(folder, {20: 1}, peer, peer, lambda what: None)


def test_findings_are_held_against_what_was_planted(load: Any, tmp_path: Path) -> None:
    bench = _bench(load, tmp_path, found=99)
    bench.cold(20, 1.5)
    bench.linted(20)
    assert bench.faults == []
    assert [row.case for row in bench.rows] == [
        "cold, 20 documents, wall", "cold, 20 documents, CPU", "cold, 20 documents, memory", "cold, 20 documents, wall",
    ]  # fmt: skip
    assert bench.rows[0].other.startswith("stand-in 1, MD057 ")
    truth = tmp_path / "tree-20.truth.json"
    planted = json.loads(truth.read_bytes())
    truth.write_text(json.dumps({**planted, "findings": planted["findings"][1:]}), "utf-8")
    bench.cold(20, 1.5)
    assert bench.faults == [f"tree-20 : +{planted['findings'][0]}"] or bench.faults == [
        f"tree-20 --no-cache: +{planted['findings'][0]}"
    ]


def test_a_peer_that_finds_less_than_was_planted_is_told(load: Any, tmp_path: Path) -> None:
    bench = _bench(load, tmp_path, found=0)
    tree = bench.tree(20)
    truth = tmp_path / "tree-20.truth.json"
    truth.write_text(json.dumps({**json.loads(truth.read_bytes()), "links": 3}), "utf-8")
    bench._rumdl(tree)
    assert bench.faults == ["tree-20: rumdl found 0 of 3 broken links"]


def test_changed_documents_are_put_back(load: Any, tmp_path: Path) -> None:
    bench = _bench(load, tmp_path, found=99)
    tree = bench.tree(20)
    backlog = next(iter(sorted(tree.glob("areas/*/*/backlog.md"))))
    before = backlog.read_bytes()
    with load("paired.cases").Changes(tree) as changes:
        changes.make(1)
        first = backlog.read_bytes()
        changes.make(1, staged=True)
        assert before != first != backlog.read_bytes()
        bench._check(tree)
    assert backlog.read_bytes() == before
    assert bench.faults == []


def test_cases_that_cannot_be_run_are_named(load: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n\n<!-- figures -->\nold\n<!-- end of figures -->\n", "utf-8")
    arguments = ["--no-peers", "--sizes", "10", "--rounds", "1", "--write", str(page)]
    assert load("run").main(arguments) == 0
    out = capsys.readouterr().out
    assert "| cold, 10 documents | rumdl could not be installed |" in out
    assert page.read_text("utf-8") == f"# Page\n\n<!-- figures -->\n\n{out}\n<!-- end of figures -->\n"
    assert load("run").main(["--sizes", "0"]) == 2


def test_a_ratio_is_of_each_pair(load: Any) -> None:
    process, table = load("paired.process"), load("paired.table")
    runs = [(process.Sample(own, 0, 0, 0), process.Sample(other, 0, 0, 0)) for own, other in ((1, 1), (9, 3), (4, 2))]
    row = table.ratio_row("case", runs, table.wall, 1.5, "other")
    assert (row.ratio, row.holds) == ("2.00 (1.00 to 3.00)", False)
    small, large = ([(process.Sample(0, took, 0, 0), None)] for took in (1, 10))
    assert table.growth_row("growth", small, large, 1.05).ratio == "1.00"
