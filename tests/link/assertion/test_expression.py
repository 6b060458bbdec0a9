"""The seam to CEL: what is understood, what is refused, what cannot be told."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.assertion.expression import CelEvaluator

ITEM = {"id": None, "status": "done", "refs": ["a", "b"], "title": "Pier"}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("item.status == 'done'", True),
        ("item.refs.exists(one, one == 'c')", False),
        ("item.id == null || item.id.startsWith('A')", True),
        ("item.title.matches('(P+)+ier$')", True),
    ],
)
def test_expressions_are_true_or_false(text: str, verdict: bool) -> None:
    assert CelEvaluator().compile(text, ["item"]).judge({"item": ITEM}) is verdict


@pytest.mark.parametrize(
    "text", ["item.id.startsWith('A')", "item.nothing == 1", "item.title", "item.title.matches('(?=x)')", "1 / 0 == 1"]
)
def test_what_cannot_be_told_says_why_in_one_line(text: str) -> None:
    told = CelEvaluator().compile(text, ["item"]).judge({"item": ITEM})
    assert isinstance(told, str)
    assert told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("item", "text"),
    [({"n": 1 << 80}, "item.n > 1"), ({"title": "\ud800"}, "item.title == 'x'"), ({"n": object()}, "item.n == 1")],
)
def test_values_that_cel_does_not_have_are_no_crash(item: dict, text: str) -> None:
    assert CelEvaluator().compile(text, ["item"]).judge({"item": item}) is not True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("item.status ==", "Syntax error"),
        ("thing.status == 1", "undeclared reference to 'thing"),
        ("size(item)", "it gives int"),
        ("'x'", "it gives string"),
        ("x" * 2000, "longer than 1,000 characters"),
        ("(" * 400 + "true" + ")" * 400, "recursion"),
        ("[1].all(a, [1].all(b, [1].all(c, [1].all(d, [1].all(e, true)))))", "more than 4 loops"),
        (
            "[1].map(a, 'x' + 'x' + 'x' + 'x' + 'x' + 'x' + 'x' + 'x').map(b, b + b).map(c, c + c).map(d, d) == []",
            "adds",
        ),
        ("[1]. /*x*/all(a, true)\ud800", ""),
    ],
)
def test_what_is_no_expression_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        CelEvaluator().compile(text, ["item"])
    assert message in str(caught.value)
    assert len(str(caught.value)) < 200


def test_an_expression_sees_nothing_but_its_values() -> None:
    for text in ("env.HOME == ''", "getenv('HOME') == ''", "now() > timestamp('2020-01-01T00:00:00Z')"):
        with pytest.raises(ValueError, match="undeclared reference"):
            CelEvaluator().compile(text, ["item"])


def test_loops_end_by_themselves() -> None:
    expression = CelEvaluator().compile("item.refs.all(a, item.refs.all(b, a + b != 'x'))", ["item"])
    start = time.process_time()
    assert isinstance(expression.judge({"item": {"refs": ["x"] * 500}}), str)
    assert time.process_time() - start < 1
