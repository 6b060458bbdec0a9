"""AI008."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class StatesDiffer(ContractRule):
    """Outcomes or states of the AI runtime differ between code, documents and contract.

    ## Why it matters

    A state that the code gives and the contract does not know is lost by whoever consumes it, and one that stands in the documents alone is
    waited for in vain.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      verdicts:
        rule: AI008
        file: src/verdict.ts
        union: Verdict
        same-as:
          - {file: docs/verdicts.md, list: Verdicts}
    ```

    ```ts path=src/verdict.ts
    export type Verdict = "clean" | "masked" | "refused";
    ```

    ```md path=docs/verdicts.md
    ## Verdicts

    - `clean`
    - `refused`
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      verdicts:
        rule: AI008
        file: src/verdict.ts
        union: Verdict
        same-as:
          - {file: docs/verdicts.md, list: Verdicts}
    ```

    ```ts path=src/verdict.ts
    export type Verdict = "clean" | "masked" | "refused";
    ```

    ```md path=docs/verdicts.md
    ## Verdicts

    - `clean`
    - `masked`
    - `refused`
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    """

    info = RuleInfo(code="AI008", name="ai-states-differ", severity=Severity.ERROR, since="0.1")
