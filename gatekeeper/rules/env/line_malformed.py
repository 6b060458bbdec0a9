"""EN010."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule

_LISTED_LIMIT = 8


class LineMalformed(EnvironmentRule):
    """A line of an environment file is no assignment, so that it sets nothing.

    ## Why it matters

    A name without `=`, a quote that is never closed, a value that goes on in the next line: readers pass over such lines in silence.

    The lines are not shown, as they may hold a part of a secret.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT 3000
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    # the port of the server
    PORT=3000
    ```

    ```js path=src/server.mjs
    export const port = process.env.PORT;
    ```

    ```gitignore path=.gitignore
    .env
    ```

    ## References

    - python-dotenv reads the files: names, `export`, quotes, comments and values of several lines are as it takes them
    """

    info = RuleInfo(code="EN010", name="env-line-malformed", severity=Severity.WARNING, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each file, at the first such line."""
        for each in fact.sets:
            if not each.malformed:
                continue
            lines = [str(one.start.line) for one in each.malformed]
            rest = f" and {len(lines) - _LISTED_LIMIT} more" if len(lines) > _LISTED_LIMIT else ""
            listed = f"lines {', '.join(lines[:_LISTED_LIMIT])}{rest} are" if len(lines) > 1 else "this line is"
            yield self.found(
                each.malformed[0],
                f"{listed} no assignment, expected NAME=value",
                "write NAME=value, with quotes around a value of several words or lines",
                f"malformed in {each.path}",
            )
