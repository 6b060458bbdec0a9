"""DC004."""

from __future__ import annotations

import re

from gatekeeper.model.document import Document, DocumentKind, Problem, ProblemKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.document._problem import ProblemRule

_STATUS_NAME = re.compile(
    r"(?:status|tracker|sprint|progress|evidence|gates?|backlog|checklist|ledger|roadmap)[^/]*$", re.IGNORECASE
)
_OF_DATA = frozenset({ProblemKind.MALFORMED_DATA, ProblemKind.LINE_TOO_LONG})


class UnreadableDocument(ProblemRule):
    r"""A document cannot be read as what its name says it is.

    ## Why it matters

    Nothing in the file was checked: it is binary, its YAML or JSON is malformed, it is nested too deeply, or one of its lines is too long to be written
    by a person. A gate that counts on it would pass unseen.

    Malformed YAML and JSON is reported where the file is known for a status document: by its name (`sprint-status.yaml`) or by the policy file.

    ## Bad

    ```md path=docs/tracker.md bytes
    # Tracker\x00\x01\x02\x03\x00\x00\x00
    ```

    ## Good

    ```md path=docs/tracker.md
    # Tracker
    ```

    ## References

    - YAML 1.2.2; RFC 8259, JSON
    """

    info = RuleInfo(code="DC004", name="unreadable-document", severity=Severity.ERROR, since="0.1")
    kinds = frozenset(
        {
            ProblemKind.BINARY,
            ProblemKind.UNREADABLE,
            ProblemKind.MALFORMED_DATA,
            ProblemKind.TOO_COMPLEX,
            ProblemKind.LINE_TOO_LONG,
        }
    )
    remedy = "mend the file, or exclude it in the policy file if it carries no status"

    def concerns(self, document: Document, problem: Problem) -> bool:
        """Malformed data matters in what is known for a status document: many files that end in `.yaml` are templates of YAML."""
        is_data = document.path.endswith((".json", ".yaml", ".yml")) and problem.kind in _OF_DATA
        if problem.kind is not ProblemKind.MALFORMED_DATA and not is_data:
            return True
        return document.kind is not DocumentKind.OTHER or bool(_STATUS_NAME.search(document.path))
