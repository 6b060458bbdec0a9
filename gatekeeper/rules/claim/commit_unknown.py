"""CL010."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimVerdict
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import DocumentRule, quoted

_SHOWN = 5


class CommitUnknown(DocumentRule):
    """A commit is named that is not in the repository's history.

    ## Why it matters

    The commit is the proof that work was done. An id that git does not know is mistyped, was rebased or squashed away, or belongs to another repository.

    Only ids that their line, or the header of their column, calls commits are looked up, all of a document together. In a shallow clone, and without git,
    nothing is said.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Commit |
    |---|---|---|---|
    | 1 | Sign-in | Done | `4b825d7` |
    ```

    ```txt path=.git/commits
    1f3ab7c09d5e42b6a8c7d9e0f1a2b3c4d5e6f708
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Commit |
    |---|---|---|---|
    | 1 | Sign-in | Done | `1f3ab7c` |
    ```

    ```txt path=.git/commits
    1f3ab7c09d5e42b6a8c7d9e0f1a2b3c4d5e6f708
    ```

    ## References

    - `git cat-file`, which answers whether an object exists
    """

    info = RuleInfo(code="CL010", name="commit-unknown", severity=Severity.WARNING, since="0.1")
    basis: ClassVar[ClaimBasis] = ClaimBasis.COMMIT

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for all unknown commits of a document, at the first."""
        claims = project.claims.get(document.path, ())
        unknown = [fact for fact in claims if fact.basis is self.basis and fact.verdict is ClaimVerdict.REFUTED]
        if not unknown:
            return
        ids = list(dict.fromkeys(fact.target for fact in unknown))
        named = ", ".join(quoted(one) for one in ids[:_SHOWN])
        more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
        what = "commits" if len(ids) > 1 else "commit"
        yield self.finding(
            document.source,
            unknown[0].claim.span,
            f"the repository does not have the {what} {named}{more}",
            help="name a commit that others can look at; after a squash or rebase that is the new one",
            subject=ids[0],
            related=tuple(_place(document, fact) for fact in unknown[1:]),
        )


def _place(document: Document, fact: ClaimFact) -> Location:
    return Location.at(document.source, fact.claim.span, f"{quoted(fact.target)} is not there either")
