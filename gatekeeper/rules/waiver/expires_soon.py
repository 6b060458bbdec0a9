"""WV008."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import Standing
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule, option
from gatekeeper.rules.waiver._words import counted_findings, subject_of


class ExpiresSoon(SettlementRule):
    """A waiver ends within days.

    ## Why it matters

    There is still time to mend what it covers. On the day after its last one the findings count again, and the check fails.

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
      expires: 2026-06-20
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

    ## Options

    - `days`: how many days before a waiver's last one this is told; 14 without it.

    ## References

    - ISO/IEC 27001:2022, clause 6.1.3: exceptions are recorded, reasoned and owned
    """

    info = RuleInfo(code="WV008", name="waiver-expires-soon", severity=Severity.NOTE, since="0.1")

    @dataclass(frozen=True, slots=True)
    class Options:
        """What a policy may set."""

        days: int = option(14, looser="lower")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver that holds and covers something, and whose last day is near."""
        for use in settlement.waivers:
            left = use.days_left
            if use.standing is not Standing.IN_FORCE or left is None or not use.covers or use.is_withdrawn:
                continue
            if left <= self.options.days:
                waiver = use.waiver
                when = "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"
                yield self.report(
                    waiver.location,
                    f"the waiver of {waiver.code} for {waiver.scope} ends {when}, on {waiver.expires}; it covers {counted_findings(use)}",
                    help="mend what it covers, or have it prolonged",
                    subject=subject_of(waiver),
                )
