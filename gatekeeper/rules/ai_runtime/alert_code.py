"""AI003."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class AlertCodeMissing(ContractRule):
    """An alert code that the policy requires does not stand in the code.

    ## Why it matters

    Routing of pages and runbooks go by alert codes. One that is commented out, or renamed in the code alone, is an alert that nobody gets.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      alert-codes:
        rule: AI003
        file: src/alerts.ts
        strings: "*"
        includes: [refusals_high, cost_high]
    ```

    ```ts path=src/alerts.ts
    export type AlertCode =
      | "refusals_high"
      // | "cost_high"
      ;
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      alert-codes:
        rule: AI003
        file: src/alerts.ts
        strings: "*"
        includes: [refusals_high, cost_high]
    ```

    ```ts path=src/alerts.ts
    export type AlertCode =
      | "refusals_high"
      | "cost_high"
      ;
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    """

    info = RuleInfo(code="AI003", name="ai-alert-code-missing", severity=Severity.ERROR, since="0.1")
