"""A dashboard as plain data: mappings, lists and scalars, for scripts and for templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from gatekeeper.model.claim import ClaimVerdict
from gatekeeper.model.environment.secret import mask
from gatekeeper.model.finding import Disposition, Finding, Severity
from gatekeeper.model.gate.verdict import GateState
from gatekeeper.model.report import Change, Disagreement, InputState, Report
from gatekeeper.model.status import Status
from gatekeeper.model.view.board import Board, ClaimView, ItemView, Point, Proof, ProofState
from gatekeeper.render.board.gates import gate_data, saying_data
from gatekeeper.render.board.grid import find_grid
from gatekeeper.render.board.links import Links
from gatekeeper.render.board.shapes import (
    ChangeJson,
    DashboardClaimJson,
    DashboardContradictionJson,
    DashboardFindingJson,
    DashboardItemJson,
    DashboardJson,
    DashboardSummaryJson,
    GateCountsJson,
    PointJson,
    ProofJson,
)
from gatekeeper.render.exception.waivers import by_expiry, waiver_json
from gatekeeper.render.json_report import policy_json
from gatekeeper.render.json_text import dump, masked


def render_json(board: Board, links: Links) -> str:
    """The dashboard as JSON text with a final line end; one item, finding or claim a line."""
    return dump(board_data(board, links), depth=2, masks=False) + "\n"


def board_data(board: Board, links: Links) -> DashboardJson:
    """The dashboard in its JSON shape, with links; secrets in it are masked."""
    return {**_masked_head(board, links), "items": [_item(item, links) for item in board.items]}


def _masked_head(board: Board, links: Links) -> DashboardJson:
    """All but the items, which are many, so that each of their words is masked where it is taken."""
    head = masked(_head(board, links))
    assert isinstance(head, dict)
    return head  # type: ignore[return-value]


# Of ten thousand items most words are said more than once.
_said = lru_cache(maxsize=1 << 16)(mask)


def _head(board: Board, links: Links) -> DashboardJson:
    report = board.report
    uses = by_expiry(report.waivers)
    return {
        "schema_version": "1",
        "tool": {"name": "gatekeeper", "version": report.version},
        "policy": policy_json(report),
        "title": board.title,
        "today": board.today,
        "revision": report.revision,
        "revision_url": links.to_commit(report.revision or ""),
        "summary": _summary(board),
        "gates": [gate_data(gate, links) for gate in board.gates],
        "grid": find_grid(board),
        "items": [],
        "findings": [_finding(one, links) for one in report.findings if one.disposition is Disposition.ACTIVE],
        "contradictions": [_contradiction(one, links) for one in report.disagreements or ()],
        "claims": [_claim(claim, links) for claim in board.claims],
        "waivers": [
            {**waiver_json(use), "url": links.to(use.waiver.location.path, use.waiver.location.start.line)}
            for use in uses
        ],
        "trend": [_point(point) for point in board.trend],
    }


def _summary(board: Board) -> DashboardSummaryJson:
    report = board.report
    return {
        "documents": len(report.inputs_in(InputState.PARSED)),
        "gates": _gate_counts(Counter(gate.state for gate in board.gates)),
        "items": _counts(Status, (item.status for item in board.items)),
        "evidence": _counts(ProofState, (proof.state for item in board.items for proof in item.evidence)),
        "claims": _counts(ClaimVerdict, (claim.verdict for claim in board.claims)),
        "findings": {
            "error": report.count(Severity.ERROR),
            "warning": report.count(Severity.WARNING),
            "note": report.count(Severity.NOTE),
        },
        "waived": _accepted(report, Disposition.WAIVED),
        "baselined": _accepted(report, Disposition.BASELINED),
        "contradictions": len(report.disagreements or ()),
    }


def _counts(kind: type[StrEnum], found: Iterable[StrEnum]) -> dict[str, int]:
    counts = Counter(found)
    return {one.value: counts[one] for one in kind}


def _gate_counts(counts: Counter[GateState]) -> GateCountsJson:
    return {
        "met": counts[GateState.MET],
        "unmet": counts[GateState.UNMET],
        "waived": counts[GateState.WAIVED],
        "unknown": counts[GateState.UNKNOWN],
    }


def _accepted(report: Report, disposition: Disposition) -> int:
    return sum(report.count(severity, disposition) for severity in Severity)


def _item(item: ItemView, links: Links) -> DashboardItemJson:
    place = item.location
    line = place.start.line
    return {
        "path": _said(place.path),
        "line": line,
        "column": place.start.column,
        "url": links.to(place.path, line),
        "id": _said(item.id),
        "kind": item.kind,
        "title": _said(item.title),
        "raw_status": _said(item.raw),
        "status": item.status,
        "unit": _said(item.unit),
        "gate": _said(item.gate),
        "owner": _said(item.owner),
        "evidence": [_proof(proof, links) for proof in item.evidence],
        "changed": _change(item.changed),
        "codes": list(item.codes),
    }


def _proof(proof: Proof, links: Links) -> ProofJson:
    return {
        "target": _said(proof.target),
        "state": proof.state,
        "path": _said(proof.path),
        "line": proof.line,
        "url": links.to(proof.path),
        "changed": _change(proof.changed),
    }


def _change(change: Change | None) -> ChangeJson | None:
    return None if change is None else {"commit": change.commit, "date": change.date}


def _finding(finding: Finding, links: Links) -> DashboardFindingJson:
    place = finding.location
    return {
        "path": place.path,
        "line": place.start.line,
        "column": place.start.column,
        "url": links.to(place.path, place.start.line),
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
    }


def _contradiction(one: Disagreement, links: Links) -> DashboardContradictionJson:
    return {
        "item": one.subject,
        "codes": list(one.codes),
        "sayings": [saying_data(saying, links) for saying in one.sayings],
    }


def _claim(claim: ClaimView, links: Links) -> DashboardClaimJson:
    place = claim.location
    return {
        "path": place.path,
        "line": place.start.line,
        "column": place.start.column,
        "url": links.to(place.path, place.start.line),
        "text": claim.text,
        "verdict": claim.verdict,
        "source": claim.source,
    }


def _point(point: Point) -> PointJson:
    return {
        "commit": point.commit,
        "date": point.date,
        "gates": _gate_counts(Counter(dict(point.gates))),
        "items": point.items,
        "done": point.done,
        "errors": point.errors,
        "warnings": point.warnings,
    }
