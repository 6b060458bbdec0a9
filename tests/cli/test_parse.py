"""`gatekeeper parse`: documents on stdout as they are read, what was left out on stderr."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
Start = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_json_is_the_contract(run: Run, faulty: Path) -> None:
    result = run("parse", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    parsed = json.loads(result.stdout)
    assert parsed["schema_version"] == "1"
    (document,) = parsed["documents"]
    assert (document["path"], document["kind"]) == ("docs/tracker.md", "tracker")
    assert [(item["id"], item["line"], item["status"], item["raw_status"]) for item in document["items"]] == [
        ("01", 5, "done", "Done"),
        ("02", 6, "done", "Done"),
    ]
    assert document["items"][1]["evidence"][0]["target"] == "src/logout.py"


def test_text_shows_every_item(run: Run, faulty: Path) -> None:
    result = run("parse", "docs")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("docs/tracker.md: tracker")
    assert "Sign-out" in result.stdout


def test_a_named_document_is_shown_even_without_content(run: Run, faulty: Path) -> None:
    parsed = json.loads(run("parse", "--format", "json", "README.md").stdout)
    assert [(document["path"], document["items"]) for document in parsed["documents"]] == [("README.md", [])]


def test_statuses_of_the_policy_are_understood(run: Run, faulty: Path) -> None:
    (faulty / ".gatekeeper.yml").write_text("statuses: {Done: review}\ndocuments: {docs/: backlog}\n")
    (document,) = json.loads(run("parse", "--format", "json").stdout)["documents"]
    assert document["kind"] == "backlog"
    assert {item["status"] for item in document["items"]} == {"review"}


def test_nothing_parsed_exits_3_with_valid_json(run: Run, faulty: Path) -> None:
    result = run("parse", "--format", "json", "--exclude", "docs/")
    assert (result.exit_code, json.loads(result.stdout)["documents"]) == (3, [])
    assert result.stderr.startswith("error: nothing was parsed: 2 files were looked at")


def test_what_is_no_document_is_told_on_stderr_as_far_as_asked(run: Run, faulty: Path) -> None:
    (faulty / "broken.yml").write_text("a: [\n")
    quiet, plain, verbose = (run("parse", *flags).stderr for flags in (["-q"], [], ["-v"]))
    assert quiet == ""
    assert plain.startswith("unreadable: broken.yml: not valid YAML")
    assert len(plain.splitlines()) == 1
    assert verbose.splitlines()[0] == "set aside: README.md: carries no status, evidence or gate content"


def test_an_error_leaves_no_half_of_a_result(run: Run, faulty: Path) -> None:
    result = run("parse", "--format", "json", "--exclude", "[z-a]")
    assert (result.exit_code, result.stdout) == (2, "")


def test_documents_go_to_a_file_too(run: Run, faulty: Path) -> None:
    result = run("parse", "--format", "json", "-o", "out.json")
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads((faulty / "out.json").read_text("utf-8"))["documents"]
