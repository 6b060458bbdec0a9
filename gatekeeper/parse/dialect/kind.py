"""What a document is for, decided from its title and from what was found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gatekeeper.model.document import Document, DocumentKind, LogEntry, WorkItem
from gatekeeper.model.status import Legend, Status

# The words of a title that tell its kind, in the order tried; the first hit counts.
_TITLES = (
    (
        DocumentKind.EVIDENCE_PACK,
        r"\bevidence\b|\bpackets?\b|\bcloseout\b|\bgate \d+ completion|\bproof\b|证据|エビデンス|nachweis|preuves",
    ),
    (
        DocumentKind.CHECKLIST,
        r"\bchecklists?\b|\bcheck list\b|\breadiness\b|\btest run\b|\btask list\b|检查清单|チェックリスト|checkliste|чек-лист|sjekkliste",
    ),
    (DocumentKind.PROGRESS_LOG, r"\b(?:log|journal|diary|worklog|tagebuch|bitácora|diário|logg)\b|日志|日誌|журнал"),
    (DocumentKind.EVIDENCE_PACK, r"\bhandoff\b|\bdrill\b|\bverification report\b"),
    (DocumentKind.TRACKER, r"\btracker\b|\bledger\b|\bboard\b|\bmatrix\b|\bsprint status\b|\brunbook\b|跟踪|管理表"),
    (
        DocumentKind.STATUS_REPORT,
        r"\bstatus\b|\bsummary\b|\breport\b|\bcompletion\b|\bcomplete\b|\bretro|\bproject state\b|报告|報告|bericht|rapport|informe|отчёт|отчет",
    ),
    (
        DocumentKind.BACKLOG,
        r"\bbacklog\b|\bcatalog(?:ue)?\b|\broadmap\b|\bdecomposition\b|\bplan\b|\bepics?\b|路线图|ロードマップ|fahrplan",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TITLES)
_PLAN = re.compile(r"\bplan\b", re.IGNORECASE)
_FIRM = (DocumentKind.EVIDENCE_PACK, DocumentKind.CHECKLIST, DocumentKind.TRACKER)
_NAME = re.compile(r"[^/]+$")
_DATA = (".yml", ".yaml", ".json")


def decide_kind(
    title: str,
    items: Sequence[WorkItem],
    entries: Sequence[LogEntry],
    legend: Legend,
    *,
    is_template: bool,
    is_data: bool = False,
) -> tuple[DocumentKind, str]:
    """The kind of a document and one clause that says why.

    Args:
        title: the document's title, or the words of its file name.
        is_data: whether it is YAML or JSON.
    """
    by_title = _kind_of_title(title, items)
    if is_template:
        kind = by_title if by_title is DocumentKind.EVIDENCE_PACK else None
        return kind or DocumentKind.OTHER, "a form that nobody has filled in"
    if not items and not entries:
        if by_title is DocumentKind.EVIDENCE_PACK:
            return by_title, "its title, though nothing in it has a status"
        return DocumentKind.OTHER, "nothing in it has a status or a place for one"
    if is_data:
        return DocumentKind.TRACKER, f"data with {len(items)} statuses"
    if by_title in _FIRM:
        return by_title, f"its title, with {len(items)} items"
    return _kind_of_items(by_title, items, entries, legend)


def words_of_name(path: str) -> str:
    """The words of a file's name, its suffix among them."""
    match = _NAME.search(path)
    return re.sub(r"[-_.]+", " ", match.group(0)) if match else ""


def kind_of_words(words: str) -> DocumentKind | None:
    """The kind that words name, as those of a title or of a file's name do; None where they name none."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(words)), None)


def is_told_by_title(document: Document) -> bool:
    """Whether a document's title, or its name without one, says the kind that it has; the name of a file of data any kind."""
    is_data = document.path.lower().endswith(_DATA)
    words = words_of_name(document.path) if is_data else document.title or words_of_name(document.path)
    told = _kind_of_title(words, document.items)
    return told is not None if is_data else told is document.kind


def _kind_of_title(title: str, items: Sequence[WorkItem]) -> DocumentKind | None:
    """The kind that a title names; a plan of evidence and a report without any evidence are no packs."""
    kind = kind_of_words(title)
    if kind is DocumentKind.EVIDENCE_PACK:
        if _PLAN.search(title):
            return DocumentKind.TRACKER
        proven = any(item.evidence or item.evidence_expected for item in items)
        if not proven and "report" in title.casefold():
            return DocumentKind.STATUS_REPORT
    return kind


def _kind_of_items(
    by_title: DocumentKind | None, items: Sequence[WorkItem], entries: Sequence[LogEntry], legend: Legend
) -> tuple[DocumentKind, str]:
    boxes = sum(item.kind == "criterion" for item in items)
    known = sum(item.status is not Status.UNKNOWN for item in items)
    if len(entries) >= 2 and len(entries) * 3 >= len(items):
        return DocumentKind.PROGRESS_LOG, f"{len(entries)} dated or numbered entries"
    if by_title is DocumentKind.BACKLOG or (known * 4 < len(items) and by_title is not DocumentKind.STATUS_REPORT):
        return (
            DocumentKind.BACKLOG,
            f"{len(items) - known} of {len(items)} items give no status" if by_title is None else "its title",
        )
    if boxes * 10 >= len(items) * 8 and not legend:
        return DocumentKind.CHECKLIST, f"{boxes} of {len(items)} items are checkboxes"
    if by_title is not None:
        return by_title, f"its title, with {len(items)} items"
    return DocumentKind.TRACKER, f"{known} of {len(items)} items have a status" + (", and a legend" if legend else "")
