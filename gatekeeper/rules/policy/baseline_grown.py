"""PO004."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.exception.settlement import ChangeKind, Settlement
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import SettlementRule


class BaselineGrown(SettlementRule):
    """A change lets the baseline accept more findings.

    ## Why it matters

    A baseline holds what was there when gatekeeper came. It can only shrink; a finding that is added to it was made since.

    Fences that say `trusted` are what the trusted commit holds.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```json path=.gatekeeper-baseline.json trusted
    {
      "schema_version": "1",
      "findings": [
        {
          "rule": "EV001",
          "path": "docs/tracker.md",
          "subject": "src/login.py",
          "fingerprint": "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f",
          "count": 1
        }
      ]
    }
    ```

    ```json path=.gatekeeper-baseline.json
    {
      "schema_version": "1",
      "findings": [
        {
          "rule": "EV001",
          "path": "docs/tracker.md",
          "subject": "src/login.py",
          "fingerprint": "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f",
          "count": 2
        }
      ]
    }
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    ```

    ```json path=.gatekeeper-baseline.json trusted
    {
      "schema_version": "1",
      "findings": [
        {
          "rule": "EV001",
          "path": "docs/tracker.md",
          "subject": "src/login.py",
          "fingerprint": "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f",
          "count": 2
        }
      ]
    }
    ```

    ```json path=.gatekeeper-baseline.json
    {
      "schema_version": "1",
      "findings": [
        {
          "rule": "EV001",
          "path": "docs/tracker.md",
          "subject": "src/login.py",
          "fingerprint": "3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f",
          "count": 1
        }
      ]
    }
    ```

    ## References

    - [Security of CI: a change must not judge itself](https://docs.github.com/en/actions/reference/security/secure-use)
    - `gatekeeper check --trust-ref`
    """

    info = RuleInfo(code="PO004", name="baseline-grown", severity=Severity.ERROR, since="0.1")

    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """One finding for each rule and document of which the baseline would accept more."""
        for change in settlement.changes:
            if change.kind is ChangeKind.BASELINE:
                noun = "finding" if change.after == "1" else "findings"
                yield self.report(
                    change.location,
                    f"the change lets the baseline accept {change.after} more {noun} of {change.what} than "
                    f"{settlement.trusted} does; it is proposed, not in force",
                    help="mend what is found, and take the entry back",
                    subject=change.what,
                )
