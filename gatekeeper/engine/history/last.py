"""The move that gave each item of today's documents its status."""

from __future__ import annotations

from collections.abc import Iterable

from gatekeeper.engine.history.versions import Versions, pair_items, version_of
from gatekeeper.engine.history.walk import Walk
from gatekeeper.model.document import Document
from gatekeeper.model.errors import TreeError
from gatekeeper.model.project import Tree
from gatekeeper.model.view.move import LastMove, Move, MoveKind
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.past.past import HasPast, PastLog

_KINDS = frozenset({MoveKind.FIRST, MoveKind.MOVED})


def find_last_moves(tree: Tree, policy: Policy, documents: Iterable[Document]) -> dict[str, tuple[LastMove, ...]]:
    """Document path -> its items whose last move history knows, in document order.

    Nothing without git, in a shallow clone, and for an item whose status is not committed so.

    Raises:
        GitError: git failed or did not answer in time.
    """
    if not isinstance(tree, HasPast):
        return {}
    try:
        opened = tree.open_past()
    except TreeError:
        return {}
    with opened as past:
        return {} if past.is_cut else _last_moves(past, policy, documents)


def _last_moves(past: PastLog, policy: Policy, documents: Iterable[Document]) -> dict[str, tuple[LastMove, ...]]:
    walk = Walk(past, Versions(past.read, policy), traces=True)
    last: dict[int, Move] = {}
    for step in walk.iter_steps(_KINDS):
        last.setdefault(step.thread[1], step.move)
    found = {}
    for document in documents:
        moves = tuple(_moves_of(document, walk, last))
        if moves:
            found[document.path] = moves
    return found


def _moves_of(document: Document, walk: Walk, last: dict[int, Move]) -> list[LastMove]:
    head = walk.heads.get(document.path)
    if head is None:
        return []
    found = []
    for old, new in pair_items(head, version_of(document)):
        if old is None or new is None or old.stand.status is not new.stand.status:
            continue
        number = walk.thread_of(head, old.place)
        move = None if number is None else last.get(number)
        if move is not None:
            found.append(LastMove(new.item, move))
    return sorted(found, key=lambda one: one.item.span)
