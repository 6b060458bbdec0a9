"""Exceptions counted in: which findings a waiver or the baseline accepts, and which exceptions accept nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from gatekeeper.engine.scope import Places, normal, scope_of
from gatekeeper.engine.settle import first_fingerprint
from gatekeeper.model.exception.day import days_between
from gatekeeper.model.exception.waiver import (
    UNACCEPTABLE,
    Baseline,
    BaselineEntry,
    Standing,
    Waiver,
    WaiverLaw,
    WaiverUse,
)
from gatekeeper.model.finding import Acceptance, Disposition, Finding


def apply_waivers(
    findings: Sequence[Finding], uses: Iterable[WaiverUse], places: Places, law: WaiverLaw, today: str
) -> tuple[tuple[Finding, ...], tuple[WaiverUse, ...]]:
    """The findings, those in the scope of a waiver that holds waived; and every waiver by place with what it covers.

    Of several that hold, the one that ends last is named. A use comes with PROPOSED where it is the change's own.
    """
    ordered = sorted(uses, key=_place)
    index = _Index(findings)
    covered = [index.find(use.waiver, places) for use in ordered]
    standings = [_standing(use, law, today) for use in ordered]
    best: dict[int, Waiver] = {}
    for use, standing, numbers in zip(ordered, standings, covered, strict=True):
        if standing is Standing.IN_FORCE:
            for number in numbers:
                held = best.get(number)
                if held is None or use.waiver.expires > held.expires:
                    best[number] = use.waiver
    settled = tuple(
        replace(finding, disposition=Disposition.WAIVED, waiver=_acceptance(best[number]))
        if number in best
        else finding
        for number, finding in enumerate(findings)
    )
    days = [days_between(today, use.waiver.expires) for use in ordered]
    found = [tuple(settled[number] for number in numbers) for numbers in covered]
    return settled, tuple(
        replace(use, standing=standing, covers=covers, days_left=left)
        for use, standing, covers, left in zip(ordered, standings, found, days, strict=True)
    )


def apply_baseline(
    findings: Sequence[Finding], baseline: Baseline, renames: Mapping[str, str]
) -> tuple[tuple[Finding, ...], tuple[BaselineEntry, ...]]:
    """The findings, of equal ones as many baselined as the baseline accepts; and what it accepts beyond what is found.

    Waived ones count for nothing. `renames` leads from a former path to today's.
    """
    left = Counter(baseline.counts)
    moved = _moved(baseline, renames)
    settled = []
    for finding in findings:
        key = _accepted_key(finding, left, moved) if finding.disposition is Disposition.ACTIVE and left else None
        if key is None or finding.code.startswith(UNACCEPTABLE):
            settled.append(finding)
        else:
            left[key] -= 1
            settled.append(replace(finding, disposition=Disposition.BASELINED))
    stale = [
        replace(entry, count=surplus)
        for entry in baseline.entries
        if (surplus := left[entry.fingerprint, entry.code]) > 0
    ]
    return tuple(settled), tuple(stale)


def baseline_of(findings: Iterable[Finding], path: str) -> Baseline:
    """The baseline that accepts just these findings, those of the families that cannot be accepted left out."""
    counts: Counter[str] = Counter()
    firsts: dict[str, Finding] = {}
    for finding in findings:
        if not finding.code.startswith(UNACCEPTABLE):
            fingerprint = first_fingerprint(finding)
            counts[fingerprint] += 1
            firsts.setdefault(fingerprint, finding)
    entries = [
        BaselineEntry(fingerprint, one.code, one.location.path, one.subject, counts[fingerprint])
        for fingerprint, one in firsts.items()
    ]
    return Baseline(path, tuple(sorted(entries, key=lambda entry: (entry.path, entry.code, entry.fingerprint))))


def growth_of(before: Baseline, after: Baseline) -> tuple[BaselineEntry, ...]:
    """What the second baseline accepts beyond the first, each with the surplus as its count."""
    known = before.counts
    grown = ((entry, entry.count - known.get((entry.fingerprint, entry.code), 0)) for entry in after.entries)
    return tuple(replace(entry, count=surplus) for entry, surplus in grown if surplus > 0)


class _Index:
    """Findings by rule, and by rule and document with their lines, so that a waiver looks at few of them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = findings
        self._by_code: defaultdict[str, list[int]] = defaultdict(list)
        self._lines: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for number, finding in enumerate(findings):
            self._by_code[finding.code].append(number)
            self._lines[finding.code, finding.location.path].append((finding.location.start.line, number))
        for lines in self._lines.values():
            lines.sort()

    def find(self, waiver: Waiver, places: Places) -> list[int]:
        """The numbers of the findings in a waiver's scope, ascending."""
        if waiver.lines is not None:
            lines = self._lines.get((waiver.code, waiver.path), [])
            low, high = (
                bisect_left(lines, (waiver.lines[0], -1)),
                bisect_right(lines, (waiver.lines[1], len(self._findings))),
            )
            return sorted(number for _, number in lines[low:high])
        numbers = self._by_code.get(waiver.code, [])
        covers = scope_of(waiver, places) if numbers else None
        return [number for number in numbers if covers is not None and covers(self._findings[number])]


def _standing(use: WaiverUse, law: WaiverLaw, today: str) -> Standing:
    waiver = use.waiver
    if use.standing is Standing.PROPOSED:
        return Standing.PROPOSED
    if law.forbids(waiver.code):
        return Standing.UNWAIVABLE
    if waiver.approved_by and _person(waiver.approved_by) == _person(waiver.author or waiver.owner):
        return Standing.SELF_APPROVED
    left = days_between(today, waiver.expires)
    if not waiver.expires or (left is not None and left > law.max_days):
        return Standing.TOO_LONG
    return Standing.EXPIRED if left is not None and left < 0 else Standing.IN_FORCE


def _person(name: str) -> str:
    """A name as names are compared: `@Kim` and `kim` are one."""
    return normal(name).removeprefix("@")


def _place(use: WaiverUse) -> tuple[object, ...]:
    waiver = use.waiver
    return (
        waiver.location.path,
        waiver.location.start,
        waiver.lines or (),
        waiver.code,
        waiver.expires,
        waiver.key,
        use.standing,
    )


def _acceptance(waiver: Waiver) -> Acceptance:
    return Acceptance(waiver.owner, waiver.reason, waiver.expires, waiver.location, waiver.ticket, waiver.approved_by)


def _moved(baseline: Baseline, renames: Mapping[str, str]) -> dict[str, list[str]]:
    """Path today -> the paths under which the baseline knows it."""
    former: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted({entry.path for entry in baseline.entries}):
        if path in renames:
            former[renames[path]].append(path)
    return former


def _accepted_key(
    finding: Finding, left: Counter[tuple[str, str]], moved: Mapping[str, list[str]]
) -> tuple[str, str] | None:
    """The entry that accepts a finding, by its document's path today or a former one; None when none does."""
    for path in (None, *moved.get(finding.location.path, [])):
        key = (first_fingerprint(finding, path), finding.code)
        if left[key] > 0:
            return key
    return None
