"""EV005."""

from __future__ import annotations

from dataclasses import dataclass

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import option, quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule


class Empty(EvidenceRule):
    """Evidence names a file without a single byte, or a folder that holds only such files.

    ## Why it matters

    An empty file proves that somebody meant to write it.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/report.md` |
    ```

    ```md path=docs/report.md
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `docs/report.md` |
    ```

    ```md path=docs/report.md
    12 passed on 2026-02-07
    ```

    ## Options

    - `names`: file names that are empty by their nature. Default: `__init__.py`, `py.typed`, `.gitkeep`, `.keep`, `.nojekyll`.

    ## References

    - EV006, for forms that nobody filled in
    """

    info = RuleInfo(code="EV005", name="evidence-empty", severity=Severity.WARNING, since="0.1")

    @dataclass(frozen=True, slots=True)
    class Options:
        """What a policy may set."""

        names: tuple[str, ...] = option(("__init__.py", "py.typed", ".gitkeep", ".keep", ".nojekyll"), looser="longer")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """What is empty; nothing for files that are meant to be."""
        if all(path.rpartition("/")[2] in self.options.names for path in fact.paths):
            return None
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} holds not a single byte and proves nothing",
            help="write what it is to prove, or take the reference out",
            subject=fact.ref.target,
        )
