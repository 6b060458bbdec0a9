"""Policies that build upon others: order, pins, parameters, and what cannot be had."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import pytest

from gatekeeper.data import shipped
from gatekeeper.engine.law import read_policy
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.errors import PolicyError, UnreadableError
from gatekeeper.model.finding import Severity
from gatekeeper.model.status import Status
from gatekeeper.policy.policy import Policy
from gatekeeper.policy.source.head import PACKS

PATH = ".gatekeeper.yml"


def law(text: str, path: str = PATH, **files: str) -> Policy:
    """The law of a text with files beside it; `_` in a name is a slash."""
    return law_of(text, {name.replace("_", "/") + ".yml": content for name, content in files.items()}, path)


def law_of(text: str, files: Mapping[str, str], path: str = PATH) -> Policy:
    def read(name: str) -> bytes:
        if name not in files:
            raise UnreadableError("no such file", "write it", name)
        return files[name].encode()

    return read_policy(path, text.encode(), read)


def faults(text: str, **files: str) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as caught:
        law(text, **files)
    assert all(fault.hint for fault in caught.value.faults)
    return [(fault.where, fault.message) for fault in caught.value.faults]


def names(policy: Policy) -> list[str]:
    return [source.name for source in policy.sources]


def test_the_default_pack_is_the_law_without_a_file() -> None:
    policy = law("extends: default")
    assert (policy.exclude, policy.documents, policy.statuses, policy.rules, policy.lines) == ((), (), {}, {}, ())
    assert names(policy) == ["pack:default", PATH]


@pytest.mark.parametrize("pack", PACKS)
def test_every_pack_is_shipped_and_valid(pack: str) -> None:
    wanted = re.findall(
        r"^  ([\w-]+):\n    description: .*\n(?!    default)",
        shipped("policies", f"{pack}.yml").read_text("utf-8"),
        re.MULTILINE,
    )
    params = "".join(
        f"\n  {name}: [a]" if name.endswith(("keys", "codes", "items")) else f"\n  {name}: a" for name in wanted
    )
    assert names(law(f"extends: {pack}" + (f"\nparams:{params}" if wanted else "")))[0] == f"pack:{pack}"


def test_the_strict_pack_only_turns_up() -> None:
    from gatekeeper.rules.registry import find_rule

    for code, setting in law("extends: strict").rules.items():
        rule = find_rule(code)
        assert rule is not None
        assert setting.severity is not None
        assert setting.severity.rank > rule.info.severity.rank, code


def test_a_later_source_wins_and_the_file_wins_over_all() -> None:
    policy = law(
        "extends: [strict, law_a, law/b.yml]\nrules: {EV005: note}\nexclude: [c/]\nstatuses: {SHIPPED: queued}\nauthority: [c.md]\n".replace(
            "law_a", "law/a.yml"
        ),
        law_a="rules: {EV006: off, EV005: off}\nexclude: [a/, b/]\nstatuses: {Shipped: done}\ndocuments: {a.md: tracker}\n",
        law_b="rules: {EV006: {options: {x: 1}}}\nauthority: [b.md]\nexclude: [b/]\ndocuments: {'*.md': backlog, a.md: other}\n",
    )
    assert names(policy) == ["pack:strict", "law/a.yml", "law/b.yml", PATH]
    assert policy.exclude == ("a/", "b/", "c/")
    assert policy.authority == ("c.md", "b.md")
    assert policy.statuses == {"SHIPPED": Status.QUEUED}
    assert policy.documents == (("*.md", DocumentKind.BACKLOG), ("a.md", DocumentKind.OTHER))
    assert policy.rules["EV005"].severity is Severity.NOTE
    assert (policy.rules["EV006"].enabled, policy.rules["EV006"].options) == (False, {"x": 1})
    assert policy.rules["EV010"].severity is Severity.ERROR
    places = {line.path: line.where for line in policy.lines}
    assert places["rules", "EV005", "severity"] == f"{PATH}:2:9"
    assert places["rules", "EV006", "severity"] == "law/a.yml:1:9"
    assert places["rules", "EV010", "severity"].startswith("pack:strict:")
    assert places["exclude", 1] == "law/a.yml:2:15"


def test_files_are_relative_to_the_one_that_names_them_and_read_once() -> None:
    files = {"law/a.yml": "extends: [b.yml, ../c.yml]", "law/b.yml": "extends: ../c.yml", "c.yml": "exclude: [x]"}
    assert names(law_of("extends: law/a.yml", files)) == ["c.yml", "law/b.yml", "law/a.yml", PATH]


def test_the_digest_covers_every_source_and_their_order() -> None:
    files = {"a": "exclude: [x]", "b": "exclude: [y]"}
    alone = law("exclude: [x]")
    assert alone.sha256 == alone.sources[0].sha256 == hashlib.sha256(b"exclude: [x]").hexdigest()
    first, second = law("extends: [a.yml, b.yml]", **files), law("extends: [b.yml, a.yml]", **files)
    changed = law("extends: [a.yml, b.yml]", a="exclude: [z]", b="exclude: [y]")
    assert len({first.sha256, second.sha256, changed.sha256, alone.sha256}) == 4


def test_a_pinned_pack_is_taken_at_its_bytes_alone() -> None:
    digest = hashlib.sha256(shipped("policies", "strict.yml").read_bytes()).hexdigest()
    assert names(law(f"extends: {{pack: strict, sha256: {digest}}}")) == ["pack:strict", PATH]
    ((where, message),) = faults(f"extends:\n- {{pack: strict, sha256: {'0' * 64}}}\n")
    assert where == f"{PATH}:2:26"
    assert f"its SHA-256 is {digest}" in message


def test_what_a_pinned_source_builds_upon_must_be_pinned_too() -> None:
    base = "extends: strict\n"
    pin = hashlib.sha256(base.encode()).hexdigest()
    assert faults(f"extends: {{file: a.yml, sha256: {pin}}}", a=base) == [
        ("a.yml:1:10", "pack:strict is extended without a digest by a source that is pinned itself")
    ]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("extends: [strct]", "1:11", 'read "strct" as a pack'),
        ("extends: gone.yml", "1:10", "cannot extend gone.yml: no such file"),
        ("extends: ../law.yml", "1:10", "../law.yml lies outside of the repository"),
        ("extends: /etc/law.yml", "1:10", "expected a relative path"),
        ("extends: https://example.org/law.yml", "1:10", "nothing is fetched from elsewhere"),
        ("extends: me.yml", "1:10", "extends itself: me.yml -> me.yml"),
        ("extends: {}", "1:10", 'expected either "pack" or "file"'),
        ("extends: {pack: strict, file: a.yml}", "1:10", 'expected either "pack" or "file"'),
        ("extends: {pack: strict, sha256: abc}", "1:33", "64 hexadecimal digits"),
        ("extends: {pack: strict, sha: abc}", "1:25", '"sha" is not a key of an entry of extends'),
        ("extends: 7", "1:10", 'read "7"'),
    ],
)
def test_what_cannot_be_extended_is_told_at_its_place(text: str, place: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        law(text, "me.yml", me=text)
    fault = caught.value.faults[0]
    assert (fault.where, message in fault.message) == (f"me.yml:{place}", True), fault


def test_a_cycle_is_told_where_it_closes() -> None:
    told = faults("extends: a.yml", a="extends: b.yml", b="extends: a.yml")
    assert told == [("b.yml:1:10", "extends itself: a.yml -> b.yml -> a.yml")]


def test_depth_and_number_are_bounded() -> None:
    deep = {f"a{number}.yml": f"extends: a{number + 1}.yml" for number in range(20)}
    with pytest.raises(PolicyError, match="deeper than 8"):
        law_of("extends: a0.yml", deep)
    wide = {f"a{number}.yml": "" for number in range(50)}
    with pytest.raises(PolicyError, match="more than 32 sources"):
        law_of(f"extends: [{', '.join(wide)}]", wide)


def test_a_fault_of_an_extended_file_is_told_in_that_file_behind_those_of_the_adopting_one() -> None:
    told = faults("extends: a.yml\nrules: {EV01: off}\n", a="exclud: []\n")
    assert [where for where, _ in told] == [f"{PATH}:2:9", "a.yml:1:1"]


PACK = """\
params:
  docs: {description: where the documents are, default: docs}
  level:
  kept: {default: [x/]}
