"""EN001."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import EnvironmentFact, ValueState
from gatekeeper.model.environment.law import KeyLaw, Need
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, law_line, listed, noted


class KeyMissing(EnvironmentRule):
    """A variable that the policy requires is not declared in the example, or not set where the program runs.

    ## Why it matters

    Whoever copies the example gets a program that stops, or worse, that runs with a hole. An assignment in a comment declares nothing: it is the usual way
    in which a required key gets lost.

    With `--live` or `--env-file` the same is asked of a running environment: there a required variable must have a value.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment:
      keys:
        PORT: {type: integer, required: true}
        APP_ENV: {required: example}
    ```

    ```env path=.env.example
    # PORT=3000
    APP_ENV=local
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment:
      keys:
        PORT: {type: integer, required: true}
        APP_ENV: {required: example}
    ```

    ```env path=.env.example
    PORT=3000
    APP_ENV=local
    ```

    ```js path=src/server.mjs
    export const port = Number(process.env.PORT), stage = process.env.APP_ENV;
    ```

    ```gitignore path=.gitignore
    .env
    ```

    ## References

    - The Twelve-Factor App, III. Config
    """

    info = RuleInfo(code="EN001", name="env-key-missing", severity=Severity.ERROR, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each variable and side on which it is missing; one alone where there is no example."""
        required = fact.required()
        readable = [one for one in fact.examples if not one.problem]
        if readable:
            yield from (found for key in required if (found := self._of_example(key, fact)))
        elif required and not fact.examples:
            yield self._without_example(required)
        if fact.held:
            needed = (key for key in required if key.need is Need.ALWAYS)
            yield from (found for key in needed if (found := self._of_held(key, fact)))

    def _of_example(self, key: KeyLaw, fact: EnvironmentFact) -> Finding | None:
        if any(one.last(key.name) for one in fact.examples):
            return None
        examples = [one for one in fact.examples if not one.problem]
        remedy = f"add `{key.name}=` to {examples[0].path}"
        related = law_line(key.where, "required here")
        for example in examples:
            comment = example.comment(key.name)
            if comment is not None:
                message = f"`{key.name}` is required, but {example.path} has it in a comment alone"
                return self.found(comment.location, message, "take the `#` away", key.name, related)
        message = f"`{key.name}` is required, but {examples[0].path} does not declare it"
        return self.found(Location.whole(examples[0].path), message, remedy, key.name, related)

    def _without_example(self, required: tuple[KeyLaw, ...]) -> Finding:
        names = [key.name for key in required]
        location = next(iter(law_line(required[0].where, "")), Location.whole(".env.example"))
        verb = "is" if len(names) == 1 else "are"
        message = f"{listed(names)} {verb} required, but there is no example file that could declare them"
        return self.found(location, message, "write .env.example, with a line for each", ",".join(names))

    def _of_held(self, key: KeyLaw, fact: EnvironmentFact) -> Finding | None:
        given = [one for held in fact.held if (one := held.last(key.name))]
        if any(one.state is not ValueState.EMPTY for one in given):
            return None
        related = law_line(key.where, "required here")
        readable = [held for held in fact.held if not held.problem]
        if given:
            message = f"`{key.name}` is required, but it is empty"
            return self.found(given[0].location, message, "give it a value", key.name, related)
        if not readable:
            return None
        comment = readable[0].comment(key.name)
        if comment is not None:
            related = (noted(comment.location, "in a comment, which sets nothing"), *related)
        message = f"`{key.name}` is required, but it is not set"
        return self.found(Location.whole(readable[0].path), message, f"set `{key.name}`", key.name, related)
