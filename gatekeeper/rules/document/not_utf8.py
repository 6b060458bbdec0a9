"""DC001."""

from __future__ import annotations

from gatekeeper.model.document import ProblemKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.document._problem import ProblemRule


class NotUtf8(ProblemRule):
    r"""A document's bytes are not UTF-8.

    ## Why it matters

    Git, editors and web pages take Markdown for UTF-8. A file in another encoding shows broken letters to everybody but its author, and the words that
    a gate depends on may be among them.

    ## Bad

    ```md path=docs/tracker.md bytes
    | ID | Item | Status |
    |---|---|---|
    | 1 | Caf\xe9 menu | Done |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Café menu | Done |
    ```

    ## References

    - RFC 3629, UTF-8
    - CommonMark 0.31, section 2.1, Characters and lines
    """

    info = RuleInfo(code="DC001", name="not-utf8", severity=Severity.ERROR, since="0.1")
    kinds = frozenset({ProblemKind.NOT_UTF8})
    remedy = "save the file as UTF-8"
