"""What `gatekeeper init` proposes for the shared corpus, held against its labels; skipped where it is not at hand."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.engine import session
from gatekeeper.engine.adopt.look import Look, look, means_the_same
from gatekeeper.engine.intake import settings_by_path
from gatekeeper.engine.law import read_policy
from gatekeeper.model.finding import Disposition
from gatekeeper.parse.reader import ParseSettings, parse_document
from gatekeeper.policy.policy import Policy
from gatekeeper.render.adoption.policy_file import render_proposal
from gatekeeper.repo.memory import MemoryTree

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DOCUMENTS, LABELS = CORPUS / "documents", CORPUS / "labels"
TODAY = "2026-06-15"

pytestmark = pytest.mark.skipif(not LABELS.is_dir(), reason="the shared corpus is not beside this checkout")

REPOSITORIES = sorted(folder.name for folder in LABELS.iterdir()) if LABELS.is_dir() else []


@lru_cache(maxsize=1)
def labels(repository: str) -> list[dict[str, Any]]:
    """The labels of one repository, in file order."""
    return [json.loads(file.read_text("utf-8")) for file in sorted((LABELS / repository).iterdir())]


@lru_cache(maxsize=2)
def tree_of(repository: str) -> MemoryTree:
    """The repository: its documents, and every other file as a few words."""
    root = DOCUMENTS / repository
    names = (root / "FILES.txt").read_text("utf-8", "surrogateescape").splitlines()
    files = dict.fromkeys([name for name in names if name], b"words\n")
    return MemoryTree({**files, **{one["path"]: (root / one["path"]).read_bytes() for one in labels(repository)}})


@lru_cache(maxsize=2)
def proposed(repository: str) -> tuple[Look, Policy]:
    """What was looked at, and the law that is written down for it."""
    found = look(tree_of(repository), TODAY, "")
    return found, read_policy(".gatekeeper.yml", render_proposal(found.proposal).encode())


@pytest.mark.parametrize("repository", REPOSITORIES)
def test_the_proposal_is_valid_and_the_next_check_is_as_it_says(repository: str) -> None:
    found, policy = proposed(repository)
    assert means_the_same(found, policy)
    report = session.check(tree_of(repository), session.RunSettings((), TODAY, policy=policy))
    assert report.findings == found.report.findings


@pytest.mark.parametrize("repository", REPOSITORIES)
def test_what_is_proposed_hides_and_changes_nothing(repository: str) -> None:
    _, policy = proposed(repository)
    bare = session.check(tree_of(repository), session.RunSettings((), TODAY))
    under = session.check(tree_of(repository), session.RunSettings((), TODAY, policy=policy))
    if not policy.exclude and policy.environment is None:
        assert under.findings == bare.findings
    assert all(one.disposition is Disposition.ACTIVE for one in under.findings)


def kind_of(label: dict[str, Any], repository: str, settings: ParseSettings) -> str:
    data = (DOCUMENTS / repository / label["path"]).read_bytes()
    return parse_document(label["path"], data, settings).kind.value


def test_kinds_agree_with_the_labels() -> None:
    agreed, wrong, claimed, mistaken = 0, [], 0, []
    for repository in REPOSITORIES:
        settings = settings_by_path(proposed(repository)[1])
        for label in labels(repository):
            chosen = settings(label["path"])
            kind = "left out" if chosen is None else kind_of(label, repository, chosen)
            is_right = kind in (label["kind"], *(label.get("kind_alt") or ()))
            agreed += is_right
            wrong += [] if is_right else [f"{repository}:{label['path']}: {kind}, not {label['kind']}"]
            if chosen is not None and chosen.kind is not None:
                claimed += 1
                mistaken += [] if is_right else [f"{repository}:{label['path']}: {kind}, not {label['kind']}"]
    total = agreed + len(wrong)
    assert total >= 70
    assert agreed >= 0.95 * total, "\n".join(wrong)
    # What is law is surer than what is only read.
    assert claimed >= 0.4 * total
    assert len(mistaken) <= 0.02 * claimed, "\n".join(mistaken)
