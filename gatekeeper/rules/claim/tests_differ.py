"""CL007."""

from __future__ import annotations

from gatekeeper.model.claim import ClaimBasis, ClaimFact
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.rules.base import quoted
from gatekeeper.rules.claim._refuted import MeasureRule


class TestsDiffer(MeasureRule):
    """A test file does not hold the number of tests that stands beside its name.

    ## Why it matters

    "12 tests" beside a file with four of them says that tests were deleted, or were never written.

    Python test files are read by their syntax; in JavaScript and TypeScript the calls of `it` and `test` are counted. Tests that are made from data
    (`parametrize`, `each`, loops) or inherited make the count a lower bound. All files of a document are told together; a file that has only grown since
    is a note. What a log, an archive or a dated report tells of a former day is left alone.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `tests/test_sign_in.py`, 12 tests |
    ```

    ```py path=tests/test_sign_in.py
    def test_takes_the_right_password(): ...
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status | Evidence |
    |---|---|---|---|
    | 1 | Sign-in | Done | `tests/test_sign_in.py`, 2 tests |
    ```

    ```py path=tests/test_sign_in.py
    def test_takes_the_right_password(): ...
    def test_refuses_the_wrong_password(): ...
    ```

    ## References

    - EV010, for tests that are named
    """

    __test__ = False  # pytest must not collect it

    info = RuleInfo(code="CL007", name="tests-differ", severity=Severity.WARNING, since="0.1")
    basis = ClaimBasis.TESTS

    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The claim, with the count of today."""
        count = fact.found["count"]
        return self.finding(
            document.source,
            fact.claim.span,
            f"{quoted(fact.claim.text)} here, but {quoted(fact.target)} holds {count} test{'' if count == 1 else 's'}",
            help="correct the number, or bring back the tests",
            subject=f"{fact.target} {fact.claim.text}",
        )
