"""A report in reviewdog's Diagnostic Format, as one `DiagnosticResult` (github.com/reviewdog/reviewdog, proto/rdf)."""

from __future__ import annotations

from typing import Any

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import Report
from gatekeeper.model.text import Position
from gatekeeper.render.ci.words import active, plain_path, sentence
from gatekeeper.render.json_text import dump
from gatekeeper.render.sink import visible

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render_rdjson(report: Report) -> str:
    """The active findings as JSON with a final line end, one a line."""
    result = {"source": {"name": "gatekeeper"}, "diagnostics": [_diagnostic(one) for one in active(report)]}
    return dump(result, depth=2) + "\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": visible(sentence(finding)),
        "location": _location(finding.location),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    suggestion = _suggestion(finding)
    if suggestion:
        diagnostic["suggestions"] = [suggestion]
    if finding.related:
        diagnostic["related_locations"] = [_related(place) for place in finding.related]
    return diagnostic


def _suggestion(finding: Finding) -> dict[str, Any]:
    """The safe fix of one place on the finding's own line; {} for any other, because columns need the line's text and half a fix is none."""
    if finding.fix is None or not finding.fix.is_safe or len(finding.fix.edits) != 1:
        return {}
    (edit,) = finding.fix.edits
    place = Location(edit.path, edit.start, edit.end, finding.location.excerpt)
    if edit.path != finding.location.path or edit.start.line != finding.location.start.line or not edit.old:
        return {}
    return {"range": _range(place), "text": edit.new}


def _related(place: Location) -> dict[str, Any]:
    said = {"message": visible(place.message)} if place.message else {}
    return {**said, "location": _location(place)}


def _location(place: Location) -> dict[str, Any]:
    return {"path": plain_path(place.path), "range": _range(place)}


def _range(place: Location) -> dict[str, Any]:
    """From the first character to just after the last; a place without text is its line alone."""
    if place.start == place.end:
        return {"start": {"line": place.start.line}}
    start = {"line": place.start.line, "column": _column(place.start, place.excerpt)}
    if place.end.line != place.start.line:
        # Only the first line's text is known, and so are only its columns.
        return {"start": start, "end": {"line": place.end.line}}
    return {"start": start, "end": {"line": place.end.line, "column": _column(place.end, place.excerpt)}}


def _column(position: Position, line: str) -> int:
    """The column as the format counts: from 1, in bytes of UTF-8."""
    return len(line[: position.column - 1].encode("utf-8", "replace")) + 1
