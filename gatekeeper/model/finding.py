"""Findings: what is wrong, where, how bad, and whether somebody has accepted it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.text import Position, SourceText, Span


class Severity(StrEnum):
    """SARIF levels and GitHub annotations, one to one (SARIF 2.1.0 §3.27.10)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for NOTE, 1 for WARNING, 2 for ERROR."""
        return ("note", "warning", "error").index(self.value)


class Disposition(StrEnum):
    """Whether a finding counts."""

    ACTIVE = "active"
    WAIVED = "waived"
    BASELINED = "baselined"


class Location(Struct, frozen=True):
    """A place in a file, for people.

    Attributes:
        start: first character.
        end: just after the last character (half-open).
        excerpt: the source line on which it starts, whole, without its line end; untrusted text.
        message: what stands here, for related locations; "" for a primary one.
    """

    path: str
    start: Position
    end: Position
    excerpt: str = ""
    message: str = ""

    @classmethod
    def at(cls, source: SourceText, span: Span, message: str = "") -> Location:
        """The location of a span of a source."""
        start = source.position(span.start)
        excerpt = source.slice(source.line_span(start.line))
        return cls(source.path, start, source.position(span.end), excerpt, message)

    @classmethod
    def whole(cls, path: str) -> Location:
        """The first character of a file that has no text to point into."""
        return cls(path, Position(1, 1), Position(1, 1))


class Acceptance(Struct, frozen=True):
    """Who takes a finding upon themselves, why, and until when.

    Attributes:
        until: the last day, ISO 8601.
        location: where the waiver stands.
        ticket: "" without one.
        approved_by: "" when nobody is named.
    """

    owner: str
    reason: str
    until: str
    location: Location
    ticket: str = ""
    approved_by: str = ""


class Finding(Struct, frozen=True):
    """One defect.

    Attributes:
        message: what was read and what was expected, one sentence without a final dot.
        help: what to do about it; "" when the rule's page says all.
        subject: what tells this finding from its neighbors when lines move (an item id, a target); part of the fingerprint.
        fingerprint: stable identity, set when the run is settled; "" before.
        fix: replacement text for the primary location; None when there is no safe one.
        waiver: what waives it; None unless the disposition is WAIVED.
    """

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    help: str = ""
    related: tuple[Location, ...] = ()
    subject: str = ""
    fingerprint: str = ""
    fix: str | None = None
    disposition: Disposition = Disposition.ACTIVE
    waiver: Acceptance | None = None
