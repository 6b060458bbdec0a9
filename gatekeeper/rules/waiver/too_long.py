"""WV006."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import Standing
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.waiver._words import subject_of


class TooLong(SettlementRule):
    """A waiver has no end, or runs longer than the policy allows, so it does not hold.

    ## Why it matters

    An exception without an end is a rule that was turned off where nobody looks. `waivers.max-days` in the policy says how many days from today a waiver may
    run at most; without it they are 366.

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
      expires: 2036-12-01
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

    info = RuleInfo(code="WV006", name="waiver-too-long", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver whose end is too far away or not given."""
        for use in settlement.waivers:
            if use.standing is Standing.TOO_LONG and not use.is_withdrawn:
                waiver, limit = use.waiver, settlement.law.max_days
                read = f"ends on {waiver.expires}, {use.days_left} days from today" if waiver.expires else "has no end"
                yield self.report(
                    waiver.location,
                    f"the waiver of {waiver.code} for {waiver.scope} {read}, expected an end within {limit} days; it does not hold",
                    help="give it an earlier last day; it can be prolonged when that has come",
                    subject=subject_of(waiver),
                )
