"""How the repository stood at its last commits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.engine.gate.verdicts import find_gates
from gatekeeper.engine.history.memo import ParseMemo
from gatekeeper.engine.session import RunSettings, survey
from gatekeeper.model.finding import Severity
from gatekeeper.model.gate.verdict import GateState
from gatekeeper.model.project import Tree
from gatekeeper.model.status import Status
from gatekeeper.model.view.board import Point
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.past.log import LoggedCommit
from gatekeeper.repo.past.past import Past
from gatekeeper.repo.worktree import WorkTree

# It changes with what is kept of a tree, or with how that is found.
_FORMAT = "3"
_KEPT_BYTES = 1 << 16
# Commits of one and the same tree, one after the other, that are passed over in search of another.
_SAME_LIMIT = 10_000


def find_trend(tree: WorkTree, settings: RunSettings, count: int, cache: Cache) -> tuple[Point, ...]:
    """How the repository stood at its last `count` commits that changed anything, along first parents, oldest first.

    Each commit is judged by the law of these settings, with its own day as today: the trend is that of the documents, and is the same every day. What was
    found is kept in the cache, by tool, law and tree; that makes it quicker and nothing else.

    Raises:
        TreeError: there is no git or no commit here.
        GatekeeperError: see `session.check`.
    """
    settings = replace(settings, paths=(), trusted=None, with_disagreements=False, parse=ParseMemo())
    with tree.open_past() as past:
        points = []
        for commit in _last(past, count):
            key = _key(commit, past, settings)
            point = cache.find(key, _KEPT_BYTES, Point)
            if point is None:
                point = _point(past.tree(commit.commit), commit, settings)
                cache.keep(key, point)
            points.append(point)
    return tuple(reversed(points))


def _last(past: Past, count: int) -> Iterator[LoggedCommit]:
    """The newest commits, each with another tree than the one before it."""
    found = 0
    waiting: LoggedCommit | None = None
    for number, commit in enumerate(past.list_commits()):
        if waiting is not None and commit.tree != waiting.tree:
            yield waiting
            found += 1
        waiting = commit
        if found == count or number > count + _SAME_LIMIT:
            return
    if waiting is not None and found < count:
        yield waiting


def _point(tree: Tree, commit: LoggedCommit, settings: RunSettings) -> Point:
    """How one commit stands."""
    today = commit.committed[:10]
    report, project, settlement = survey(tree, replace(settings, today=today))
    states = [gate.state for gate in find_gates(project, settlement, settings.policy, tree, today)]
    return Point(
        commit=commit.commit,
        date=today,
        gates=tuple((state, states.count(state)) for state in GateState if state in states),
        items=report.items,
        done=sum(item.status is Status.DONE for document in project.documents for item in document.items),
        errors=report.count(Severity.ERROR),
        warnings=report.count(Severity.WARNING),
    )


def _key(commit: LoggedCommit, past: Past, settings: RunSettings) -> str:
    """What a point depends on, as the name of what is kept."""
    policy = settings.policy
    # The commit too: what came before it decides whether commits that documents name are in its history.
    parts = [
        _FORMAT,
        settings.version,
        policy.sha256,
        *policy.exclude,
        commit.tree,
        commit.commit,
        past.below,
        past.is_cut,
    ]
    digest = hashlib.sha256(json.dumps(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"trend-{digest}"
