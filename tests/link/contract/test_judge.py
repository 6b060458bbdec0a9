"""The judge: patterns by RE2, nothing from elsewhere, and what nobody knows is never met."""

from __future__ import annotations

import time

import pytest

from gatekeeper.link.contract.code.python.file import PythonFile
from gatekeeper.link.contract.demand.fault import find_schema_fault
from gatekeeper.link.contract.demand.judge import COMPUTED, TooCostlyError, object_to
from gatekeeper.link.contract.files import Code
from gatekeeper.model.data import DataNode
from gatekeeper.model.text import SourceText


def node(text: str) -> DataNode:
    code: Code = PythonFile(SourceText("a.py", f"A = {text}\n"))
    found = code.constant("A")
    assert found is not None
    return found


def words(schema: dict[str, object] | bool, text: str) -> list[tuple[str, str]]:
    return [
        (one.word, ".".join([*map(str, one.path), one.subject]).strip(".")) for one in object_to(schema, node(text))
    ]


def test_every_objection_is_told_at_its_path() -> None:
    schema: dict[str, object] = {
        "required": ["a", "b"],
        "additionalProperties": False,
        "properties": {"c": {"type": "integer", "minimum": 3}, "d": {"items": {"pattern": "^x"}}},
    }
    assert sorted(words(schema, "{'c': 2, 'd': ['x', 'y'], 'e': 1}")) == [
        ("additionalProperties", "e"),
        ("minimum", "c"),
        ("pattern", "d.1"),
        ("required", "a"),
        ("required", "b"),
    ]
    assert words(False, "1") != []
    assert words(True, "1") == []


@pytest.mark.parametrize(
    ("schema", "text", "expected"),
    [
        ({"type": "number"}, "f()", [(COMPUTED, "")]),
        ({"minimum": 1}, "f()", [(COMPUTED, "")]),
        ({}, "f()", []),
        ({"required": ["a"]}, "{**x}", [(COMPUTED, "")]),
        ({"required": ["a"]}, "{**x, 'a': 1}", []),
        ({"properties": {"a": {"maximum": 1}}}, "{**x, 'a': 2}", [("maximum", "a")]),
        ({"properties": {"b": {"maximum": 1}}}, "{**x, 'a': 2}", [(COMPUTED, "")]),
        ({"additionalProperties": {"type": "string"}}, "{**x, 'a': 'b'}", [(COMPUTED, "")]),
        ({"maxProperties": 3}, "{**x}", [(COMPUTED, "")]),
        ({"items": {"type": "string"}}, "['a', *x]", [(COMPUTED, "")]),
        ({"minItems": 1}, "['a', *x]", []),
        ({"minItems": 2}, "['a', *x]", [(COMPUTED, "")]),
        ({"contains": {"const": "a"}}, "['a', *x]", []),
        ({"contains": {"const": "b"}}, "['a', *x]", [(COMPUTED, "")]),
        ({"not": {"required": ["a"]}}, "{**x}", [(COMPUTED, "")]),
        ({"oneOf": [{"type": "object"}, {"type": "string"}]}, "{'a': f()}", [(COMPUTED, "")]),
        ({"anyOf": [{"type": "object"}, {"type": "string"}]}, "{'a': f()}", []),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, "{**x}", [(COMPUTED, "")]),
        ({"$ref": "#/$defs/n", "$defs": {"n": {"type": "number"}}}, "f()", [(COMPUTED, "")]),
        ({"uniqueItems": True}, "[1, f()]", [(COMPUTED, "")]),
        ({"dependentRequired": {"a": ["b"]}}, "{'a': 1}", [("dependentRequired", "b")]),
        ({"patternProperties": {"^n": {"type": "integer"}}}, "{'n1': 'x', 'm': 'x'}", [("type", "n1")]),
    ],
)
def test_what_is_not_known_is_never_met(schema: dict[str, object], text: str, expected: list[tuple[str, str]]) -> None:
    assert words(schema, text) == expected


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"$ref": "https://example.com/schema.json"}, "leads out"),
        ({"properties": {"a": {"$ref": "other.json"}}}, "at /properties/a"),
        ({"$dynamicRef": "file:///etc/passwd"}, "leads out"),
        ({"$id": "https://example.com/"}, "$id"),
        ({"items": {"$schema": "http://json-schema.org/draft-07/schema#"}}, "$schema"),
        ({"pattern": "(?=a)b"}, "RE2"),
        ({"patternProperties": {"(a)\\1": {}}}, "RE2"),
        ({"type": "nubmer"}, "at /type"),
        ({"required": "a"}, "at /required"),
        ({"unevaluatedProperties": False, "patternProperties": {"a": True}}, "unevaluatedProperties"),
    ],
)
def test_schemas_that_are_not_taken(schema: dict[str, object], told: str) -> None:
    assert told in find_schema_fault(schema)


def test_data_that_looks_like_a_reference_is_none() -> None:
    assert (
        find_schema_fault({"const": {"$ref": "https://example.com"}, "properties": {"$ref": {"type": "string"}}}) == ""
    )


def test_no_pattern_is_slow() -> None:
    start = time.process_time()
    text = repr("a" * 50_000 + "!")
    for schema in (
        {"pattern": "^(a+)+$"},
        {"patternProperties": {"^(a+)+$": True}, "additionalProperties": False},
        {"propertyNames": {"pattern": "^(a|aa)+$"}},
    ):
        assert object_to(schema, node(text if "pattern" in schema else f"{{{text}: 1}}"))
    assert time.process_time() - start < 2


def test_schemas_that_ask_for_too_much_are_stopped() -> None:
    with pytest.raises(TooCostlyError):
        object_to({"$ref": "#"}, node("1"))
    bomb: dict[str, object] = {f"d{n}": {"allOf": [{"$ref": f"#/$defs/d{n + 1}"}] * 2} for n in range(40)}
    bomb["d40"] = {"type": "string"}
    with pytest.raises(TooCostlyError):
        object_to({"$defs": bomb, "$ref": "#/$defs/d0"}, node("1"))
