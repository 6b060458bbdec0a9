"""Claims of front matter and of data files: figures under keys, and what strings say."""

from __future__ import annotations

import pytest

from gatekeeper.model.document import Claim, Document
from gatekeeper.parse.reader import parse_document


def claims(document: Document) -> list[tuple[str, str, dict[str, object]]]:
    return [(claim.kind, claim.text, dict(claim.values)) for claim in document.claims]


def figures(text: str, path: str = "a.yml") -> dict[object, object]:
    """Label -> number of each figure of a data file that lists one item besides."""
    document = parse_document(path, f"story: {{id: A-1, status: done}}\n{text}\n".encode())
    return {claim.values["label"]: claim.values["count"] for claim in document.claims if claim.kind == "figure"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("completed_plans: 4", {"completed plans": 4}),
        ("completedPlans: 4", {"completed plans": 4}),
        ("progress:\n  total_phases: 4\n  percent: 40", {"total phases": 4, "progress percent": 40}),
        ("stories: {total: 9, done: 2}", {"stories total": 9, "stories done": 2}),
        ("findings:\n  critical: 0\n  minor: 3", {"findings critical": 0, "findings minor": 3}),
        ("phase: 4\nversion: 2\nretries: 3\nport: 80", {}),
        ("completed_plans: 4.5\nopen_tasks: -1\nclosed_tasks: true\ntotal_tasks: '7'", {}),
    ],
)
def test_a_key_that_names_a_measure_makes_its_number_a_figure(text: str, found: dict[object, object]) -> None:
    assert figures(text) == found


def test_json_has_figures_too() -> None:
    document = parse_document("a.json", b'{"item": {"id": "A-1", "status": "done"}, "passedTests": 12}')
    assert claims(document) == [("figure", '"passedTests": 12', {"label": "passed tests", "count": 12})]


def test_strings_of_data_claim_what_sentences_claim_but_name_no_commits() -> None:
    text = 'work:\n- id: A-1\n  status: done\n  note: "9/17 tests passing in 1a2b3c4"\n'
    document = parse_document("a.yml", text.encode())
    assert claims(document) == [
        ("ratio", "9/17 tests", {"numerator": 9, "denominator": 17, "of": "tests"}),
    ]
    assert [claim.item for claim in document.claims] == [document.items[0].span.start]


def test_front_matter_claims_for_the_document() -> None:
    text = "---\nstatus: passed\nscore: 15/16 must-haves verified\ncompleted_plans: 4\n---\n\n# Phase 1\n\nPlans completed: 0\n"
    document = parse_document("a.md", text.encode())
    assert claims(document) == [
        ("ratio", "15/16 must-haves", {"numerator": 15, "denominator": 16, "of": "must-haves"}),
        ("figure", "completed_plans: 4", {"label": "completed plans", "count": 4}),
        ("figure", "Plans completed: 0", {"label": "plans completed", "count": 0}),
    ]
    assert [claim.item is not None for claim in document.claims] == [True, True, False]


def test_every_claim_of_data_is_cut_from_the_source() -> None:
    text = '---\nstatus: done\nnote: |\n  12 tests, all\n  tests passed\n"total_tasks" : 7\n---\n# A\n'
    document = parse_document("a.md", text.encode())
    assert len(document.claims) == 3
    for claim in document.claims:
        assert isinstance(claim, Claim)
        assert document.source.slice(claim.span) == claim.text


def test_data_without_items_claims_nothing() -> None:
    assert parse_document("a.yml", b"total_tasks: 7\n").claims == ()


def test_a_very_long_string_is_not_read() -> None:
    document = parse_document("a.yml", b"a: {id: A-1, status: done, note: '" + b"7/11 tests passing " * 300 + b"'}\n")
    assert document.claims == ()
