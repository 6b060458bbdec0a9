"""WV003."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import FaultKind
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule


class Malformed(SettlementRule):
    """Something that was meant as a waiver is none, so it covers nothing.

    ## Why it matters

    A slip in a waiver must not go unseen: neither as an exception that silently does not hold, nor as one that holds for more than was meant.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/login.py` |
    ```

    ```yaml path=waivers.yml
    - rule: EV001
      item: 1
      reasons: the file is written by sprint 7
      owner: kim
      expires: 2026-12-01
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/login.py` |
    ```

    ```yaml path=waivers.yml
    - rule: EV001
      item: 1
      reason: the file is written by sprint 7
      owner: kim
      expires: 2026-12-01
    ```

    A comment in a document is a waiver too. In Markdown it is an HTML comment, `<!-- gatekeeper: waive EV001 until 2026-12-01 because ... -->`; in YAML
    `# gatekeeper: waive EV001 until 2026-12-01 because ...`. Before `because` may stand `by NAME`, `ticket ID` and `approved-by NAME`. It covers the line on
    which it stands: a table row, a checkbox, a heading. Alone on its line it covers the next block below: a heading, a paragraph, a whole table, one list
    item without those nested in it; in YAML the next line with what is indented below it. In code and in prose it says nothing.

    ## References

    - ISO/IEC 27001:2022, clause 6.1.3: exceptions are recorded, reasoned and owned
    """

    info = RuleInfo(code="WV003", name="waiver-malformed", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each entry or comment that is no waiver."""
        for fault in settlement.faults:
            if fault.kind is FaultKind.MALFORMED:
                yield self.report(fault.location, fault.message, help=fault.help, subject=fault.subject)
