"""EN012."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule


class FileUnreadable(EnvironmentRule):
    """An environment file could not be read, so that nothing in it was checked.

    ## Why it matters

    What was not read has not passed. The file is too large, binary, or may not be read.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example bytes
    PORT=3000\\x00
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

    info = RuleInfo(code="EN012", name="env-file-unreadable", severity=Severity.ERROR, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each file."""
        for one in fact.sets:
            if one.problem:
                message = f"{one.path} was not read: {one.problem}"
                yield self.found(Location.whole(one.path), message, "make it a text file of assignments", one.path)
