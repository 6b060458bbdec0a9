"""EN006."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule


class FileNotIgnored(EnvironmentRule):
    """Nothing keeps the real environment file out of git.

    ## Why it matters

    The example tells everybody to make a `.env`. Where no ignore file names it, the next `git add .` takes it in, secrets and all.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
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

    ## References

    - gitignore(5); what only one person's own settings ignore does not count
    """

    info = RuleInfo(code="EN006", name="env-file-not-ignored", severity=Severity.WARNING, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each file, whether it is there or is to be made from the example beside it."""
        for path, is_there in fact.unguarded.items():
            folder, name = posixpath.split(path)
            example = next((one.path for one in fact.examples if posixpath.dirname(one.path) == folder), path)
            state = "is there, and neither tracked nor ignored" if is_there else "would not be ignored once it is there"
            yield self.found(
                Location.whole(path if is_there else example),
                f"{path} {state}, so that `git add .` takes it in",
                f"add `{name}` to {posixpath.join(folder, '.gitignore') if folder else '.gitignore'}",
                path,
            )
