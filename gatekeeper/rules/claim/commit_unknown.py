"""CL010."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.claim._commits import CommitRule


class CommitUnknown(CommitRule):
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
    basis = ClaimBasis.COMMIT
    what = "the repository does not have the"
    too = "is not there either"
    remedy = "name a commit that others can look at; after a squash or rebase that is the new one"
