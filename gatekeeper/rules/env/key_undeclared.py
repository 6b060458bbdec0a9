"""EN007."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from gatekeeper.model.environment.fact import EnvironmentFact, Use, UseKind
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import option
from gatekeeper.rules.env._rule import EnvironmentRule, noted

_RELATED_LIMIT = 5


class KeyUndeclared(EnvironmentRule):
    """Code reads a variable that no example file declares.

    ## Why it matters

    Whoever sets the program up copies the example. What is not in it they learn from a crash, or never.

    A variable with a default everywhere, or that is only asked for (`if (process.env.DEBUG_SQL)`), is optional and not reported; nor is what a shell, a runner
    or a framework sets (`ignore`), what tests and examples read (`exclude`), and what the example has in a comment, which documents it.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
    ```

    ```js path=src/server.mjs
    export const port = process.env.PORT, store = connect(process.env.STORE_URL);
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
    STORE_URL=
    ```

    ```js path=src/server.mjs
    export const port = process.env.PORT, store = connect(process.env.STORE_URL);
    export const level = process.env.LOG_LEVEL ?? "info";
    ```

    ```gitignore path=.gitignore
    .env
    ```

    ## Options

    - `optional` (false): also report what is only read with a default, or only asked for
    - `workflows` (false): also report `secrets.X` and `vars.X` of GitHub workflows
    """

    info = RuleInfo(code="EN007", name="env-key-undeclared", severity=Severity.WARNING, since="0.1")

    @dataclass(frozen=True, slots=True)
    class Options:
        """What counts.

        Attributes:
            optional: whether a variable counts that is only read with a default, or only asked for.
            workflows: whether `secrets.X` and `vars.X` of workflows count.
        """

        optional: bool = option(False, looser="lower")
        workflows: bool = option(False, looser="lower")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each variable, at its first use; none where there is no example to declare it."""
        examples = [one for one in fact.examples if not one.problem]
        if not examples:
            return
        known = fact.known()
        for name, uses in fact.uses.items():
            counting = [use for use in uses if self._counts(use)]
            if name.casefold() in known or not counting or is_ignored(name, fact):
                continue
            first, *others = counting
            more = f" (and {len(others)} more {'time' if len(others) == 1 else 'times'})" if others else ""
            yield self.found(
                first.location,
                f"`{name}` is read here{more}, but {_no_file([one.path for one in examples])}",
                f"add `{name}=` to {examples[0].path}, or `{name}` to `ignore` in the policy",
                name,
                [noted(use.location, "read here too") for use in others[:_RELATED_LIMIT]],
            )

    def _counts(self, use: Use) -> bool:
        if use.kind is UseKind.WORKFLOW and not self.options.workflows:
            return False
        return not use.is_optional or bool(self.options.optional)


def is_ignored(name: str, fact: EnvironmentFact) -> bool:
    """Whether the law says that somebody else sets a variable."""
    return any(fnmatchcase(name, pattern) for pattern in fact.law.ignore)


def _no_file(examples: list[str]) -> str:
    if len(examples) == 1:
        return f"{examples[0]} does not declare it"
    return f"none of the {len(examples)} example files declares it"
