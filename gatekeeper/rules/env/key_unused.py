"""EN008."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import Declaration, EnvironmentFact
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, listed, noted
from gatekeeper.rules.env.key_undeclared import is_ignored

_RELATED_LIMIT = 5


class KeyUnused(EnvironmentRule):
    """An example file declares a variable that nothing reads.

    ## Why it matters

    Somebody will look for a value for it. Often it is the old name of a variable that was renamed in the code alone.

    A name that stands in any tracked file but documents and environment files counts as read: there are more ways to read a variable than anybody knows.
    Nothing is reported where a compose file hands the whole file to an image (`env_file:`).

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
    LEGACY_PORT=3001
    ```

    ```js path=src/server.mjs
    export const port = process.env.PORT;
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

    info = RuleInfo(code="EN008", name="env-key-unused", severity=Severity.NOTE, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each example file, at the first such variable."""
        # Where not a single one is read, the program reads them in a way that is not known.
        if fact.is_handed_on or not (fact.uses or fact.mentioned):
            return
        used = {name.casefold() for name in fact.uses}
        seen: set[str] = set()
        for example in fact.examples:
            unread: dict[str, Declaration] = {}
            for one in example.declarations:
                is_read = one.name.casefold() in used or one.name in fact.mentioned or is_ignored(one.name, fact)
                if not is_read and one.name not in seen:
                    unread.setdefault(one.name, one)
            seen |= unread.keys()
            if unread:
                yield self._unread(example.path, list(unread.values()))

    def _unread(self, path: str, unread: list[Declaration]) -> Finding:
        first, *others = unread
        if not others:
            message = f"`{first.name}` is declared here, and no tracked file reads it"
            return self.found(first.location, message, "take the line out, or mend the name", path)
        names = listed([one.name for one in unread])
        return self.found(
            first.location,
            f"{len(unread)} variables are declared here, and no tracked file reads them: {names}",
            "take the lines out, or mend the names",
            path,
            [noted(one.location, "not read either") for one in others[:_RELATED_LIMIT]],
        )
