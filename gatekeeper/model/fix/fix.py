"""What would mend a finding: edits of text, and whether a person must look at them first."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.text import Position, SourceText, Span


class Applicability(StrEnum):
    """Whether a fix may be applied unseen, in ruff's words."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Edit(Struct, frozen=True):
    """Other words in the place of some, on one line.

    Attributes:
        path: the document.
        span: what is replaced, as code points of its `SourceText.text`.
        start: where that begins, for people.
        end: just after its last character.
        old: the words that stand there.
        new: the words that are to stand there.
    """

    path: str
    span: Span
    start: Position
    end: Position
    old: str
    new: str

    @classmethod
    def at(cls, source: SourceText, span: Span, new: str) -> Edit:
        """The edit that writes `new` in the place of a span of a source."""
        return cls(source.path, span, source.position(span.start), source.position(span.end), source.slice(span), new)


class Fix(Struct, frozen=True):
    """What would mend one finding.

    Attributes:
        description: what is written and why it is right, without a final dot.
        applicability: SAFE only where one answer is right and nothing else is claimed afterwards.
        edits: one or more, in document order, none touching another.
    """

    description: str
    applicability: Applicability
    edits: tuple[Edit, ...]

    @property
    def is_safe(self) -> bool:
        """Whether it may be applied unseen."""
        return self.applicability is Applicability.SAFE


def one_edit(source: SourceText, span: Span, new: str, description: str, *, is_safe: bool) -> Fix:
    """A fix of one place."""
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    return Fix(description, applicability, (Edit.at(source, span, new),))
