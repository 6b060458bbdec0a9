"""What became of mending: the files as they would be, what was mended in them, and what was not and why."""

from __future__ import annotations

from msgspec import Struct

from gatekeeper.model.finding import Finding
from gatekeeper.model.report import Input


class Rewrite(Struct, frozen=True):
    """One file before and after; its bytes outside of the edits are the same."""

    path: str
    before: bytes
    after: bytes


class Refusal(Struct, frozen=True):
    """A finding whose fix was not applied, and why, in words without a final dot."""

    finding: Finding
    reason: str


class Repair(Struct, frozen=True):
    """The outcome of mending; nothing is written yet.

    Attributes:
        rewrites: the files that change, in path order.
        mended: the findings that are gone, as they stood before they were mended, in the order of mending.
        refused: those whose fix was asked for and not applied, in path order.
        unsafe: how many more have an unsafe fix that nobody asked for.
        accepted: how many more have a fix that was asked for, but are waived or baselined.
        inputs: every file that was looked at, in path order.
    """

    rewrites: tuple[Rewrite, ...] = ()
    mended: tuple[Finding, ...] = ()
    refused: tuple[Refusal, ...] = ()
    unsafe: int = 0
    accepted: int = 0
    inputs: tuple[Input, ...] = ()
