"""The shared corpus of real documents, read in process and held against its labels; skipped where it is not at hand."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from gatekeeper.link.project import link_documents
from gatekeeper.model.document import Document
from gatekeeper.model.project import EvidenceState
from gatekeeper.parse.reader import parse_document
from gatekeeper.render.json_documents import render_documents
from gatekeeper.repo.memory import MemoryTree

SHARED = Path(__file__).resolve().parents[3] / "shared"
DOCUMENTS, LABELS = SHARED / "corpus" / "documents", SHARED / "corpus" / "labels"
SCORER = SHARED / "tools" / "score_corpus.py"

pytestmark = pytest.mark.skipif(
    not (LABELS.is_dir() and SCORER.is_file()), reason="the shared corpus is not beside this checkout"
)

NOT_THERE = (EvidenceState.MISSING, EvidenceState.AMBIGUOUS, EvidenceState.OUTSIDE, EvidenceState.UNTRACKED)
# Slightly under what is reached today: a fall below is a step back.
FLOORS = {
    "items": 0.965,
    "status_accuracy": 0.99,
    "evidence": 0.955,
    "id_accuracy": 0.94,
    "gate_accuracy": 0.96,
    "kind_accuracy": 0.95,
    "legend_accuracy": 0.95,
}


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    """The script that scores any build against the labels; its arithmetic is ours here."""
    spec = importlib.util.spec_from_file_location("score_corpus", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labels(repository: str) -> list[dict[str, Any]]:
    """The labels of one repository, in file order."""
    return [json.loads(file.read_text("utf-8")) for file in sorted((LABELS / repository).iterdir())]


@lru_cache(maxsize=1)
def readings() -> Mapping[tuple[str, str], Document]:
    """Every labelled document, by repository and path."""
    found = {}
    for repository in sorted(folder.name for folder in LABELS.iterdir() if folder.is_dir()):
        for label in labels(repository):
            path = label["path"]
            found[repository, path] = parse_document(path, (DOCUMENTS / repository / path).read_bytes())
    return found


@lru_cache(maxsize=1)
def scores() -> tuple[dict[str, Any], list[str]]:
    """The figures over all documents, and every miss in words."""
    tally, misses = scorer().Tally(), []
    for repository in sorted({name for name, _ in readings()}):
        mine = [document for (name, _), document in readings().items() if name == repository]
        parsed = {entry["path"]: entry for entry in json.loads("".join(render_documents(mine)))["documents"]}
        for label in labels(repository):
            scorer().score_document(
                label, parsed.get(label["path"]), tally, lambda text, name=repository: misses.append(f"{name}/{text}")
            )
    return scorer().figures(tally), misses


def figure(name: str) -> float:
    """One figure; of items and evidence their F1."""
    value = scores()[0][name]
    return float(value["f1"] if isinstance(value, dict) else value)


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(name: str) -> None:
    misses = "\n".join(scores()[1][:40])
    assert figure(name) >= FLOORS[name], f"{name} {figure(name)} of {FLOORS[name]}\n{misses}"


def test_every_labelled_document_is_read() -> None:
    assert len(readings()) >= 70
    assert scores()[0]["documents"] == len(readings())


def test_every_place_in_a_real_document_is_exact() -> None:
    for (repository, path), document in readings().items():
        text = document.source.text
        exact = [(ref.span, ref.target) for ref in document.links]
        exact += [(ref.span, ref.target) for item in document.items for ref in item.evidence]
        exact += [(claim.span, claim.text) for claim in document.claims]
        exact += [(entry.span, entry.token) for entry in document.legend.entries]
        wrong = [words for span, words in exact if text[span.start : span.end] != words]
        assert wrong == [], f"{repository}/{path}"


def existing(document: str, targets: set[str], files: set[str], folders: set[str]) -> set[str]:
    """The targets that stand as written at the repository's root or beside the document, by plain string comparison."""
    beside = document.rpartition("/")[0]
    found = set()
    for target in targets:
        bare = target.removeprefix("./").rstrip("/")
        if {bare, f"{beside}/{bare}".lstrip("/")} & (files | folders):
            found.add(target)
    return found


def test_no_evidence_that_exists_is_called_missing() -> None:
    repository = "opensheath"
    names = (DOCUMENTS / repository / "FILES.txt").read_text("utf-8", "surrogateescape").splitlines()
    documents = [document for (name, _), document in readings().items() if name == repository]
    files = {name for name in names if name} | {document.path for document in documents}
    folders = {parent.as_posix() for name in files for parent in Path(name).parents}
    project = link_documents(documents, MemoryTree(dict.fromkeys(files, b"words\n")))
    checked, wrong = 0, []
    for label in labels(repository):
        wanted = {entry for item in label["items"] for entry in item.get("evidence") or []}
        there = existing(label["path"], wanted, files, folders)
        for fact in project.facts.get(label["path"], ()):
            if fact.ref.target in there:
                checked += 1
                if fact.state in NOT_THERE:
                    wrong.append(f"{label['path']}: {fact.ref.target} is called {fact.state}")
    assert checked >= 310
    assert wrong == []
