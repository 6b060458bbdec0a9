"""EV017."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind, EvidencePlace, WorkItem
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.evidence._place import Items

# Forms hold what others are to fill in; records of thought give reasons, and call them evidence.
_NO_RECORD = re.compile(
    r"template|boilerplate|vorlage|plantilla|modèle|modelo|(?:^|[/_. -])(?:adrs?|rfcs?|proposals?|research|analys[ei]s"
    r"|retros?|retrospectives?|specs?|lessons)(?=[/_. :-]|\d|$)",
    re.IGNORECASE,
)
_PLANNED = (Status.QUEUED, Status.READY, Status.BLOCKED, Status.CANCELLED)
_OF_PROOF = (DocumentKind.EVIDENCE_PACK, DocumentKind.CHECKLIST)
_LEAST_ENTRIES = 2
_SHOWN = 3
_RELATED_LIMIT = 10


class WordsOnly(DocumentRule):
    """A column or list of evidence names kinds of proof, and nothing that can be looked up.

    ## Why it matters

    "Simulation logs", says the column, and "dashboard links": which logs, and where do the links lead? Such words were written when the work was
    planned; the proof was never filled in. Nobody can follow them later.

    Only columns and lists that are called evidence count, of tables of items, packs, checklists and units of work, and only where not one of two or more
    entries holds a path, a link, a command, a figure, a date or a name such as `policy_denied`. A note, and a warning where the work is done; rows that
    are still queued may wait. One finding for a document.

    ## Bad

    ```md path=docs/tasks.md
    | ID | Task | Status | Evidence |
    |---|---|---|---|
    | T-1 | Storm drill | Done | simulation logs |
    | T-2 | Gauge alarms | Done | dashboard links |
    ```

    ## Good

    ```md path=docs/tasks.md
    | ID | Task | Status | Evidence |
    |---|---|---|---|
    | T-1 | Storm drill | Done | simulation log of run 412 |
    | T-2 | Gauge alarms | Queued | dashboard links |
    ```

    ## References

    - EV011 done-without-evidence, for places that are blank
    """

    info = RuleInfo(code="EV017", name="evidence-in-words-only", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for a document, at its first place of evidence that names nothing."""
        if document.is_template or _NO_RECORD.search(f"{document.path} {document.title or ''}"):
            return
        items = Items(document)
        vague = [place for place in document.places if _is_vague(document, place, items.of(place))]
        if not vague:
            return
        place = next((one for one in vague if _are_done(items.of(one))), vague[0])
        source = document.source
        others = [one for one in vague if one is not place]
        name, count = source.slice(place.label).strip(" *_:：.)"), len(place.entries)
        finding = self.finding(
            source,
            place.label,
            f"{quoted(name)} holds {_examples(document, place)}: none of its {count} entries names anything that can be looked up"
            f"{_more(document, others)}",
            help="name the file, link, command, commit or run that shows it",
            subject=name,
            related=tuple(Location.at(source, one.label, "nor here") for one in others[:_RELATED_LIMIT]),
        )
        yield finding if _are_done(items.of(place)) else replace(finding, severity=Severity.NOTE)


def _is_vague(document: Document, place: EvidencePlace, items: list[WorkItem]) -> bool:
    """Whether a place of evidence has entries of plain words alone, for work that is not still to come.

    A column must be one of a table of items; a list must stand in a pack or checklist, or below a unit of work.
    """
    if place.named or len(place.entries) < _LEAST_ENTRIES:
        return False
    if not items:
        return place.kind == "list" and document.kind in _OF_PROOF
    return any(item.status not in _PLANNED for item in items)


def _are_done(items: list[WorkItem]) -> bool:
    return bool(items) and sum(item.status is Status.DONE for item in items) * 2 > len(items)


def _examples(document: Document, place: EvidencePlace) -> str:
    words = dict.fromkeys(document.source.slice(entry).strip(" ,;.") for entry in place.entries)
    return ", ".join(quoted(text) for text in list(words)[:_SHOWN]) + (" and the like" if len(words) > _SHOWN else "")


def _more(document: Document, others: list[EvidencePlace]) -> str:
    """`; the same in lines 12, 14`; "" for none."""
    lines = [str(document.source.position(one.label.start).line) for one in others[:_SHOWN]]
    if not lines:
        return ""
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    return f"; the same in line{'s' if len(others) > 1 else ''} {', '.join(lines)}{more}"
