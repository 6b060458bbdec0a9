"""DC003."""

from __future__ import annotations

from gatekeeper.model.document import ProblemKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.document._problem import ProblemRule


class TooLarge(ProblemRule):
    """A document is larger than gatekeeper reads, so nothing in it was checked.

    ## Why it matters

    A file that is passed over in silence looks like a file without faults. Status documents are written by people and stay far below the limit; a file
    above it is generated, or a log.

    ## Bad

    ```md path=docs/tracker.md repeat=60000
    - [x] A line that stands here sixty thousand times
    ```

    ## Good

    ```md path=docs/tracker.md
    - [x] A line that stands here once
    ```

    ## References

    - `exclude` in the policy file: for files that are not status documents
    """

    info = RuleInfo(code="DC003", name="too-large", severity=Severity.ERROR, since="0.1")
    kinds = frozenset({ProblemKind.TOO_LARGE})
    remedy = "split the document, or exclude it in the policy file if it carries no status"
