"""A policy file is taken as law, or refused at the line that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import PolicySource
from gatekeeper.model.status import Status
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.syntax.data import parse_data
from gatekeeper.policy.build import build_policy
from gatekeeper.policy.policy import Policy, RuleSetting
from gatekeeper.policy.source.value import Source, value_of

PATH = ".gatekeeper.yml"
KNOWN = {"EV001": "evidence-target-missing", "ST002": "status-not-understood"}


def law(text: str) -> Policy:
    node, problems = parse_data(SourceText(PATH, text))
    assert not problems
    return built(text, node, KNOWN)


def no_files(name: str) -> Source:
    raise PolicyError("there is no such source", "name another one", name)


def built(text: str, node: DataNode | None, known: dict[str, str] | None) -> Policy:
    source = SourceText(PATH, text, "ab12")
    value = None if node is None or node.kind is DataKind.NULL else value_of(node, source)
    return build_policy(Source(source, value), no_files, known)


def refusal(text: str) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        law(text)
    assert caught.value.hint
    return caught.value


def test_every_key_is_read() -> None:
    policy = law(
        "exclude: [docs/old/, '*.tmp.md']\n"
        "authority: [docs/tracker.md, 'docs/*.md']\nlanes: [roles/]\n"
        "documents:\n  'logs/*.md': progress_log\n  '*.md': tracker\n"
        "statuses:\n  Shipped: done\n  on ice: blocked\n"
        "rules:\n  EV001: warning\n  status-not-understood: {severity: note, options: {words: [a, 1]}}\n"
    )
    assert replace(policy, lines=()) == Policy(
        sources=(PolicySource(PATH, "ab12"),),
        sha256="ab12",
        exclude=("docs/old/", "*.tmp.md"),
        documents=(("logs/*.md", DocumentKind.PROGRESS_LOG), ("*.md", DocumentKind.TRACKER)),
        statuses={"Shipped": Status.DONE, "on ice": Status.BLOCKED},
        rules={
            "EV001": RuleSetting(Severity.WARNING, where=f"{PATH}:11:3"),
            "ST002": RuleSetting(Severity.NOTE, options={"words": ["a", 1]}, where=f"{PATH}:12:3"),
        },
        authority=("docs/tracker.md", "docs/*.md"),
        lanes=("roles/",),
    )


@pytest.mark.parametrize("text", ["", "# only a comment\n", "~\n", "exclude:\nrules:\nstatuses:\ndocuments:\n"])
def test_an_empty_file_is_the_law_without_a_file_but_named(text: str) -> None:
    assert law(text) == Policy(sources=(PolicySource(PATH, "ab12"),), sha256="ab12")


@pytest.mark.parametrize("word", ["off", "'off'", "false", "{severity: off}", "{severity: false, options: {a: 1}}"])
def test_off_turns_a_rule_off_however_yaml_reads_it(word: str) -> None:
    assert not law(f"rules: {{EV001: {word}}}").rules["EV001"].enabled


def test_options_alone_keep_the_rules_own_severity() -> None:
    setting = law("rules:\n  EV001:\n    options: {a: true}\n").rules["EV001"]
    assert (setting.severity, setting.enabled, setting.options) == (None, True, {"a": True})


def test_status_words_that_yaml_takes_for_numbers_or_truths_stay_words() -> None:
    assert set(law("statuses: {yes: done, no: queued, true: ready, 100: done, 1.10: partial}").statuses) == {
        "yes",
        "no",
        "true",
        "100",
        "1.10",
    }


def test_without_known_rules_any_word_is_a_code() -> None:
    text = "rules: {XX999: error}"
    node, _ = parse_data(SourceText(PATH, text))
    assert built(text, node, None).rules["XX999"].severity is Severity.ERROR


REFUSED = [
    ("[a]", "1:1", "read a list, expected a policy", "name: value"),
    ("just words", "1:1", 'read "just words", expected a policy', "name: value"),
    ("# hello\n\nexclud: []\n", "3:1", '"exclud" is not a key of a policy', 'did you mean "exclude"?'),
    ("zzzz: 1", "1:1", '"zzzz" is not a key', "take the line out"),
    ("extends: strct", "1:10", 'read "strct" as a pack, expected one of default, strict', 'did you mean "strict"?'),
    ("gates: {Keel: {owners: Ida}}", "1:16", '"owners" is not a key of a gate', 'did you mean "owner"?'),
    ("exclude: docs/", "1:10", 'read "docs/", expected a list', "exclude: ["),
    ("exclude: [a, 7]", "1:14", 'read "7", expected a gitignore pattern', "quotes"),
    ("exclude: [a, '  ']", "1:14", "expected a gitignore pattern", "quotes"),
    ("exclude: [a, ~]", "1:14", "read nothing, expected a gitignore pattern", "quotes"),
    ("exclude: [a, {b: c}]", "1:14", "read a mapping, expected a gitignore pattern", "quotes"),
    ("documents: [a]", "1:12", "read a list, expected documents", "name: value"),
    ("documents: {'*.md': trackr}", "1:21", 'read "trackr" as a kind of document', 'did you mean "tracker"?'),
    ("statuses: {Shipped: Done}", "1:21", 'read "Done" as a status, expected one of queued', 'did you mean "done"?'),
    ("statuses: {Shipped: done, shipped: queued}", "1:27", '"shipped" has two meanings', "keep one"),
    ("statuses: {'': done}", "1:12", "as a name in statuses", "name"),
    ("statuses: {a: [done]}", "1:15", "read a list as a status", ""),
    ("rules: {EV01: off}", "1:9", '"EV01" is not a rule', 'did you mean "EV001"?'),
    ("rules: {nonsense-of-a-name: off}", "1:9", "is not a rule", "gatekeeper rule"),
    ("rules: {EV001: eror}", "1:16", 'read "eror" as a severity, expected one of off, error', 'did you mean "error"?'),
    ("rules: {EV001: true}", "1:16", 'read "true" as a severity', "use one"),
    ("rules: {EV001: ~}", "1:16", "read nothing as a severity", "use one"),
    ("rules: {EV001: {severty: note}}", "1:17", '"severty" is not a key of a rule\'s setting', '"severity"'),
    ("rules: {EV001: {options: [1]}}", "1:26", "read a list, expected options", "name: value"),
    ("rules: {EV001: off, evidence-target-missing: note}", "1:21", "sets EV001 a second time", "keep one"),
]


@pytest.mark.parametrize(("text", "place", "message", "hint"), REFUSED)
def test_a_fault_names_its_place_what_was_read_and_what_to_do(text: str, place: str, message: str, hint: str) -> None:
    error = refusal(text)
    assert error.where == f"{PATH}:{place}"
    assert message in error.message
    assert hint in error.hint
    assert "more fault" not in error.message


def test_the_first_fault_in_the_file_is_told_and_the_others_counted() -> None:
    error = refusal("rules: {EV01: off}\nexclude: 7\ngates: 7\n")
    assert error.where == f"{PATH}:1:9"
    assert error.message.endswith("(and 2 more faults)")


def test_a_long_or_broken_up_word_is_quoted_short_and_on_one_line() -> None:
    message = refusal('"' + "x" * 500 + '\\n\\ny": 1\n').message
    assert len(message) < 240
    assert "\n" not in message


def test_place_counts_code_points_and_crlf_lines() -> None:
    assert refusal("# \U0001f600\r\n'\U0001f600é': 1\r\n").where == f"{PATH}:2:1"
    assert refusal("statuses: {'\U0001f600': 7}\r\n").where == f"{PATH}:1:17"


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: Span(pair[0], sum(pair)))
WORDS = st.one_of(
    st.sampled_from(
        [
            "exclude",
            "documents",
            "statuses",
            "rules",
            "extends",
            "params",
            "pack",
            "sha256",
            "strict",
            "${a}",
            "paths",
            "EV001",
            "off",
            "severity",
            "options",
            "done",
            "*",
        ]
    ),
    st.text(max_size=12),
)
SCALARS = st.one_of(
    st.builds(lambda span, word: DataNode(DataKind.STRING, span, word), SPANS, WORDS),
    st.builds(lambda span, number: DataNode(DataKind.NUMBER, span, number), SPANS, st.integers() | st.floats()),
    st.builds(lambda span, truth: DataNode(DataKind.BOOLEAN, span, truth), SPANS, st.booleans()),
    st.builds(lambda span: DataNode(DataKind.NULL, span), SPANS),
)


def branches(inner: st.SearchStrategy[DataNode]) -> st.SearchStrategy[DataNode]:
    lists = st.builds(lambda s, e: DataNode(DataKind.SEQUENCE, s, entries=tuple(e)), SPANS, st.lists(inner, max_size=4))
    pairs = st.lists(st.tuples(SCALARS, inner), max_size=4)
    return lists | st.builds(lambda s, p: DataNode(DataKind.MAPPING, s, pairs=tuple(p)), SPANS, pairs)


def outcome(text: str, node: DataNode | None, known: dict[str, str] | None) -> Policy | PolicyError:
    try:
        return built(text, node, known)
    except PolicyError as error:
        return error


def is_sound(result: Policy | PolicyError) -> bool:
    if isinstance(result, Policy):
        return True
    return result.where.startswith(f"{PATH}:") and bool(result.hint) and "\n" not in result.message


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80), st.recursive(SCALARS, branches, max_leaves=20), st.sampled_from([None, KNOWN]))
def test_any_tree_is_a_policy_or_an_error_with_place_and_hint(
    text: str, node: DataNode, known: dict[str, str] | None
) -> None:
    assert is_sound(outcome(text, node, known))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="exclud rulsto:[]{}-,'\"#\n~EV01&*!", max_size=120))
def test_any_yaml_text_is_a_policy_or_an_error(text: str) -> None:
    node, problems = parse_data(SourceText(PATH, text))
    assert problems or is_sound(outcome(text, node, KNOWN))


def test_a_rule_may_harden_with_time() -> None:
    policy = law("rules:\n  EV001: {severity: warning, harden-after-days: 30}\n")
    assert policy.rules["EV001"].harden_after_days == 30
    assert [(line.path[-1], line.value, line.where) for line in policy.lines if line.path[0] == "rules"] == [
        ("severity", "warning", f"{PATH}:2:21"),
        ("harden-after-days", 30, f"{PATH}:2:49"),
    ]
    for value in ("0", "soon", "1.5", "-1"):
        refusal(f"rules:\n  EV001: {{harden-after-days: {value}}}\n")
