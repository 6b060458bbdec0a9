"""EN004."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, law_line


class SecretInExample(EnvironmentRule):
    """A secret in an example file has a value that seems to be a real one.

    ## Why it matters

    An example is committed and copied. A key that stands in it is known to everybody who can read the repository, today and in its history, and has to be
    changed wherever it is used. In a comment it is just as readable.

    Where the policy says `secret: true`, every value but a placeholder is reported. Where only the name says so (`*_TOKEN`, `*PASSWORD*` ...), the value must
    look like a key that a machine made, or be the password of an address that is not on one's own machine: `POSTGRES_PASSWORD=postgres` is no secret.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    MAIL_API_KEY=9f1c77e2b04d4b6e9a53d20c8871aa36
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment: {}
    ```

    ```env path=.env.example
    MAIL_API_KEY=your-key-here
    POSTGRES_PASSWORD=postgres
    ```

    ```js path=src/mail.mjs
    export const key = process.env.MAIL_API_KEY, password = process.env.POSTGRES_PASSWORD;
    ```

    ```gitignore path=.gitignore
    .env
    ```
    """

    info = RuleInfo(code="EN004", name="env-secret-in-example", severity=Severity.ERROR, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each assignment, in comments too."""
        for example in fact.examples:
            for one in (*example.declarations, *example.commented):
                if one.is_secret:
                    key = fact.law.key(one.name)
                    related = law_line(key.place_of("secret"), "secret by this line") if key and key.secret else ()
                    message = f"`{one.name}` is secret and has a value that is no placeholder"
                    remedy = "leave the value empty, and change the secret where it is used: history keeps this one"
                    yield self.found(one.location, message, remedy, one.name, related)
