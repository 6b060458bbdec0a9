"""What one commit made of one item, and what stood there as its evidence."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.document import WorkItem
from gatekeeper.model.status import Status


class MoveKind(StrEnum):
    """What a commit made of an item: it came with a status, its status moved, or it is no longer listed."""

    FIRST = "first"
    MOVED = "moved"
    GONE = "gone"


class ProofStanding(StrEnum):
    """Whether a piece of evidence stood in a commit's tree; UNCHECKED is what no listing of paths can tell (a URL, a command)."""

    FOUND = "found"
    MISSING = "missing"
    UNCHECKED = "unchecked"


class Moment(Struct, frozen=True):
    """A commit and when it was made.

    Attributes:
        commit: whole id in hex.
        committed: the committer's date and time in UTC (RFC 3339); "" where git has none. Likewise `authored`.
    """

    commit: str
    committed: str
    authored: str

    @property
    def day(self) -> str:
        """The committer's day, ISO 8601."""
        return self.committed[:10]


class Stand(Struct, frozen=True):
    """A status: as written ("" where the document gives none) and as understood."""

    raw: str
    status: Status


class PastProof(Struct, frozen=True):
    """A piece of evidence that an item offered in a commit.

    Attributes:
        target: as written.
        line: 1-based, in that commit's document.
    """

    target: str
    line: int
    standing: ProofStanding


class Move(Struct, frozen=True):
    """What one commit made of one item of one document.

    Attributes:
        subject: its id as written, else its title.
        item: the kind of unit that it is ("sprint", "task").
        path: the document's path in that commit; of the commit before where the item is gone. `line` is the item's there, 1-based.
        document: the document's path in the newest commit that was looked at and has it, renames followed.
        before: None for FIRST; after: None for GONE.
        proofs: the evidence that it offered in that commit, in document order; none for GONE.
        skipped: the states between, in their usual order, that marks of its sort (a box, a column) have in the document, and that were passed over.
        is_reopened: whether it was done and then open again.
    """

    kind: MoveKind
    subject: str
    title: str
    item: str
    path: str
    line: int
    document: str
    before: Stand | None
    after: Stand | None
    moment: Moment
    proofs: tuple[PastProof, ...] = ()
    skipped: tuple[Status, ...] = ()
    is_reopened: bool = False

    @property
    def lacks_proof(self) -> bool:
        """Whether it became done with evidence that did not stand in that commit."""
        is_done = self.after is not None and self.after.status is Status.DONE
        return is_done and any(proof.standing is ProofStanding.MISSING for proof in self.proofs)


class LastMove(Struct, frozen=True):
    """An item of a document as it stands today, and the move that gave it the status that it has."""

    item: WorkItem
    move: Move
