"""EV010."""

from __future__ import annotations

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._verdict import EvidenceRule


class NamedTestMissing(EvidenceRule):
    """Evidence names a test that does not stand in the file it is said to be in.

    ## Why it matters

    The file exists and its tests may pass, but the one that was to prove the item was renamed, removed or never written.

    Blanks, letter case, `...` and titles that are filled in when the test runs are understood; only files that look like tests are searched.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `tests/test_sign_in.py` (`refuses a wrong password`) |
    ```

    ```py path=tests/test_sign_in.py
    def test_takes_the_right_password(): ...
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `tests/test_sign_in.py` (`test_takes_the_right_password`) |
    ```

    ```py path=tests/test_sign_in.py
    def test_takes_the_right_password(): ...
    ```

    ## References

    - EV001, when the file itself is missing
    """

    info = RuleInfo(code="EV010", name="evidence-test-missing", severity=Severity.WARNING, since="0.1")

    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """The tests that are not there, at the place of the first."""
        names = fact.missing_tests
        first = next((test.span for test in fact.ref.tests if test.name in names), fact.ref.span)
        what = "test" if len(names) == 1 else "tests"
        return self.finding(
            document.source,
            first,
            f"{quoted(fact.paths[0])} does not contain the {what} {', '.join(quoted(name) for name in names)} that the evidence names",
            help="name the test as it is called today, or write it",
            subject=f"{fact.ref.target} {names[0]}",
        )
