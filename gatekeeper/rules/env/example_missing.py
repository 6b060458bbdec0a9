"""EN011."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact, UseKind
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, listed, noted
from gatekeeper.rules.env.key_undeclared import is_ignored

_RELATED_LIMIT = 5


class ExampleMissing(EnvironmentRule):
    """Code needs variables, a secret among them, and there is no example file that names them.

    ## Why it matters

    Which variables a program needs is then known to its code alone. A program without secrets usually runs without any variable, so that nothing is said of
    it; nor is anything of variables that have a default.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```js path=src/server.mjs
    export const store = connect(process.env.STORE_ADDRESS, process.env.STORE_PASSWORD);
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    STORE_ADDRESS=
    STORE_PASSWORD=
    ```

    ```js path=src/server.mjs
    export const store = connect(process.env.STORE_ADDRESS, process.env.STORE_PASSWORD);
    ```

    ```gitignore path=.gitignore
    .env
    ```
    """

    info = RuleInfo(code="EN011", name="env-example-missing", severity=Severity.NOTE, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for the whole repository, at the first variable that is read without a default."""
        if fact.examples or fact.required():
            return
        known = fact.known()
        needed = {
            name: use
            for name, uses in fact.uses.items()
            if name.casefold() not in known and not is_ignored(name, fact)
            for use in [next((one for one in uses if not one.is_optional and one.kind is UseKind.CODE), None)]
            if use is not None
        }
        if needed.keys() & fact.secret:
            first, *others = sorted(needed.values(), key=lambda use: (use.location.path, use.location.start))
            verb = "is" if len(needed) == 1 else "are"
            yield self.found(
                first.location,
                f"{listed([*needed])} {verb} read without a default, and there is no example file",
                "write .env.example with a line for each, values left empty",
                "example",
                [noted(use.location, f"`{use.name}` is read here") for use in others[:_RELATED_LIMIT]],
            )
