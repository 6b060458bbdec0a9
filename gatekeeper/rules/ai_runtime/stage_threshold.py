"""AI007."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class StageLoosens(ContractRule):
    """A threshold of a later stage is looser than that of the stage before.

    ## Why it matters

    Each stage is meant to ask for more than the last. A row that asks for less lets through what an earlier gate would have stopped.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      stages:
        rule: AI007
        file: docs/playbook.md
        table: Thresholds by stage
        tightens: {}
    ```

    ```md path=docs/playbook.md
    ## Thresholds by stage

    | Stage | Grounded answers | Latency |
    |---|---|---|
    | Pilot | >= 92% | <= 900 ms |
    | Launch | >= 90% | <= 700 ms |
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      stages:
        rule: AI007
        file: docs/playbook.md
        table: Thresholds by stage
        tightens: {}
    ```

    ```md path=docs/playbook.md
    ## Thresholds by stage

    | Stage | Grounded answers | Latency |
    |---|---|---|
    | Pilot | >= 92% | <= 900 ms |
    | Launch | >= 95% | <= 700 ms |
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    """

    info = RuleInfo(code="AI007", name="ai-stage-loosens", severity=Severity.ERROR, since="0.1")
