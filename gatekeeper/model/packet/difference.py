"""What two packets say differently."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """What two packets say of one thing.

    Attributes:
        kind: "field", "gate", "requirement", "file", "finding" or "item".
        name: which one.
        before: what the first says; None where it does not have it. `after` likewise of the second.
    """

    kind: str
    name: str
    before: str | None
    after: str | None
