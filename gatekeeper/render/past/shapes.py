"""The shapes of what `history` and `diff` say as JSON; the committed schemas are generated from them.

Every field carries its description. Fields may be added; to rename or remove one is a breaking change.
"""

from __future__ import annotations

from typing import Annotated, TypedDict

from gatekeeper.model.finding import Severity
from gatekeeper.model.gate.verdict import GateState
from gatekeeper.model.project import EvidenceState
from gatekeeper.model.status import Status
from gatekeeper.model.view.move import MoveKind, ProofStanding
from gatekeeper.render.shapes import FindingJson, Line, Path, SchemaVersion

Commit = Annotated[str, "Id of the commit, whole and in hex."]
Subject = Annotated[str, "The item's id as written; its title where it has none."]
Title = Annotated[str, "The item's title."]


class StandJson(TypedDict):
    """A status."""

    raw: Annotated[str, "As written; empty where the document gives none."]
    status: Annotated[Status, "As understood."]


class PastProofJson(TypedDict):
    """A piece of evidence that an item offered in a commit."""

    target: Annotated[str, "As written."]
    line: Line
    standing: Annotated[ProofStanding, "Whether it stood in that commit's tree."]


class MoveJson(TypedDict):
    """What one commit made of one item."""

    kind: Annotated[MoveKind, "Whether the item came, moved or went."]
    subject: Subject
    title: Title
    item: Annotated[str, "The kind of unit, such as sprint or task."]
    path: Annotated[str, "The document's path in that commit; in the one before where the item is gone."]
    line: Annotated[int, "Line in that version of the document, counted from 1."]
    document: Annotated[str, "The document's newest path, renames followed."]
    before: Annotated[StandJson | None, "The status before; null where the item came."]
    after: Annotated[StandJson | None, "The status after; null where the item went."]
    commit: Commit
    committed: Annotated[str, "The committer's date and time in UTC (RFC 3339)."]
    authored: Annotated[str, "The author's date and time in UTC (RFC 3339)."]
    evidence: Annotated[list[PastProofJson], "What it offered as proof in that commit."]
    lacks_evidence: Annotated[bool, "Whether it became done while evidence that it offers was missing."]
    skipped: Annotated[list[Status], "States of the document that were passed over, in their usual order."]
    reopened: Annotated[bool, "Whether it was done and then open again."]


class StoryJson(TypedDict):
    """All that happened to one item of one document."""

    subject: Subject
    title: Title
    document: Annotated[str, "The document's newest path."]
    lead_days: Annotated[
        int | None, "Whole days from its first sight to its last move to done; null where it is not done, or came done."
    ]
    reopened: Annotated[int, "How often it was done and open again."]
    moves: Annotated[list[MoveJson], "Oldest first."]


class HistoryJson(TypedDict):
    """Output of `gatekeeper history --format json`."""

    schema_version: SchemaVersion
    query: Annotated[str, "The item or gate that was asked for; empty for all."]
    commits: Annotated[int, "How many commits were looked at."]
    cut: Annotated[bool, "Whether the clone lacks older commits."]
    more: Annotated[bool, "Whether there may be moves before those that are listed."]
    moves: Annotated[list[MoveJson], "Newest first; without a query only moves from one status to another."]
    stories: Annotated[list[StoryJson], "Item by item; empty without a query."]


class AgedJson(TypedDict):
    """A finding and its age."""

    finding: Annotated[FindingJson, "The finding."]
    since: Annotated[str | None, "Commit since which its line reads so; null where it is not committed so."]
    since_date: Annotated[str | None, "That commit's day; null likewise."]
    days: Annotated[int | None, "Whole days until today; null likewise."]


class AgesJson(TypedDict):
    """Output of `gatekeeper history --findings --format json`."""

    schema_version: SchemaVersion
    findings: Annotated[list[AgedJson], "Active findings, oldest first."]


class ItemMoveJson(TypedDict):
    """An item whose status differs between two trees."""

    subject: Subject
    title: Title
    path: Path
    line: Line
    before: Annotated[StandJson | None, "Its status in the base; null where it is not there."]
    after: Annotated[StandJson | None, "Its status in the head; null where it is not there."]


class ProofMoveJson(TypedDict):
    """A piece of evidence that differs between two trees."""

    subject: Subject
    target: Annotated[str, "As written."]
    path: Path
    line: Line
    before: Annotated[EvidenceState | None, "What the base said of it; null where the item did not offer it."]
    after: Annotated[EvidenceState | None, "What the head says of it; null where the item does not offer it."]
    loss: Annotated[bool, "Whether it stood and does not any longer, or is newly offered and does not stand."]


class GateMoveJson(TypedDict):
    """A gate whose verdict differs between two trees."""

    name: Annotated[str, "The gate."]
    before: Annotated[GateState | None, "Its verdict in the base; null where there is no such gate."]
    after: Annotated[GateState | None, "Its verdict in the head; null where there is no such gate."]
    reason: Annotated[str, "What decides it in the head."]


class DiffFindingJson(TypedDict):
    """A finding that one of the two trees has alone."""

    code: Annotated[str, "The rule's code."]
    severity: Annotated[Severity, "How bad it is under the law in force."]
    message: Annotated[str, "What was read and what was expected."]
    path: Path
    line: Line
    fingerprint: Annotated[str, "Identity that stays when lines move."]


class DifferenceJson(TypedDict):
    """Output of `gatekeeper diff --format json`."""

    schema_version: SchemaVersion
    base: Annotated[str, "The base as it was named."]
    base_commit: Commit
    head: Annotated[str, "The head as it was named; empty for the work tree."]
    head_commit: Annotated[str | None, "Id of the head, whole and in hex; null for the work tree."]
    items: Annotated[list[ItemMoveJson], "Items whose status differs, that came or that went."]
    evidence: Annotated[list[ProofMoveJson], "Evidence that was lost or gained."]
    gates: Annotated[list[GateMoveJson], "Gates whose verdict differs."]
    new: Annotated[list[DiffFindingJson], "Active findings that the base does not have."]
    mended: Annotated[list[DiffFindingJson], "Active findings of the base that the head does not have."]
