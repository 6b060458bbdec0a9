"""Trials: documents under a policy, what they were expected to give, and what they gave."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from gatekeeper.model.assertion.law import Example
from gatekeeper.model.finding import Disposition, Finding

FORM = "docs/plan.md:3 ACME001"

_LINE = re.compile(
    r"(?P<path>\S(?:.*?\S)?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?(?: (?P<severity>error|warning|note))?"
    r" (?P<code>[A-Z][A-Z0-9]{1,15})(?: (?P<disposition>waived|baselined))?"
)


class Expectation(Struct, frozen=True):
    """One finding that is expected.

    Attributes:
        text: as written.
        column: None where any will do.
        severity: "" where any will do.
        disposition: "" for one that counts.
    """

    text: str
    path: str
    line: int
    code: str
    column: int | None = None
    severity: str = ""
    disposition: str = ""

    def meets(self, finding: Finding) -> bool:
        """Whether a finding is what is expected."""
        start = finding.location.start
        return (
            (self.path, self.line, self.code) == (finding.location.path, start.line, finding.code)
            and self.column in (None, start.column)
            and self.severity in ("", finding.severity.value)
            and (self.disposition or Disposition.ACTIVE.value) == finding.disposition.value
        )


def parse_expectation(text: str) -> Expectation | None:
    """The finding that a line such as `docs/plan.md:3:5 error ACME001 waived` expects; None when it is no such line."""
    match = _LINE.fullmatch(text.strip())
    if match is None:
        return None
    column = match["column"]
    return Expectation(
        text=text.strip(),
        path=match["path"],
        line=int(match["line"]),
        code=match["code"],
        column=int(column) if column else None,
        severity=match["severity"] or "",
        disposition=match["disposition"] or "",
    )


class Outcome(Struct, frozen=True):
    """What became of a trial.

    Attributes:
        owner: the assertion or file that it stands in.
        missing: expectations that nothing met.
        surplus: findings that nobody expected, as lines of the same form with their message.
    """

    example: Example
    owner: str
    missing: tuple[str, ...] = ()
    surplus: tuple[tuple[str, str], ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether all came as expected."""
        return not self.missing and not self.surplus


class Standing(StrEnum):
    """Whether a part of the law ever objects."""

    TODAY = "objects today"
    MUTATION = "objects to a mutation"
    SILENT = "stays silent"
    IDLE = "has nothing to look at"


class Objector(Struct, frozen=True):
    """A rule, an assertion or a contract, and whether it ever objects.

    Attributes:
        kind: "rule", "assertion" or "contract".
        name: its code; of a contract its name.
        title: the rule's name; "" for a contract.
        by: the mutation to which it objects; "" for none.
        looks_at: what it looks at, in words.
    """

    kind: Literal["rule", "assertion", "contract"]
    name: str
    title: str
    standing: Standing
    by: str = ""
    looks_at: str = ""

    @property
    def never_objects(self) -> bool:
        """Whether it objects to nothing."""
        return self.standing in (Standing.SILENT, Standing.IDLE)


class Survey(Struct, frozen=True):
    """What came of mutating the repository's own documents.

    Attributes:
        objectors: rules by code, then assertions by code, then contracts in the order of the law.
        mutations: how many changed repositories were checked.
        documents: how many documents were mutated.
    """

    objectors: tuple[Objector, ...]
    mutations: int
    documents: int
