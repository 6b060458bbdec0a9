"""WV005."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import UNACCEPTABLE, Standing
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.waiver._words import counted_findings, subject_of


class Unwaivable(SettlementRule):
    """A waiver is of a rule that must not be waived, so it covers nothing.

    ## Why it matters

    The policy's `waivers.unwaivable` lists what nobody may except. The rules about waivers (WV) and about the policy (PO) are never waivable: who could waive
    them could waive everything.

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
      expires: 2026-12-01
    ```

    ```yaml path=.gatekeeper.yml
    waivers:
      unwaivable: [EV001]
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

    ```yaml path=.gatekeeper.yml
    waivers:
      unwaivable: [EV005]
    ```

    ## References

    - ISO/IEC 27001:2022, clause 6.1.3: exceptions are recorded, reasoned and owned
    """

    info = RuleInfo(code="WV005", name="waiver-not-allowed", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver of a rule that cannot be waived."""
        for use in settlement.waivers:
            if use.standing is Standing.UNWAIVABLE and not use.is_withdrawn:
                waiver = use.waiver
                is_listed = not waiver.code.startswith(UNACCEPTABLE)
                why = (
                    "the policy lists it as unwaivable" if is_listed else "rules about exceptions have none themselves"
                )
                yield self.report(
                    waiver.location,
                    f"{waiver.code} cannot be waived: {why}; {counted_findings(use)} in the waiver's scope",
                    help="take the waiver out and mend what is found",
                    subject=subject_of(waiver),
                )
