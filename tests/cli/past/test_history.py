"""`gatekeeper history`: what it prints, in both forms, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[3]
Run = Callable[..., Result]

HEAD = "# Harbor board\n\n| ID | Item | Status | Evidence |\n|----|------|--------|----------|\n"


def row(name: str, title: str, status: str, evidence: str = "-") -> str:
    return f"| {name} | {title} | {status} | {evidence} |\n"


@pytest.fixture
def harbor(make_chronicle, folder: Path):
    """A history with moves, a rename, a merge, evidence that came late, a step that was skipped, and one back."""
    one = make_chronicle(folder)
    crane, quay = (
        "Crane \x1b[31mcontrol\u202e",
        "Quay lights, which must shine on every berth and on the road to the gate too",
    )
    one.commit("2026-03-01", {"board.md": HEAD + row("H-01", crane, "Queued") + row("H-02", quay, "In progress")})
    one.commit(
        "2026-03-03",
        {"board.md": HEAD + row("H-01", crane, "Done", "`src/crane.py`") + row("H-02", quay, "In progress")},
    )
    one.commit("2026-03-04", {"src/crane.py": "x = 1\n"})
    one.git("checkout", "-q", "-b", "side")
    text = (
        HEAD
        + row("H-01", crane, "In progress", "`src/crane.py`")
        + row("H-02", quay, "✅ Done", "`src/crane.py`, `a.py`, `b.py`, `c.py`, `d.py`")
    )
    one.commit("2026-03-05", {"board.md": None, "docs/board.md": text})
    one.git("checkout", "-q", "main")
    one.commit("2026-03-06", {"other.txt": "x"})
    one.git("merge", "-q", "--no-ff", "-m", "merge", "side", day="2026-03-07")
    one.commit("2026-03-11", {"docs/board.md": text.replace("| In progress |", "| Done |")})
    return one


def schema(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("all", ()),
        ("item", ("h-1",)),
        ("item", ("H-01",)),
        ("title", ("crane \x1b[31mcontrol\u202e",)),
        ("newest", ("--limit", "1")),
    ],
)
def test_the_text_is_golden(run: Run, harbor, golden, name: str, arguments: tuple[str, ...]) -> None:
    if name == "title":
        name = "item"
    result = run("history", *arguments)
    assert result.exit_code == (3 if arguments == ("h-1",) else 0)
    if result.exit_code == 0:
        golden(f"history/{name}.txt", result.stdout)


def test_the_json_is_golden_and_as_its_schema_says(run: Run, harbor, golden) -> None:
    for name, arguments in {"all": (), "item": ("H-02",)}.items():
        result = run("history", *arguments, "--format", "json")
        assert result.exit_code == 0
        schema("history").validate(json.loads(result.stdout))
        golden(f"history/{name}.json", result.stdout)


def test_a_shallow_clone_is_told(run: Run, harbor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clone = tmp_path / "clone"
    harbor.git("clone", "-q", "--depth=2", harbor.root.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    assert "the clone is shallow" in run("history").stdout
    assert json.loads(run("history", "--format", "json").stdout)["cut"] is True


def test_findings_have_an_age(run: Run, harbor, golden) -> None:
    (harbor.root / "src/crane.py").unlink()
    result = run("history", "--findings", "--today", "2026-04-01", "--format", "json")
    found = json.loads(result.stdout)
    schema("ages").validate(found)
    assert [(one["since_date"], one["days"]) for one in found["findings"]][:2] == [
        ("2026-03-05", 27),
        ("2026-03-05", 27),
    ]
    text = run("history", "--findings", "--today", "2026-04-01")
    assert text.exit_code == 0
    golden("history/findings.txt", text.stdout)


def test_without_git_it_is_an_error_with_a_hint(run: Run, faulty: Path) -> None:
    result = run("history")
    assert result.exit_code == 2
    assert "no git here" in result.stderr
    assert "hint: " in result.stderr


def test_a_name_that_nothing_has(run: Run, harbor) -> None:
    result = run("history", "Sprint 99")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no commit has" in result.stderr


@pytest.mark.parametrize(
    "arguments", [("--since", "yesterday"), ("--limit", "-1"), ("--findings", "H-01"), ("--findings", "--limit", "3")]
)
def test_what_cannot_be_meant_is_refused(run: Run, harbor, arguments: tuple[str, ...]) -> None:
    result = run("history", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_it_is_the_same_from_below(run: Run, harbor, monkeypatch: pytest.MonkeyPatch) -> None:
    above = run("history").stdout
    monkeypatch.chdir(harbor.root / "docs")
    assert run("history").stdout == above


def test_the_policy_of_today_reads_all_commits(run: Run, harbor) -> None:
    (harbor.root / ".gatekeeper.yml").write_text("statuses: {In progress: done}\n")
    found = json.loads(run("history", "H-02", "--format", "json").stdout)
    assert [move["after"]["status"] for move in found["moves"]] == ["done"]
