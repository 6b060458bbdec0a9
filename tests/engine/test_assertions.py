"""Assertions in a run: where their findings stand, what counts for them as for any rule, and what harm is refused."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress

import pytest

from gatekeeper.engine.exemptions import TrustedBase
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.report import Report
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree

LAW = ".gatekeeper.yml"
TODAY = "2026-06-15"
PLAN = """\
# Plan

| ID | Task | Status | Owner | Gate | Evidence |
|---|---|---|---|---|---|
| P-1 | Pier light | Done | ines | Gate 1 | `docs/plan.md` |
| P-2 | Crane | Done | | Gate 1 | `docs/gone.md` |
| P-3 | Slipway | In progress | mia | Gate 2 | |
| P-4 | Buoys | In progress | mia | Gate 2 | |

All 4 tasks are listed above.
"""
OWNER = """\
assertions:
  ACME001:
    name: done-has-owner
    message: "{id} ({title}) is done by nobody"
    severity: error
    select: {status: done}
    schema: {properties: {owner: {type: string}}}
"""


def law(text: str, **others: str) -> Policy:
    files = {f"{name}.yml": other.encode() for name, other in others.items()}
    return read_policy(LAW, text.encode(), lambda path: files[path])


def run(text: str, files: dict[str, str] | None = None, paths: tuple[str, ...] = (), **others: str) -> Report:
    tree = MemoryTree({"docs/plan.md": PLAN, **(files or {})})
    return check(tree, RunSettings(paths=paths, today=TODAY, policy=law(text, **others)))


def own(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if len(finding.code) > 5]


def lines(report: Report) -> list[str]:
    return [f"{one.location.path}:{one.location.start.line} {one.severity} {one.code}" for one in own(report)]


def test_a_finding_stands_at_the_item_and_leads_to_the_policy() -> None:
    report = run(OWNER)
    (finding,) = own(report)
    assert lines(report) == ["docs/plan.md:6 error ACME001"]
    assert finding.message == "`P-2` (`Crane`) is done by nobody: `owner` is not given, expected a string"
    (place,) = finding.related
    assert (place.path, place.start.line, place.message) == (LAW, 2, "assertion `done-has-owner`")
    card = next(info for info in report.rules if info.code == "ACME001")
    assert (card.name, card.severity.value, card.summary) == (
        "done-has-owner",
        "error",
        "{id} ({title}) is done by nobody",
    )
    assert "## Schema" in card.page


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ("{}", [5, 6, 7, 8]),
        ("{status: [done, blocked]}", [5, 6]),
        ("{kind: story}", []),
        ("{id: '^P-[12]$', owner: i}", [5]),
        ("{gate: '2'}", [7, 8]),
        ("{title: '(?i)pier|crane'}", [5, 6]),
        ("{path: docs/}", [5, 6, 7, 8]),
        ("{path: [other/]}", []),
        ("{document: checklist}", []),
        ("{what: evidence, state: missing}", [6]),
        ("{what: evidence, status: done, id: P-1}", [5]),
        ("{what: evidence, target: 'plan'}", [5]),
        ("{what: document}", [1]),
        ("{what: document, title: Plan}", [1]),
        ("{what: claim, kind: [count, ratio, all]}", [10]),
        ("{what: entry}", []),
    ],
)
def test_a_selector_means_what_it_names(select: str, expected: list[int]) -> None:
    report = run(f"assertions: {{ACME001: {{name: a, select: {select}, schema: false}}}}")
    assert [finding.location.start.line for finding in own(report)] == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("{max: 1}", ["docs/plan.md:6"]),
        ("{max: 2}", []),
        ("{min: 3}", [f"{LAW}:1"]),
        ("{min: 1, per: gate}", ["docs/plan.md:7"]),
        ("{max: 1, per: gate}", ["docs/plan.md:6"]),
        ("{min: 1, max: 2, per: document}", []),
        ("{max: 0, per: owner}", ["docs/plan.md:5"]),
    ],
)
def test_things_are_counted_all_together_or_in_groups(count: str, expected: list[str]) -> None:
    report = run(f"assertions: {{ACME001: {{name: a, select: {{status: done}}, count: {count}}}}}")
    assert [f"{one.location.path}:{one.location.start.line}" for one in own(report)] == expected


def test_a_part_of_the_tree_does_not_tell_what_is_missing_in_all() -> None:
    text = "assertions: {ACME001: {name: a, select: {id: Z}, count: {min: 1}}}"
    assert own(run(text))
    assert not own(run(text, paths=("docs/plan.md",)))


def test_what_cannot_be_told_is_a_warning_and_says_why() -> None:
    text = "assertions: {ACME001: {name: a, severity: error, cel: item.owner.startsWith('i')}}"
    found = own(run(text))
    assert [(one.location.start.line, one.severity.value) for one in found] == [
        (6, "warning"),
        (7, "error"),
        (8, "error"),
    ]
    assert "it cannot be told whether `item.owner.startsWith('i')`" in found[0].message


def test_severities_by_path_waivers_and_the_baseline_know_the_code() -> None:
    waiver = "- {rule: done-has-owner, item: P-2, reason: a strike, owner: mia, expires: 2026-07-01}\n"
    assert lines(run(f"{OWNER}rules: {{ACME001: note}}")) == ["docs/plan.md:6 note ACME001"]
    assert lines(run(f"{OWNER}rules: {{done-has-owner: off}}")) == []
    assert lines(run(f"{OWNER}rules: {{ACME001: {{paths: {{docs/: warning}}}}}}")) == ["docs/plan.md:6 warning ACME001"]
    report = run(OWNER, {"waivers.yml": waiver})
    assert [one.disposition for one in own(report)] == [Disposition.WAIVED]
    assert not [one for one in report.findings if one.code.startswith("WV")]


def test_a_change_that_turns_an_assertion_off_or_alters_it_is_told() -> None:
    before = law(OWNER)
    for change in (
        f"{OWNER}rules: {{ACME001: off}}\n",
        OWNER.replace("severity: error", "severity: note"),
        OWNER.replace("status: done", "status: cancelled"),
        "rules: {}\n",
    ):
        tree = MemoryTree({"docs/plan.md": PLAN, LAW: change})
        settings = RunSettings(today=TODAY, policy=before, trusted=TrustedBase("main", MemoryTree({}), law(change)))
        found = check(tree, settings).findings
        assert any(one.code.startswith("PO") for one in found), change
        assert any(one.code == "ACME001" for one in found)
    examples = OWNER + "    examples: [{name: x, given: {a.md: x}, expect: []}]\n"
    settings = RunSettings(today=TODAY, policy=before, trusted=TrustedBase("main", MemoryTree({}), law(examples)))
    found = check(MemoryTree({"docs/plan.md": PLAN, LAW: examples}), settings).findings
    assert not [one for one in found if one.code.startswith("PO")]


def test_a_pack_brings_assertions_with_parameters_and_a_later_layer_wins() -> None:
    pack = OWNER.replace("status: done", "status: '${status}'") + "params: {status: {default: done}}\n"
    assert lines(run("extends: a.yml", a=pack)) == ["docs/plan.md:6 error ACME001"]
    assert lines(run("extends: a.yml\nparams: {status: queued}", a=pack)) == []
    assert lines(run("extends: a.yml\nrules: {ACME001: note}", a=pack)) == ["docs/plan.md:6 note ACME001"]
    again = OWNER.replace("severity: error", "severity: note")
    assert lines(run(f"extends: a.yml\n{again}", a=pack)) == ["docs/plan.md:6 note ACME001"]


def test_without_the_extra_an_expression_is_a_fault_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    with pytest.raises(PolicyError) as caught:
        law("assertions: {ACME001: {name: a, cel: 'true'}}")
    assert caught.value.where == f"{LAW}:1:33"
    assert "cel-expr-python" in caught.value.message
    assert "pip install 'gatekeeper-docs[cel]'" in caught.value.hint
    law("assertions: {ACME001: {name: a, schema: true}}")


def test_no_environment_reaches_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HARBOR_SECRET", "s3cr3t-value")
    text = """\
