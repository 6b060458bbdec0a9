"""Options, quoting and findings of the base class."""

from __future__ import annotations

from dataclasses import fields

import pytest

from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Severity
from gatekeeper.model.fix.fix import one_edit
from gatekeeper.model.text import Position, SourceText, Span
from gatekeeper.rules.base import enumerated, quoted
from gatekeeper.rules.evidence.empty import Empty
from gatekeeper.rules.evidence.target_missing import TargetMissing
from gatekeeper.rules.registry import RULES


def test_every_rule_can_be_made_without_options() -> None:
    for rule in RULES:
        assert (rule().options is None) == (rule.Options is None)


def test_options_replace_defaults() -> None:
    assert Empty({"names": ["a.txt"]}).options.names == ("a.txt",)
    assert "__init__.py" in Empty({}).options.names


@pytest.mark.parametrize(
    ("rule", "options", "message", "hint"),
    [
        (Empty, {"name": []}, "EV005 (evidence-empty) has no option `name`", "its options are `names`"),
        (Empty, {"names": "a.txt"}, "option `names` of EV005 is not a list of words", "write `names: [...]`"),
        (Empty, {"names": [1]}, "option `names` of EV005 is not a list of words", "write `names: [...]`"),
        (
            TargetMissing,
            {"b": 1, "a": 2},
            "EV001 (evidence-target-missing) has no options, but `a`, `b` is set",
            "remove the options",
        ),
    ],
)
def test_wrong_options_are_refused(rule, options, message: str, hint: str) -> None:
    with pytest.raises(PolicyError) as caught:
        rule(options)
    assert (caught.value.message, caught.value.hint) == (message, hint)


FIX = one_edit(SourceText("a.md", "one\ntwo\n"), Span(4, 7), "three", "write three", is_safe=True)


def test_a_finding_carries_the_card_and_the_place() -> None:
    finding = TargetMissing().finding(SourceText("a.md", "one\ntwo\n"), Span(4, 7), "m", help="h", subject="s", fix=FIX)
    assert (finding.code, finding.name, finding.severity) == ("EV001", "evidence-target-missing", Severity.ERROR)
    assert (finding.location.path, finding.location.start, finding.location.end) == (
        "a.md",
        Position(2, 1),
        Position(2, 4),
    )
    assert (finding.help, finding.subject, finding.fix, finding.location.excerpt) == ("h", "s", FIX, "two")


def test_quoted_words_stay_on_one_short_line() -> None:
    assert quoted("a\n b\tc") == "`a b c`"
    assert quoted("x" * 120) == "`" + "x" * 120 + "`"
    assert quoted("x" * 121) == "`" + "x" * 60 + " ... " + "x" * 60 + "`"


def test_words_are_enumerated_as_a_sentence_lists_them() -> None:
    assert enumerated(["a"], 1) == "a"
    assert enumerated(["a", "b"], 1) == "a and 1 more"
    assert enumerated(["a", "b"], 3) == "a and b"
    assert enumerated(["a", "b", "c"], 3) == "a, b and c"
    assert enumerated(["a", "b", "c", "d", "e"], 3) == "a, b, c and 2 more"


def test_a_secret_that_is_cut_is_masked_before() -> None:
    assert quoted("ghp_" + "x" * 150) == "`ghp_" + "*" * 56 + " ... " + "*" * 60 + "`"


def test_every_option_says_in_which_direction_it_gets_looser() -> None:
    for rule in RULES:
        for one in fields(rule.Options) if rule.Options is not None else ():
            expected = {"longer"} if isinstance(getattr(rule.Options(), one.name), tuple) else {"higher", "lower"}
            assert one.metadata.get("looser") in expected, f"{rule.info.code}: {one.name}"
