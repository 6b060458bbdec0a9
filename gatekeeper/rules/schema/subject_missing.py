"""SC002."""

from __future__ import annotations

from gatekeeper.model.contract.fact import ViolationKind
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import EveryContractRule


class SubjectMissing(EveryContractRule):
    """The file, constant, section or table that a contract is about is not there.

    ## Why it matters

    A contract about something that has been moved or renamed would hold for ever, as nothing is left that could break it. So what is
    missing breaks it. What several contracts miss is reported once.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      retries:
        file: src/limits.ts
        constant: MAX_RETRIES
        schema: {type: integer, maximum: 5}
    ```

    ```ts path=src/limits.ts
    export const RETRY_LIMIT = 3;
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      retries:
        file: src/limits.ts
        constant: RETRY_LIMIT
        schema: {type: integer, maximum: 5}
    ```

    ```ts path=src/limits.ts
    export const RETRY_LIMIT = 3;
    ```

    ## References

    - SC001, when it is there and wrong
    """

    info = RuleInfo(code="SC002", name="contract-subject-missing", severity=Severity.ERROR, since="0.1")
    kind = ViolationKind.ABSENT
