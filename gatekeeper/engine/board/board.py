"""What a dashboard shows of one run: items with their evidence, claims, and when each last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from gatekeeper.engine.board.units import Units
from gatekeeper.model.claim import ClaimFact, ClaimSource
from gatekeeper.model.document import Document, EvidenceRef, WorkItem
from gatekeeper.model.finding import Disposition, Finding, Location
from gatekeeper.model.gate.verdict import Gate
from gatekeeper.model.project import EvidenceFact, EvidenceState, Project, Tree
from gatekeeper.model.report import Change, Report
from gatekeeper.model.text import SourceText
from gatekeeper.model.view.board import Board, ClaimView, ItemView, Point, Proof, ProofState

_STATES = {
    EvidenceState.FOUND: ProofState.FOUND,
    EvidenceState.MISSING: ProofState.MISSING,
    EvidenceState.AMBIGUOUS: ProofState.MISSING,
    EvidenceState.EMPTY: ProofState.EMPTY,
    EvidenceState.TEMPLATE: ProofState.TEMPLATE,
    EvidenceState.UNTRACKED: ProofState.UNTRACKED,
    EvidenceState.OUTSIDE: ProofState.UNCHECKED,
    EvidenceState.UNCHECKED: ProofState.UNCHECKED,
}
_SOURCES_SHOWN = 3

Changes = Mapping[str, Change]
Facts = Mapping[EvidenceRef, EvidenceFact]


def find_board(
    project: Project,
    report: Report,
    tree: Tree,
    gates: tuple[Gate, ...] = (),
    trend: tuple[Point, ...] = (),
    title: str = "",
) -> Board:
    """Everything that a dashboard shows of a run; `project` and `report` are those of the run, `title` names the repository.

    Two questions to history, however many items there are.
    """
    views = list(_iter_items(project, report.findings, Units(project, gates)))
    paths = {proof.path for view in views for proof in view.evidence if proof.path}
    changes = tree.last_changes(paths) if paths else {}
    lines: dict[str, set[str]] = {}
    for view in views:
        lines.setdefault(view.location.path, set()).add(view.location.excerpt)
    origins = tree.line_origins(lines) if lines else {}
    return Board(
        report=report,
        gates=gates,
        items=tuple(_with_changes(view, changes, origins) for view in views),
        claims=tuple(_iter_claims(project)),
        trend=trend,
        today=project.today,
        title=title,
    )


def _iter_items(project: Project, findings: Iterable[Finding], units: Units) -> Iterator[ItemView]:
    """The items as far as the work tree tells, by path and line."""
    codes: dict[tuple[str, int], set[str]] = {}
    for finding in findings:
        if finding.disposition is Disposition.ACTIVE:
            codes.setdefault((finding.location.path, finding.location.start.line), set()).add(finding.code)
    for document in project.documents:
        facts: Facts = {fact.ref: fact for fact in project.facts.get(document.path, ())}
        ordered = sorted(document.items, key=lambda item: item.span.start)
        for item in ordered:
            view = _item_view(document, item, facts)
            lines = {view.location.start.line, *_lines_of(document.source, item)}
            found = {code for line in lines for code in codes.get((document.path, line), ())}
            unit, gate = units.of(document, item)
            yield replace(view, unit=unit, gate=gate, codes=tuple(sorted(found)))


def _item_view(document: Document, item: WorkItem, facts: Facts) -> ItemView:
    return ItemView(
        location=Location.at(document.source, item.span),
        id=item.id or "",
        kind=item.kind,
        title=item.title,
        raw=item.mark.raw if item.mark else "",
        status=item.status,
        owner=_owner(item, document),
        evidence=tuple(_proof(document.source, ref, facts.get(ref)) for ref in item.evidence),
    )


def _owner(item: WorkItem, document: Document) -> str:
    """Who answers for an item; an empty list or a dash names nobody."""
    named = (name for name in (item.owner, document.owner) if name and any(map(str.isalnum, name)))
    return next(named, "")


def _lines_of(source: SourceText, item: WorkItem) -> Iterator[int]:
    """The lines on which findings about an item stand: those of its words, and of all that it offers as evidence."""
    for span in (item.span, *(ref.span for ref in item.evidence), *([item.mark.span] if item.mark else [])):
        yield source.position(span.start).line


def _proof(source: SourceText, ref: EvidenceRef, fact: EvidenceFact | None) -> Proof:
    line = source.position(ref.span.start).line
    if fact is None:
        return Proof(ref.target, ProofState.UNCHECKED, line=line)
    path = fact.paths[0] if fact.state is not EvidenceState.MISSING and len(fact.paths) == 1 else ""
    return Proof(ref.target, _STATES[fact.state], path, line)


def _with_changes(view: ItemView, changes: Changes, origins: Mapping[tuple[str, str], Change]) -> ItemView:
    evidence = tuple(
        replace(proof, changed=changes.get(proof.path)) if proof.path else proof for proof in view.evidence
    )
    changed = origins.get((view.location.path, view.location.excerpt))
    return replace(view, evidence=evidence, changed=changed)


def _iter_claims(project: Project) -> Iterator[ClaimView]:
    """The claims with what became of them, by path and line."""
    sources = {document.path: document.source for document in project.documents}
    for path in sorted(project.claims):
        for fact in sorted(project.claims[path], key=lambda fact: fact.claim.span.start):
            yield ClaimView(
                Location.at(sources[path], fact.claim.span), fact.claim.text, fact.verdict, _source(fact, sources)
            )


def _source(fact: ClaimFact, sources: Mapping[str, SourceText]) -> str:
    """The places that a claim was held against, in words."""
    named = list(dict.fromkeys(_place(one, sources) for one in fact.sources))
    shown = ", ".join(named[:_SOURCES_SHOWN]) or fact.target
    return f"{shown} and {len(named) - _SOURCES_SHOWN} more" if len(named) > _SOURCES_SHOWN else shown


def _place(one: ClaimSource, sources: Mapping[str, SourceText]) -> str:
    if one.span is None or one.path not in sources:
        return one.path
    return f"{one.path}:{sources[one.path].position(one.span.start).line}"
