"""The section `contracts`: every fault has its place and remedy, and entries become contracts."""

from __future__ import annotations

import pytest

from gatekeeper.engine.law import policy_of_pack, read_policy
from gatekeeper.model.contract.law import CONTRACT_RULES, Contract, Direction, Extractor, PathBase, Selector
from gatekeeper.model.errors import PolicyError
from gatekeeper.rules.contract import ContractRule
from gatekeeper.rules.registry import RULES


def read(text: str) -> tuple[Contract, ...]:
    return read_policy("law.yml", text.encode()).contracts


def test_an_entry_becomes_a_contract() -> None:
    first, second, third = read(
        "contracts:\n"
        "  a: {file: a.md, table: T, tightens: {columns: {X: up, Y: down}}, severity: note, message: m}\n"
        "  b: {file: b.json, data: '', includes: [1, {k: v}], rule: AI002, path-exists: beside}\n"
        "  c: {file: c.py, union: U, same-as: [{file: a.md, table: T, column: C}], within: [{file: '', list: L}], schema: true}\n"
    )
    assert first.selector == Selector("a.md", Extractor.TABLE, "T")
    assert first.tightens is not None
    assert first.tightens.columns == {"X": Direction.UP, "Y": Direction.DOWN}
    assert (first.severity, first.message, first.where) == ("note", "m", "law.yml:2:3")
    assert (second.includes, second.rule, second.path_exists) == ((1, ("k", "v")), "AI002", PathBase.BESIDE)
    assert third.same_as == (Selector("a.md", Extractor.TABLE, "T", "C"),)
    assert (third.within, third.schema) == ((), True)


@pytest.mark.parametrize(
    "entry",
    [
        "{file: '', constant: A, schema: true}",
        "{file: a.py, constant: '', schema: true}",
        "{file: a.py, constant: A, includes: []}",
        "{file: a.py, constant: A, same-as: [{file: '', list: L}]}",
    ],
)
def test_what_is_left_empty_is_out_of_force(entry: str) -> None:
    assert read(f"contracts:\n  a: {entry}\n") == ()


@pytest.mark.parametrize(
    ("entry", "place", "told"),
    [
        ("{file: a.py, schema: true}", "2:6", "expected one of data, constant"),
        ("{file: a.py, constant: A, union: B, schema: true}", "2:6", '"constant" and "union"'),
        ("{constant: A, schema: true}", "2:6", 'lacks "file"'),
        ("{file: a.py, constant: A}", "2:6", "demands nothing"),
        ("{file: a.py, constnat: A, schema: true}", "2:19", "constnat"),
        ("{file: ../a.py, constant: A, schema: true}", "2:13", "from the root"),
        ("{file: a.py, constant: A, schema: 3}", "2:40", "as a JSON Schema"),
        ("{file: a.py, constant: A, schema: true, rule: EV001}", "2:52", "the rule of a contract"),
        ("{file: a.json, data: limits, schema: true}", "2:27", "JSON pointer"),
        ("{file: a.md, sections: 7, includes: [a]}", "2:29", "1 to 6"),
        ("{file: a.md, list: L, column: C, includes: [a]}", "2:36", '"column" needs a "table"'),
        ("{file: a.md, list: L, tightens: {}}", "2:38", '"tightens" needs a "table"'),
        ("{file: a.md, table: T, tightens: {columns: {X: sideways}}}", "2:53", "a direction"),
        ("{file: a.py, constant: A, path-exists: false}", "2:45", "relative to"),
        ("{file: a.py, constant: A, includes: [{a: 1, b: 2}]}", "2:43", "one key"),
        ("{file: a.py, constant: A, same-as: []}", "2:41", "entries or more"),
    ],
)
def test_every_fault_has_its_place(entry: str, place: str, told: str) -> None:
    with pytest.raises(PolicyError) as error:
        read(f"contracts:\n  a: {entry}\n")
    assert error.value.where == f"law.yml:{place}"
    assert told in error.value.message
    assert error.value.hint


@pytest.mark.parametrize("schema", ["{$ref: 'https://example.com/a.json'}", "{pattern: '(?=x)'}", "{type: nubmer}"])
def test_a_schema_that_is_not_taken_is_told_at_its_contract(schema: str) -> None:
    with pytest.raises(PolicyError, match="the schema of contract `a`") as error:
        read(f"contracts:\n  a: {{file: a.py, constant: A, schema: {schema}}}\n")
    assert error.value.where == "law.yml:2:3"


def test_the_pack_says_what_it_needs_and_takes_it() -> None:
    with pytest.raises(PolicyError, match="observability"):
        policy_of_pack("ai-runtime", [])
    given = {
        "observability": "src/a: b.ts",
        "playbook": "docs/p.md",
        "thresholds": "LIMITS",
        "threshold-keys": "[a, b]",
        "alert-codes": "[c]",
        "runbook": "RUNBOOK",
        "taxonomy-items": "[d]",
    }
    contracts = {one.name: one for one in policy_of_pack("ai-runtime", list(given.items())).contracts}
    assert list(contracts) == [
        "ai-thresholds",
        "ai-alert-codes",
        "ai-runbook",
        "ai-playbook-sections",
        "ai-failure-taxonomy",
    ]
    limits = contracts["ai-thresholds"]
    assert limits.selector.file == "src/a: b.ts"
    assert isinstance(limits.schema, dict)
    assert limits.schema["required"] == ["a", "b"]
    assert limits.where.startswith("pack:ai-runtime:")


def test_the_rules_that_a_contract_may_name_are_those_that_take_contracts() -> None:
    takers = {rule.info.code for rule in RULES if issubclass(rule, ContractRule)}
    assert set(CONTRACT_RULES) == takers - {"SC002", "SC003"}
