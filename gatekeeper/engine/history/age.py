"""How long findings have been there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from gatekeeper.model.exception.day import days_between
from gatekeeper.model.finding import Finding
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Change
from gatekeeper.model.view.history import Aged


def find_ages(findings: Iterable[Finding], tree: Tree, today: str) -> tuple[Aged, ...]:
    """Each finding with the commit since which its line reads so, oldest first, then by place; what is not committed so comes last.

    The line may be older than the fault: what it names may have gone later.
    """
    found = tuple(findings)
    origins = line_ages(found, tree)
    ages = []
    for finding in found:
        since = origins.get((finding.location.path, finding.location.excerpt))
        ages.append(Aged(finding, since, days_between(since.date, today) if since else None))
    return tuple(sorted(ages, key=_order))


def line_ages(findings: Iterable[Finding], tree: Tree) -> Mapping[tuple[str, str], Change]:
    """(path, line) -> the commit since which a finding's line reads so; one question for all of them."""
    lines: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.location.excerpt:
            lines[finding.location.path].add(finding.location.excerpt)
    return tree.line_origins(lines) if lines else {}


def _order(aged: Aged) -> tuple[object, ...]:
    place = aged.finding.location
    return aged.since is None, aged.since.date if aged.since else "", place.path, place.start, aged.finding.code
