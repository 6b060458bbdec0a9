"""A report as SARIF 2.1.0: one run, whole, and the same bytes for the same report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from gatekeeper.model.finding import Disposition, Finding, Location, Severity
from gatekeeper.model.fix.fix import Edit, Fix
from gatekeeper.model.report import Input, InputState, Report, RuleInfo
from gatekeeper.model.text import Position
from gatekeeper.render.ci.words import acceptance, sentence
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "gatekeeper/v1"
"""Name of the fingerprint; its number changes when the way it is made does."""

GITHUB_RESULTS = 25_000
"""GitHub refuses a file with more (docs.github.com, "SARIF support for code scanning")."""

_ROOT = "%SRCROOT%"
_MARKS = re.compile(r"[`*]|^#+ ", re.MULTILINE)
# What GitHub calls the severity of a problem, for it has no word for a note.
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
# GitHub refuses a result with more.
_RELATED = 1_000
_LINK = re.compile(r"[\\\[\]]")


def render_sarif(report: Report, command: str = "check", most: int | None = None) -> str:
    """The report as SARIF with a final line end; a result or a rule a line.

    Args:
        report: what was found.
        command: what was run, for the id that keeps the results of two commands apart.
        most: results that the reader takes; the gravest are kept, and a notification says how many are not. None for all.
    """
    return dump(sarif_of(report, command, most), depth=4) + "\n"


def sarif_of(report: Report, command: str = "check", most: int | None = None) -> dict[str, Any]:
    """The report in SARIF's shape (SARIF 2.1.0 §3.13)."""
    index = {info.code: at for at, info in enumerate(report.rules)}
    kept = _gravest(report.findings, most)
    run = {
        "tool": {"driver": _driver(report)},
        # A different id for each thing that is judged keeps one upload from closing the other's results (§3.17.3).
        "automationDetails": {"id": f"gatekeeper/{command}/"},
        "invocations": [_invocation(report, len(report.findings) - len(kept))],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The repository's root."}}},
        "results": [_result(finding, index) for finding in kept],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _gravest(findings: Sequence[Finding], most: int | None) -> Sequence[Finding]:
    """All findings, or as many as there may be, in the report's order: active ones before accepted ones, errors before the rest."""
    if most is None or len(findings) <= most:
        return findings
    ranked = sorted(findings, key=lambda one: (one.disposition is not Disposition.ACTIVE, -one.severity.rank))
    kept = set(map(id, ranked[:most]))
    return [finding for finding in findings if id(finding) in kept]


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """How the run went (§3.20): it came to its end, and what it could not read."""
    notes = [_unreadable(entry) for entry in report.inputs_in(InputState.UNREADABLE)]
    if left_out:
        text = f"{counted(left_out, 'result')} left out, the least grave: the reader takes no more"
        notes.append({"level": "warning", "message": {"text": text}})
    if not report.has_checked:
        notes.append({"level": "error", "message": {"text": "nothing was checked"}})
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _unreadable(entry: Input) -> dict[str, Any]:
    place = {"physicalLocation": {"artifactLocation": _artifact(entry.path)}}
    return {"level": "error", "message": {"text": _plain(f"unreadable: {entry.reason}")}, "locations": [place]}


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
        "fullDescription": {"text": info.summary},
        "help": {"text": _MARKS.sub("", info.page), "markdown": info.page},
        "defaultConfiguration": {"level": info.severity.value},
        "properties": {"tags": ["documentation"], "problem.severity": _PROBLEMS[info.severity]},
    }


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": _plain(sentence(finding))},
        "locations": [{"physicalLocation": _physical(finding.location)}],
        # The second is the one name that GitHub looks for.
        "partialFingerprints": {FINGERPRINT: finding.fingerprint, "primaryLocationLineHash": finding.fingerprint},
        # Always there: without it a viewer cannot tell a run without exceptions from one that does not know them (§3.27.23).
        "suppressions": _suppressions(finding),
    }
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    if finding.related:
        result["relatedLocations"] = [
            _related(at, location) for at, location in enumerate(finding.related[:_RELATED], 1)
        ]
    if finding.fix is not None and finding.fix.is_safe:
        result["fixes"] = [_fix(finding.fix)]
    return result


def _related(number: int, location: Location) -> dict[str, Any]:
    related: dict[str, Any] = {"id": number, "physicalLocation": _physical(location)}
    if location.message:
        related["message"] = {"text": _plain(location.message)}
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
    return {"description": {"text": _plain(fix.description)}, "artifactChanges": changes}


def _replacement(edit: Edit) -> dict[str, Any]:
    region = _region(Location(edit.path, edit.start, edit.end))
    return {"deletedRegion": region, "insertedContent": {"text": edit.new}}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    """Who takes it upon themselves (§3.35); none for an active finding."""
    if finding.disposition is Disposition.ACTIVE:
        return []
    waiver = finding.waiver
    suppression: dict[str, Any] = {"kind": "external", "status": "accepted", "justification": acceptance(finding)}
    if waiver is not None:
        if waiver.location.path == finding.location.path:
            suppression["kind"] = "inSource"
        suppression["location"] = {"physicalLocation": _physical(waiver.location)}
    return [suppression]


def _plain(text: str) -> str:
    """Text in which nothing is read as a link (§3.11.6)."""
    return _LINK.sub(r"\\\g<0>", text) if "](" in text else text
