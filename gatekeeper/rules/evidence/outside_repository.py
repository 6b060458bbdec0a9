"""EV003."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact, Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule

_HOME = re.compile(r"(?:[A-Za-z]:)?[\\/]{1,2}(?:Users|home)[\\/]{1,2}[^\\/]+")
_RELATED_LIMIT = 20


class OutsideRepository(EvidenceRule):
    r"""Evidence lies outside the repository: on somebody's machine, or above its root.

    ## Why it matters

    `C:\Users\me\report.pdf`, `/tmp/run.log` and `../../notes.md` open for one person at most, and nothing ties them to a commit.

    It is an error where the item is done, else a warning; a place where programs keep their data (`/var/lib/x`, `~/.config/x`) counts for done items alone.

    Paths below one person's home are one finding for a document, at the first of them.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `/tmp/sign-in/results.txt` |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `test-evidence/sign-in/results.txt` |
    ```

    ```txt path=test-evidence/sign-in/results.txt
    12 passed
    ```

    ## References

    - CWE-22, path traversal: gatekeeper never opens such a path
    """

    info = RuleInfo(code="EV003", name="evidence-outside-repository", severity=Severity.ERROR, since="0.1")
    is_weighed = True

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each reference; those that lie below one home are one, with the others as related places."""
        below: dict[str, list[Finding]] = {}
        for finding in super().check(document, project):
            home = _HOME.match(finding.subject)
            below.setdefault(home[0] if home else str(finding.location.start), []).append(finding)
        for first, *others in below.values():
            places = tuple(replace(one.location, message="another one") for one in others)
            more = f"; {len(others)} more do, below the same home" if others else ""
            yield replace(first, message=f"{first.message}{more}", related=places[:_RELATED_LIMIT])

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """What was written, and that no reader can follow it."""
        return self.finding(
            document.source,
            fact.ref.span,
            f"evidence {quoted(fact.ref.target)} lies outside the repository, where no other reader can open it",
            help="bring the file into the repository, or give a URL that the readers can open",
            subject=fact.ref.target,
        )
