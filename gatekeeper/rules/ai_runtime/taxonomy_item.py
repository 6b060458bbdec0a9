"""AI006."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class TaxonomyItemMissing(ContractRule):
    """The failure taxonomy of the playbook lacks an item that the policy requires.

    ## Why it matters

    Incidents and evaluations are labelled by the taxonomy. A label that is not in it cannot be counted, and two words for one failure are
    counted apart.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      failure-taxonomy:
        rule: AI006
        file: docs/playbook.md
        list: Kinds of failure
        includes: [wrong_language, leaked_name]
    ```

    ```md path=docs/playbook.md
    ## Kinds of failure

    - `wrong_language`: the answer is not in the language of the question
    - `leaked_names`: a name of another customer stands in the answer
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      failure-taxonomy:
        rule: AI006
        file: docs/playbook.md
        list: Kinds of failure
        includes: [wrong_language, leaked_name]
    ```

    ```md path=docs/playbook.md
    ## Kinds of failure

    - `wrong_language`: the answer is not in the language of the question
    - `leaked_name`: a name of another customer stands in the answer
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    """

    info = RuleInfo(code="AI006", name="ai-failure-kind-missing", severity=Severity.ERROR, since="0.1")
