"""Who says what of one thing: the same sprint in a table, under a heading and in another document; a unit of work and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gatekeeper.model.document import Document, EvidenceRef, WorkItem


class Shape(StrEnum):
    """How an item is written."""

    ROW = "row"
    HEADING = "heading"
    BOX = "box"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Voice:
    """One item's word about its subject.

    Attributes:
        key: normal form of the item's id; None when it has none that could be met again elsewhere in its document.
        role: who speaks, from the document's owner, folder or name, normalized; "" when nobody is named.
        shape: table row, heading, checkbox or another line.
        sections: titles of the sections that it stands in, outermost first.
        lead: the line of text above the list or table in which it stands, within its section; "" without one.
        in_log: whether it stands in an entry of a log, so that it tells of its own day.
    """

    document: Document
    item: WorkItem
    key: str | None = None
    role: str = ""
    shape: Shape = Shape.LINE
    sections: tuple[str, ...] = ()
    lead: str = ""
    in_log: bool = False

    @property
    def path(self) -> str:
        """Repo-relative path of the document that speaks."""
        return self.document.path

    @property
    def line(self) -> int:
        """1-based line of the item."""
        return self.document.source.position(self.item.span.start).line


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing and all who give it a status.

    Attributes:
        key: normal form of its id.
        is_distinctive: whether the id alone tells it from other things in other documents (`AI-OPS-09`, not `Phase 1` or `T001`).
        voices: by path, then in document order; only those with a status.
    """

    key: str
    is_distinctive: bool
    voices: tuple[Voice, ...]


class Relation(StrEnum):
    """Why items count as parts of another."""

    PARENT = "parent"
    DOCUMENT = "document"
    NAMES = "names"
    BRINGS = "brings"


@dataclass(frozen=True, slots=True)
class Family:
    """A unit of work and its parts.

    Attributes:
        parents: the items that speak of the unit itself, in document order; one or more, all of one document.
        children: its parts with a status: in document order, for NAMES in the order in which they are named.
        relation: PARENT for what stands below it, DOCUMENT for a headline over its whole document, NAMES for ids that its row names,
            BRINGS for rows that say that this unit is to bring them (`Pending (Phase 2)`).
    """

    parents: tuple[Voice, ...]
    children: tuple[Voice, ...]
    relation: Relation


@dataclass(frozen=True, slots=True)
class Citation:
    """A done item that offers another document as proof, and what that document lists.

    Attributes:
        unit: the item that cites.
        ref: the reference, in the item's own document.
        document: the document that is cited.
        section: title of the one section that is meant, by the reference's anchor or the item's words; "" for the whole document.
        parts: the items with status words in that section or document, in document order.
        whole: the items with status words in the whole document.
        named: those of its items whose ids the citing line names.
        is_own: whether the cited document, and not the citing one, is the item's own page: its name or title begins with the item's id.
    """

    unit: Voice
    ref: EvidenceRef
    document: Document
    section: str
    parts: tuple[Voice, ...]
    whole: tuple[Voice, ...]
    named: tuple[Voice, ...]
    is_own: bool
