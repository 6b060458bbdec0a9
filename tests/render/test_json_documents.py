"""`parse --format json`: the shape scripts rely on, one document after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from jsonschema import Draft202012Validator

from gatekeeper.data import shipped
from gatekeeper.model.document import Claim, Document, WorkItem
from gatekeeper.model.text import Newline, SourceText, Span
from gatekeeper.render.json_documents import render_documents

VALIDATOR = Draft202012Validator(json.loads(shipped("schemas", "documents.schema.json").read_text("utf-8")))
Documents = tuple[Document, ...]


def parsed(*documents: Document) -> list[dict[str, object]]:
    data = json.loads("".join(render_documents(documents)).encode("utf-8"))
    VALIDATOR.validate(data)
    found: list[dict[str, object]] = data["documents"]
    return found


def test_documents_as_json(documents: Documents, golden: Callable[[str, str], None]) -> None:
    assert len(parsed(*documents)) == 3
    golden("documents.json", "".join(render_documents(documents)))


def test_an_item_has_its_place_words_and_evidence(documents: Documents) -> None:
    tracker = parsed(*documents)[0]
    assert tracker["legend"][0] == {"token": "Queued", "status": "queued", "line": 3}
    item = tracker["items"][0]
    assert {name: item[name] for name in ("line", "column", "id", "kind", "title", "raw_status", "status", "gate")} == {
        "line": 7,
        "column": 1,
        "id": "01",
        "kind": "sprint",
        "title": "Foundation",
        "raw_status": "Done",
        "status": "done",
        "gate": "CI/CD gate",
    }
    assert item["evidence"] == [{"target": "scripts/validate-env.mjs", "kind": "path", "line": 7, "column": 29}]
    assert item["refs"] == ["F1-E1", "F1-E2"]
    assert item["basis"] == "legend"


def test_an_item_without_a_status_has_null_and_unknown(documents: Documents) -> None:
    item = parsed(*documents)[0]["items"][3]
    assert (item["raw_status"], item["status"], item["basis"]) == (None, "unknown", "none")


def test_entries_and_claims_have_their_places(documents: Documents) -> None:
    log = parsed(*documents)[1]
    entry, claim = log["entries"][0], log["claims"][0]
    assert (entry["line"], entry["date"], entry["number"]) == (3, "2026-02-07", 1)
    assert [ref["target"] for ref in entry["artifacts"] + entry["validations"]] == ["src/search.py", "npm run ci"]
    assert (claim["line"], claim["values"]) == (6, {"numerator": 7, "denominator": 11})


def test_lines_count_crlf_once() -> None:
    source = SourceText("a.md", "one\r\ntwo\r\nthree", newline=Newline.CRLF)
    document = parsed(Document(source, items=(WorkItem("task", "three", Span(10, 15)),)))[0]
    assert (document["items"][0]["line"], document["items"][0]["column"]) == (3, 1)
    assert document["encoding"] == {"mojibake": False, "bom": False, "newline": "crlf", "name": "utf-8"}


def test_no_documents_is_a_valid_text() -> None:
    assert parsed() == []


def test_documents_are_written_as_they_come(documents: Documents) -> None:
    taken: list[str] = []

    def source() -> Iterator[Document]:
        for document in documents:
            taken.append(document.path)
            yield document

    pieces = render_documents(source())
    next(pieces)
    assert taken == []
    assert "docs/tracker.md" in next(pieces)
    assert taken == ["docs/tracker.md"]


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_a_number_that_json_does_not_have_is_named(value: float) -> None:
    claim = Claim("percent", "1e999%", Span(0, 0), {"percent": value})
    assert parsed(Document(SourceText("a.md", ""), claims=(claim,)))[0]["claims"][0]["values"] == {
        "percent": str(value)
    }


def test_words_are_kept_as_written_whatever_they_hold() -> None:
    words = "\ud800\x1b\u202e\n"
    item = WorkItem("task", words, Span(0, 0), id=words, refs=(words,))
    document = parsed(Document(SourceText(words, words), title=words, items=(item,)))[0]
    assert document["path"] == document["title"] == document["items"][0]["id"] == words
