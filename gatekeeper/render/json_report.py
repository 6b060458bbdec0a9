"""A report as JSON, for scripts: `check --format json`."""

from __future__ import annotations

from gatekeeper.model.finding import Acceptance, Disposition, Finding, Location, Severity
from gatekeeper.model.fix.fix import Fix
from gatekeeper.model.report import Disagreement, Input, InputState, Report, RuleInfo, Saying
from gatekeeper.render.json_text import dump
from gatekeeper.render.shapes import (
    AcceptanceJson,
    ContradictionJson,
    EditJson,
    FindingJson,
    FixJson,
    InputJson,
    PolicyJson,
    RelatedJson,
    ReportJson,
    RuleJson,
    SayingJson,
    SummaryJson,
)


def render_report(report: Report) -> str:
    """The report as JSON text with a final line end; one finding, input or rule a line."""
    return dump(report_json(report), depth=2) + "\n"


def report_json(report: Report) -> ReportJson:
    """The report in its JSON shape."""
    return {
        "schema_version": "1",
        "tool": {"name": "gatekeeper", "version": report.version},
        "policy": policy_json(report),
        "revision": report.revision,
        "summary": _summary(report),
        "findings": [finding_json(finding) for finding in report.findings],
        "contradictions": None
        if report.disagreements is None
        else [_contradiction(one) for one in report.disagreements],
        "inputs": [_input(entry) for entry in report.inputs],
        "rules": [rule_json(info) for info in report.rules],
    }


def policy_json(report: Report) -> PolicyJson:
    """The law that a run applied, in its JSON shape."""
    return {
        "sha256": report.policy_sha256,
        "sources": [source.name for source in report.policy_sources],
        "digests": {source.name: source.sha256 for source in report.policy_sources},
        "trusted": report.trusted or None,
    }


def rule_json(info: RuleInfo) -> RuleJson:
    """A rule's card in its JSON shape."""
    return {
        "code": info.code,
        "name": info.name,
        "severity": info.severity,
        "status": info.status,
        "since": info.since,
        "summary": info.summary,
    }


def _summary(report: Report) -> SummaryJson:
    return {
        "documents": len(report.inputs_in(InputState.PARSED)),
        "items": report.items,
        "evidence": report.evidence,
        "contracts": report.contracts,
        "findings": {
            "error": report.count(Severity.ERROR),
            "warning": report.count(Severity.WARNING),
            "note": report.count(Severity.NOTE),
        },
        "waived": sum(report.count(severity, Disposition.WAIVED) for severity in Severity),
        "baselined": sum(report.count(severity, Disposition.BASELINED) for severity in Severity),
        "set_aside": len(report.inputs_in(InputState.SET_ASIDE)),
        "unreadable": len(report.inputs_in(InputState.UNREADABLE)),
        "older": report.older,
    }


def finding_json(finding: Finding) -> FindingJson:
    """A finding in its JSON shape."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "path": finding.location.path,
        "line": finding.location.start.line,
        "column": finding.location.start.column,
        "end_line": finding.location.end.line,
        "end_column": finding.location.end.column,
        "fingerprint": finding.fingerprint,
        "disposition": finding.disposition,
        "waiver": _acceptance(finding.waiver) if finding.waiver else None,
        "related": [related_json(location) for location in finding.related],
        "help": finding.help,
        "fix": _fix(finding.fix) if finding.fix else None,
    }


def _fix(fix: Fix) -> FixJson:
    edits: list[EditJson] = [
        {
            "path": edit.path,
            "line": edit.start.line,
            "column": edit.start.column,
            "end_line": edit.end.line,
            "end_column": edit.end.column,
            "start": edit.span.start,
            "end": edit.span.end,
            "old": edit.old,
            "new": edit.new,
        }
        for edit in fix.edits
    ]
    return {"description": fix.description, "applicability": fix.applicability, "edits": edits}


def _acceptance(waiver: Acceptance) -> AcceptanceJson:
    return {
        "owner": waiver.owner,
        "reason": waiver.reason,
        "until": waiver.until,
        "ticket": waiver.ticket,
        "approved_by": waiver.approved_by,
        "path": waiver.location.path,
        "line": waiver.location.start.line,
    }


def related_json(location: Location) -> RelatedJson:
    """A place in its JSON shape."""
    return {
        "path": location.path,
        "line": location.start.line,
        "column": location.start.column,
        "end_line": location.end.line,
        "end_column": location.end.column,
        "message": location.message,
    }


def _contradiction(one: Disagreement) -> ContradictionJson:
    return {"item": one.subject, "codes": list(one.codes), "sayings": [saying_json(saying) for saying in one.sayings]}


def saying_json(saying: Saying) -> SayingJson:
    """What one place says of an item, in its JSON shape."""
    return {
        "path": saying.location.path,
        "line": saying.location.start.line,
        "column": saying.location.start.column,
        "who": saying.who,
        "raw_status": saying.raw,
        "status": saying.status,
        "since": saying.since.commit if saying.since else None,
        "since_date": saying.since.date if saying.since else None,
    }


def _input(entry: Input) -> InputJson:
    return {
        "path": entry.path,
        "state": entry.state,
        "reason": entry.reason,
        "kind": entry.kind,
        "sha256": entry.sha256,
        "items": entry.items,
    }
