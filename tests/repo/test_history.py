"""Since which commit a line reads as it does, in real repositories."""

from __future__ import annotations

import pytest

from gatekeeper.model.report import Change
from gatekeeper.repo.worktree import open_tree


def origin(sandbox, path: str, line: str) -> str | None:
    found = open_tree(None, str(sandbox.root)).line_origins({path: {line}})
    change = found.get((path, line))
    assert set(found) <= {(path, line)}
    assert change is None or change.date == "2026-01-02"
    return change.commit if change else None


def test_a_line_is_as_old_as_the_commit_that_brought_it(sandbox) -> None:
    sandbox.write("docs/board 1.md", "| 1 | Queued |\n| 2 | Done |\n")
    first = sandbox.commit()
    sandbox.write("docs/board 1.md", "\ufeff| 1 | Done |\r\n| 2 | Done |\r\n")
    second = sandbox.commit()
    sandbox.commit("other.md")
    assert origin(sandbox, "docs/board 1.md", "| 1 | Done |") == second
    assert origin(sandbox, "docs/board 1.md", "| 2 | Done |") == first
    assert origin(sandbox, "docs/board 1.md", "| 1 | Queued |") is None


def test_a_line_that_was_away_for_a_while_is_as_old_as_its_return(sandbox) -> None:
    sandbox.write("a.md", "Status: Done\n")
    sandbox.commit()
    sandbox.write("a.md", "Status: Open\n")
    sandbox.commit()
    sandbox.write("a.md", "Status: Done\n")
    back = sandbox.commit()
    assert origin(sandbox, "a.md", "Status: Done") == back


def test_a_file_that_was_deleted_and_made_again(sandbox) -> None:
    sandbox.write("a.md", "Status: Done\n")
    sandbox.commit()
    (sandbox.root / "a.md").unlink()
    sandbox.commit()
    sandbox.write("a.md", "Status: Done\n")
    again = sandbox.commit()
    assert origin(sandbox, "a.md", "Status: Done") == again


def test_what_is_not_committed_has_no_origin(sandbox) -> None:
    sandbox.write("a.md", "Status: Open\n")
    sandbox.commit()
    sandbox.write("a.md", "Status: Done\n")
    sandbox.write("new.md", "Status: Done\n")
    assert origin(sandbox, "a.md", "Status: Done") is None
    assert origin(sandbox, "new.md", "Status: Done") is None


@pytest.mark.parametrize("name", [":(glob)*.md", "*.md", "a[b].md", "-x.md", "größe 大.md", "tab\tname.md"])
def test_a_name_is_a_name_and_no_pattern(sandbox, name: str) -> None:
    sandbox.write("plain.md", "Status: Done\n")
    sandbox.commit()
    sandbox.write(name, "Status: Done\n")
    second = sandbox.commit()
    assert origin(sandbox, name, "Status: Done") == second


def test_below_a_root_that_is_not_the_top(sandbox) -> None:
    sandbox.write("part/docs/a.md", "Status: Done\n")
    first = sandbox.commit()
    found = open_tree(str(sandbox.root / "part"), str(sandbox.root)).line_origins({"docs/a.md": {"Status: Done"}})
    assert found == {("docs/a.md", "Status: Done"): Change(first, "2026-01-02")}


def test_without_history_nothing_is_known(sandbox, tmp_path, make_sandbox) -> None:
    sandbox.write("a.md", "Status: Done\n")
    sandbox.commit()
    sandbox.commit("b.md")
    clone = tmp_path / "clone"
    sandbox.git("clone", "-q", "--depth=1", sandbox.root.as_uri(), str(clone))
    asked = {"a.md": {"Status: Done"}}
    assert open_tree(None, str(clone)).line_origins(asked) == {}
    assert open_tree(None, str(make_sandbox(tmp_path / "new").root)).line_origins(asked) == {}
    (tmp_path / "plain").mkdir()
    assert open_tree(None, str(tmp_path / "plain")).line_origins(asked) == {}
