"""DC005."""

from __future__ import annotations

from gatekeeper.model.document import Document, Problem, ProblemKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.document._problem import ProblemRule


class StructureDoubtful(ProblemRule):
    """A table row or code fence is not closed as its author meant it.

    ## Why it matters

    A row with more cells than its header loses what stands in the last ones, often because of a `|` in the text: Markdown drops it from the page. A fence
    without an end turns the rest of the document into code, statuses included.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | or sign-up | Done |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in \\| or sign-up | Done |
    ```

    ## References

    - GitHub Flavored Markdown, section 4.10, Tables; section 4.5, Fenced code blocks
    """

    info = RuleInfo(code="DC005", name="structure-doubtful", severity=Severity.WARNING, since="0.1")
    kinds = frozenset({ProblemKind.RAGGED_ROW, ProblemKind.UNCLOSED_FENCE, ProblemKind.FRONT_MATTER})
    remedy = "close the fence, write `|` inside a cell as `\\|`, or quote the value in the front matter"

    def concerns(self, document: Document, problem: Problem) -> bool:
        """Only documents with content have a structure that gatekeeper depends on."""
        return document.has_content