assertions:
  ACME001:
    name: a
    message: "$HARBOR_SECRET %HARBOR_SECRET% {title}"
    cel: item.title != "$HARBOR_SECRET" && false
    examples: [{name: x, given: {a.md: "$HARBOR_SECRET"}, expect: []}]
"""
    report = run(text)
    assert own(report)
    assert "s3cr3t-value" not in repr(report)


def nested(depth: int) -> str:
    return "{not: " * depth + "{}" + "}" * depth


HOSTILE = {
    "a pattern that backtracks": "select: {title: '(a+)+\\1$'}, schema: true",
    "a pattern that grows": "select: {title: '((((a{100}){100}){100}){100})'}, schema: true",
    "a deep schema": f"schema: {nested(150)}",
    "a schema from the network": "schema: {$ref: 'https://example.org/x.json'}",
    "a schema from a file": "schema: {allOf: [{$ref: 'file:///etc/passwd'}]}",
    "a pattern in a schema": "schema: {properties: {title: {pattern: '(?!x)'}}}",
    "a deep expression": f"cel: '{'(' * 300}true{')' * 300}'",
    "a long expression": f"cel: '{'true && ' * 5000}true'",
    "many loops": "cel: '[1].all(a, [1].all(b, [1].all(c, [1].all(d, [1].all(e, true)))))'",
    "texts that grow": "cel: '[\"x\"].map(a, a + a + a + a + a + a + a + a + a).map(a, a + a).map(a, a + a).map(a, a + a) == []'",
    "an unknown placeholder": "message: '{__class__}', schema: true",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_harm_is_refused_when_it_is_read_in_under_a_second(name: str) -> None:
    law("assertions: {ACME001: {name: a, cel: 'true', schema: true}}")
    start = time.process_time()
    with pytest.raises(PolicyError) as caught:
        law(f"assertions: {{ACME001: {{name: a, {HOSTILE[name]}}}}}")
    assert time.process_time() - start < 1
    assert caught.value.where.startswith(f"{LAW}:1:")
    assert caught.value.hint


MANY = "| ID | Task | Status |\n|---|---|---|\n" + "".join(f"| X-{n} | Buoy {n} | Done |\n" for n in range(3_000))
REFS = "| ID | Task | Status | Needs |\n|---|---|---|---|\n| X-1 | Buoy | Done | " + ", ".join(
    f"X-{n}" for n in range(900)
)
COSTLY = {
    "an expression over itself": "cel: 'item.refs.all(a, item.refs.all(b, item.refs.all(c, a + b != c)))'",
    "a schema of many steps": "schema: {$defs: {a: {allOf: [{$ref: '#/$defs/b'}, {$ref: '#/$defs/b'}]}, b: {allOf: [{$ref: '#/$defs/c'}, "
    "{$ref: '#/$defs/c'}]}, c: {allOf: [{$ref: '#/$defs/d'}, {$ref: '#/$defs/d'}]}, d: {allOf: [{$ref: '#/$defs/e'}, {$ref: '#/$defs/e'}]}, "
    "e: {allOf: [{$ref: '#/$defs/f'}, {$ref: '#/$defs/f'}]}, f: {allOf: [{$ref: '#/$defs/g'}, {$ref: '#/$defs/g'}]}, g: {allOf: [{$ref: '#/$defs/h'}, "
    "{$ref: '#/$defs/h'}]}, h: {allOf: [true, true]}}, $ref: '#/$defs/a'}",
    "a schema without end": "schema: {$defs: {a: {$ref: '#/$defs/a'}}, $ref: '#/$defs/a'}",
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_costs_too_much_over_many_items_is_stopped(name: str) -> None:
    policy = law(f"assertions: {{ACME001: {{name: a, {COSTLY[name]}}}}}")
    tree = MemoryTree({"docs/many.md": f"# Tracker\n\n{MANY}", "docs/refs.md": f"# Tracker\n\n{REFS} |\n"})
    plain = cost(tree, law("assertions: {ACME001: {name: a, schema: true}}"))
    with pytest.raises(PolicyError, match="too many steps"):
        check(tree, RunSettings(today=TODAY, policy=policy))
    assert cost(tree, policy) - plain < 1


def test_what_is_cheap_is_held_over_many_items() -> None:
    text = "assertions: {ACME001: {name: a, cel: \"item.refs.all(one, one != 'zz') && item.status == 'done'\", schema: {required: [id]}}}"
    report = check(MemoryTree({"docs/many.md": f"# Tracker\n\n{MANY}"}), RunSettings(today=TODAY, policy=law(text)))
    assert not own(report)


def cost(tree: MemoryTree, policy: Policy) -> float:
    start = time.process_time()
    with suppress(PolicyError):
        check(tree, RunSettings(today=TODAY, policy=policy))
    return time.process_time() - start
