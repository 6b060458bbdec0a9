"""CL017."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.claim._commits import CommitRule


class CommitOutside(CommitRule):
    """A commit is named that exists, but is not in the history of what is checked out.

    ## Why it matters

    Work on another branch, or a commit that a rebase or squash left behind, is not part of this tree: it proves nothing about it, and git will drop it
    once no branch holds it. It is a note, since where branches are squashed into one commit, every document that was written on them names such commits.

    Only ids that their line, or the header of their column, calls commits are looked up. In a shallow clone, and without git, nothing is said.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Commit |
    |---|---|---|---|
    | 1 | Sign-in | Done | `4b825d7` |
    ```

    ```txt path=.git/commits
    1f3ab7c09d5e42b6a8c7d9e0f1a2b3c4d5e6f708
    ```

    ```txt path=.git/elsewhere
    4b825d71c0ffe0ddba11ca5cade5ca1ab1ed0b0e
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

    - CL010, for commits that are nowhere
    - `git merge-base --is-ancestor`, which answers the question by hand
    """

    info = RuleInfo(code="CL017", name="commit-outside-history", severity=Severity.NOTE, since="0.1")
    basis = ClaimBasis.ANCESTRY
    what = "the history of this checkout does not have the"
    too = "is not in it either"
    remedy = "merge it, or name the commit that brought the work here; `git branch --contains` tells where it is"
