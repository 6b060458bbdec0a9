"""The things that an assertion may select, in the form in which `parse --format json` prints them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from gatekeeper.model.assertion.fact import Spot
from gatekeeper.model.assertion.law import What
from gatekeeper.model.document import Claim, Document, EvidenceRef, LogEntry, WorkItem
from gatekeeper.model.project import EvidenceFact, Project
from gatekeeper.model.status import StatusBasis
from gatekeeper.model.text import SourceText, Span

Form = dict[str, Any]


class Thing(Struct, frozen=True, dict=True):
    """One thing of a document.

    Attributes:
        span: its own line.
        item: the item that it is, or that offers it as evidence; None for other things.
        kind: of the thing itself; "" for log entries.
        make: writes its form.
    """

    what: What
    document: Document
    span: Span
    kind: str
    item: WorkItem | None
    make: Callable[[], Form]

    @cached_property
    def form(self) -> Form:
        """Its fields, written once and only where they are asked for."""
        return {"path": self.document.path, **self.make()}

    @property
    def source(self) -> SourceText:
        """The text in which it stands."""
        return self.document.source

    @property
    def label(self) -> str:
        """What tells it from its neighbors: an id, else its words."""
        form = self.form
        return next((str(form[name]) for name in ("id", "target", "text", "title", "path") if form.get(name)), "")

    def spot(self, message: str = "") -> Spot:
        """Its place."""
        return Spot(self.source, self.span, message)


def iter_things(project: Project, what: What) -> Iterator[Thing]:
    """Every thing of one sort, in document order."""
    make = _ITERATORS[what]
    for document in project.documents:
        yield from make(document, project)


def iter_sorts(project: Project) -> Iterator[Thing]:
    """Every thing of every sort."""
    for what in What:
        yield from iter_things(project, what)


def head_of(document: Document) -> Form:
    """What is said of a document without what stands in it."""
    return {"path": document.path, "kind": document.kind.value, "title": document.title, "owner": document.owner}


def _items(document: Document, project: Project) -> Iterator[Thing]:
    for item in document.items:
        yield Thing(
            What.ITEM,
            document,
            item.span,
            item.kind,
            item,
            lambda item=item: _item(item, document.source),  # type: ignore[misc]
        )


def _documents(document: Document, project: Project) -> Iterator[Thing]:
    first = document.source.line_span(1)
    yield Thing(What.DOCUMENT, document, first, document.kind.value, None, lambda: _whole(document))


def _entries(document: Document, project: Project) -> Iterator[Thing]:
    source = document.source
    for entry in document.entries:
        line = source.line_span(source.position(entry.span.start).line)
        span = Span(entry.span.start, max(entry.span.start, min(entry.span.end, line.end)))
        yield Thing(What.ENTRY, document, span, "", None, lambda entry=entry: _entry(entry, source))  # type: ignore[misc]


def _evidence(document: Document, project: Project) -> Iterator[Thing]:
    for fact in project.facts.get(document.path, ()):
        item = fact.items[0] if fact.items else None
        yield Thing(
            *(What.EVIDENCE, document, fact.ref.span, fact.ref.kind.value, item),
            lambda fact=fact: _reference(fact, document.source),  # type: ignore[misc]
        )


def _claims(document: Document, project: Project) -> Iterator[Thing]:
    verdicts = {fact.claim.span: fact.verdict.value for fact in project.claims.get(document.path, ())}
    for claim in document.claims:
        yield Thing(
            *(What.CLAIM, document, claim.span, claim.kind, None),
            lambda claim=claim: {  # type: ignore[misc]
                **_claim(claim, document.source),
                "verdict": verdicts.get(claim.span, "asserted"),
            },
        )


_ITERATORS: Mapping[What, Callable[[Document, Project], Iterator[Thing]]] = {
    What.ITEM: _items,
    What.DOCUMENT: _documents,
    What.ENTRY: _entries,
    What.EVIDENCE: _evidence,
    What.CLAIM: _claims,
}


def _whole(document: Document) -> Form:
    source = document.source
    marks = ((entry, source.position(entry.span.start)) for entry in document.legend.entries)
    faults = ((problem, source.position(problem.span.start)) for problem in document.problems)
    return {
        **head_of(document),
        "kind_reason": document.kind_reason,
        "sha256": source.sha256,
        "encoding": {
            "mojibake": source.mojibake,
            "bom": source.bom,
            "newline": source.newline.value,
            "name": source.encoding,
        },
        "legend": [{"token": one.token, "status": one.status.value, "line": place.line} for one, place in marks],
        "items": [_item(item, source) for item in document.items],
        "entries": [_entry(entry, source) for entry in document.entries],
        "claims": [_claim(claim, source) for claim in document.claims],
        "problems": [
            {"kind": one.kind.value, "line": place.line, "column": place.column, "detail": one.detail}
            for one, place in faults
        ],
    }


def _place(span: Span, source: SourceText) -> Form:
    place = source.position(span.start)
    return {"line": place.line, "column": place.column}


def _item(item: WorkItem, source: SourceText) -> Form:
    mark = item.mark
    return {
        **_place(item.span, source),
        "id": item.id,
        "kind": item.kind,
        "title": item.title,
        "raw_status": mark.raw if mark else None,
        "status": item.status.value,
        "basis": (mark.basis if mark else StatusBasis.NONE).value,
        "gate": item.gate,
        "parent": item.parent,
        "refs": list(item.refs),
        "owner": item.owner,
        "evidence": _references(item.evidence, source),
    }


def _references(refs: Iterable[EvidenceRef], source: SourceText) -> list[Form]:
    return [{"target": ref.target, "kind": ref.kind.value, **_place(ref.span, source)} for ref in refs]


def _reference(fact: EvidenceFact, source: SourceText) -> Form:
    (form,) = _references([fact.ref], source)
    item = _item(fact.items[0], source) if fact.items else None
    return {**form, "state": fact.state.value, "item": item}


def _entry(entry: LogEntry, source: SourceText) -> Form:
    return {
        "line": source.position(entry.span.start).line,
        "title": entry.title,
        "date": entry.date,
        "number": entry.number,
        "artifacts": _references(entry.artifacts, source),
        "validations": _references(entry.validations, source),
        "next": list(entry.next),
    }


def _claim(claim: Claim, source: SourceText) -> Form:
    values = {
        name: str(value) if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in claim.values.items()
    }
    return {**_place(claim.span, source), "kind": claim.kind, "text": claim.text, "values": values}
