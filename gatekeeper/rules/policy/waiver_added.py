"""PO003."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import ChangeKind, Settlement
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule


class WaiverAdded(SettlementRule):
    """A change adds a waiver or makes one run longer.

    ## Why it matters

    Nobody waives their own findings: with `--trust-ref` the waiver does not hold for the change that brings it. It holds once it is merged.

    Fences that say `trusted` are what the trusted commit holds.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=waivers.yml trusted
    ```

    ```yaml path=waivers.yml
    - rule: EV001
      item: 1
      reason: the file is written by sprint 7
      owner: kim
      expires: 2026-12-01
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=waivers.yml trusted
    - rule: EV001
      path: docs/plan.md
      reason: the file is written by sprint 7
      owner: kim
      expires: 2026-12-01
    ```

    ```yaml path=waivers.yml
    ```

    ## References

    - [Security of CI: a change must not judge itself](https://docs.github.com/en/actions/reference/security/secure-use)
    - `gatekeeper check --trust-ref`
    """

    info = RuleInfo(code="PO003", name="waiver-added", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each waiver that the trusted commit does not hold, or holds with an earlier end."""
        for change in settlement.changes:
            if change.kind is ChangeKind.WAIVER:
                effect = f"prolongs the waiver of {change.what}, {change.before} at {settlement.trusted}, to run {change.after}"
                if not change.before:
                    effect = f"adds a waiver of {change.what}, {change.after}; {settlement.trusted} has none"
                yield self.report(
                    change.location,
                    f"the change {effect}; it is proposed, not in force",
                    help="mend what it covers, or let who approves waivers merge it first",
                    subject=change.what,
                )
