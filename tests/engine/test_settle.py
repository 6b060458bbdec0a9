"""Settled findings: in order, once each, with an identity that moving lines does not change."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.engine.settle import settle
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.text import Position, SourceText, Span


def finding(
    text: str, word: str, *, code: str = "EV001", path: str = "a.md", subject: str = "x", message: str = "gone"
) -> Finding:
    start = text.index(word)
    place = Location.at(SourceText(path, text), Span(start, start + len(word)))
    return Finding(code, "evidence-target-missing", Severity.ERROR, message, place, subject=subject)


def prints(*findings: Finding) -> list[str]:
    return [settled.fingerprint for settled in settle(findings)]


def test_order_is_path_line_column_code() -> None:
    text = "one two\nthree\n"
    wanted = [
        finding(text, "one", path="a.md"),
        finding(text, "two", path="a.md", code="DC001"),
        finding(text, "two", path="a.md", code="EV001"),
        finding(text, "three", path="a.md", code="AI001"),
        finding(text, "one", path="b.md"),
    ]
    shuffled = random.Random(7).sample(wanted, len(wanted))
    settled = settle(shuffled)
    assert [(f.location, f.code) for f in settled] == [(f.location, f.code) for f in wanted]
    assert settle(wanted) == settled


def test_lines_are_ordered_as_numbers() -> None:
    text = "\n" * 8 + "nine\nten\n"
    assert [f.location.start.line for f in settle([finding(text, "ten"), finding(text, "nine")])] == [9, 10]


def test_the_same_finding_twice_is_one_but_another_message_is_another() -> None:
    same = finding("one", "one")
    assert len(settle([same, same, finding("one", "one", message="other")])) == 2


def test_fingerprint_holds_when_lines_move_and_blanks_change() -> None:
    before = prints(finding("| 01 | `gone.py` |\n", "gone.py"))
    assert prints(finding("# New\n\ntext\n|  01  |   `gone.py`   |\n", "gone.py")) == before


def test_fingerprint_holds_when_only_line_numbers_in_the_line_change() -> None:
    before = prints(finding("see `a.py:12-40` and `b.py#L3-L9`", "a.py"))
    assert prints(finding("see `a.py:13-41` and `b.py#L4`", "a.py")) == before
    assert prints(finding("see `a.py:12` and `c.py#L3-L9`", "a.py")) != before


def test_fingerprint_tells_code_path_subject_and_text_apart() -> None:
    text = "one two"
    variants = [
        finding(text, "one"),
        finding(text, "one", code="EV002"),
        finding(text, "one", path="b.md"),
        finding(text, "one", subject="y"),
        finding("one three", "one"),
    ]
    assert len({prints(variant)[0] for variant in variants}) == len(variants)


def test_equal_findings_in_one_line_are_told_apart_by_their_order() -> None:
    text = "a.py and once more: a.py"
    first, second = finding(text, "a.py"), finding(text, "more: a.py")
    pair = prints(first, second)
    assert len(set(pair)) == 2
    assert pair[0] == prints(first)[0]
    assert prints(second, first) == pair


def test_a_path_with_undecodable_bytes_has_a_fingerprint() -> None:
    assert len(prints(finding("one", "one", path="bad\udcff.md"))[0]) == 64


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.integers(1, 4), st.sampled_from("xy")), max_size=12
    )
)
def test_order_and_fingerprints_do_not_depend_on_the_order_of_arrival(rows: list[tuple[str, int, int, str]]) -> None:
    found = [
        Finding(
            code, code, Severity.NOTE, message, Location("p", Position(line, column), Position(line, column), "row")
        )
        for code, line, column, message in rows
    ]
    settled = settle(found)
    assert settle(reversed(found)) == settled
    assert len({f.fingerprint for f in settled}) == len(settled) == len(set(rows))


def test_many_findings_in_one_long_line_take_no_square_time() -> None:
    excerpt = "x:1 " * 25_000
    found = [
        Finding(
            "EV001", "n", Severity.NOTE, "m", Location("p", Position(1, at), Position(1, at), excerpt), subject=str(at)
        )
        for at in range(1, 2_001)
    ]
    assert len({f.fingerprint for f in settle(found)}) == 2_000
