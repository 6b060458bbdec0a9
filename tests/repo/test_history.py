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


def changes(sandbox, *paths: str) -> dict[str, str]:
    found = open_tree(None, str(sandbox.root)).last_changes(paths)
    assert {change.date for change in found.values()} <= {"2026-01-02"}
    return {path: change.commit for path, change in found.items()}


def test_the_last_change_of_each_path_in_one_pass(sandbox) -> None:
    sandbox.commit("a.md", "b.md", ":(glob)*.md", "größe 大\n.md")
    first = sandbox.git("rev-parse", "HEAD").decode().strip()
    sandbox.write("a.md", "anew\n")
    second = sandbox.commit()
    (sandbox.root / "b.md").rename(sandbox.root / "c.md")
    third = sandbox.commit()
    sandbox.write("new.md")
    names = ("a.md", "c.md", ":(glob)*.md", "größe 大\n.md", "new.md", "nowhere.md")
    assert changes(sandbox, *names) == {"a.md": second, "c.md": third, ":(glob)*.md": first, "größe 大\n.md": first}
    assert changes(sandbox) == {}


def test_last_changes_below_a_folder_and_without_history(sandbox, tmp_path) -> None:
    commit = sandbox.commit("docs/a.md", "a.md")
    below = open_tree(str(sandbox.root / "docs"), str(sandbox.root))
    assert {path: change.commit for path, change in below.last_changes(["a.md"]).items()} == {"a.md": commit}
    sandbox.git("clone", "-q", "--depth", "1", sandbox.root.as_uri(), str(tmp_path / "shallow"))
    assert open_tree(None, str(tmp_path / "shallow")).last_changes(["a.md"]) == {}
    (tmp_path / "plain").mkdir()
    assert open_tree(None, str(tmp_path / "plain")).last_changes(["a.md"]) == {}


def test_many_files_have_the_same_origins_as_few(sandbox) -> None:
    names = [f"docs/{number}.md" for number in range(220)]
    first = sandbox.commit(*names)
    sandbox.write(names[7], "anew\n")
    second = sandbox.commit("beside.md")
    lines = {name: {f"{name}\n".strip(), "anew"} for name in names}
    found = open_tree(None, str(sandbox.root)).line_origins(lines)
    assert found.pop((names[7], "anew")).commit == second
    assert {change.commit for change in found.values()} == {first}
    assert len(found) == 219


def test_a_line_of_a_renamed_file_is_as_old_as_the_rename(sandbox) -> None:
    sandbox.commit("a.md")
    (sandbox.root / "a.md").rename(sandbox.root / "b.md")
    renamed = sandbox.commit()
    assert origin(sandbox, "b.md", "a.md") == renamed


def test_remotes_are_read_as_they_are_configured(sandbox) -> None:
    assert open_tree(None, str(sandbox.root)).remotes() == {}
    sandbox.git("remote", "add", "origin", "https://me:secret@git.example/a.git")
    sandbox.git("remote", "add", "a.url.b", "../b")
    assert open_tree(None, str(sandbox.root)).remotes() == {
        "origin": "https://me:secret@git.example/a.git",
        "a.url.b": "../b",
    }
