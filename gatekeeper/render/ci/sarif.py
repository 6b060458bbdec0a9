"""A report as SARIF 2.1.0: one run, whole, and the same bytes for the same report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from gatekeeper.model.finding import Disposition, Finding, Location
from gatekeeper.model.fix.fix import Edit, Fix
from gatekeeper.model.report import Report, RuleInfo
from gatekeeper.model.text import Position
from gatekeeper.render.json_text import dump

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gatekeeper/v1"
"""Name of the fingerprint; its number changes when the way it is made does."""

_ROOT = "%SRCROOT%"
_MARKS = re.compile(r"[`*]|^#+ ", re.MULTILINE)


def render_sarif(report: Report) -> str:
    """The report as SARIF with a final line end; a result or a rule a line."""
    return dump(sarif_of(report), depth=4) + "\n"


def sarif_of(report: Report) -> dict[str, Any]:
    """The report in SARIF's shape (SARIF 2.1.0 §3.13)."""
    index = {info.code: at for at, info in enumerate(report.rules)}
    run = {
        "tool": {"driver": _driver(report)},
        # A different id for each thing that is judged keeps one upload from closing the other's results (§3.17.3).
        "automationDetails": {"id": "gatekeeper/check/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The repository's root."}}},
        "results": [_result(finding, index) for finding in report.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "gatekeeper",
        "semanticVersion": report.version,
        "rules": [_rule(info) for info in report.rules],
    }


def _rule(info: RuleInfo) -> dict[str, Any]:
    return {
        "id": info.code,
        "name": info.name,
        "shortDescription": {"text": info.summary},
        "help": {"text": _MARKS.sub("", info.page), "markdown": info.page},
        "defaultConfiguration": {"level": info.severity.value},
    }


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    text = f"{finding.message}; {finding.help}" if finding.help else finding.message
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": text},
        "locations": [{"physicalLocation": _physical(finding.location)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        # Always there: without it a viewer cannot tell a run without exceptions from one that does not know them (§3.27.23).
        "suppressions": _suppressions(finding),
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if finding.related:
        result["relatedLocations"] = [_related(at, location) for at, location in enumerate(finding.related, 1)]
    if finding.fix is not None and finding.fix.is_safe:
        result["fixes"] = [_fix(finding.fix)]
    return result


def _related(number: int, location: Location) -> dict[str, Any]:
    related: dict[str, Any] = {"id": number, "physicalLocation": _physical(location)}
    if location.message:
        related["message"] = {"text": location.message}
    return related


def _physical(location: Location) -> dict[str, Any]:
    # GitHub shows no result without a line; a file that has no text to point into has its first.
    is_whole = not location.excerpt and location.end == Position(1, 1)
    region = {"startLine": 1} if is_whole else _region(location)
    return {"artifactLocation": _artifact(location.path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _ROOT}


def _region(location: Location) -> dict[str, int]:
    """Lines and columns from 1, the end column just after the last character (§3.30)."""
    return {
        "startLine": location.start.line,
        "startColumn": location.start.column,
        "endLine": location.end.line,
        "endColumn": location.end.column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    """What would mend it (§3.55): one change for each file."""
    changes = [
        {
            "artifactLocation": _artifact(path),
            "replacements": [_replacement(edit) for edit in fix.edits if edit.path == path],
        }
        for path in dict.fromkeys(edit.path for edit in fix.edits)
    ]
    return {"description": {"text": fix.description}, "artifactChanges": changes}


def _replacement(edit: Edit) -> dict[str, Any]:
    region = _region(Location(edit.path, edit.start, edit.end))
    return {"deletedRegion": region, "insertedContent": {"text": edit.new}}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    """Who takes it upon themselves (§3.35); none for an active finding."""
    if finding.disposition is Disposition.ACTIVE:
        return []
    waiver = finding.waiver
    if waiver is None:
        return [{"kind": "external", "status": "accepted", "justification": finding.disposition.value}]
    is_inline = waiver.location.path == finding.location.path
    words = [waiver.reason, f"owner {waiver.owner}" if waiver.owner else "", f"until {waiver.until}", waiver.ticket]
    return [
        {
            "kind": "inSource" if is_inline else "external",
            "status": "accepted",
            "justification": "; ".join(word for word in words if word),
            "location": {"physicalLocation": _physical(waiver.location)},
        }
    ]
