"""AI005."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class PlaybookSectionMissing(ContractRule):
    """The playbook of the AI runtime lacks a section that the policy requires.

    ## Why it matters

    Who needs the rollback triggers looks for their heading. Words in a sentence or in a block of code are no section.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      playbook-sections:
        rule: AI005
        file: docs/playbook.md
        sections: "*"
        includes: [Rollback triggers, Who to call]
    ```

    ```md path=docs/playbook.md
    # Playbook

    ## Rollback triggers

    Who to call is still to be decided.
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      playbook-sections:
        rule: AI005
        file: docs/playbook.md
        sections: "*"
        includes: [Rollback triggers, Who to call]
    ```

    ```md path=docs/playbook.md
    # Playbook

    ## Rollback triggers

    ## Who to call
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    """

    info = RuleInfo(code="AI005", name="ai-playbook-section-missing", severity=Severity.ERROR, since="0.1")
