"""Examples beside assertions and files of tests."""

from __future__ import annotations

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.engine.trial.example import find_suites, run_suites
from gatekeeper.model.assertion.trial import Outcome, parse_expectation
from gatekeeper.model.errors import GatekeeperError, PolicyError
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree

TODAY = "2026-06-15"
LAW = """\
assertions:
  ACME001:
    name: done-has-owner
    severity: error
    select: {status: done}
    schema: {properties: {owner: {type: string}}}
    examples:
      - name: nobody
        given: {docs/a.md: "| ID | Task | Status | Owner |\\n|---|---|---|---|\\n| A-1 | Mast | Done | |\\n"}
        expect: [EXPECT]
"""
TABLE = "| ID | Task | Status | Evidence |\\n|---|---|---|---|\\n| A-1 | Mast | Done | `gone.md` |\\n"


def outcomes(files: dict[str, str], *paths: str) -> list[Outcome]:
    tree = MemoryTree(files)

    def read(path: str) -> bytes:
        return tree.read(path, 1 << 18)

    own = read_policy(".gatekeeper.yml", read(".gatekeeper.yml"), read) if ".gatekeeper.yml" in files else Policy()
    return list(run_suites(find_suites(tree, own, paths, read), TODAY))


@pytest.mark.parametrize(
    ("expect", "missing", "surplus"),
    [
        ("'docs/a.md:3 ACME001'", (), ()),
        ("'docs/a.md:3:1 error ACME001'", (), ()),
        ("'docs/a.md:3:2 ACME001'", ("docs/a.md:3:2 ACME001",), ("docs/a.md:3:1 error ACME001",)),
        ("'docs/a.md:3 note ACME001'", ("docs/a.md:3 note ACME001",), ("docs/a.md:3:1 error ACME001",)),
        ("'docs/a.md:4 ACME001'", ("docs/a.md:4 ACME001",), ("docs/a.md:3:1 error ACME001",)),
        ("", (), ("docs/a.md:3:1 error ACME001",)),
        ("'docs/a.md:3 ACME001', 'docs/a.md:3 ACME001'", ("docs/a.md:3 ACME001",), ()),
    ],
)
def test_an_example_gives_what_it_expects_and_nothing_else(
    expect: str, missing: tuple[str, ...], surplus: tuple[str, ...]
) -> None:
    (outcome,) = outcomes({".gatekeeper.yml": LAW.replace("EXPECT", expect)})
    assert (outcome.missing, tuple(line for line, _ in outcome.surplus)) == (missing, surplus)
    assert outcome.is_met == (not missing and not surplus)


def test_an_example_holds_whether_its_assertion_is_turned_off_or_not() -> None:
    law = LAW.replace("EXPECT", "'docs/a.md:3 ACME001'") + "rules: {ACME001: off}\n"
    assert outcomes({".gatekeeper.yml": law})[0].is_met


def file_of(extra: str) -> str:
    return f'tests:\n  - name: t\n    given: {{docs/a.md: "{TABLE}"}}\n    {extra}\n'


@pytest.mark.parametrize(
    ("extra", "is_met"),
    [
        ("expect: ['docs/a.md:3 EV001']", True),
        ("expect: []", False),
        ("{only: [EV002], expect: []}", None),
        ("only: [EV002]\n    expect: []", True),
        ("only: [evidence-target-missing]\n    expect: ['docs/a.md:3:24 error EV001']", True),
    ],
)
def test_a_file_of_tests_compares_every_rule_or_some(extra: str, is_met: bool | None) -> None:
    if is_met is None:
        with pytest.raises(PolicyError):
            outcomes({"x.policy-test.yml": file_of(extra)})
        return
    (outcome,) = outcomes({"x.policy-test.yml": file_of(extra)})
    assert outcome.is_met is is_met


def test_a_file_of_tests_names_its_policy_relative_to_itself() -> None:
    law = LAW.replace("EXPECT", "") + "rules: {EV001: warning}\n"
    tests = "policy: law.yml\n" + file_of("expect: ['docs/a.md:3 warning EV001', 'docs/a.md:3 ACME001']")
    (outcome,) = outcomes({"law/law.yml": law, "law/x.policy-test.yml": tests}, "law")
    assert outcome.is_met, outcome
    assert [one.owner for one in outcomes({"law/law.yml": law}, "law/law.yml")] == ["ACME001"]


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("tests: []\ntest: []", "x.policy-test.yml:2:1", '"test" is not a key of a file of tests'),
        ("tests: [{name: a}]", "x.policy-test.yml:1:9", 'a test lacks "given"'),
        (file_of("only: [EV01]\n    expect: []"), "x.policy-test.yml:4:12", '"EV01" is not a rule'),
        (file_of("expect: [EV001]"), "x.policy-test.yml:4:14", "as a finding that is expected"),
        (file_of("today: soon\n    expect: []"), "x.policy-test.yml:4:12", "as a day"),
        ("policy: ../../a.yml\ntests: []", "x.policy-test.yml:1:9", "outside of the repository"),
        ("policy: gone.yml\ntests: []", "gone.yml", "not there"),
    ],
)
def test_a_wrong_file_of_tests_is_told_at_its_line(text: str, where: str, message: str) -> None:
    with pytest.raises(GatekeeperError) as caught:
        outcomes({"x.policy-test.yml": text})
    assert str(caught.value).startswith(where)
    assert message in str(caught.value)


def test_a_line_that_expects_is_read_with_all_its_parts() -> None:
    found = parse_expectation("docs/a b.md:3:5 error ACME001 waived")
    assert found is not None
    assert (found.path, found.line, found.column, found.severity, found.code, found.disposition) == (
        *("docs/a b.md", 3, 5, "error", "ACME001", "waived"),
    )
    assert parse_expectation("docs/a.md ACME001") is None
    assert parse_expectation("docs/a.md:3") is None
