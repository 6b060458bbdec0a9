"""EN009."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact, FileRole
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, noted


class KeyDoubled(EnvironmentRule):
    """A file sets the same variable twice.

    ## Why it matters

    Most readers take the last value, a shell does too, some tools take the first. Whoever mends one of the two lines mends the wrong one.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
    PORT=3001
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
    ```

    ```js path=src/server.mjs
    export const port = process.env.PORT;
    ```

    ```gitignore path=.gitignore
    .env
    ```
    """

    info = RuleInfo(code="EN009", name="env-key-doubled", severity=Severity.WARNING, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each variable of a file, at the last assignment."""
        for each in fact.sets:
            if each.role is FileRole.LIVE:
                continue
            last = {one.name: one for one in each.declarations if one.first is not None}
            for one in last.values():
                first = each.declarations[one.first or 0]
                how = "with another value" if one.differs else "with the same value"
                yield self.found(
                    one.location,
                    f"`{one.name}` is set a second time, {how} (first on line {first.location.start.line})",
                    "keep one of the two lines",
                    one.name,
                    [noted(first.location, "set here first")],
                )
