"""EN003."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.environment.fact import Declaration, EnvironmentFact, FileRole, ValueState
from gatekeeper.model.environment.law import Need
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.env._rule import EnvironmentRule, law_line


class RequiredWhenUnmet(EnvironmentRule):
    """A variable turns a feature on, and what the feature needs is not there.

    ## Why it matters

    A feature flag is one line, its keys are several. Turned on without them, the program fails on the first request that needs the feature, and not at its
    start.

    In an example it suffices that the variable is declared, as a secret must be empty there. With `--live` or `--env-file` it must have a value.

    ## Bad

    ```yaml path=.gatekeeper.yml
    environment:
      keys:
        OPENAI_API_KEY: {secret: true, required-when: {ENABLE_AI: "true"}}
    ```

    ```env path=.env.example
    ENABLE_AI=true
    ```

    ## Good

    ```yaml path=.gatekeeper.yml
    environment:
      keys:
        OPENAI_API_KEY: {secret: true, required-when: {ENABLE_AI: "true"}}
    ```

    ```env path=.env.example
    ENABLE_AI=true
    OPENAI_API_KEY=
    ```

    ```js path=src/server.mjs
    export const key = process.env.ENABLE_AI === "true" ? process.env.OPENAI_API_KEY : "";
    ```

    ```gitignore path=.gitignore
    .env
    ```
    """

    info = RuleInfo(code="EN003", name="env-required-when-unmet", severity=Severity.ERROR, since="0.1")

    def judge(self, fact: EnvironmentFact) -> Iterator[Finding]:
        """One finding for each variable that a switch makes required and that is missing; those always required are EN001's."""
        declared = {one.name for example in fact.examples for one in example.declarations}
        for example in fact.examples:
            for switch in _counting(example.declarations):
                for name in sorted(switch.switches - declared - _required(fact, FileRole.EXAMPLE)):
                    yield self._unmet(
                        fact, switch, name, "no example file declares it", f"add `{name}=` to {example.path}"
                    )
        held = {name: one for each in fact.held for name, one in _last(each.declarations).items()}
        present = {
            one.name for each in fact.held for one in _counting(each.declarations) if one.state is not ValueState.EMPTY
        }
        for switch in held.values():
            for name in sorted(switch.switches - present - _required(fact, FileRole.GIVEN)):
                yield self._unmet(fact, switch, name, "it is not set", f"set `{name}`, or turn `{switch.name}` off")

    def _unmet(self, fact: EnvironmentFact, switch: Declaration, name: str, absence: str, remedy: str) -> Finding:
        message = f"`{switch.name}` has a value that makes `{name}` required, but {absence}"
        return self.found(
            switch.location, message, remedy, f"{switch.name} {name}", _condition(fact, switch.name, name)
        )


def _required(fact: EnvironmentFact, role: FileRole) -> set[str]:
    """What is required in any case on this side."""
    needs = {Need.ALWAYS} if role is not FileRole.EXAMPLE else {Need.ALWAYS, Need.EXAMPLE}
    return {key.name for key in fact.law.keys if key.need in needs}


def _last(declarations: tuple[Declaration, ...]) -> dict[str, Declaration]:
    return {one.name: one for one in declarations}


def _counting(declarations: tuple[Declaration, ...]) -> list[Declaration]:
    """The assignments that count: the last one of each name."""
    return list(_last(declarations).values())


def _condition(fact: EnvironmentFact, switch: str, name: str) -> tuple[Location, ...]:
    key = fact.law.key(name)
    where = next((one.where for one in key.required_when if one.name == switch), "") if key else ""
    return law_line(where, "required so here")
