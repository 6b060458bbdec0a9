"""WV007."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.exception.waiver import Standing
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.waiver._words import subject_of


class SelfApproved(SettlementRule):
    """A waiver was approved by who asked for it, so it does not hold.

    ## Why it matters

    An approval is a second pair of eyes. The author is who the waiver's `author` names, or else its `owner`.

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
      approved-by: kim
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
      approved-by: lee
    ```

    ## References

    - NIST SP 800-53 rev. 5, AC-5, Separation of duties
    """

    info = RuleInfo(code="WV007", name="waiver-self-approved", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver whose author is its approver."""
        for use in settlement.waivers:
            if use.standing is Standing.SELF_APPROVED and not use.is_withdrawn:
                waiver = use.waiver
                role = "author" if waiver.author else "owner"
                yield self.report(
                    waiver.location,
                    f"the waiver of {waiver.code} for {waiver.scope} is approved by {waiver.approved_by}, who is its {role}; it does not hold",
                    help="have somebody else approve it",
                    subject=subject_of(waiver),
                )
