"""SC003."""

from __future__ import annotations

from gatekeeper.model.contract.fact import ViolationKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import EveryContractRule


class NotJudged(EveryContractRule):
    """Whether a contract is met cannot be told without running the code, or a file cannot be read.

    ## Why it matters

    A value that is computed, spread from another object or imported is not seen by those who read the file either. The contract is not met,
    and it is not broken: nobody knows. Write the value as a literal where it is law.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      rates:
        file: src/rates.py
        constant: RATES
        schema:
          type: object
          additionalProperties: {type: number, maximum: 1}
    ```

    ```py path=src/rates.py
    RATES = {"loss": 0.2, "late": load_rate("late")}
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      rates:
        file: src/rates.py
        constant: RATES
        schema:
          type: object
          additionalProperties: {type: number, maximum: 1}
    ```

    ```py path=src/rates.py
    RATES = {"loss": 0.2, "late": 0.05}
    ```

    ## References

    - SC001, SC002
    """

    info = RuleInfo(code="SC003", name="contract-not-judged", severity=Severity.WARNING, since="0.1")
    kind = ViolationKind.UNJUDGED
