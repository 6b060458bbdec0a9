"""EV015."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status, StatusMark
from gatekeeper.rules.base import DocumentRule, enumerated, quoted
from gatekeeper.rules.evidence._cited import Case, Judge
from gatekeeper.rules.evidence._pack import find_blank_pack
from gatekeeper.rules.status._scale import lines_of, name_of, place_of, said, span_of

_GO = re.compile(
    r"\W*(?:go|approved?|accepted|released?|signed[- ]off|freigegeben|abgenommen|approuvée?|validée?|aprobad[oa]|aprovad[oa]|одобрено|принято|godkjent)\b(?!-)"
    r"|\W*(?:批准|承認)",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"\b(?:decisions?|go\s?/?\s?no[- ]?go|verdict|outcome|sign-?off|entscheidung|freigabe|décision|decisi[óo]n|decisão|решение|beslutning)\b|决定|结论|判定",
    re.IGNORECASE,
)
_RELATED_LIMIT = 10
_SHOWN = 3


class EvidenceOpen(DocumentRule):
    """A done item rests on a document whose own items are open.

    ## Why it matters

    "Acceptance criteria passed", says the row, and names the checklist as its proof. Open the checklist: eight of nine boxes are empty. The one who
    signed looked at the name of the file.

    A checklist, an evidence pack or a tracker counts, where a row's evidence or a ticked box that claims that things hold names it. Where the
    reference has an anchor, or the item's words name one section of it, only that section counts. Backlogs, roadmaps, logs and documents whose making
    was the work are left alone. An item's own page counts too, where most of its boxes are empty and it has acceptance criteria: one finding for all
    such items of a document. And so does a line that calls an evidence packet prepared, where the only packet that is named is a blank form.

    ## Bad

    ```md path=docs/launch.md
    | Check | Status | Evidence |
    |---|---|---|
    | Acceptance criteria passed | signed | `docs/acceptance.md` |
    ```

    ```md path=docs/acceptance.md
    # Acceptance checklist

    | ID | Criterion | Pass | Fail |
    |---|---|---|---|
    | A-1 | A berth is held | [x] | [ ] |
    | A-2 | A berth is freed | [ ] | [ ] |
    ```

    ## Good

    ```md path=docs/launch.md
    | Check | Status | Evidence |
    |---|---|---|
    | Acceptance criteria passed | signed | `docs/acceptance.md` |
    ```

    ```md path=docs/acceptance.md
    # Acceptance checklist

    | ID | Criterion | Pass | Fail |
    |---|---|---|---|
    | A-1 | A berth is held | [x] | [ ] |
    | A-2 | A berth is freed | [x] | [ ] |
    ```

    ## References

    - EV006 evidence-is-template, for forms that nobody filled in
    - ST005, ST010, for parts of the same document
    """

    info = RuleInfo(code="EV015", name="evidence-open", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each item and cited document, one for a decision above them, one for all own pages, one for blank packs."""
        citations = project.citations.get(document.path, ())
        judge = Judge(document)
        cases = [case for citation in citations if (case := judge.judge_place(citation))]
        yield from (self._of(document, case) for case in _once(cases))
        yield from self._decision(document, judge, cases)
        own = [case for citation in citations if (case := judge.judge_own(citation))]
        if own:
            yield self._own(document, own)
        if pack := find_blank_pack(document, project):
            yield self.finding(
                document.source,
                pack.line,
                f"{quoted(document.source.slice(pack.line))} here, but the only {pack.noun} that is named, {quoted(pack.path)}, is a blank form",
                help="name the packet that was filled in, or say that it is still to come",
                subject=pack.path,
                related=pack.places,
            )

    def _of(self, document: Document, case: Case) -> Finding:
        citation = case.citation
        return self.finding(
            document.source,
            span_of(citation.unit),
            f"{name_of(citation.unit)} is {said(citation.unit)} here, and {quoted(citation.document.path)} is named as its evidence, but {_tally(case)}",
            help="finish what is open, mark what is done, or take the status back",
            subject=f"{citation.unit.item.id or citation.unit.item.title} {citation.document.path}",
            related=_places(case),
        )

    def _decision(self, document: Document, judge: Judge, cases: list[Case]) -> Iterator[Finding]:
        """That a document decides GO above rows whose checklist is open."""
        case = next((one for one in cases if not one.is_headline), None)
        mark = _decision_of(document)
        if case is None or mark is None:
            return
        whole = judge.judge_whole(case.citation)
        if whole is not None:
            line, target = whole.citation.unit.line, whole.citation.document.path
            yield self.finding(
                document.source,
                mark.span,
                f"{quoted(mark.raw)} here, but of {quoted(target)}, which line {line} names as evidence, {_tally(whole)}",
                help="work it off before the decision, or say which of its rows are waived",
                subject=f"decision {target}",
                related=_places(whole),
            )

    def _own(self, document: Document, cases: list[Case]) -> Finding:
        first, *others = cases
        unit = first.citation.unit
        names = [name_of(case.citation.unit) for case in others]
        same = f"; the same goes for {enumerated(names, _SHOWN)}" if others else ""
        return self.finding(
            document.source,
            span_of(unit),
            f"{name_of(unit)} is {said(unit)} here, but on its own page {quoted(first.citation.document.path)} {_tally(first)}{same}",
            help="tick what is done on its page, or take the status back",
            subject=f"own {unit.item.id}",
            related=(
                *_places(first)[:_SHOWN],
                *(place_of(case.citation.unit, _tally(case)) for case in others[:_RELATED_LIMIT]),
            ),
        )


def _once(cases: list[Case]) -> list[Case]:
    """The cases, one for each item and cited document."""
    return list(
        {(case.citation.unit.item.span, case.citation.document.path): case for case in reversed(cases)}.values()
    )[::-1]


def _decision_of(document: Document) -> StatusMark | None:
    """The words with which a document decides (`Decision: GO`), outside of its tables; None where it does not."""
    for item in document.items:
        mark = item.mark
        if (
            mark is not None
            and mark.column is None
            and item.status is Status.DONE
            and not item.evidence
            and _GO.match(mark.raw)
        ):
            line = document.source.line_span(document.source.position(mark.span.start).line)
            if _DECIDES.search(document.source.text, line.start, mark.span.start):
                return mark
    return None


def _tally(case: Case) -> str:
    """`8 of the 9 items of its section X are open (lines 23, 24)`, with the words of the first of them."""
    first = case.still[0]
    if case.is_headline:
        return f"that says {said(first)} of itself (line {first.line})"
    count, section = len(case.still), case.citation.section
    where = f" of its section {quoted(section)}" if section else ""
    verb = "is" if count == 1 else "are"
    return f"{count} of the {case.total} items{where} {verb} open ({lines_of(list(case.still))}): {name_of(first)} is {said(first)}"


def _places(case: Case) -> tuple[Location, ...]:
    return tuple(place_of(part, f"{said(part)} here") for part in case.still[:_RELATED_LIMIT])
