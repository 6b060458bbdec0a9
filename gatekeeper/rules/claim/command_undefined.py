"""CL008."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import ClaimRule


class CommandUndefined(ClaimRule):
    """A command is said to have passed, or proves what is done, that no file of the repository defines.

    ## Why it matters

    "`npm run ci` passed" is evidence that everyone can repeat, unless there is no script `ci`.

    `npm run`, `pnpm run`, `yarn`, `bun run`, `make`, `just`, `tox -e` and `nox -s` are looked up in every package.json, Makefile, justfile, tox.ini and
    noxfile.py that is tracked. Where there is none of the kind, or it takes its targets from elsewhere (`include`, `import`), nothing is said.

    ## Bad

    ```md path=docs/gate.md
    # Gate evidence

    - [x] `npm run ci` passed
    ```

    ```json path=package.json
    {"scripts": {"test": "node --test"}}
    ```

    ## Good

    ```md path=docs/gate.md
    # Gate evidence

    - [x] `npm run test` passed
    ```

    ```json path=package.json
    {"scripts": {"test": "node --test"}}
    ```

    ## References

    - EV001, when a script file itself is missing
    """

    info = RuleInfo(code="CL008", name="command-undefined", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.COMMAND

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The command, with what is missing."""
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(fact.target)} cannot be repeated: {quoted(str(fact.found['name']))} is no {fact.found['what']} in this repository",
            help="name the command as it is defined today, or define it",
            subject=fact.target,
        )
