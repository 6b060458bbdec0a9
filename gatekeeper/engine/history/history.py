"""What happened: the newest moves of all items, or the whole story of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from gatekeeper.engine.history.query import make_query
from gatekeeper.engine.history.versions import Versions
from gatekeeper.engine.history.walk import Thread, Walk
from gatekeeper.model.exception.day import days_between
from gatekeeper.model.status import Status
from gatekeeper.model.view.history import History, Story
from gatekeeper.model.view.move import Move, MoveKind
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.past.past import PastLog

_MOVED = frozenset({MoveKind.MOVED})


def find_moves(past: PastLog, policy: Policy, limit: int, since: str = "") -> History:
    """The newest moves of all items from one status to another; the walk ends as soon as there are enough.

    Args:
        past: the history.
        policy: the law under which documents of every commit are read.
        limit: how many moves at most; 0 for all.
        since: ISO 8601 day before which nothing is told; "" for none.

    Raises:
        GitError: git failed or did not answer in time.
    """
    walk = Walk(past, Versions(past.read, policy), since)
    moves: list[Move] = []
    for step in walk.iter_steps(_MOVED):
        if limit and len(moves) == limit:
            return History("", tuple(moves), (), walk.commits, past.is_cut, is_more=True)
        moves.append(step.move)
    return History("", tuple(moves), (), walk.commits, past.is_cut)


def find_stories(past: PastLog, policy: Policy, name: str, limit: int, since: str = "") -> History:
    """All that happened to the items of an id, a title or a gate.

    Args:
        past: the history.
        policy: the law under which documents of every commit are read.
        name: as somebody types it; `Sprint 3` is `sprint-03` too.
        limit: how many moves at most, newest first, are told of each story; 0 for all.
        since: ISO 8601 day before which nothing is told; "" for none.

    Raises:
        GitError: git failed or did not answer in time.
    """
    walk = Walk(past, Versions(past.read, policy), since, make_query(name))
    threads: defaultdict[Thread, list[Move]] = defaultdict(list)
    for step in walk.iter_steps(frozenset(MoveKind)):
        threads[step.thread].append(step.move)
    stories = [
        _story(moves, walk.newest[number]) for (_, number), moves in threads.items() if any(map(_says_something, moves))
    ]
    is_more = bool(limit) and any(len(story.moves) > limit for story in stories)
    shown = [_shortened(story, limit) for story in stories]
    shown.sort(key=lambda story: (story.document, story.moves[0].moment.committed, story.moves[0].line, story.subject))
    newest = [move for story in shown for move in reversed(story.moves)]
    newest.sort(key=lambda move: move.moment.committed, reverse=True)
    return History(name, tuple(newest), tuple(shown), walk.commits, past.is_cut, is_more)


def _says_something(move: Move) -> bool:
    """Whether a status was written; many documents have rows that are waiting for one, and mention the item only."""
    return any(
        stand is not None and bool(stand.raw or stand.status is not Status.UNKNOWN)
        for stand in (move.before, move.after)
    )


def _story(newest_first: Sequence[Move], name: tuple[str, str]) -> Story:
    moves, last = tuple(reversed(newest_first)), newest_first[0]
    reopened = sum(move.is_reopened for move in moves)
    return Story(*name, last.document, moves, _lead_days(moves), reopened)


def _lead_days(moves: Sequence[Move]) -> int | None:
    """Whole days from the first sight of an item to the move that made it done for good."""
    first, last = moves[0], moves[-1]
    is_done = last.after is not None and last.after.status is Status.DONE
    if first.kind is not MoveKind.FIRST or first is last or not is_done:
        return None
    return days_between(first.moment.day, last.moment.day)


def _shortened(story: Story, limit: int) -> Story:
    return replace(story, moves=story.moves[-limit:]) if limit else story
