"""The things that assertions see are what `gatekeeper parse --format json` prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gatekeeper.link.assertion.things import iter_things
from gatekeeper.link.project import link_documents
from gatekeeper.model.assertion.law import FIELDS, PATTERNS, What
from gatekeeper.model.document import Document
from gatekeeper.model.project import Project
from gatekeeper.parse.reader import parse_document
from gatekeeper.render.json_documents import document_json
from gatekeeper.repo.memory import MemoryTree

HARBOR = Path(__file__).resolve().parents[3] / "examples" / "harbor"


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    paths = sorted(path for path in HARBOR.rglob("*") if path.suffix in (".md", ".txt", ".yaml"))
    parsed = [parse_document(path.relative_to(HARBOR).as_posix(), path.read_bytes()) for path in paths]
    return [document for document in parsed if document.has_content]


@pytest.fixture(scope="module")
def project(documents: list[Document]) -> Project:
    return link_documents(documents, MemoryTree({document.path: "x" for document in documents}))


def forms(project: Project, what: What) -> list[dict]:
    return [json.loads(json.dumps(thing.form)) for thing in iter_things(project, what)]


def printed(documents: list[Document]) -> list[dict]:
    return [json.loads(json.dumps(document_json(document))) for document in documents]


def test_documents_are_as_printed(documents: list[Document], project: Project) -> None:
    assert forms(project, What.DOCUMENT) == printed(documents)


@pytest.mark.parametrize(("what", "key"), [(What.ITEM, "items"), (What.ENTRY, "entries"), (What.CLAIM, "claims")])
def test_parts_are_as_printed_with_their_path(
    what: What, key: str, documents: list[Document], project: Project
) -> None:
    wanted = [{"path": one["path"], **part} for one in printed(documents) for part in one[key]]
    found = forms(project, what)
    assert found
    for form in found:
        form.pop("verdict", None)
    assert found == wanted


def test_evidence_is_as_printed_with_its_state_and_item(documents: list[Document], project: Project) -> None:
    wanted = {
        (one["path"], ref["line"], ref["column"], ref["target"], ref["kind"])
        for one in printed(documents)
        for item in one["items"]
        for ref in item["evidence"]
    }
    found = forms(project, What.EVIDENCE)
    assert {(one["path"], one["line"], one["column"], one["target"], one["kind"]) for one in found} == wanted
    assert all(one["state"] and "status" in one["item"] for one in found)


@pytest.mark.parametrize("what", What)
def test_the_fields_that_are_told_are_those_that_there_are(what: What, project: Project) -> None:
    for form in forms(project, what):
        assert set(form) == set(FIELDS[what])
    assert set(PATTERNS[what]) <= {*FIELDS[what], "id", "gate", "owner"}
