"""A report as GitLab's Code Quality report (docs.gitlab.com/ci/testing/code_quality, "Code Quality report format")."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import Report
from gatekeeper.render.ci.words import active, plain_path, sentence
from gatekeeper.render.json_text import dump
from gatekeeper.render.sink import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render_gitlab(report: Report) -> str:
    """The active findings as a JSON array with a final line end, one a line; "[]" without any.

    What is waived or baselined is left out: the format has no word for it, and a new entry would read as a new fault.
    """
    seen: Counter[str] = Counter()
    issues = []
    for finding in active(report):
        seen[finding.fingerprint] += 1
        issues.append(_issue(finding, seen[finding.fingerprint]))
    return dump(issues, depth=1) + "\n"


def _issue(finding: Finding, occurrence: int) -> dict[str, Any]:
    return {
        "description": visible(f"{finding.code}: {sentence(finding)}"),
        "check_name": finding.name,
        "fingerprint": _unique(finding.fingerprint, occurrence),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": plain_path(finding.location.path), "lines": {"begin": finding.location.start.line}},
    }


def _unique(fingerprint: str, occurrence: int) -> str:
    """The fingerprint, another one for each that is equal: GitLab shows equal ones once."""
    if occurrence == 1 and fingerprint:
        return fingerprint
    return hashlib.sha256(f"{fingerprint}\0{occurrence}".encode()).hexdigest()
