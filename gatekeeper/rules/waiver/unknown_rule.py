"""WV004."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import FaultKind
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule


class UnknownRule(SettlementRule):
    """A waiver is of a rule that does not exist.

    ## Why it matters

    It covers nothing, whatever its author believes.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/login.py` |
    ```

    ```yaml path=waivers.yml
    - rule: EV999
      item: 1
      reason: the file is written by sprint 7
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

    ## References

    - ISO/IEC 27001:2022, clause 6.1.3: exceptions are recorded, reasoned and owned
    """

    info = RuleInfo(code="WV004", name="waiver-rule-unknown", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver of a code or name that no rule has."""
        for fault in settlement.faults:
            if fault.kind is FaultKind.UNKNOWN_RULE:
                yield self.report(fault.location, fault.message, help=fault.help, subject=fault.subject)
