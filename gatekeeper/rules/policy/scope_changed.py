"""PO005."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import ChangeKind, Settlement
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule
from gatekeeper.rules.policy._words import said


class ScopeChanged(SettlementRule):
    """A change leaves documents out, or alters what they or their words are taken for.

    ## Why it matters

    A document that is excluded, a tracker that becomes `other`, a word of the team that comes to mean done: each silences rules without naming one.

    Fences that say `trusted` are what the trusted commit holds.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=.gatekeeper.yml trusted
    exclude: [docs/old/]
    ```

    ```yaml path=.gatekeeper.yml
    exclude: [docs/old/, docs/gates/]
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```yaml path=.gatekeeper.yml trusted
    exclude: [docs/old/, docs/gates/]
    ```

    ```yaml path=.gatekeeper.yml
    exclude: [docs/old/]
    ```

    ## References

    - [Security of CI: a change must not judge itself](https://docs.github.com/en/actions/reference/security/secure-use)
    - `gatekeeper check --trust-ref`
    """

    info = RuleInfo(code="PO005", name="scope-changed", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each entry that is added, removed or altered and does not make more be looked at."""
        for change in settlement.changes:
            if change.kind is ChangeKind.SCOPE:
                yield self.report(
                    change.location,
                    f"the change alters what is looked at or how it is read, {change.what}: {said(change, settlement.trusted)}; it is proposed, not in force",
                    help="take it back, or let who keeps the policy merge it",
                    subject=change.what,
                )
