"""What rules yielded, settled: nothing twice, in order, each with its fingerprint."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from gatekeeper.model.finding import Finding

# `:12`, `:12-40`, `#L10`, `#L10-L20`: they move with the text that they point into.
_LINE_NUMBERS = re.compile(r":\d+(?:-\d+)?|#L\d+(?:-L?\d+)?")


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by path, line, column and code, once each, with fingerprints."""
    unique = {_identity(finding): finding for finding in findings}
    ordered = [unique[key] for key in sorted(unique)]
    return tuple(
        replace(finding, fingerprint=fingerprint)
        for finding, fingerprint in zip(ordered, _fingerprints(ordered), strict=True)
    )


def join(*settled: Iterable[Finding]) -> tuple[Finding, ...]:
    """Several runs of settled findings as one, in the same order."""
    return tuple(sorted((finding for findings in settled for finding in findings), key=_identity))


def first_fingerprint(finding: Finding, path: str | None = None) -> str:
    """The fingerprint of the first of all findings that are equal to this one; `path` in place of its document's own."""
    return _digest(*parts_of(finding, path), "0")


def parts_of(finding: Finding, path: str | None = None) -> tuple[str, ...]:
    """What a finding is about, wherever in its document it stands: code, path, subject, words of its line; `path` in place of its document's own."""
    place = finding.location
    return (finding.code, path or place.path, finding.subject, _normal(place.excerpt))


def _identity(finding: Finding) -> tuple[object, ...]:
    """What makes two findings one, in the order of the report."""
    place = finding.location
    return (place.path, place.start, finding.code, place.end, finding.message)


def _fingerprints(findings: Iterable[Finding]) -> Iterable[str]:
    """The identity of each finding, which lines inserted above or below do not change."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        parts = parts_of(finding)
        yield _digest(*parts, str(seen[parts]))
        seen[parts] += 1


@lru_cache(maxsize=256)
def _normal(excerpt: str) -> str:
    """A source line without what changes when nothing is said anew: blanks and line numbers."""
    return " ".join(_LINE_NUMBERS.sub("", excerpt).split())


def _digest(*parts: str) -> str:
    """Hex SHA-256 over the parts; a file name may hold bytes that are not UTF-8."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
