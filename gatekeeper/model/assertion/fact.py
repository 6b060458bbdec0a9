"""What became of an assertion."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from gatekeeper.model.assertion.law import Assertion
from gatekeeper.model.text import SourceText, Span


class Spot(Struct, frozen=True):
    """A place of a document, with what stands there."""

    source: SourceText
    span: Span
    message: str = ""


class Breach(Struct, frozen=True):
    """One thing of which an assertion is not true.

    Attributes:
        detail: what was read and what was expected, one clause without a final dot.
        fields: what the thing says, by field, for the assertion's message.
        spot: where; None for something that is missing everywhere.
        subject: what tells it from its neighbors.
        is_sure: whether it is known not to be true; False where it cannot be told.
        related: other things that belong to it.
    """

    detail: str
    fields: Mapping[str, object]
    spot: Spot | None
    subject: str
    is_sure: bool = True
    related: tuple[Spot, ...] = ()


class AssertionFact(Struct, frozen=True):
    """What became of one assertion.

    Attributes:
        held: how many things it was held against.
        breaches: by document and place.
    """

    assertion: Assertion
    held: int = 0
    breaches: tuple[Breach, ...] = ()
