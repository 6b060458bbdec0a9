"""`gatekeeper diff`: what a change did, in all three forms, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., Result]

BOARD = """\
# Harbor board

| ID | Item | Gate | Status | Evidence |
|----|------|------|--------|----------|
| H-01 | Crane control | Crane Gate | {first} | `src/crane.py` |
| H-02 | Quay lights | Quay Gate | {second} | {lights} |
| H-03 | Bollards {tail}| Quay Gate | Done | `src/bollard.py` |
"""
GATES = """\
# Gates

## Gate 1: Keel laid

- [x] Drawings signed
- [{slip}] Slip clear

## Gate 2: Launch

- [ ] Hull painted
"""
EVIL = "``@ops`` <b> [x](javascript:y)\u202e "


@pytest.fixture
def harbor(make_chronicle, folder: Path):
    """Two commits with a tag each, and a work tree that differs from both."""
    one = make_chronicle(folder)
    files = {"src/crane.py": "x\n", "src/bollard.py": "x\n", "src/lights.py": "x\n"}
    files["gates.md"] = GATES.format(slip=" ")
    before = BOARD.format(first="Done", second="In progress", lights="-", tail="")
    one.commit("2026-03-01", {"board.md": before, "todo.md": "# To do\n\n- [ ] Paint the shed\n", **files})
    one.git("tag", "one")
    after = BOARD.format(first="In progress", second="Done", lights="`src/lights.py`, `src/switch.py`", tail=EVIL)
    one.commit(
        "2026-03-02",
        {
            "board.md": None,
            "docs/board.md": after,
            "src/bollard.py": None,
            "todo.md": "# To do\n\n- [x] Sweep\n",
            "gates.md": GATES.format(slip="x"),
        },
    )
    one.git("tag", "two")
    (folder / "src/bollard.py").write_text("x\n")
    one.git("add", "-N", "src/bollard.py")
    return one


def ask(run: Run, *arguments: str) -> Result:
    return run("diff", *arguments, "--today", "2026-04-01")


def data(run: Run, commits: str) -> dict:
    result = ask(run, commits, "--format", "json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    schema = json.loads((ROOT / "schemas/difference.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(found)
    return found


@pytest.mark.parametrize(("form", "suffix"), [("terminal", "txt"), ("markdown", "md"), ("json", "json")])
def test_the_three_forms_are_golden(run: Run, harbor, golden, form: str, suffix: str) -> None:
    result = ask(run, "one..two", "--format", form)
    assert result.exit_code == 0
    golden(f"difference/commits.{suffix}", result.stdout)


def test_items_evidence_and_findings(run: Run, harbor) -> None:
    found = data(run, "one..two")
    moved = {
        one["subject"]: (one["before"]["status"], one["after"]["status"])
        for one in found["items"]
        if one["before"] and one["after"]
    }
    assert moved.pop("Slip clear") == ("queued", "done")
    assert moved == {"H-01": ("done", "in_progress"), "H-02": ("in_progress", "done")}
    assert {one["subject"] for one in found["items"] if not one["before"]} == {"Sweep"}
    assert {one["subject"] for one in found["items"] if not one["after"]} == {"Paint the shed"}
    assert {one["target"]: (one["before"], one["after"], one["loss"]) for one in found["evidence"]} == {
        "src/bollard.py": ("found", "missing", True),
        "src/switch.py": (None, "missing", True),
        "src/lights.py": (None, "found", False),
    }
    assert {(one["code"], one["line"]) for one in found["new"] if one["code"] == "EV001"} == {
        ("EV001", 6),
        ("EV001", 7),
    }
    assert [(one["name"], one["before"], one["after"]) for one in found["gates"]] == [("Gate 1", "unmet", "met")]
    assert found["base_commit"] == harbor.git("rev-parse", "one")


def test_what_the_baseline_came_to_accept_is_not_mended(run: Run, harbor) -> None:
    before = data(run, "one..two")["new"]
    harbor.git("reset", "-q", "--hard")
    assert run("baseline").exit_code == 0
    harbor.git("add", ".")
    harbor.commit("2026-03-03", {"note.md": "# Note\n"})
    found = data(run, "two..HEAD")
    assert before
    assert (found["new"], found["mended"]) == ([], [])


def test_there_and_back_is_the_same_with_signs_turned(run: Run, harbor) -> None:
    there, back = data(run, "one..two"), data(run, "two..one")
    assert [one["fingerprint"] for one in there["new"]] == [one["fingerprint"] for one in back["mended"]]
    assert len(there["items"]) == len(back["items"])
    assert {one["name"]: one["after"] for one in there["gates"]} == {
        one["name"]: one["before"] for one in back["gates"]
    }


def test_nothing_differs_from_itself(run: Run, harbor) -> None:
    found = data(run, "two..two")
    assert [found[name] for name in ("items", "evidence", "gates", "new", "mended")] == [[]] * 5


def test_one_name_is_held_against_the_work_tree(run: Run, harbor) -> None:
    found = data(run, "two")
    assert (found["head"], found["head_commit"]) == ("", None)
    assert [(one["target"], one["after"]) for one in found["evidence"]] == [("src/bollard.py", "found")]
    assert "two (" in ask(run, "two..").stdout


def test_a_line_that_reads_otherwise_is_no_new_finding(run: Run, harbor) -> None:
    board = harbor.root / "docs/board.md"
    board.write_text(
        board.read_text("utf-8").replace("Bollards", "The bollards").replace("src/lights.py`, ", "src/lights.py` and "),
        "utf-8",
    )
    found = data(run, "two")
    assert found["new"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere..two",), "no such commit"),
        (("one..nowhere",), "no such commit"),
        (("one...two",), "three dots"),
        (("..two",), "before the dots"),
        (("--all",), "No such option"),
        (("-- --all",), "no such commit"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, harbor, arguments: tuple[str, ...], words: str) -> None:
    result = run("diff", *arguments[0].split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_without_git_it_is_an_error(run: Run, clean: Path) -> None:
    assert run("diff", "main").exit_code == 2


def test_words_of_documents_are_inert_in_markdown(run: Run, harbor) -> None:
    from markdown_it import MarkdownIt

    harbor.commit(
        "2026-03-03",
        {
            "docs/board.md": (harbor.root / "docs/board.md")
            .read_text("utf-8")
            .replace("| Done | `src/b", "| Blocked | `src/b")
        },
    )
    text = ask(run, "two..HEAD", "--format", "markdown").stdout
    assert "ops" in text
    html = MarkdownIt("gfm-like").render(text) if _has_linkify() else MarkdownIt().render(text)
    assert "<a " not in html
    assert "<b>" not in html
    assert "\u202e" not in html


def _has_linkify() -> bool:
    from importlib.util import find_spec

    return find_spec("linkify_it") is not None
