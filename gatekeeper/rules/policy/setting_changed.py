"""PO002."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import ChangeKind, Settlement
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.policy._words import said


class SettingChanged(SettlementRule):
    """A change alters or removes a setting of the policy: an option, a contract, a limit.

    ## Why it matters

    A threshold of 3 that becomes 300 is as good as a rule turned off. What is stricter for sure is left alone; where nobody can tell, both values are said.

    Fences that say `trusted` are what the trusted commit holds.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=.gatekeeper.yml trusted
    waivers:
      max-days: 30
    ```

    ```yaml path=.gatekeeper.yml
    waivers:
      max-days: 300
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=.gatekeeper.yml trusted
    waivers:
      max-days: 300
    ```

    ```yaml path=.gatekeeper.yml
    waivers:
      max-days: 30
    ```

    ## References

    - [Security of CI: a change must not judge itself](https://docs.github.com/en/actions/reference/security/secure-use)
    - `gatekeeper check --trust-ref`
    """

    info = RuleInfo(code="PO002", name="setting-changed", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each setting that differs and is not stricter for sure."""
        for change in settlement.changes:
            if change.kind is ChangeKind.SETTING:
                yield self.report(
                    change.location,
                    f"the change alters {change.what}: {said(change, settlement.trusted)}; it is proposed, not in force",
                    help="take it back, or let who keeps the policy merge it",
                    subject=change.what,
                )
