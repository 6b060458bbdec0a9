"""Accepted exceptions: waivers, dated and owned, and the baseline of what was accepted once; and how they end up in a run."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.finding import Finding, Location

UNACCEPTABLE = ("PO", "WV")
"""Families that no waiver and no baseline covers: they watch over the exceptions themselves."""

DAYS_LIMIT = 366
"""How far ahead a waiver may end where the policy does not say."""


class WaiverLaw(Struct, frozen=True):
    """What the law asks of waivers.

    Attributes:
        file: repo-relative path of the file that lists them.
        max_days: how many days from today a waiver may run at most.
        unwaivable: codes of rules that must not be waived, beside the families of `UNACCEPTABLE`.
        require_ticket: whether each must name a ticket.
        require_approver: whether each must name who approved it.
    """

    file: str = "waivers.yml"
    max_days: int = DAYS_LIMIT
    unwaivable: frozenset[str] = frozenset()
    require_ticket: bool = False
    require_approver: bool = False

    def forbids(self, code: str) -> bool:
        """Whether findings of this rule cannot be waived."""
        return code in self.unwaivable or code.startswith(UNACCEPTABLE)


class Waiver(Struct, frozen=True):
    """One exception: findings of one rule, in a scope, until a day.

    Attributes:
        code: code of the rule.
        location: where the waiver stands.
        expires: the last day on which it holds, ISO 8601; "" for a waiver without an end, which never holds.
        path: gitignore pattern of the documents that it covers; "" for every document.
        item: id of the item that it covers, as written; "" for every item.
        gate: name or id of the gate that it covers; "" for every gate.
        lines: first and last line that it covers, 1-based and inclusive, of a comment in a document; None for an entry of the file.
        covered: those lines' text on one line, without blanks at the ends; "" for an entry of the file.
        author: who asked for it; "" when only the owner is known.
    """

    code: str
    location: Location
    reason: str
    expires: str
    owner: str = ""
    author: str = ""
    approved_by: str = ""
    ticket: str = ""
    path: str = ""
    item: str = ""
    gate: str = ""
    lines: tuple[int, int] | None = None
    covered: str = ""

    @property
    def is_inline(self) -> bool:
        """Whether it is a comment in the document that it covers."""
        return self.lines is not None

    @property
    def key(self) -> tuple[str, ...]:
        """What it is an exception for, whoever asks for it and however long: two of one key are the same waiver."""
        return (self.code, self.path, self.item, self.gate, self.covered)

    @property
    def scope(self) -> str:
        """What it covers, in words: `path docs/** and item 7`."""
        if self.lines is not None:
            first, last = self.lines
            return f"line {first} of {self.path}" if first == last else f"lines {first} to {last} of {self.path}"
        named = (("path", self.path), ("item", self.item), ("gate", self.gate))
        return " and ".join(f"{word} {value}" for word, value in named if value)


class FaultKind(StrEnum):
    """Why something that was meant as a waiver is none."""

    MALFORMED = "malformed"
    UNKNOWN_RULE = "unknown-rule"


class WaiverFault(Struct, frozen=True):
    """Something that was meant as a waiver and is none, so that it covers nothing.

    Attributes:
        message: what was read and what was expected.
        help: what to do.
        subject: what tells it from its neighbors.
    """

    kind: FaultKind
    location: Location
    message: str
    help: str
    subject: str


class Standing(StrEnum):
    """Whether a waiver holds, and if not why."""

    IN_FORCE = "in force"
    EXPIRED = "expired"
    TOO_LONG = "too long"
    UNWAIVABLE = "unwaivable"
    SELF_APPROVED = "self-approved"
    PROPOSED = "proposed"


class WaiverUse(Struct, frozen=True):
    """A waiver and what it comes to in a run.

    Attributes:
        covers: the findings in its scope, in the report's order, whether it holds or not.
        days_left: days until its last day, negative once it has ended; None where no end or no today is known.
        is_withdrawn: whether the change that is checked takes it out again.
    """

    waiver: Waiver
    standing: Standing
    covers: tuple[Finding, ...] = ()
    days_left: int | None = None
    is_withdrawn: bool = False


class BaselineEntry(Struct, frozen=True):
    """Findings that were accepted once: equal ones are counted, not listed.

    Attributes:
        fingerprint: of the first of them.
        code: their rule.
        path: their document when they were accepted.
        subject: what they are about, for people.
        count: how many equal ones are accepted, at least 1.
    """

    fingerprint: str
    code: str
    path: str
    subject: str = ""
    count: int = 1


class Baseline(Struct, frozen=True):
    """Past findings that are accepted; `Baseline()` accepts none.

    Attributes:
        path: repo-relative path of its file.
        entries: by path, code and fingerprint; no fingerprint twice.
        places: fingerprint -> where its entry stands in the file.
    """

    path: str = ".gatekeeper-baseline.json"
    entries: tuple[BaselineEntry, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """How many findings are accepted, by fingerprint and code."""
        return {(entry.fingerprint, entry.code): entry.count for entry in self.entries}
