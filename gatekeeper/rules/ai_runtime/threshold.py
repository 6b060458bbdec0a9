"""AI001."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class ThresholdOutOfRange(ContractRule):
    """An alert threshold of the AI runtime is missing or out of its range.

    ## Why it matters

    A rate of 1.5 never fires, and a count of 0.5 is a typing error. An alert whose threshold is gone is compared with nothing. Rates lie
    within 0 and 1, counts are whole numbers, costs are not negative.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      alert-thresholds:
        rule: AI001
        file: src/alerts.ts
        constant: ALERT_LIMITS
        schema:
          type: object
          required: [minCalls, refusalRate]
          properties:
            minCalls: {type: integer, minimum: 0}
            refusalRate: {type: number, minimum: 0, maximum: 1}
    ```

    ```ts path=src/alerts.ts
    export const ALERT_LIMITS: Limits = {
      minCalls: 20,
      refusalRate: 15,
    };
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      alert-thresholds:
        rule: AI001
        file: src/alerts.ts
        constant: ALERT_LIMITS
        schema:
          type: object
          required: [minCalls, refusalRate]
          properties:
            minCalls: {type: integer, minimum: 0}
            refusalRate: {type: number, minimum: 0, maximum: 1}
    ```

    ```ts path=src/alerts.ts
    export const ALERT_LIMITS: Limits = {
      minCalls: 20,
      refusalRate: 0.15,
    };
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    - SC003, where a threshold is computed
    """

    info = RuleInfo(code="AI001", name="ai-threshold-out-of-range", severity=Severity.ERROR, since="0.1")
