"""EN005."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from gatekeeper.model.environment.fact import Declaration, EnvironmentFact, FileRole, VariableSet
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import option
from gatekeeper.rules.env._rule import EnvironmentRule, listed, noted

_RELATED_LIMIT = 5
_LOCAL = ".local"


class FileTracked(EnvironmentRule):
    """A file that holds a real environment is tracked by git.

    ## Why it matters

    `.env` and `.env.local` are everybody's own. Once one is tracked, the next person commits what they have set there, and secrets stay in the history.

    It is an error where the file holds a secret, or is somebody's own by its name (`.env.local`). Templates of Vite or Docker Compose commit a `.env` that
    holds defaults alone: without a secret in it that is a warning, and nothing is said where `.env.local` is ignored and `.env` is not, which is the
    convention for just this. A file for one stage (`.env.production`, `.env.test`) is reported where it holds a secret.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env
    PORT=3000
    MAIL_API_KEY=9f1c77e2b04d4b6e9a53d20c8871aa36
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    PORT=3000
    ```

    ```env path=.env ignored
    PORT=3000
    ```

    ```js path=src/server.mjs
    export const port = process.env.PORT;
    ```

    ```gitignore path=.gitignore
    .env
    ```

    ## Options

    - `always` (false): a tracked `.env` is an error without secrets too, also where convention has it committed

    ## References

    - gitignore(5); `git rm --cached` stops tracking a file and leaves it on disk
    """

    info = RuleInfo(code="EN005", name="env-file-tracked", severity=Severity.ERROR, since="0.1")

    @dataclass(frozen=True, slots=True)
    class Options:
        """How strict it is.

        Attributes:
            always: whether a tracked `.env` without secrets is an error too, even where convention has it committed.
        """

        always: bool = option(False, looser="lower")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each file."""
        for one in fact.sets_of(FileRole.REAL):
            secrets = [found for found in (*one.declarations, *one.commented) if found.is_secret]
            if not secrets and not (self._is_own(one, fact) and one.declarations):
                continue
            is_firm = secrets or self.options.always or one.path.endswith(_LOCAL)
            found = self._tracked(one, secrets)
            yield found if is_firm else replace(found, severity=Severity.WARNING)

    def _tracked(self, one: VariableSet, secrets: list[Declaration]) -> Finding:
        names = list(dict.fromkeys(found.name for found in secrets))
        holds = f", with {len(names)} {'secret' if len(names) == 1 else 'secrets'}: {listed(names)}" if names else ""
        change = ", and change its secrets: history keeps them" if names else ""
        return self.found(
            secrets[0].location if secrets else Location.whole(one.path),
            f"{one.path} holds a real environment and is tracked by git{holds}",
            f"`git rm --cached {one.path}`, add it to .gitignore{change}",
            one.path,
            [noted(found.location, "another secret") for found in secrets[1 : _RELATED_LIMIT + 1]],
        )

    def _is_own(self, one: VariableSet, fact: EnvironmentFact) -> bool:
        """Whether a file is everybody's own by its name."""
        folder, _, name = one.path.rpartition("/")
        return name.endswith(_LOCAL) or (name == ".env" and (self.options.always or folder not in fact.conventional))
