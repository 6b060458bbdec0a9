"""Claims in a piece of text: one line a spelling."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gatekeeper.parse.words.claim import Hints, find_claims, find_quantifiers

SUM = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def claims(text: str) -> list[tuple[str, str, dict[str, object]]]:
    """Kind, words and values of each claim in a text, in document order."""
    found = sorted(find_claims(text, 0, len(text)), key=lambda match: match.start)
    return [(match.kind, text[match.start : match.end], dict(match.values)) for match in found]


@pytest.mark.parametrize(
    ("text", "kind", "words", "values"),
    [
        ("now 7/11 passing", "ratio", "7/11 passing", {"numerator": 7, "denominator": 11, "of": "passing"}),
        ("7 of 11 tests passed", "ratio", "7 of 11 tests", {"numerator": 7, "denominator": 11, "of": "tests"}),
        ("Unit tests: 6/6", "ratio", "6/6", {"numerator": 6, "denominator": 6}),
        ("score 5/10", "ratio", "5/10", {"numerator": 5, "denominator": 10}),
        ("Progress: 40%", "percent", "40%", {"percent": 40}),
        ("40% complete", "percent", "40% complete", {"percent": 40, "of": "complete"}),
        ("coverage 87.5%", "percent", "87.5%", {"percent": 87.5, "of": "coverage"}),
        ("91% test coverage", "percent", "91% test coverage", {"percent": 91, "of": "test coverage"}),
        ("100 % passed", "percent", "100 % passed", {"percent": 100, "of": "passed"}),
        ("12 Tests", "tests", "12 Tests", {"count": 12, "of": "tests"}),
        ("12 integration tests", "tests", "12 integration tests", {"count": 12, "of": "integration tests"}),
        ("3 failing tests", "tests", "3 failing tests", {"count": 3, "of": "failing tests"}),
        ("1,234 lines of code", "lines", "1,234 lines of code", {"count": 1234, "of": "lines of code"}),
        ("199 LOC", "lines", "199 LOC", {"count": 199, "of": "loc"}),
        ("0 errors", "count", "0 errors", {"count": 0, "of": "errors"}),
        ("19 total", "count", "19 total", {"count": 19, "of": "total"}),
        ("about ~20 files", "count", "~20 files", {"count": 20, "of": "files"}),
        ("10+ files", "count", "10+ files", {"count": 10, "of": "files"}),
        ("ALL COMPLETE", "all", "ALL COMPLETE", {"of": "", "state": "complete"}),
        ("All tests pass", "all", "All tests pass", {"of": "tests", "state": "pass"}),
        ("all of the stories are done", "all", "all of the stories are done", {"of": "stories", "state": "done"}),
        ("every gate is closed", "all", "every gate is closed", {"of": "gate", "state": "closed"}),
        ("all unit\ntests had passed", "all", "all unit\ntests had passed", {"of": "unit tests had", "state": "passed"}),
        (f"sha256 {SUM}", "digest", SUM, {"sha256": SUM}),
        (f"sha256 {SUM.upper()}", "digest", SUM.upper(), {"sha256": SUM}),
        ("commit 1a2b3c4 fixed it", "commit", "1a2b3c4", {"commit": "1a2b3c4"}),
        ("We merged 1a2b3c4.", "commit", "1a2b3c4", {"commit": "1a2b3c4"}),
        ("4.5/7 complete", "ratio", "4.5/7 complete", {"numerator": 4.5, "denominator": 7, "of": "complete"}),
        ("2 original tasks", "count", "2 original tasks", {"count": 2, "of": "original tasks"}),
        ("**Files Modified:** 11", "figure", "Files Modified:** 11", {"label": "files modified", "count": 11}),
        ("- Total plans completed: 0 (none yet)", "figure", "Total plans completed: 0", {"label": "total plans completed", "count": 0}),
        ("Commits: 1,204", "figure", "Commits: 1,204", {"label": "commits", "count": 1204}),
        ("📁 Files created (15)", "figure", "Files created (15)", {"label": "files created", "count": 15}),
        ("tests: 12", "figure", "tests: 12", {"label": "tests", "count": 12}),
        ("Total: 3\nFiles changed", "figure", "Total: 3", {"label": "total", "count": 3}),
        ("42 passed", "results", "42 passed", {"passed": 42}),
        ("30 passed / 5 failed / 1 skipped", "results", "30 passed / 5 failed / 1 skipped", {"passed": 30, "failed": 5, "skipped": 1}),
        ("3 failures, 2 failed and 1 error", "results", "3 failures, 2 failed and 1 error", {"failed": 5, "errors": 1}),
        ("coverage is 87.5 % now", "percent", "87.5 %", {"percent": 87.5, "of": "coverage"}),
    ],
)  # fmt: skip
def test_a_claim_is_found_with_its_values(text: str, kind: str, words: str, values: dict[str, object]) -> None:
    assert claims(text) == [(kind, words, values)]


@pytest.mark.parametrize(
    "text",
    [
        "6/6", "3/4 cup", "24/7 support", "12/11 passing", "1/0 passing", "2026/01/02 passing", "v1/2 passing", "a/7/11 passing",
        "40%", "140% complete", "Sprint 8 tests", "phase 3 tasks", "1.5 files", "10 + files", "tests: 12-15", "tests: 12 → 15",
            "Phase: 3", "Version: 2", "tests: 1.5", "see (12)", "Chapters of the book that was read aloud: 12", "8.5/10", "score: 8.5/10", "v1.2 failed",
            "all the things", "overall done",
        "deadbeef", "1234567", "abcdefa", "1a2b3c", "x1a2b3c4", "1a2b3c4.txt", f"{SUM}0", "", "words",
    ],
)  # fmt: skip
def test_numbers_and_words_that_claim_nothing(text: str) -> None:
    assert claims(text) == []


def test_what_is_said_of_all_of_a_number_is_no_result_of_a_run() -> None:
    assert claims("all 12 failed") == [("all", "all 12 failed", {"of": "", "state": "failed"})]


def test_the_claims_of_a_sentence_do_not_overlap() -> None:
    text = f"All 12 tests passed, 5/5 tests and 3/4 docs done, 80% coverage, 40 files, {SUM}, 1a2b3c4, done."
    found = list(find_claims(text, 0, len(text)))
    assert [match.kind for match in sorted(found, key=lambda match: match.start)] == [
        "tests", "ratio", "ratio", "percent", "count", "digest", "commit",
    ]  # fmt: skip
    places = sorted((match.start, match.end) for match in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_only_what_stands_between_the_offsets_is_read() -> None:
    text = "7/11 passing | 12 tests | all done"
    assert [text[match.start : match.end] for match in find_claims(text, 15, 24)] == ["12 tests"]


@pytest.mark.parametrize("text", ["All tests passed, EVERY call is done", "İ all tests passed", "none"])
def test_quantifiers_are_found_whatever_their_case_and_where_lower_case_is_longer(text: str) -> None:
    found = find_quantifiers(text)
    assert [text[at : at + 3].lower() for at in found] == ["all", "eve", "all"][: len(found)]
    assert len(found) == {"A": 3, "İ": 1, "n": 0}[text[0]]
    assert list(find_claims(text, 0, len(text), found)) == list(find_claims(text, 0, len(text)))


def test_a_stretch_without_number_and_quantifier_claims_nothing() -> None:
    hints = Hints("| 7/11 | none | all |")
    assert [hints.may_claim(*span) for span in ((0, 6), (6, 13), (13, 20), (3, 4))] == [True, False, True, False]
