"""Documents as JSON, one after the other: `parse --format json`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from gatekeeper.model.document import Claim, Document, EvidenceRef, LogEntry, WorkItem
from gatekeeper.model.status import Legend, StatusBasis
from gatekeeper.model.text import SourceText
from gatekeeper.render.json_text import dump, stream
from gatekeeper.render.shapes import (
    ClaimJson,
    DocumentJson,
    EncodingJson,
    EntryJson,
    EvidenceJson,
    ItemJson,
    LegendJson,
    ProblemJson,
)


def render_documents(documents: Iterable[Document]) -> Iterator[str]:
    """The pieces of one JSON text with a final line end, one piece a document; one item a line."""
    pieces = ("\n    " + dump(document_json(document), depth=2, indent=4) for document in documents)
    return stream('{\n  "schema_version": "1",\n  "documents": [', pieces, "\n  ]\n}\n")


def document_json(document: Document) -> DocumentJson:
    """A document in its JSON shape."""
    source = document.source
    return {
        "path": source.path,
        "kind": document.kind,
        "kind_reason": document.kind_reason,
        "title": document.title,
        "owner": document.owner,
        "sha256": source.sha256,
        "encoding": _encoding(source),
        "legend": _legend(document.legend, source),
        "items": [_item(item, source) for item in document.items],
        "entries": [_entry(entry, source) for entry in document.entries],
        "claims": [_claim(claim, source) for claim in document.claims],
        "problems": _problems(document),
    }


def _encoding(source: SourceText) -> EncodingJson:
    return {"mojibake": source.mojibake, "bom": source.bom, "newline": source.newline, "name": source.encoding}


def _legend(legend: Legend, source: SourceText) -> list[LegendJson]:
    return [
        {"token": entry.token, "status": entry.status, "line": source.position(entry.span.start).line}
        for entry in legend.entries
    ]


def _item(item: WorkItem, source: SourceText) -> ItemJson:
    place = source.position(item.span.start)
    return {
        "line": place.line,
        "column": place.column,
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "raw_status": item.mark.raw if item.mark else None,
        "status": item.status,
        "basis": item.mark.basis if item.mark else StatusBasis.NONE,
        "gate": item.gate,
        "parent": item.parent,
        "refs": list(item.refs),
        "owner": item.owner,
        "evidence": _evidence(item.evidence, source),
    }


def _evidence(refs: Iterable[EvidenceRef], source: SourceText) -> list[EvidenceJson]:
    places = ((ref, source.position(ref.span.start)) for ref in refs)
    return [
        {"target": ref.target, "kind": ref.kind, "line": place.line, "column": place.column} for ref, place in places
    ]


def _entry(entry: LogEntry, source: SourceText) -> EntryJson:
    return {
        "line": source.position(entry.span.start).line,
        "title": entry.title,
        "date": entry.date,
        "number": entry.number,
        "artifacts": _evidence(entry.artifacts, source),
        "validations": _evidence(entry.validations, source),
        "next": list(entry.next),
    }


def _claim(claim: Claim, source: SourceText) -> ClaimJson:
    place = source.position(claim.span.start)
    values = {name: _finite(value) for name, value in claim.values.items()}
    return {"line": place.line, "column": place.column, "kind": claim.kind, "text": claim.text, "values": values}


def _finite(value: int | float | str) -> int | float | str:
    """The value, or its name where JSON has no number for it (RFC 8259 §6)."""
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _problems(document: Document) -> list[ProblemJson]:
    places = ((problem, document.source.position(problem.span.start)) for problem in document.problems)
    return [
        {"kind": problem.kind, "line": place.line, "column": place.column, "detail": problem.detail}
        for problem, place in places
    ]
