"""DC002."""

from __future__ import annotations

from gatekeeper.model.document import ProblemKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.document._problem import ProblemRule


class DoubleEncoded(ProblemRule):
    """A document's UTF-8 was once read as Windows text and encoded a second time.

    ## Why it matters

    A check mark has become `âœ…`. People guess what it was; tools do not, and a status that consists of the mark alone is lost. gatekeeper reads
    through the damage, other readers will not.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | âœ… Done |
    | 2 | Sign-out | âœ… Done |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | ✅ Done |
    | 2 | Sign-out | ✅ Done |
    ```

    ## References

    - ftfy, "fixes text for you": how such text comes about and how it is mended
    """

    info = RuleInfo(code="DC002", name="double-encoded", severity=Severity.WARNING, since="0.1")
    kinds = frozenset({ProblemKind.MOJIBAKE})
    remedy = "restore the text from before it was damaged, or mend it with `ftfy`"
