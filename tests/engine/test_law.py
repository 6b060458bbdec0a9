"""The bytes of a policy file become law, or an error at their line."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gatekeeper.engine.law import read_policy
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Severity
from gatekeeper.policy.policy import Policy


def test_yaml_and_json_are_read_with_the_real_rules() -> None:
    policy = read_policy("p.yml", b"rules:\n  evidence-target-missing: warning\n")
    assert policy.rules["EV001"].severity is Severity.WARNING
    assert [source.name for source in policy.sources] == ["p.yml"]
    assert len(policy.sha256) == 64
    assert read_policy("p.json", b'{"rules": {"EV001": "warning"}}').rules["EV001"].severity is Severity.WARNING


def test_a_byte_order_mark_and_crlf_change_nothing() -> None:
    plain = read_policy("p.yml", b"exclude:\n- a\n")
    marked = read_policy("p.yml", b"\xef\xbb\xbfexclude:\r\n- a\r\n")
    assert marked.exclude == plain.exclude == ("a",)


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        (b"exclude: [a\n", "p.yml:2:1", "not valid YAML"),
        (b"a: 1\na: 2\n", "p.yml:2:1", "stands twice"),
        (b"exclude: [caf\xe9]\n", "p.yml:1:14", "not UTF-8"),
        (b"\0\1\2", "p.yml", "binary"),
        (b"a: &x 1\nb: *x\n", "p.yml:2:4", "alias"),
        (b"[" * 50_000, "p.yml:1:65", "nested deeper"),
        (b"rules: {EV01: off}\n", "p.yml:1:9", "is not a rule"),
        (b"%YAML 9.9\n---\n!!python/object:os.system x\n", "p.yml:1:1", ""),
    ],
)
def test_what_cannot_be_law_is_refused_at_its_place(data: bytes, where: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        read_policy("p.yml", data)
    assert caught.value.where == where
    assert message in caught.value.message
    assert caught.value.hint


def outcome(data: bytes) -> Policy | PolicyError:
    try:
        return read_policy("p.yml", data)
    except PolicyError as error:
        return error


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@example(b"\xff\xfea\0:\0")
@example(b"? [a]\n: 1\n")
def test_any_bytes_are_a_policy_or_an_error_with_a_hint(data: bytes) -> None:
    result = outcome(data)
    assert isinstance(result, Policy) or (result.hint and result.where.startswith("p.yml"))
