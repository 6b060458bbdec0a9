"""A proposal as a file: valid whatever documents say, with the same meaning, and guesses that do nothing."""

from __future__ import annotations

import re

import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.engine.law import read_policy
from gatekeeper.model.adoption.proposal import (
    EnvironmentGuess,
    FolderGuess,
    FolderReason,
    GateGuess,
    KindGuess,
    OwnersFound,
    Proposal,
    RuntimeGuess,
    WordGuess,
)
from gatekeeper.model.document import DocumentKind
from gatekeeper.model.finding import Location
from gatekeeper.model.status import Status
from gatekeeper.render.adoption.outcome import contents_of, next_check
from gatekeeper.render.adoption.policy_file import render_proposal
from gatekeeper.render.adoption.scalar import scalar, sequence

SCALARS = st.characters(exclude_categories=("Cs",))
HARD = st.sampled_from(list("\"'#:*!&|>%@`{}[],?- \n\r\t\\\x85\u2028\u2029\ufeff\x00\x1b\u202e~é日🚀="))
WORDS = st.text(st.one_of(HARD, SCALARS), min_size=1, max_size=40)
SAID = WORDS.filter(lambda text: bool(text.strip()))
KINDS = st.builds(
    KindGuess,
    SAID,
    st.sampled_from(DocumentKind),
    st.just(3),
    st.just(2),
    st.just(5),
    st.just(4),
    is_sure=st.booleans(),
)
FOLDERS = st.builds(
    FolderGuess, SAID, SAID, st.sampled_from(FolderReason), st.just(2), original=WORDS, is_sure=st.booleans()
)
WORD = st.builds(
    WordGuess,
    SAID,
    st.just(3),
    st.just(1),
    st.builds(Location.whole, WORDS),
    like=st.just("done"),
    status=st.just(Status.DONE),
)
GATES = st.builds(GateGuess, SAID, st.just(""), st.just(()), st.one_of(st.just(""), SAID), st.just(2), st.booleans())
PROPOSALS = st.builds(
    Proposal,
    kinds=st.lists(KINDS, max_size=4, unique_by=lambda one: one.pattern).map(tuple),
    folders=st.lists(FOLDERS, max_size=3, unique_by=lambda one: one.pattern).map(tuple),
    words=st.lists(WORD, max_size=3, unique_by=lambda one: one.word.casefold()).map(tuple),
    gates=st.lists(GATES, max_size=3, unique_by=lambda one: " ".join(one.name.split()).casefold()).map(tuple),
    owners=st.builds(
        OwnersFound, st.lists(st.tuples(WORDS, st.just(6)), max_size=2).map(tuple), st.just(20), st.just(21)
    ),
    environment=st.none()
    | st.builds(EnvironmentGuess, st.lists(SAID, min_size=1, max_size=2).map(tuple), st.just(4), is_sure=st.booleans()),
    documents=st.integers(0, 3),
    unlisted=st.integers(0, 2),
    unreadable=st.integers(0, 2),
)


@given(WORDS)
def test_a_scalar_is_read_back_wherever_it_stands(text: str) -> None:
    one = scalar(text)
    assert "\n" not in one
    assert yaml.safe_load(f"{one}: 1") == {text: 1}
    assert yaml.safe_load(f"- {one}") == [text]
    assert yaml.safe_load(f"k: {one}  # why") == {"k": text}
    assert yaml.safe_load(f"k: {{a: {sequence([text, text])}, b: {one}}}") == {"k": {"a": [text, text], "b": text}}


def test_words_that_yaml_takes_for_something_else_are_quoted() -> None:
    for word in (
        "yes",
        "No",
        "null",
        "~",
        "1",
        "1.0",
        "2026-01-01",
        "0x1f",
        "1e3",
        ".inf",
        "=",
        "<<",
        "",
        "on",
        "a: b",
    ):
        assert yaml.safe_load(scalar(word)) == word
    assert [scalar(word) for word in ("docs/**/*-log.md", "Sprint 5", "/a b/c.md")] == [
        "docs/**/*-log.md",
        "Sprint 5",
        "/a b/c.md",
    ]


@given(PROPOSALS)
def test_any_proposal_is_a_valid_policy_that_says_what_was_sure(proposal: Proposal) -> None:
    text = render_proposal(proposal)
    policy = read_policy(".gatekeeper.yml", text.encode("utf-8"))
    assert policy.documents == tuple((one.pattern, one.kind) for one in proposal.kinds if one.is_sure)
    assert policy.exclude == tuple(one.pattern for one in proposal.folders if one.is_sure)
    assert [one.name for one in policy.gates] == [one.name for one in proposal.gates if one.is_sure]
    assert policy.statuses == {}
    environment = proposal.environment
    assert (policy.environment is not None) is (environment is not None and environment.is_sure)
    if environment is not None and policy.environment is not None:
        assert policy.environment.examples == tuple(dict.fromkeys(environment.examples))


@given(PROPOSALS)
def test_guesses_that_are_switched_on_say_what_was_guessed(proposal: Proposal) -> None:
    on = re.sub(r"^#(?! \S)", "", render_proposal(proposal), flags=re.MULTILINE)
    policy = read_policy(".gatekeeper.yml", on.encode("utf-8"))
    assert policy.documents == tuple((one.pattern, one.kind) for one in proposal.kinds)
    assert policy.exclude == tuple(one.pattern for one in proposal.folders)
    assert policy.statuses == {one.word: Status.DONE for one in proposal.words}
    assert len(policy.gates) == len(proposal.gates)


def test_a_guess_of_the_guard_rails_stands_beside_what_is_in_force() -> None:
    guess = RuntimeGuess("docs/a.md", "Failure Taxonomy", 3, ("one", "two: three"), "src/a.ts", "LIMITS")
    text = render_proposal(Proposal(runtime=guess))
    assert read_policy(".gatekeeper.yml", text.encode()).contracts == ()
    assert '#  taxonomy-items: [one, "two: three"]' in text
    bare = render_proposal(Proposal(runtime=replace(guess, source="", constant="")))
    assert "#  observability: SOURCE_FILE" in bare


def test_the_account_counts_what_is_in_force_and_what_is_guessed() -> None:
    sure = KindGuess("/a.md", DocumentKind.TRACKER, 1)
    folder = FolderGuess("t", "/t/", FolderReason.TEMPLATES, 2, is_sure=True)
    environment = EnvironmentGuess((".env.example",), 3, is_sure=True)
    proposal = Proposal((sure, replace(sure, is_sure=False)), folders=(folder,), environment=environment, documents=4)
    assert contents_of(proposal) == (
        "1 pattern for the kind of 1 of 4 documents, 1 folder left out, the environment; 1 guess behind `#`"
    )
    assert contents_of(Proposal()) == "no setting is in force, as nothing was sure"


def test_a_check_that_finds_nothing_to_check_is_told() -> None:
    from gatekeeper.model.report import Report

    assert next_check(Report("1"), 0) == "the next `gatekeeper check` finds nothing: it exits 0"
    assert next_check(Report("1"), 3).endswith("it exits 3")
