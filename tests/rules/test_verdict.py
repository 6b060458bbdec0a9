"""Fixes, and the one defect of a reference."""

from __future__ import annotations

import pytest

from gatekeeper.link.project import link_documents
from gatekeeper.model.document import Document, DocumentKind
from gatekeeper.model.finding import Finding
from gatekeeper.model.project import Renames
from gatekeeper.parse.reader import parse_document
from gatekeeper.repo.memory import MemoryTree
from gatekeeper.rules.base import DocumentRule
from gatekeeper.rules.evidence._respell import relative_to
from gatekeeper.rules.registry import RULES

HEAD = "| ID | Item | Status | Evidence |\n|---|---|---|---|\n"


def findings(
    cell: str, files, status: str = "Done", path: str = "docs/a/tracker.md", kind: DocumentKind | None = None, **tree
) -> list[Finding]:
    text = f"{HEAD}| 1 | Sign-in | {status} | {cell} |\n"
    document: Document = parse_document(path, text.encode())
    assert document.items, text
    assert any(item.evidence for item in document.items), text
    project = link_documents([document], MemoryTree({path: text, **dict.fromkeys(files, "Passed.\n")}, **tree))
    rules = [rule() for rule in RULES]
    return [one for rule in rules if isinstance(rule, DocumentRule) for one in rule.check(document, project)]


def fixed(cell: str, files, **words) -> tuple[str, str | None]:
    (finding,) = findings(cell, files, **words)
    fix = finding.fix
    return finding.code, f"{'' if fix.is_safe else 'unsafe '}{fix.edits[-1].new}" if fix else None


@pytest.mark.parametrize(
    ("document", "path", "relative"),
    [
        ("docs/a/t.md", "docs/a/b.md", "b.md"),
        ("docs/a/t.md", "docs/b.md", "../b.md"),
        ("docs/a/t.md", "src/x/b.md", "../../src/x/b.md"),
        ("t.md", "docs/b.md", "docs/b.md"),
        ("docs/t.md", "docs", "../docs"),
        ("docs/a/t.md", "docs/a", "../a"),
    ],
)
def test_a_path_relative_to_its_document(document: str, path: str, relative: str) -> None:
    assert relative_to(document, path) == relative


@pytest.mark.parametrize(
    ("cell", "files", "expected"),
    [
        ("`docs/Run.md`", ["docs/run.md"], ("EV002", "docs/run.md")),
        ("`docs/Run.md:1`", ["docs/run.md"], ("EV002", "docs/run.md:1")),
        ("`Docs/`", [], ("EV002", "docs/")),
        ("`/docs/Run.md`", ["docs/run.md"], ("EV002", "/docs/run.md")),
        ("[r](../Run.md)", ["docs/run.md"], ("EV002", "../run.md")),
        ("[r](docs/run.md)", ["docs/run.md"], ("EV009", "../run.md")),
        ("[r](docs/run.md#passed)", ["docs/run.md"], ("EV008", None)),
        ("[r](bot%20chat/run.md)", ["bot chat/run.md"], ("EV009", "../../bot%20chat/run.md")),
        ("[r](docs/runs/)", ["docs/runs/x.md"], ("EV009", "../runs/")),
    ],
)
def test_a_fix_is_the_reference_with_another_path(cell: str, files, expected) -> None:
    assert fixed(cell, files) == expected


def test_a_missing_target_is_safely_fixed_only_by_a_rename_of_git() -> None:
    moved = {"docs/old.md": "docs/new.md"}
    assert fixed("`docs/old.md`", ["docs/new.md"], renamed=moved) == ("EV001", "docs/new.md")
    assert fixed("[r](../old.md)", ["docs/new.md"], renamed=moved) == ("EV001", "../new.md")
    assert fixed("`docs/old.md:1`", ["docs/new.md"], renamed=moved) == ("EV001", "unsafe docs/new.md:1")
    (finding,) = findings("`docs/nwe.md`", ["docs/new.md"])
    assert finding.fix is not None
    assert (finding.fix.is_safe, finding.fix.edits[0].new) == (False, "docs/new.md")
    assert finding.help == "did you mean `docs/new.md`?"


def test_what_git_deleted_is_no_slip_of_the_pen() -> None:
    gone = Renames({}, deleted=["docs/old.md", "docs/log/run.md"])
    (finding,) = findings("`docs/old.md`", ["docs/olds.md"], renamed=gone)
    assert (finding.help, finding.fix) == (
        "git deleted it: name what took its place, bring it back, or take back what it was to prove",
        None,
    )
    (finding,) = findings("`docs/log/run.md`", ["docs/runs/run.md"], renamed=gone)
    assert finding.help is not None
    assert finding.help.startswith("git deleted it: name what took its place (`docs/runs/run.md`?)")
    (finding,) = findings("[r](../old.md)", [], renamed=gone)
    assert finding.help == "git deleted it: name what took its place, bring it back, or take back what it was to prove"


def test_a_fix_is_never_safe_for_what_is_only_probable() -> None:
    assert fixed("`src/a.py`", ["pkg/src/a.py"]) == ("EV012", "unsafe pkg/src/a.py")


def test_messages_say_what_was_read_and_what_was_expected() -> None:
    (finding,) = findings("`docs/old.md`", ["docs/new.md"], renamed={"docs/old.md": "docs/new.md"})
    assert finding.message == "evidence `docs/old.md` is not in the repository: no tracked file or folder has this path"
    assert finding.help == "git moved it to `docs/new.md`: name that"
    (finding,) = findings("`src/a.py:9-12`", ["src/a.py"])
    assert finding.message == "evidence names lines 9 to 12 of `src/a.py`, which has 1 line"
    (finding,) = findings("`out/run.log`", [], ignored=["out/run.log"])
    assert finding.message == "evidence `out/run.log` is on disk but not tracked: an ignore rule hides it"


@pytest.mark.parametrize("status", ["Done", "In Progress", "Review", "Ready", "Partial", "Zorbled"])
def test_missing_evidence_counts_for_every_status_but_planned_ones(status: str) -> None:
    assert "EV001" in [one.code for one in findings("`docs/gone.md`", [], status=status)]


@pytest.mark.parametrize("status", ["Queued", "Cancelled", "TODO", "Blocked"])
def test_planned_evidence_may_be_missing(status: str) -> None:
    assert findings("`docs/gone.md`", [], status=status) == []


def test_evidence_of_a_planned_and_a_begun_item_is_no_plan() -> None:
    text = f"{HEAD}| 1 | Sign-in | Queued | `docs/gone.md` |\n| 2 | Sign-out | Done | `docs/gone.md` |\n"
    document = parse_document("t.md", text.encode())
    project = link_documents([document], MemoryTree({"t.md": text}))
    found = [one for rule in RULES if issubclass(rule, DocumentRule) for one in rule().check(document, project)]
    assert [(one.code, one.location.start.line) for one in found] == [("EV001", 4)]
