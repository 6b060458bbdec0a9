"""A policy with every section, and one place after the other made something else: it is law that can be run, or an error with place and hint."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.errors import GatekeeperError, PolicyError
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.memory import MemoryTree

LAW: dict[str, Any] = {
    "extends": ["strict"],
    "params": {},
    "exclude": ["build/", "!build/a.md"],
    "documents": {"docs/**": "tracker"},
    "authority": ["docs/"],
    "lanes": ["docs/lane/"],
    "statuses": {"Moored": "done"},
    "rules": {"EV011": {"severity": "error", "paths": {"docs/": "off"}}, "EV005": {"options": {"names": [".keep"]}}, "GA005": "off"},
    "contracts": {
        "limit": {"file": "src/a.py", "constant": "LIMIT", "schema": {"type": "integer", "maximum": 5, "pattern": "^a+$"}, "message": "at most 5"},
        "words": {"file": "docs/plan.md", "table": "*", "includes": ["Done"], "severity": "warning"},
        "order": {"file": "docs/plan.md", "table": "Stages", "tightens": {}},
        "same": {"file": "src/a.py", "union": "A", "same-as": [{"file": "a.json", "data": "/a/*"}]},
        "there": {"file": "a.json", "data": "/b", "path-exists": True, "within": [{"file": "a.json", "data": "/a"}]},
    },
    "environment": {
        "example": [".env.example"],
        "files": [".env"],
        "secrets": ["*_KEY"],
        "public": ["A_*"],
        "placeholders": ["<*>"],
        "ignore": ["CI"],
        "code": ["src/"],
        "exclude": ["test/"],
        "keys": {
            "PORT": {"type": "integer", "minimum": 1, "maximum": 9, "required": True, "pattern": "[0-9]+"},
            "STAGE": {"enum": ["quay"], "required": "example"},
            "A_KEY": {"secret": True, "required-when": {"STAGE": ["quay", "pier"]}},
        },
    },
    "assertions": {
        "ACME001": {
            "name": "owned",
            "message": "{title} of {owner}",
            "severity": "error",
            "select": {"what": "item", "status": "blocked", "id": "^P", "title": "a|b", "path": "docs/"},
            "schema": {"properties": {"owner": {"type": "string", "pattern": "^[a-z]+$"}}, "required": ["owner"]},
            "examples": [{"name": "x", "given": {"a.md": "# a"}, "expect": []}],
        },
        "ACME002": {"name": "few", "select": {"status": "done", "owner": ".", "gate": "x*"}, "count": {"max": 2, "min": 0, "per": "owner"}},
        "ACME003": {"name": "told", "cel": "item.status != 'done' || item.evidence.size() > 0"},
        "ACME004": {"name": "aimed", "select": {"what": "evidence", "target": "x", "state": "found"}, "schema": {"properties": {"target": {}}}},
    },
    "waivers": {"file": "waivers.yml", "max-days": 30, "require-ticket": True, "require-approver": False, "unwaivable": ["EV001"]},
    "baseline": {"file": "accepted.json"},
}  # fmt: skip
TREE = MemoryTree(
    {
        "docs/plan.md": "| ID | Task | Status | Owner | Evidence |\n|---|---|---|---|---|\n| P-1 | a | Done | mia | `x.md` |\n| P-2 | b | Blocked | | |\n",
        "src/a.py": "import os\nLIMIT = 9\nA = ('x', 'y')\nos.environ['PORT']\n",
        "a.json": '{"a": ["x"], "b": "c.md"}',
        ".env.example": "PORT=80\nSTAGE=quay\n",
    }
)  # fmt: skip

BOMB = "(" * 40 + "a" + "{1000}){1000}" * 3 + ")" * 37
VALUES: list[Any] = [
    *("", "*", "**", "!", "/", "../x", "[", "(?<=a)b", "(a+)+$", "\\", "${a}", "${", "\0", "\ud800", "é" * 300, "off", "done", "EV001", "1e999", BOMB),
    *(None, True, False, 0, -1, 1.5, 10**400, 1e308, float("inf"), [], {}, [[]], [{}], [None], {"": ""}, {"a": {"a": {}}}, {"$ref": "https://example.org/x"}),
    {"$ref": "#"},
    {"pattern": "(a+)+$"},
    {"pattern": BOMB},
    {"patternProperties": {"(?=a)": {}}},
    {"type": "nothing"},
    {"$schema": "x"},
    "item.x.y.z",
    "[1, 2].map(x, [1].map(y, x))",
    "item.status.matches('(a+)+$')",
]  # fmt: skip
LEAVES = st.sampled_from(VALUES) | st.text(max_size=20) | st.integers() | st.floats()


def ways(node: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if way:
        yield way
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, member in members:
        yield from ways(member, (*way, key))


WAYS = list(ways(LAW))


def change(law: Any, way: tuple[Any, ...], action: str, value: Any) -> None:
    """Puts a value at a place, takes the place out, names it otherwise, or adds a place beside it."""
    for part in way[:-1]:
        if not isinstance(law, dict | list) or (isinstance(law, dict) and part not in law):
            return
        if isinstance(law, list) and part >= len(law):
            return
        law = law[part]
    last = way[-1]
    if not isinstance(law, dict) or last not in law:
        return
    if action == "set":
        law[last] = value
    elif action == "drop":
        del law[last]
    else:
        held = law.pop(last) if action == "rename" else value
        law[value if isinstance(value, str) else json.dumps(value)] = held


def outcome(law: object) -> Policy | PolicyError:
    try:
        return read_policy("p.yml", json.dumps(law).encode())
    except PolicyError as error:
        return error


def run(found: Policy | PolicyError) -> None:
    if isinstance(found, PolicyError):
        assert found.hint
        assert found.where.startswith("p.yml")
        assert "\n" not in found.message
        return
    # What options take is told by the rules, when the law is run.
    with suppress(GatekeeperError):
        check(TREE, RunSettings(today="2026-05-04", policy=found))


def test_the_law_that_is_changed_is_one() -> None:
    found = outcome(LAW)
    assert isinstance(found, Policy), found
    codes = {one.code for one in check(TREE, RunSettings(today="2026-05-04", policy=found)).findings}
    assert codes >= {"EV001", "SC001", "SC002", "EN002", "ACME001"}, codes


@pytest.mark.parametrize("section", LAW)
def test_every_place_of_a_section_takes_anything(section: str) -> None:
    for way in WAYS:
        if way[0] == section:
            for number, value in enumerate(VALUES):
                if hash_of(way, number) % 23 == 0:
                    law = copy.deepcopy(LAW)
                    change(law, way, ("set", "rename", "add")[number % 3], value)
                    run(outcome(law))


def hash_of(way: tuple[Any, ...], number: int) -> int:
    return sum(map(ord, repr(way))) + number


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(WAYS), st.sampled_from(["set", "drop", "rename", "add"]), LEAVES), min_size=1, max_size=4
    )
)  # fmt: skip
def test_a_fuzzed_policy_is_law_or_an_error_and_never_a_traceback(
    changes: list[tuple[tuple[Any, ...], str, Any]],
) -> None:
    law = copy.deepcopy(LAW)
    for way, action, value in changes:
        change(law, way, action, value)
    run(outcome(law))


REGEX_PLACES = [
    way for way in WAYS if way[-1] == "pattern" or (way[0] == "assertions" and way[-1] in ("id", "title", "owner", "gate", "target", "state"))
]  # fmt: skip


@pytest.mark.parametrize("pattern", [BOMB, "(a{1000}){1000}", "(a)\\1", "(?<=a)b", "[" * 9000])
@pytest.mark.parametrize("way", REGEX_PLACES, ids=lambda way: ".".join(map(str, way)))
def test_a_regular_expression_that_means_harm_is_refused_at_once(way: tuple[Any, ...], pattern: str) -> None:
    law = copy.deepcopy(LAW)
    change(law, way, "set", pattern)
    outcome({"rules": {}})
    start = time.process_time()
    found = outcome(law)
    assert time.process_time() - start < 1
    assert isinstance(found, PolicyError), pattern


@pytest.mark.parametrize(
    "reference",
    ["https://example.org/law.json", "http://127.0.0.1:9/x", "file:///etc/passwd", "other.json#/a", "urn:x"],
)
@pytest.mark.parametrize(
    "way", [("contracts", "limit", "schema"), ("assertions", "ACME001", "schema", "properties", "owner")]
)
def test_a_reference_to_elsewhere_is_refused_at_once(way: tuple[Any, ...], reference: str) -> None:
    law = copy.deepcopy(LAW)
    change(law, way, "set", {"$ref": reference})
    start = time.process_time()
    found = outcome(law)
    assert time.process_time() - start < 1
    assert isinstance(found, PolicyError)
    assert found.where.startswith("p.yml:1:")
