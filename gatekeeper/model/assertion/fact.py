"""What became of an assertion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatekeeper.model.assertion.law import Assertion
from gatekeeper.model.text import SourceText, Span


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a document, with what stands there."""

    source: SourceText
    span: Span
    message: str = ""


@dataclass(frozen=True, slots=True)
class Breach:
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


@dataclass(frozen=True, slots=True)
class AssertionFact:
    """What became of one assertion.

    Attributes:
        held: how many things it was held against.
        breaches: by document and place.
    """

    assertion: Assertion
    held: int = 0
    breaches: tuple[Breach, ...] = field(default=())
