"""SC001."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class ContractBroken(ContractRule):
    """A file says something that a contract of the policy rules out.

    ## Why it matters

    The release manager has written down what must hold: a limit, a list of states, a path. Somebody has changed the file, and no test has
    noticed.

    A contract names a file and what to take out of it (`data`, `constant`, `union`, `strings`, `sections`, `list`, `table`), and what must
    hold: a JSON Schema, values that must be included, other places that must say the same, paths that must exist, thresholds that must not
    loosen. Source code is parsed, never run; what is commented out does not count. All that is wrong is reported, each at its value.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      pump-limits:
        file: config/pumps.json
        data: /limits
        schema:
          type: object
          required: [pressure, flow]
          properties:
            pressure: {type: number, maximum: 8}
    ```

    ```json path=config/pumps.json
    {"limits": {"pressure": 11, "flow": 3}}
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      pump-limits:
        file: config/pumps.json
        data: /limits
        schema:
          type: object
          required: [pressure, flow]
          properties:
            pressure: {type: number, maximum: 8}
    ```

    ```json path=config/pumps.json
    {"limits": {"pressure": 6.5, "flow": 3}}
    ```

    ## References

    - SC002, when there is nothing to hold; SC003, when it cannot be told
    - JSON Schema, draft 2020-12
    """

    info = RuleInfo(code="SC001", name="contract-not-met", severity=Severity.ERROR, since="0.1")
