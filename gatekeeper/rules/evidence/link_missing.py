"""EV013."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.fix.fix import Fix
from gatekeeper.model.project import EvidenceBasis, EvidenceFact, EvidenceState, Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.evidence._mending import alike_fix, case_fix, elsewhere_fix, moved_fix
from gatekeeper.rules.evidence._respell import relative_to
from gatekeeper.rules.evidence._verdict import link_defect_of

_SHOWN = 3
_WHY = {
    EvidenceState.UNTRACKED: "a file that git does not track",
    EvidenceState.OUTSIDE: "a place outside the repository",
}


class LinkMissing(DocumentRule):
    """A link in the text of a status document leads to nothing in the repository.

    ## Why it matters

    The document says "see there", and there is nothing. Links that are an item's evidence are reported as evidence; this rule is about all others.

    Links to pages of the hosting site, and links from the root that name no file, as generated sites use them, are left alone.

    ## Bad

    ```md path=docs/tracker.md
    Background: [the plan](plan.md)

    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ## Good

    ```md path=docs/tracker.md
    Background: [the plan](plan.md)

    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```md path=docs/plan.md
    First sign-in, then sign-out.
    ```

    ## References

    - EV001, for links that are evidence
    - EV009, for links that resolve only from the repository root
    """

    info = RuleInfo(code="EV013", name="link-target-missing", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each broken link in a document with content."""
        for fact in project.links.get(document.path, ()):
            if document.has_content and link_defect_of(fact, document) == self.info.code:
                yield self.finding(
                    document.source,
                    fact.ref.span,
                    f"link {quoted(fact.ref.target)} leads to {_WHY.get(fact.state, 'nothing that the repository holds')}",
                    help=_remedy(document, fact),
                    subject=fact.ref.target,
                    fix=_fix(document, fact),
                )


def _fix(document: Document, fact: EvidenceFact) -> Fix | None:
    if fact.basis is EvidenceBasis.CASE:
        return case_fix(document, fact)
    if fact.renamed_to:
        return moved_fix(document, fact, fact.renamed_to)
    return elsewhere_fix(document, fact) if fact.basis is EvidenceBasis.SUFFIX else alike_fix(document, fact)


def _remedy(document: Document, fact: EvidenceFact) -> str:
    if fact.state is EvidenceState.UNTRACKED:
        return "add the file to git, or take the link out"
    if fact.renamed_to:
        return f"git moved it to {quoted(fact.renamed_to)}: write {quoted(relative_to(document.path, fact.renamed_to))}"
    if probable := fact.similar or fact.paths[:_SHOWN]:
        deleted = "git deleted it; " if fact.was_deleted else ""
        return f"{deleted}did you mean {' or '.join(quoted(relative_to(document.path, path)) for path in probable)}?"
    if fact.was_deleted:
        return "git deleted it: link to what took its place, or take the link out"
    return "correct the link, or take it out"
