"""WV002."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import Standing
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.waiver._words import subject_of


class Unused(SettlementRule):
    """A waiver covers nothing that is found.

    ## Why it matters

    What it was for is mended, or it never matched. Left in place it will cover a finding that nobody has seen yet.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `src/login.py` |
    ```

    ```yaml path=waivers.yml
    - rule: EV001
      item: 2
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

    info = RuleInfo(code="WV002", name="waiver-unused", severity=Severity.WARNING, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver that holds and covers nothing, of those that all that was checked can tell of."""
        for use in settlement.waivers:
            waiver = use.waiver
            is_judged = settlement.is_whole or waiver.is_inline
            if use.standing is Standing.IN_FORCE and not use.covers and is_judged and not use.is_withdrawn:
                yield self.report(
                    waiver.location,
                    f"the waiver covers nothing: no finding of {waiver.code} stands in its scope, {waiver.scope}",
                    help="take it out, or mend its scope if it was meant for something else",
                    subject=subject_of(waiver),
                )
