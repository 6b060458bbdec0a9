"""What values are taken for: nothing, a placeholder, a secret, of a type."""

from __future__ import annotations

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.link.environment.values import ValueJudge
from gatekeeper.model.environment.fact import ValueState

LAW = """\
environment:
  keys:
    PORT: {type: integer, minimum: 1, maximum: 100}
    RATE: {type: number, minimum: 0.5}
    FLAG: {type: boolean}
    SITE: {type: url}
    STAGE: {enum: [local, no, 1.10]}
    CODE: {pattern: "[A-Z]{3}"}
    PIER: {secret: true}
    CHART_KEY: {secret: false}
"""


@pytest.fixture(scope="module")
def judge() -> ValueJudge:
    law = read_policy(".gatekeeper.yml", LAW.encode()).environment
    assert law is not None
    return ValueJudge(law)


@pytest.mark.parametrize(
    "value",
    ["<key>", "[key]", "{key}", "${KEY}", "{{ key }}", "your-key", "YOUR_KEY_HERE", "changeme", "change-me-now", "CHANGE_THIS", "xxxx", "XXXXXXXX",
     "****", "sk-...", "replace_with_key", "none", "example-token", "put-it-here", "generate-with-openssl", "0000000000000000", "----------"],
)  # fmt: skip
def test_a_placeholder_stands_for_a_value(judge: ValueJudge, value: str) -> None:
    assert judge.state(value) is ValueState.PLACEHOLDER


@pytest.mark.parametrize("value", ["3000", "true", "on", "no", "1.10", "1", "local", "postgres", "a", "2222", "0"])
def test_a_value_is_one(judge: ValueJudge, value: str) -> None:
    assert judge.state(value) is ValueState.SET


def test_blanks_are_nothing(judge: ValueJudge) -> None:
    assert {judge.state(""), judge.state("  \t")} == {ValueState.EMPTY}


@pytest.mark.parametrize(
    ("name", "value"),
    [("A_TOKEN", "9f1c77e2b04d4b6e9a53d20c8871aa36"), ("A_TOKEN", "sk-proj-Ab3dE5fG7hJ9kLmN1pQ3"), ("A_KEY", "Zx8!kQ2vLm9#pR4tYw6s"),
     ("DATABASE_URL", "postgres://app:s3cr3t@db.harbor.io/x"), ("A_WEBHOOK_URL", "https://u:s3cr3t@hooks.harbor.io"), ("PIER", "gull"),
     ("SIGNING_PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----\nMII"), ("a_token", "9f1c77e2b04d4b6e9a53d20c8871aa36")],
)  # fmt: skip
def test_a_secret_that_looks_real(judge: ValueJudge, name: str, value: str) -> None:
    assert judge.is_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("A_TOKEN", ""), ("A_TOKEN", "your-token"), ("A_PASSWORD", "postgres"), ("A_SECRET", "dev-secret-for-local-use-2024"),
     ("PORT", "9f1c77e2b04d4b6e9a53d20c8871aa36"),
     ("CHART_KEY", "9f1c77e2b04d4b6e9a53d20c8871aa36"), ("DATABASE_URL", "postgres://app:s3cr3t@localhost/x"), ("DATABASE_URL", "postgres://app:s3cr3t@db:5432/x"),
     ("DATABASE_URL", "postgres://app@db.harbor.io/x"), ("DATABASE_URL", "file:./dev.db"), ("DATABASE_URL", "postgres://user:password@db.example.com/x"),
     ("A_PUBLIC_KEY", "9f1c77e2b04d4b6e9a53d20c8871aa36"), ("VITE_MAP_KEY", "9f1c77e2b04d4b6e9a53d20c8871aa36"), ("PIER", "<pier>")],
)  # fmt: skip
def test_what_is_no_secret_or_no_real_one(judge: ValueJudge, name: str, value: str) -> None:
    assert not judge.is_secret(name, value)


@pytest.mark.parametrize(
    ("name", "value", "demands"),
    [("PORT", "0", ["minimum"]), ("PORT", "101", ["maximum"]), ("PORT", "7.5", ["type"]), ("PORT", "+7", []), ("PORT", "12" * 200, ["type"]),
     ("RATE", "0.25", ["minimum"]),
     ("RATE", "1e3", []), ("RATE", "nan", ["type"]), ("RATE", ".5", []), ("FLAG", "OFF", []), ("FLAG", "2", ["type"]), ("SITE", "https://a.test", []),
     ("SITE", "a.test", ["type"]), ("STAGE", "no", []), ("STAGE", "1.10", []), ("STAGE", "1.1", ["enum"]), ("STAGE", "false", ["enum"]), ("CODE", "ABC", []),
     ("CODE", "ABCD", ["pattern"]), ("PORT", "", []), ("PORT", "<port>", []), ("OTHER", "x", [])],
)  # fmt: skip
def test_demands_that_a_value_does_not_meet(judge: ValueJudge, name: str, value: str, demands: list[str]) -> None:
    found = judge.breaches(name, value)
    assert [one.demand for one in found] == demands
    assert not any(len(value) > 3 and value in f"{one.read} {one.expected}" for one in found)
