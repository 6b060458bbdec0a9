"""A repository with a history, and ways to ask for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gatekeeper.engine.history.history import find_moves, find_stories
from gatekeeper.model.view.history import History
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.worktree import open_tree


@pytest.fixture
def chronicle(make_chronicle, tmp_path: Path):
    return make_chronicle(tmp_path / "repository")


@pytest.fixture
def moves_of() -> Callable[..., History]:
    """Moves of all items."""

    def ask(root: Path, limit: int = 0, since: str = "", policy: Policy | None = None) -> History:
        with open_tree(str(root), str(root)).open_past() as past:
            return find_moves(past, policy or Policy(), limit, since)

    return ask


@pytest.fixture
def stories_of() -> Callable[..., History]:
    """Stories of what has a name."""

    def ask(root: Path, name: str, limit: int = 0, since: str = "") -> History:
        with open_tree(str(root), str(root)).open_past() as past:
            return find_stories(past, Policy(), name, limit, since)

    return ask
