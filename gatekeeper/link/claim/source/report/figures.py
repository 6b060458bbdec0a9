"""What a report says, in figures that claims can be held against."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Value = int | float | str


class MalformedError(ValueError):
    """A file that by its name is a report and cannot be read as one; the text says why."""


class Figures(Struct, frozen=True):
    """One report.

    Attributes:
        counts: "tests", "passed", "failed", "skipped" of a test report; "results", "errors", "warnings" of a list of findings.
        percents: "line", "branch", "statement" or "function" coverage, 0 to 100.
        values: every scalar of a JSON report by its dotted path, in document order.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    percents: Mapping[str, float] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)


def count_tests(tests: int, failed: int, skipped: int) -> dict[str, int]:
    """The counts of a test report, with what passed."""
    return {"tests": tests, "failed": failed, "skipped": skipped, "passed": tests - failed - skipped}
