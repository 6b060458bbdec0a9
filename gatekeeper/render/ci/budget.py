"""Which findings become annotations where a forge shows a few alone, and how many are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.model.finding import Finding, Severity

BUDGET = 10
"""Annotations of one severity that a step may have: GitHub's and Azure's runners drop those that follow without a word."""


def budgeted(findings: Sequence[Finding]) -> Iterator[tuple[Severity, list[Finding], int]]:
    """For each severity, the gravest first: the findings to annotate, in order, and how many more there are.

    Where some are left out, one place is kept free for saying so.
    """
    for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE):
        members = [finding for finding in findings if finding.severity is severity]
        shown = members if len(members) <= BUDGET else members[: BUDGET - 1]
        yield severity, shown, len(members) - len(shown)
