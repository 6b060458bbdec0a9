"""The JSON Schema of policy files, from their models, for editors: rules, packs and statuses are enumerated with what they mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from gatekeeper.policy.assertion.section import CODE
from gatekeeper.policy.assertion.testfile import TestFile
from gatekeeper.policy.file import PolicyFile
from gatekeeper.policy.source.head import PACKS
from gatekeeper.rules.base import Rule

Schema = dict[str, Any]

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def policy_schema_text(rules: Sequence[type[Rule]]) -> str:
    """The schema of `.gatekeeper.yml` (draft 2020-12) as JSON text."""
    body = PolicyFile.model_json_schema(by_alias=True)
    definitions = body.pop("$defs")
    properties = body["properties"]
    entry = properties["rules"]["additionalProperties"]
    definitions["RuleEntry"] = entry
    properties["rules"] |= _rules(rules, {"$ref": "#/$defs/RuleEntry"}, definitions)
    properties["assertions"] |= _assertions(properties["assertions"]["additionalProperties"])
    properties["extends"] = _extends(properties["extends"])
    for name, field in PolicyFile.model_fields.items():
        # A field that may also be a plain word loses it.
        properties[field.alias or name].setdefault("description", field.description)
    definitions |= {name: _with_holes(definitions[name]) for name in ("ContractEntry", "SelectorEntry")}
    definitions["Hole"] = {"description": "A pack's parameter.", "type": "string", "pattern": r"^\$\{[^{}]*\}$"}
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gatekeeper policy"}
    schema = {**head, **_plain({**body, "$defs": dict(sorted(definitions.items()))})}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def test_file_schema_text() -> str:
    """The schema of files of tests (draft 2020-12) as JSON text."""
    body = _plain(TestFile.model_json_schema(by_alias=True))
    head: Schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tests of a gatekeeper policy"}
    return json.dumps({**head, **body}, indent=2, ensure_ascii=False) + "\n"


def _rules(rules: Sequence[type[Rule]], entry: Schema, definitions: Schema) -> Schema:
    """Each rule under its code and its name, which an editor completes."""
    named: Schema = {}
    for rule in sorted(rules, key=lambda rule: rule.info.code):
        info = rule.info
        described = f"{info.code} {info.name}, {info.severity.value} by itself. {info.summary}"
        definitions[info.code] = {"description": described, **_with_options(rule, entry)}
        named[info.code] = named[info.name] = {"$ref": f"#/$defs/{info.code}"}
    return {"properties": named, "patternProperties": {CODE: entry}, "additionalProperties": False}


def _assertions(entry: Schema) -> Schema:
    """Each assertion under a code of its own."""
    return {"patternProperties": {CODE: entry}, "additionalProperties": False}


def _with_options(rule: type[Rule], entry: Schema) -> Schema:
    """The schema of a rule's setting, its own options named."""
    options: Schema = {}
    if rule.Options is not None:
        default = rule.Options()
        for field in fields(rule.Options):
            options[field.name.replace("_", "-")] = _option(getattr(default, field.name))
    of_options = {"properties": options, "additionalProperties": False} if options else {"maxProperties": 0}
    return {"allOf": [entry, {"if": {"type": "object"}, "then": {"properties": {"options": of_options}}}]}


def _option(default: object) -> Schema:
    if isinstance(default, tuple):
        return {"type": "array", "items": {"type": "string"}, "default": list(default)}
    return {"type": _TYPES[type(default)], "default": default}


def _extends(schema: Schema) -> Schema:
    """One entry may stand alone, and packs are completed by name."""
    name = {"anyOf": [{"enum": list(PACKS)}, {"type": "string", "pattern": r"\.(yml|yaml|json)$"}]}
    table = {"$ref": "#/$defs/ExtendsEntry"}
    entry = {"anyOf": [*name["anyOf"], table]}
    return {
        "description": schema["description"],
        "anyOf": [*entry["anyOf"], {"type": "array", "items": entry}],
    }


def _with_holes(schema: Any) -> Any:
    """The schema of a section in which a parameter of a pack may stand for a whole list."""
    if isinstance(schema, list):
        return [_with_holes(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _with_holes(value) for key, value in schema.items()}
    return {"anyOf": [inner, {"$ref": "#/$defs/Hole"}]} if schema.get("type") == "array" else inner


def _plain(schema: Any) -> Any:
    """Without titles, which repeat the names of fields, and without defaults and nulls that mean an absent field."""
    if isinstance(schema, list):
        return [_plain(entry) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key != "title"}
    if "default" in kept and kept["default"] in (None, "", [], {}):
        del kept["default"]
        members = [member for member in kept.get("anyOf", []) if member != {"type": "null"}]
        if len(members) == 1:
            kept = {**{key: value for key, value in kept.items() if key != "anyOf"}, **members[0]}
        elif members:
            kept["anyOf"] = members
    return {key: _inner(key, value) for key, value in kept.items()}


def _inner(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):
        return {name: _plain(member) for name, member in value.items()}
    return value if key in ("enum", "default") else _plain(value)
