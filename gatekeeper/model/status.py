"""Statuses: the nine canonical ones, and the words that a document wrote."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.text import Span


class Status(StrEnum):
    """What an item's status means, whatever words its team uses."""

    QUEUED = "queued"
    READY = "ready"
    IN_PROGRESS = "in_progress"
    PARTIAL = "partial"
    REVIEW = "review"
    BLOCKED = "blocked"
    DONE = "done"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class StatusBasis(StrEnum):
    """Why a mark means what it means, strongest first."""

    CONFIGURATION = "configuration"
    LEGEND = "legend"
    VOCABULARY = "vocabulary"
    HEADING = "heading"
    NONE = "none"


class StatusMark(Struct, frozen=True):
    """Status words as written, where they stand, and what they were understood as.

    Attributes:
        raw: the words as written, without `**`, backticks and surrounding blanks.
        span: the place of `raw` in its document.
        status: the canonical meaning; UNKNOWN when the words were not understood.
        basis: what gave the meaning; NONE when nothing did.
        column: header of the table column in which the mark stands; None outside tables.
    """

    raw: str
    span: Span
    status: Status
    basis: StatusBasis
    column: str | None = None


class LegendEntry(Struct, frozen=True):
    """One token that a document defines for itself.

    Attributes:
        kind: the kind of work whose legend it belongs to ("epic"), in lower case; "" for a legend of everything.
    """

    token: str
    status: Status
    span: Span
    kind: str = ""


class Legend(Struct, frozen=True):
    """What a document itself says its status tokens mean, in document order; it wins over the default vocabulary.

    One token may stand in the legends of several kinds of work; where their meanings differ, the first one counts.
    """

    entries: tuple[LegendEntry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)
