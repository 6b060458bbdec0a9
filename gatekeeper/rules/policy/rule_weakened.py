"""PO001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import ChangeKind, Settlement
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule


class RuleWeakened(SettlementRule):
    """A change turns a rule off or lowers its severity.

    ## Why it matters

    With `--trust-ref` the law of the trusted commit holds, so the change does not help itself; but once it is merged, the rule no longer holds for anybody.
    Who reviews the change should see that.

    Fences that say `trusted` are what the trusted commit holds.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=.gatekeeper.yml trusted
    rules:
      EV001: error
    ```

    ```yaml path=.gatekeeper.yml
    rules:
      EV001: off
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=.gatekeeper.yml trusted
    rules:
      EV001: warning
    ```

    ```yaml path=.gatekeeper.yml
    rules:
      EV001: error
    ```

    ## References

    - [Security of CI: a change must not judge itself](https://docs.github.com/en/actions/reference/security/secure-use)
    - `gatekeeper check --trust-ref`
    """

    info = RuleInfo(code="PO001", name="rule-weakened", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each rule that would hold less strictly."""
        for change in settlement.changes:
            if change.kind is ChangeKind.RULE:
                effect = "turns off" if change.after == "off" else "lowers"
                yield self.report(
                    change.location,
                    f"the change {effect} {change.what}: '{change.before}' at {settlement.trusted}, '{change.after}' here; it is proposed, not in force",
                    help="take it back, or let who keeps the policy merge it",
                    subject=change.what,
                )
