"""WV001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import Standing
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.waiver._words import counted_findings, subject_of


class Expired(SettlementRule):
    """A waiver has ended, so the findings that it covered count again.

    ## Why it matters

    An exception is for a time. The day it ends, somebody decides anew: the fault is mended, or the exception is asked for once more.

    ## Bad

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
      expires: 2026-05-31
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

    info = RuleInfo(code="WV001", name="waiver-expired", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver whose last day is over."""
        for use in settlement.waivers:
            if use.standing is Standing.EXPIRED and not use.is_withdrawn:
                waiver, days = use.waiver, -(use.days_left or 0)
                ago = "yesterday" if days == 1 else f"{days} days ago"
                effect = f"{counted_findings(use)} in its scope {'counts' if len(use.covers) == 1 else 'count'} again"
                yield self.report(
                    waiver.location,
                    f"the waiver of {waiver.code} for {waiver.scope} ended on {waiver.expires}, {ago}; {effect}",
                    help="mend what it covers and take the waiver out, or have it approved anew",
                    subject=subject_of(waiver),
                )
