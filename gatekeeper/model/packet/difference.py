"""What two packets say differently."""

from __future__ import annotations

from msgspec import Struct


class Change(Struct, frozen=True):
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
