"""The schema that editors use says of a policy file what reading it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from gatekeeper.engine.law import read_policy
from gatekeeper.model.errors import PolicyError
from gatekeeper.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/policy.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
POLICIES = [
    ROOT / ".gatekeeper.yml",
    *sorted(p for p in (ROOT / "policies").glob("*.yml") if p.name != "vocabulary.yml"),
]

TAKEN = [
    "assertions: {ACME001: {name: a-b, select: {status: done, path: [docs/]}, schema: {required: [id]}}}\nrules: {ACME001: note}",
    "assertions: {ACME001: {name: a-b, select: {what: claim, verdict: refuted}, cel: 'false', severity: error}}",
    "assertions: {ACME1: {name: a, count: {max: 3, per: owner}, examples: [{name: x, given: {a.md: x}, expect: []}]}}",
    "contracts: {a: {file: a.md, sections: 2, includes: [a, {b: 1}], path-exists: true}}",
    "exclude: [docs/old/]\ndocuments: {'*.md': tracker}\nstatuses: {Shipped: done}\n",
    "extends: strict",
    "extends: [default, {pack: strict}]",
    "rules: {EV001: 'off', evidence-empty: {severity: note, options: {names: [a]}, paths: {docs/: 'off'}}}",
    "rules: {GA005: {options: {later: 3}}}",
]
REFUSED = [
    "assertions: {ACME001: {name: a-b}}",
    "assertions: {EV099: {name: a-b, cel: 'true'}}",
    "assertions: {ACME001: {name: A B, cel: 'true'}}",
    "assertions: {ACME001: {name: a-b, count: {per: owner}}}",
    "assertions: {ACME001: {name: a-b, count: {max: 1, per: moon}}}",
    "assertions: {ACME001: {name: a-b, select: {status: dnoe}, cel: 'true'}}",
    "assertions: {ACME001: {name: a-b, select: {document: trackr}, cel: 'true'}}",
    "assertions: {ACME001: {name: a-b, cel: 'true', examples: [{name: x, given: {a.md: x}}]}}",
    "contracts: {a: {file: a.py, constnat: X, schema: true}}",
    "contracts: {a: {file: a.md, sections: 7, includes: [a]}}",
    "contracts: {a: {file: a.md, list: L, includes: a}}",
    "exclud: []",
    "exclude: docs/",
    "exclude: [7]",
    "documents: {'*.md': trackr}",
    "statuses: {Shipped: Done}",
    "rules: {EV01: note}",
    "rules: {EV001: eror}",
    "rules: {EV001: {severty: note}}",
    "rules: {EV001: {options: {depth: 3}}}",
    "rules: {EV005: {options: {nam: [a]}}}",
    "rules: {EV005: {options: {names: 7}}}",
    "rules: {EV005: {paths: {docs/: loud}}}",
    "extends: strct",
    "extends: {pack: strict, sha: x}",
    "extends: {pack: strict, sha256: abc}",
    "extends: {pack: strct}",
    "params: {a: {defalt: 1}}",
    "[a]",
]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_shipped_policies_and_our_own_are_taken(path: Path) -> None:
    law = yaml.safe_load(path.read_text("utf-8"))
    VALIDATOR.validate(law)
    # A pack that wants to be told its parameters is read by whoever tells them.
    if "params" not in law:
        read_policy(path.name, path.read_bytes())


@pytest.mark.parametrize("text", TAKEN)
def test_what_is_read_is_taken(text: str) -> None:
    read_policy("p.yml", text.encode())
    VALIDATOR.validate(yaml.safe_load(text))


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_law_is_refused(text: str) -> None:
    assert not VALIDATOR.is_valid(yaml.safe_load(text))
    if "options" not in text:
        with pytest.raises(PolicyError):
            read_policy("p.yml", text.encode())


def test_an_editor_can_complete_every_rule_and_say_what_it_is() -> None:
    named = SCHEMA["properties"]["rules"]["properties"]
    for rule in RULES:
        assert named[rule.info.code] == named[rule.info.name] == {"$ref": f"#/$defs/{rule.info.code}"}
        assert rule.info.summary in SCHEMA["$defs"][rule.info.code]["description"]
