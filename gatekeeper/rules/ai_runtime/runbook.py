"""AI004."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class RunbookMissing(ContractRule):
    """The runbook to which the AI runtime leads is not in the repository.

    ## Why it matters

    The path is shown with the alert, at night, to somebody who has never seen it. It must lead to a page that is tracked.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      rollback-runbook:
        rule: AI004
        file: src/alerts.py
        constant: ROLLBACK_RUNBOOK
        path-exists: true
    ```

    ```py path=src/alerts.py
    ROLLBACK_RUNBOOK = "docs/rollback.md"
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      rollback-runbook:
        rule: AI004
        file: src/alerts.py
        constant: ROLLBACK_RUNBOOK
        path-exists: true
    ```

    ```py path=src/alerts.py
    ROLLBACK_RUNBOOK = "docs/rollback.md"
    ```

    ```md path=docs/rollback.md
    # How to roll back
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    - SC002, when the constant itself is gone
    """

    info = RuleInfo(code="AI004", name="ai-runbook-missing", severity=Severity.ERROR, since="0.1")
