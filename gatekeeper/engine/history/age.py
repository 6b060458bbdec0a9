"""How long findings have been there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from gatekeeper.model.exception.day import days_between
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Change
from gatekeeper.model.view.history import Aged
from gatekeeper.policy.policy import Policy

_WORSE = {Severity.NOTE: Severity.WARNING, Severity.WARNING: Severity.ERROR}


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


def harden(findings: Iterable[Finding], policy: Policy, tree: Tree, today: str) -> tuple[Finding, ...]:
    """The findings, those a step worse whose line has read so for as many days as the law lets their rule's be.

    History is asked only where the law hardens a rule that found something.
    """
    found = tuple(findings)
    limits = {code: rule.harden_after_days for code, rule in policy.rules.items() if rule.harden_after_days is not None}
    origins = line_ages((one for one in found if one.code in limits and one.severity is not Severity.ERROR), tree)
    return tuple(_hardened(one, limits.get(one.code), origins, today) for one in found)


def _hardened(finding: Finding, limit: int | None, origins: Mapping[tuple[str, str], Change], today: str) -> Finding:
    since = origins.get((finding.location.path, finding.location.excerpt))
    days = days_between(since.date, today) if since is not None else None
    worse = _WORSE.get(finding.severity)
    if limit is None or since is None or days is None or days < limit or worse is None:
        return finding
    why = f"the line is {days} days old (since {since.commit[:9]}), so it counts as {worse}"
    return replace(finding, severity=worse, help=f"{finding.help}; {why}" if finding.help else why)


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
