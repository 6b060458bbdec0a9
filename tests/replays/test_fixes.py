"""Repairs over the shared corpus: each safe fix removes its finding, adds none, changes no other byte; twice is once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatekeeper.engine.fix.mend import Wish, mend
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.finding import Finding
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.overlay import OverlayTree

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "documents"
REPOSITORIES = sorted(folder.name for folder in DOCUMENTS.iterdir() if folder.is_dir()) if DOCUMENTS.is_dir() else []
SETTINGS = RunSettings(today="2026-06-15")

pytestmark = pytest.mark.skipif(not REPOSITORIES, reason="the shared corpus is not beside this checkout")


def iter_files(root: Path) -> Iterator[tuple[str, bytes]]:
    """The repository's documents, and a line of words for each other file of which only the name is known."""
    known = root / "FILES.txt"
    for name in known.read_text("utf-8", "surrogateescape").splitlines() if known.is_file() else ():
        if name:
            yield name, b"words\n"
    for path in sorted(root.rglob("*")):
        if path.is_file() and path != known:
            yield path.relative_to(root).as_posix(), path.read_bytes()


def identity(finding: Finding) -> tuple[str, str, int]:
    return finding.code, finding.location.path, finding.location.start.line


@pytest.mark.parametrize("name", REPOSITORIES)
def test_safe_fixes_remove_their_findings_and_nothing_else(name: str) -> None:
    tree = MemoryTree(dict(iter_files(DOCUMENTS / name)))
    before = check(tree, SETTINGS).findings
    repair = mend(tree, SETTINGS, Wish())
    mended = OverlayTree(tree, {one.path: one.after for one in repair.rewrites})
    left = Counter(map(identity, before)) - Counter(map(identity, repair.mended))
    assert not Counter(map(identity, check(mended, SETTINGS).findings)) - left
    assert mend(mended, SETTINGS, Wish()).rewrites == ()
    for one in repair.rewrites:
        old, new = one.before.split(b"\n"), one.after.split(b"\n")
        edited = {edit.start.line for finding in repair.mended if finding.fix for edit in finding.fix.edits}
        assert len(old) == len(new)
        assert {at for at, (first, last) in enumerate(zip(old, new, strict=True), 1) if first != last} <= edited
