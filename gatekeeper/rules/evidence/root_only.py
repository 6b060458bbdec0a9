"""EV009."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.evidence._mending import path_fix
from gatekeeper.rules.evidence._respell import relative_to, respelled
from gatekeeper.rules.evidence._verdict import link_defect_of


class RootOnly(DocumentRule):
    """A Markdown link is written from the repository root, so that it is broken when clicked.

    ## Why it matters

    Markdown reads a link from the folder of its document. `[run](docs/run.md)` in `docs/tracker.md` leads to `docs/docs/run.md`: the file exists, but no
    reader gets there. Code spans may name paths from the root, links may not, unless they begin with a slash.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | [run](docs/run.md) |
    ```

    ```md path=docs/run.md
    12 passed
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | [run](run.md) |
    | 2 | Sign-out | Done | `docs/run.md` |
    ```

    ```md path=docs/run.md
    12 passed
    ```

    ## References

    - RFC 3986, section 5, Reference resolution
    - GitHub Docs, "About READMEs", relative links
    """

    info = RuleInfo(code="EV009", name="link-resolves-only-from-root", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each such link of a document with content, with the link as it must be written."""
        for fact in project.links.get(document.path, ()):
            if document.has_content and link_defect_of(fact, document) == self.info.code:
                folder = document.path.rpartition("/")[0]
                new = respelled(document, fact, fact.paths[0])
                why = f"write {quoted(new or '')}: that leads there from this document's folder"
                yield self.finding(
                    document.source,
                    fact.ref.span,
                    f"link {quoted(fact.ref.target)} leads nowhere from {quoted(folder + '/')}; it resolves only from the repository root",
                    help=f"write {quoted(new or relative_to(document.path, fact.paths[0]))}",
                    subject=fact.ref.target,
                    fix=path_fix(document, fact, new, why, is_safe=True, with_label=False),
                )
