"""The trees of the benchmarks: the same bytes each time, and in them exactly the faults that were planted."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
DOCUMENTS = 60


@pytest.fixture(scope="module")
def trees() -> Iterator[ModuleType]:
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module("trees")
    sys.path.remove(str(BENCHMARKS))


def _head(folder: Path) -> str:
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_the_same_seed_gives_the_same_commit_and_another_one_another(trees: ModuleType, tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        trees.make_tree(tmp_path / name, 20, seed)
    assert _head(tmp_path / "one") == _head(tmp_path / "two") != _head(tmp_path / "three")
    assert _head(tmp_path / "one") == "ca1c9ad7dd5d47671b0a038219641433711bc4db\n"
    assert (tmp_path / "one.truth.json").read_bytes() == (tmp_path / "two.truth.json").read_bytes()


def test_a_larger_tree_begins_like_a_smaller_one(trees: ModuleType) -> None:
    small, large = list(trees.iter_areas(20)), list(trees.iter_areas(30))
    assert [area.files for area in large[:2]] == [area.files for area in small]


def test_what_is_planted_is_found_and_nothing_else(trees: ModuleType, tmp_path: Path) -> None:
    truth = trees.make_tree(tmp_path / "tree", DOCUMENTS)
    command = [sys.executable, "-m", "gatekeeper", "check", "--root", str(tmp_path / "tree"), "--today", trees.TODAY]
    report = subprocess.run([*command, "--format", "json"], capture_output=True, check=False)
    assert report.returncode == 1, report.stderr
    found = json.loads(report.stdout)
    assert found["summary"]["documents"] == DOCUMENTS
    assert Counter("{path}:{line}:{code}".format(**one) for one in found["findings"]) == Counter(truth["findings"])


def test_every_kind_of_fault_is_planted(trees: ModuleType) -> None:
    codes = {fault.code for area in trees.iter_areas(1000) for fault in area.faults}
    assert codes >= {"EV001", "EV002", "EV005", "EV007", "EV010", "EV011", "EV013"}
    assert codes >= {"CL001", "CL006", "GA008", "GA012", "LG001", "LG004", "ST004", "ST009"}


def test_the_tree_is_as_it_was_committed_and_nothing_is_left_beside_it(trees: ModuleType, tmp_path: Path) -> None:
    truth = trees.make_tree(tmp_path / "tree", 10)
    status = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path / "tree", capture_output=True, check=True)
    listed = subprocess.run(["git", "ls-files"], cwd=tmp_path / "tree", capture_output=True, check=True)
    assert status.stdout == b""
    assert len(listed.stdout.splitlines()) == truth["files"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tree", "tree.truth.json"]


def test_documents_have_the_size_and_the_references_that_the_figures_are_about(trees: ModuleType) -> None:
    areas = list(trees.iter_areas(1000))
    documents = [text for area in areas for path, text in area.files.items() if path.endswith(".md")]
    references = sum(area.references for area in areas)
    assert len(documents) == sum(area.documents for area in areas) == 1000
    assert 2500 < sum(map(len, documents)) / 1000 < 2900
    assert 19 < references / 1000 < 22
    assert 0.018 < sum(len(area.faults) for area in areas) / references < 0.026


@pytest.mark.parametrize("arguments", [["new", "--documents", "0"], ["."]])
def test_there_must_be_a_document_and_no_folder_yet(
    trees: ModuleType, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert trees.main(arguments) == 2
    assert list(tmp_path.iterdir()) == []
