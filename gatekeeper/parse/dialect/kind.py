"""What a document is for, decided from its title and from what was found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gatekeeper.model.document import DocumentKind, LogEntry, WorkItem
from gatekeeper.model.status import Legend, Status

_TITLES = (
    (
        DocumentKind.EVIDENCE_PACK,
        re.compile(
            r"\bevidence\b|\bpackets?\b|\bcloseout\b|\bhandoff\b|\bdrill\b|\bgate \d+ completion|\bverification report\b|\bproof\b",
            re.I,
        ),
    ),
    (DocumentKind.PROGRESS_LOG, re.compile(r"\b(?:log|journal|diary|worklog)\b", re.I)),
    (DocumentKind.CHECKLIST, re.compile(r"\bchecklists?\b|\bcheck list\b|\btest run\b|\btask list\b", re.I)),
    (
        DocumentKind.TRACKER,
        re.compile(r"\btracker\b|\bledger\b|\bboard\b|\bmatrix\b|\bsprint status\b|\brunbook\b", re.I),
    ),
    (
        DocumentKind.BACKLOG,
        re.compile(r"\bbacklog\b|\bcatalog(?:ue)?\b|\broadmap\b|\bdecomposition\b|\bplan\b|\bepics?\b", re.I),
    ),
    (
        DocumentKind.STATUS_REPORT,
        re.compile(r"\bstatus\b|\bsummary\b|\breport\b|\bcompletion\b|\bcomplete\b|\bretro", re.I),
    ),
)


def decide_kind(
    title: str, items: Sequence[WorkItem], entries: Sequence[LogEntry], legend: Legend, *, is_template: bool
) -> tuple[DocumentKind, str]:
    """The kind of a document and one clause that says why."""
    by_title = next((kind for kind, pattern in _TITLES if pattern.search(title)), None)
    if is_template:
        kind = by_title if by_title is DocumentKind.EVIDENCE_PACK else None
        return kind or DocumentKind.OTHER, "a form that nobody has filled in"
    if not items and not entries:
        pack = by_title is DocumentKind.EVIDENCE_PACK
        return (
            (by_title, "its title, though it is blank")
            if pack and by_title
            else (DocumentKind.OTHER, "no item in it has a status or a place for one")
        )
    boxes = sum(item.kind == "criterion" for item in items)
    known = sum(item.status is not Status.UNKNOWN for item in items)
    if by_title in (DocumentKind.EVIDENCE_PACK, DocumentKind.CHECKLIST, DocumentKind.TRACKER):
        return by_title, f"its title, with {len(items)} items"
    if len(entries) >= 2 and len(entries) * 3 >= len(items):
        return DocumentKind.PROGRESS_LOG, f"{len(entries)} dated or numbered entries"
    if boxes * 10 >= len(items) * 8:
        return DocumentKind.CHECKLIST, f"{boxes} of {len(items)} items are checkboxes"
    if known * 4 < len(items):
        return DocumentKind.BACKLOG, f"{len(items) - known} of {len(items)} items give no status"
    if by_title is not None:
        return by_title, f"its title, with {len(items)} items"
    return DocumentKind.TRACKER, f"{known} of {len(items)} items have a status" + (", and a legend" if legend else "")
