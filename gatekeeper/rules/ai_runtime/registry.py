"""AI009."""

from __future__ import annotations

from gatekeeper.model.finding import Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.contract import ContractRule


class RegistryBroken(ContractRule):
    """An entry of a prompt, model or evaluation registry leads to nothing.

    ## Why it matters

    A registry is the list of what may run. A prompt whose file is gone fails when it is called, and one that names a model that is not
    registered runs on what nobody approved.

    ## Bad

    ```yaml path=.gatekeeper.yml
    contracts:
      prompt-models:
        rule: AI009
        file: ai/prompts.yml
        data: /prompts/*/model
        within:
          - {file: ai/models.yml, data: /models/*/id}
    ```

    ```yaml path=ai/prompts.yml
    prompts:
      - {id: greet, model: small-2}
    ```

    ```yaml path=ai/models.yml
    models:
      - {id: small-3}
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    contracts:
      prompt-models:
        rule: AI009
        file: ai/prompts.yml
        data: /prompts/*/model
        within:
          - {file: ai/models.yml, data: /models/*/id}
    ```

    ```yaml path=ai/prompts.yml
    prompts:
      - {id: greet, model: small-3}
    ```

    ```yaml path=ai/models.yml
    models:
      - {id: small-3}
    ```

    ## References

    - Pack `ai-runtime`, and `gatekeeper validate-ai-runtime`
    - SC002, when a registry itself is gone
    """

    info = RuleInfo(code="AI009", name="ai-registry-entry-missing", severity=Severity.ERROR, since="0.1")
