"""EN002."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact, FileRole
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, law_line


class ValueInvalid(EnvironmentRule):
    """A variable has a value of the wrong type, out of its range, not among those allowed, or against its pattern.

    ## Why it matters

    Every variable is text, so that `PORT=80801` and `APP_ENV=prod` pass until something reads them. The policy says what a value must be; an example that
    breaks it gets copied.

    An empty value and a placeholder are no values. Neither here nor anywhere is the value itself shown.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment:
      keys:
        PORT: {type: integer, minimum: 1, maximum: 65535}
        APP_ENV: {enum: [local, staging, production]}
    ```

    ```env path=.env.example
    PORT=80801
    APP_ENV=prod
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment:
      keys:
        PORT: {type: integer, minimum: 1, maximum: 65535}
        APP_ENV: {enum: [local, staging, production]}
    ```

    ```env path=.env.example
    PORT=8080
    APP_ENV=production
    ```

    ```js path=src/server.mjs
    export const port = Number(process.env.PORT), stage = process.env.APP_ENV;
    ```

    ```gitignore path=.gitignore
    .env
    ```
    """

    info = RuleInfo(code="EN002", name="env-value-invalid", severity=Severity.ERROR, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each demand that a value in an example or a running environment does not meet."""
        for each in fact.sets:
            if each.role is FileRole.REAL:
                continue
            for one in each.declarations:
                key = fact.law.key(one.name)
                for breach in one.breaches if key else ():
                    where = key.place_of(breach.demand) if key else ""
                    yield self.found(
                        one.location,
                        f"`{one.name}`: {breach.read}, expected {breach.expected}",
                        "mend the value, or the demand in the policy",
                        f"{one.name} {breach.demand}",
                        law_line(where, "demanded here"),
                    )
