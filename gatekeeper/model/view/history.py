"""What happened to items: when a status moved, in which commit, and what stood there as its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gatekeeper.model.finding import Finding
from gatekeeper.model.gate.verdict import GateState
from gatekeeper.model.project import EvidenceState
from gatekeeper.model.report import Change
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


@dataclass(frozen=True, slots=True)
class Moment:
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


@dataclass(frozen=True, slots=True)
class Stand:
    """A status: as written ("" where the document gives none) and as understood."""

    raw: str
    status: Status


@dataclass(frozen=True, slots=True)
class PastProof:
    """A piece of evidence that an item offered in a commit.

    Attributes:
        target: as written.
        line: 1-based, in that commit's document.
    """

    target: str
    line: int
    standing: ProofStanding


@dataclass(frozen=True, slots=True)
class Move:
    """What one commit made of one item of one document.

    Attributes:
        subject: its id as written, else its title.
        item: the kind of unit that it is ("sprint", "task").
        path: the document's path in that commit; of the commit before where the item is gone. `line` is the item's there, 1-based.
        document: the document's path in the newest commit that was looked at and has it, renames followed.
        before: None for FIRST; after: None for GONE.
        proofs: the evidence that it offered in that commit, in document order; none for GONE.
        skipped: the states between, in their usual order, that the document knows and that were passed over.
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


@dataclass(frozen=True, slots=True)
class Story:
    """All that happened to one item of one document.

    Attributes:
        subject: its id as it was last written, else its title.
        moves: oldest first; one or more.
        lead_days: whole days from the first time that it was seen with a status to its last move to done; None where it is not done now, or came done.
        reopened: how often it was done and open again.
    """

    subject: str
    title: str
    document: str
    moves: tuple[Move, ...]
    lead_days: int | None = None
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What a look back found.

    Attributes:
        query: the item or gate that was asked for; "" for all.
        moves: newest first; for all items only the moves from one status to another.
        stories: for a query, by document and first move; empty for all.
        commits: how many commits were looked at.
        is_cut: whether the clone lacks older commits.
        is_more: whether there may be older moves than those that were asked for.
    """

    query: str
    moves: tuple[Move, ...]
    stories: tuple[Story, ...]
    commits: int
    is_cut: bool = False
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Aged:
    """A finding and its age: the commit since which the line at which it stands reads so, None where it is not committed so; whole days until today."""

    finding: Finding
    since: Change | None
    days: int | None


@dataclass(frozen=True, slots=True)
class ItemMove:
    """An item whose status differs between two trees; `before` is None for one that came, `after` for one that went."""

    subject: str
    title: str
    path: str
    line: int
    before: Stand | None
    after: Stand | None


@dataclass(frozen=True, slots=True)
class ProofMove:
    """A piece of evidence that differs between two trees; None where the item does not offer it.

    Attributes:
        subject: the item that offers it, by id or title.
        path: the document; `line` is 1-based, in the later tree where it stands there.
    """

    subject: str
    target: str
    path: str
    line: int
    before: EvidenceState | None
    after: EvidenceState | None

    @property
    def is_loss(self) -> bool:
        """Whether evidence that stood does not stand any longer, or what is newly offered does not."""
        return self.after is not EvidenceState.FOUND and (self.before is EvidenceState.FOUND or self.before is None)


@dataclass(frozen=True, slots=True)
class GateMove:
    """A gate whose verdict differs between two trees, with the reason of the requirement that decides it now; None where there is no such gate."""

    name: str
    before: GateState | None
    after: GateState | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is otherwise between two trees under one law.

    Attributes:
        base: as the user named it; head: likewise, "" for the work tree.
        base_commit: whole id in hex; head_commit: likewise, None for the work tree.
        items: by path and line; moves only, no reorderings.
        proofs: by path and line; found ones that changed, and offered ones that are missing.
        gates: in the order of the later tree.
        new: findings of the later tree alone, by fingerprint; mended: of the earlier alone. Active ones, in report order.
    """

    base: str
    head: str
    base_commit: str
    head_commit: str | None
    items: tuple[ItemMove, ...] = ()
    proofs: tuple[ProofMove, ...] = ()
    gates: tuple[GateMove, ...] = ()
    new: tuple[Finding, ...] = ()
    mended: tuple[Finding, ...] = ()
