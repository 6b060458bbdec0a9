"""The section `environment`: what a law is made of, how layers add up, and what is wrong with one."""

from __future__ import annotations

import pytest

from gatekeeper.engine.law import read_policy
from gatekeeper.model.environment.law import EnvironmentLaw, Need, ValueType
from gatekeeper.model.errors import PolicyError

LAW = """\
extends: law/base.yml
environment:
  example: [config/example.env]
  keys:
    PORT: {type: integer, minimum: 1, required: true}
    STAGE: {enum: [local, no, 1.10], required: example}
    KEY: {required-when: {FLAG: ["true", 1], OTHER: yes}}
    PLAIN:
  ignore: [TIDE_*]
"""
BASE = """\
environment:
  example: [other.env]
  code: [src/]
  keys: {PORT: {type: string}, DEPTH: {description: how deep}}
  ignore: [PIER_*]
"""


def law_of(text: str, base: str = BASE) -> EnvironmentLaw:
    law = read_policy(".gatekeeper.yml", text.encode(), lambda path: base.encode()).environment
    assert law is not None
    return law


def test_keys_merge_by_name_lists_add_up_and_three_lists_are_the_last_one_s() -> None:
    law = law_of(LAW)
    assert [key.name for key in law.keys] == ["DEPTH", "PORT", "STAGE", "KEY", "PLAIN"]
    assert (law.examples, law.code) == (("config/example.env",), ("src/",))
    assert {"NODE_ENV", "PIER_*", "TIDE_*"} <= set(law.ignore)
    assert ".env" in law.files
    assert law.where == ".gatekeeper.yml:3:3"


def test_words_of_a_law_are_those_that_stand_there() -> None:
    law = law_of(LAW)
    port, stage, key = (law.key(name) for name in ("PORT", "STAGE", "KEY"))
    assert port is not None
    assert (port.type, port.minimum, port.need) == (ValueType.INTEGER, 1, Need.ALWAYS)
    assert (port.where, port.place_of("minimum"), port.place_of("enum")) == (
        ".gatekeeper.yml:5:5",
        ".gatekeeper.yml:5:27",
        ".gatekeeper.yml:5:5",
    )
    assert stage is not None
    assert (stage.enum, stage.need) == (("local", "no", "1.10"), Need.EXAMPLE)
    assert key is not None
    assert [(one.name, one.values) for one in key.required_when] == [("FLAG", ("true", "1")), ("OTHER", ("yes",))]
    assert law.key("NONE") is None


def test_the_pack_is_there_below_a_section_and_alone() -> None:
    assert read_policy("a.yml", b"rules: {}\n").environment is None
    alone = read_policy("a.yml", b"extends: env\n")
    below = read_policy("a.yml", b"environment:\n")
    assert alone.environment is not None
    assert below.environment is not None
    assert alone.environment.secrets == below.environment.secrets != ()
    assert [source.name for source in below.sources] == ["pack:env", "a.yml"]


def test_every_line_of_a_law_has_its_place() -> None:
    lines = read_policy(".gatekeeper.yml", LAW.encode(), lambda path: BASE.encode()).lines
    places = {line.path: line.where for line in lines if line.path[0] == "environment"}
    assert places["environment", "keys", "PORT"] == ".gatekeeper.yml:5:5"
    assert places["environment", "keys", "DEPTH"] == "law/base.yml:4:32"
    assert any(where.startswith("pack:env:") for where in places.values())


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("environment: [PORT]\n", "1:14", "a mapping"),
        ("environment: {key: {}}\n", "1:15", '"key" is not a key of the environment'),
        ("environment: {keys: {a-b: {}}}\n", "1:22", 'read "a-b" as the name of a variable'),
        ("environment: {keys: {A: {typ: integer}}}\n", "1:26", '"typ" is not a key of a variable'),
        ("environment: {keys: {A: {type: int}}}\n", "1:32", 'read "int" as a type'),
        ("environment: {keys: {A: {minimum: 1}}}\n", "1:35", '"minimum" needs a number'),
        ("environment: {keys: {A: {type: number, minimum: 2, maximum: 1}}}\n", "1:49", "more than the maximum"),
        ("environment: {keys: {A: {pattern: '(?=a)'}}}\n", "1:35", "a regular expression"),
        ("environment: {keys: {A: {required: maybe}}}\n", "1:36", 'read "maybe" as whether the variable is required'),
        ("environment: {keys: {A: {required-when: FLAG}}}\n", "1:41", "a mapping"),
        ("environment: {keys: {A: {required-when: {FLAG: {a: b}}}}}\n", "1:48", "a word or a list"),
        ("environment: {example: .env.example}\n", "1:24", "a list"),
        ("environment: {ignore: [1]}\n", "1:24", "text"),
        ("environment: {code: ['']}\n", "1:22", "a gitignore pattern"),
    ],
)
def test_what_is_wrong_has_its_place_and_words(text: str, where: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        read_policy("a.yml", text.encode())
    assert (caught.value.where, message in caught.value.message, bool(caught.value.hint)) == (
        f"a.yml:{where}",
        True,
        True,
    ), caught.value
