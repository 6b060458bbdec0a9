"""AI002."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class DashboardRenamed(ContractRule):
    """A dashboard of the AI runtime is not the one that the policy names.

    ## Why it matters

    Alerts and runbooks lead to dashboards by their identifiers. One that was renamed in the code alone leads the person on call to a page
    that is not there.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      dashboards:
        rule: AI002
        file: src/alerts.ts
        constant: DASHBOARDS
        includes:
          - cost: assistant-cost-v2
    ```

    ```ts path=src/alerts.ts
    export const DASHBOARDS = { cost: "assistant-cost-v3" };
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      dashboards:
        rule: AI002
        file: src/alerts.ts
        constant: DASHBOARDS
        includes:
          - cost: assistant-cost-v2
    ```

    ```ts path=src/alerts.ts
    export const DASHBOARDS = { cost: "assistant-cost-v2" };
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    """

    info = RuleInfo(code="AI002", name="ai-dashboard-differs", severity=Severity.ERROR, since="0.1")