documents: {"${docs}/*.md": tracker}
exclude: ${kept}
rules:
  EV001: ${level}
  EV005: {options: {names: ["${docs}.txt", "$${docs}"]}}
"""


def test_parameters_fill_the_strings_and_names_of_a_pack() -> None:
    policy = law("extends: a.yml\nparams: {docs: notes, level: warning, kept: [p/, q/]}\n", a=PACK)
    assert policy.documents == (("notes/*.md", DocumentKind.TRACKER),)
    assert policy.exclude == ("p/", "q/")
    assert policy.rules["EV001"].severity is Severity.WARNING
    assert policy.rules["EV005"].options == {"names": ["notes.txt", "${docs}"]}
    assert {line.path: line.where for line in policy.lines}["exclude", 0] == f"{PATH}:2:46"


def test_defaults_hold_where_nothing_is_set_and_words_stay_as_written() -> None:
    policy = law("extends: a.yml\nparams: {level: note}\n", a=PACK)
    assert (policy.documents[0][0], policy.exclude) == ("docs/*.md", ("x/",))
    assert law("extends: a.yml\nparams: {docs: 1.10, level: off}", a=PACK).documents[0][0] == "1.10/*.md"


@pytest.mark.parametrize(
    ("params", "where", "message"),
    [
        ("{}", f"{PATH}:1:10", 'a.yml needs the parameter "level"'),
        ("{level: note, dcs: x}", f"{PATH}:2:23", 'no pack has a parameter "dcs"'),
        ("{level: eror}", f"{PATH}:2:17", 'read "eror" as a severity'),
        ("{level: note, docs: [a]}", f"{PATH}:2:29", "is a list, expected a word"),
        ("{level: note, kept: 7}", f"{PATH}:2:29", 'read "7", expected a list'),
        ("{level: note, '1x': 7}", f"{PATH}:2:23", "as the name of a parameter"),
    ],
)
def test_a_wrong_parameter_is_told_where_the_adopting_file_can_mend_it(params: str, where: str, message: str) -> None:
    first = faults(f"extends: a.yml\nparams: {params}\n", a=PACK)[0]
    assert (first[0], message in first[1]) == (where, True), first


def test_a_hole_that_nobody_declares_is_told_in_the_pack() -> None:
    assert faults("extends: a.yml", a="params: {docs: {default: d}}\nexclude: ['${doc}/x']\n") == [
        ("a.yml:2:11", 'the parameter "doc" is not declared in a.yml')
    ]


def test_parameters_cannot_make_a_policy_explode() -> None:
    pack = "params: {x: {default: y}}\nexclude: ['" + "${x}" * 50_000 + "']\n"
    with pytest.raises(PolicyError, match="too large"):
        law(f"extends: a.yml\nparams: {{x: {'y' * 100_000}}}", a=pack)
