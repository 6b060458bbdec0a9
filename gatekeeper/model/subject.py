"""Units of work and how people name them; who says what of one thing: in a table, under a heading, in another document."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from gatekeeper.model.document import Document, EvidenceRef, Leftover, Pointer, Verdict, WorkItem


class UnitKind(Struct, frozen=True):
    """A kind of unit of work that is numbered or coded.

    Attributes:
        name: the word for it in keys (`sprint 3`).
        words: how people write it, `name` first, folded, other languages included.
        rank: 0 for the outermost; None for what may stand at any level.
        item: the kind of an item that is one; mostly `name`.
        is_headed: whether its number in a heading makes an item, status or not.
    """

    name: str
    words: tuple[str, ...]
    rank: int | None
    item: str
    is_headed: bool = True


def _kind(name: str, others: str = "", rank: int | None = None, item: str = "", *, is_headed: bool = True) -> UnitKind:
    words = tuple(word for word in others.split("|") if word)
    return UnitKind(name, (name, *words), rank, item or name, is_headed)


UNIT_KINDS = (
    _kind("milestone", "hito|meilenstein|jalon|веха|里程碑|マイルストーン", 0),
    _kind("phase", "fase|étape|etape|этап|фаза|阶段|フェーズ", 1),
    _kind("stage", rank=1, is_headed=False),
    _kind("sprint", "sprintul|спринт|スプリント", 2),
    _kind("epic", "épica|épico|epik|эпик", 3),
    _kind("feature", rank=3, is_headed=False),
    _kind("chunk", rank=3),
    _kind("slice", rank=3, item="chunk"),
    _kind("workstream", "work package", 3, "chunk"),
    _kind("wave", rank=3, item="chunk"),
    _kind("track", rank=3, item="chunk"),
    _kind("story", "user story|historia", 4),
    _kind("task", "aufgabe|tâche|tarea|tarefa|задача|任务|タスク", 5),
    _kind("step", rank=5, is_headed=False),
    _kind("gate", "quality gate"),
)
"""Every kind of unit that has numbers or codes of its own."""

UNIT_WORDS = {word: kind for kind in UNIT_KINDS for word in kind.words}
"""Folded word -> the kind of unit that it means."""

IDENTIFIER = re.compile(
    r"(?<![\w/.-])(?:[A-Z]+\d+(?:-[A-Z]+\d+)+|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-[A-Z]{0,2}\d+|[A-Z]\d+)(?![\w/-])"
)
"""An id as it is written in a text: `F1-E1`, `AI-OPS-09`, `TW-E1`, `E2`."""


_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


@lru_cache(maxsize=8192)
def series_of(key: str) -> str:
    """A key with `#` for each number: what all units that are numbered together share."""
    return _NUMBERS.sub("#", key)


class Shape(StrEnum):
    """How an item is written."""

    ROW = "row"
    HEADING = "heading"
    BOX = "box"
    LINE = "line"


class Voice(Struct, frozen=True):
    """One item's word about its subject.

    Attributes:
        key: normal form of the item's id; None when it has none that could be met again elsewhere in its document.
        role: who speaks, from the document's owner, folder or name, normalized; "" when nobody is named.
        shape: table row, heading, checkbox or another line.
        sections: titles of the sections that it stands in, outermost first.
        lead: the line of text above the list or table in which it stands, within its section; "" without one.
        in_log: whether it stands in an entry of a log, so that it tells of its own day.
        title: what it is about; the item's own title, or that of the document whose verdict it is.
    """

    document: Document
    item: WorkItem
    key: str | None = None
    role: str = ""
    shape: Shape = Shape.LINE
    sections: tuple[str, ...] = ()
    lead: str = ""
    in_log: bool = False
    title: str = ""

    @property
    def path(self) -> str:
        """Repo-relative path of the document that speaks."""
        return self.document.path

    @property
    def line(self) -> int:
        """1-based line of the item."""
        return self.document.source.position(self.item.span.start).line


class Subject(Struct, frozen=True):
    """One thing and all who give it a status.

    Attributes:
        key: normal form of its id.
        is_distinctive: whether the id alone tells it from other things in other documents (`AI-OPS-09`, not `Phase 1` or `T001`).
        voices: by path, then in document order; only those with a status.
    """

    key: str
    is_distinctive: bool
    voices: tuple[Voice, ...]

    @property
    def series(self) -> str:
        """What its id shares with the units that are numbered together with it."""
        return series_of(self.key)


class Pointing(Struct, frozen=True):
    """What a document says of the unit that one of its pointers names.

    Attributes:
        key: normal form of the unit's id; None where the pointer names no unit.
        beside: normal forms of the further units in the same place.
        voices: the items of the document that give that unit a status, in document order, but for the pointer's own line.
        parts: the parts of that unit with a status, where no item gives it one itself.
        peers: all items with a status of the kind that is pointed at, where none of them has that unit's id; the number may count them.
        section: title of the innermost section around the pointer; "" without one.
        in_log: whether the pointer stands in an entry of a log.
    """

    document: Document
    pointer: Pointer
    key: str | None = None
    beside: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    parts: tuple[Voice, ...] = ()
    peers: tuple[Voice, ...] = ()
    section: str = ""
    in_log: bool = False


class Ruling(Struct, frozen=True):
    """A verdict and the items that speak of the same whole: its document's head, or the headings of the units around it, innermost first."""

    verdict: Verdict
    voices: tuple[Voice, ...]


class Remainder(Struct, frozen=True):
    """The item that gives a whole document its status, and a section of it that lists what is still to be done."""

    head: Voice
    leftover: Leftover


class Relation(StrEnum):
    """Why items count as parts of another."""

    PARENT = "parent"
    DOCUMENT = "document"
    NAMES = "names"
    BRINGS = "brings"
    SECTION = "section"


class Family(Struct, frozen=True):
    """A unit of work and its parts.

    Attributes:
        parents: the items that speak of the unit itself, in document order; one or more, all of one document.
        children: its parts with a status: in document order, for NAMES in the order in which they are named.
        relation: PARENT for what stands below it, DOCUMENT for a headline over its whole document, NAMES for ids that its row names,
            BRINGS for rows that say that this unit is to bring them (`Pending (Phase 2)`), SECTION for what stands in the section, or carries the tag,
            that the line of a summary names.
    """

    parents: tuple[Voice, ...]
    children: tuple[Voice, ...]
    relation: Relation


class Citation(Struct, frozen=True):
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


class LaneWord(Struct, frozen=True):
    """What a table of roles says of one role's share of a unit, and what that role's own documents say of the unit.

    Attributes:
        unit: key of the unit that the heading above the table names.
        role: normalized name of the role.
        row: the role's row.
        own: what documents of the role say, by path and place; one or more.
    """

    unit: str
    role: str
    row: Voice
    own: tuple[Voice, ...]
