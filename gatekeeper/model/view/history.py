"""What happened to items, how old findings are, and what differs between two trees."""

from __future__ import annotations

from msgspec import Struct

from gatekeeper.model.finding import Finding
from gatekeeper.model.gate.verdict import GateState
from gatekeeper.model.project import EvidenceState
from gatekeeper.model.report import Change
from gatekeeper.model.view.move import Move, Stand


class Story(Struct, frozen=True):
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


class History(Struct, frozen=True):
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


class Aged(Struct, frozen=True):
    """A finding and its age: the commit since which the line at which it stands reads so, None where it is not committed so; whole days until today."""

    finding: Finding
    since: Change | None
    days: int | None


class ItemMove(Struct, frozen=True):
    """An item whose status differs between two trees; `before` is None for one that came, `after` for one that went."""

    subject: str
    title: str
    path: str
    line: int
    before: Stand | None
    after: Stand | None


class ProofMove(Struct, frozen=True):
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


class GateMove(Struct, frozen=True):
    """A gate whose verdict differs between two trees, with the reason of the requirement that decides it now; None where there is no such gate."""

    name: str
    before: GateState | None
    after: GateState | None
    reason: str = ""


class Difference(Struct, frozen=True):
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
