"""Recalling: whatever happens to a repository, the outcome is the one that a run without a cache would have."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.engine.kept.recall import recall
from gatekeeper.engine.law import read_policy
from gatekeeper.engine.session import RunSettings, check
from gatekeeper.model.report import Report
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.kept.traced import TracedTree
from gatekeeper.repo.worktree import WorkTree, open_tree

BOARD = "# Board\n\n| ID | Task | Status | Evidence |\n|---|---|---|---|\n"
LAW = ".gatekeeper.yml"


class Told(NamedTuple):
    """What a question came to, and whether a run was needed."""

    outcome: bytes
    ran: bool


def run(tree: WorkTree) -> Report:
    policy = Policy()
    if tree.is_present(LAW):
        policy = read_policy(LAW, tree.read(LAW, 10_000), lambda path: tree.read(path, 10_000))
    return check(tree, RunSettings(today="2026-06-01", version="1", policy=policy))


def ask(root: Path, cache: Cache) -> Told:
    """The outcome with a cache, from a fresh look at the tree."""
    tree = TracedTree(open_tree(None, str(root)))
    ran = []

    def note() -> Report:
        ran.append(1)
        return run(tree)

    return Told(msgspec.json.encode(recall(cache, tree, ("all",), note)), bool(ran))


def plain(root: Path) -> bytes:
    """The outcome without a cache."""
    return msgspec.json.encode(run(open_tree(None, str(root))))


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, timeout=60)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "kiln")


def make(root: Path) -> Path:
    (root / "src").mkdir(parents=True)
    (root / "board.md").write_text(
        BOARD + "| K-01 | Kiln | Done | `src/kiln.py` |\n| K-02 | Glaze | Done | `src/glaze.py` |\n"
    )
    (root / "src/kiln.py").write_text("heat = 1\n")
    (root / ".gitignore").write_text("*.log\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    return root


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path / "cache"))


def test_nothing_runs_twice_over_the_same_tree(root: Path, cache: Cache) -> None:
    first = ask(root, cache)
    assert first == Told(plain(root), True)
    assert ask(root, cache) == Told(first.outcome, False)


def test_a_touched_file_is_read_again_and_nothing_more(root: Path, cache: Cache) -> None:
    first = ask(root, cache)
    for path in root.rglob("*.*"):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (1, 1))
    assert ask(root, cache) == Told(first.outcome, False)


def test_a_copy_is_another_place(root: Path, cache: Cache, tmp_path: Path) -> None:
    ask(root, cache)
    shutil.copytree(root, tmp_path / "copy", symlinks=True)
    assert ask(tmp_path / "copy", cache).ran
    # The folder itself replaced by a copy, as where a CI job restores what it kept: other inodes, other times, the same bytes.
    shutil.rmtree(root)
    shutil.copytree(tmp_path / "copy", root, symlinks=True)
    assert ask(root, cache) == Told(plain(root), False)


def test_a_change_that_keeps_size_and_time_is_seen(root: Path, cache: Cache) -> None:
    board = root / "board.md"
    os.utime(board, (1_000_000_000, 1_000_000_000))
    first = ask(root, cache)
    board.write_text(board.read_text().replace("Done", "Open"))
    os.utime(board, (1_000_000_000, 1_000_000_000))
    second = ask(root, cache)
    assert second.ran
    assert second.outcome == plain(root) != first.outcome


CHANGES = {
    "the evidence comes": lambda root: (root / "src/glaze.py").write_text("gloss = 1\n"),
    "the evidence goes": lambda root: (root / "src/kiln.py").unlink(),
    "the evidence is emptied": lambda root: (root / "src/kiln.py").write_text(""),
    "the evidence becomes a folder": lambda root: ((root / "src/kiln.py").unlink(), (root / "src/kiln.py").mkdir()),
    "the evidence becomes a link": lambda root: ((root / "src/kiln.py").unlink(), (root / "src/kiln.py").symlink_to("x")),
    "another document comes": lambda root: (root / "b.md").write_text(BOARD + "| K-01 | Kiln | Blocked | - |\n"),
    "a law comes": lambda root: (root / LAW).write_text("rules:\n  EV001: off\n"),
    "the law excludes": lambda root: (root / LAW).write_text("exclude: ['board.md']\n"),
    "the evidence is ignored": lambda root: (root / ".gitignore").write_text("glaze.py\n"),
    "an ignored file comes": lambda root: (
        (root / ".gitignore").write_text("glaze.py\n"),
        (root / "src/glaze.py").write_text("x\n"),
    ),
    "a commit": lambda root: (git(root, "mv", "src/kiln.py", "src/oven.py"), git(root, "commit", "-qm", "moved")),
    "nothing": lambda root: None,
}  # fmt: skip


SAME = ("nothing", "the evidence becomes a link", "the evidence is ignored")


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(root: Path, cache: Cache, name: str) -> None:
    before = ask(root, cache).outcome
    CHANGES[name](root)
    expected = plain(root)
    assert (expected == before) is (name in SAME)
    assert ask(root, cache).outcome == expected
    assert ask(root, cache) == Told(expected, False)


WORDS = st.sampled_from(["Done", "Open", "In Progress", "Blocked", "Shipped"])
ROWS = st.lists(st.tuples(WORDS, st.sampled_from(["`src/kiln.py`", "`src/glaze.py`", "`c.md`", "-"])), max_size=4)
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(["board.md", "b.md", "c.md"]), ROWS),
    st.tuples(st.just("source"), st.sampled_from(["src/kiln.py", "src/glaze.py"]), st.sampled_from(["", "x\n", "y\n"])),
    st.tuples(st.just("remove"), st.sampled_from(["board.md", "b.md", "src/kiln.py", "src/glaze.py", LAW])),
    st.tuples(st.just("law"), st.sampled_from(["rules:\n  EV001: warning\n", "exclude: ['b.md']\n", "statuses:\n  Shipped: done\n"])),
    st.tuples(st.just("ignore"), st.sampled_from(["*.log\n", "glaze.py\n", "b.md\n"])),
    st.tuples(st.just("git"), st.sampled_from(["add", "commit", "branch", "main", "stash"])),
    st.tuples(st.just("touch"), st.sampled_from(["board.md", "b.md"])),
)  # fmt: skip


def act(root: Path, step: tuple[object, ...]) -> None:
    """One step of a day's work; what git refuses is left."""
    match step:
        case ("write", str(name), list(rows)):
            lines = (f"| K-{number:02} | Thing | {word} | {proof} |" for number, (word, proof) in enumerate(rows))
            (root / name).write_text(BOARD + "\n".join(lines) + "\n")
        case ("source", str(name), str(text)):
            (root / name).write_text(text)
        case ("remove", str(name)):
            (root / name).unlink(missing_ok=True)
        case ("law", str(text)):
            (root / LAW).write_text(text)
        case ("ignore", str(text)):
            (root / ".gitignore").write_text(text)
        case ("touch", str(name)):
            if (root / name).exists():
                os.utime(root / name)
        case ("git", str(word)):
            lines = {"add": ["add", "-A"], "commit": ["commit", "-aqm", "x"], "branch": ["switch", "-qc", "other"]}
            line = lines.get(word, ["switch", "-q", "main"] if word == "main" else ["stash", "-q"])
            try:
                git(root, *line)
            except subprocess.CalledProcessError:
                return


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=7))
def test_warm_is_cold_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[object, ...]]
) -> None:
    place = tmp_path_factory.mktemp("warm")
    root, cache = make(place / "kiln"), Cache(str(place / "cache"))
    for step in (("touch", "board.md"), *steps):
        act(root, step)
        expected = plain(root)
        assert ask(root, cache).outcome == expected, step
        assert ask(root, cache) == Told(expected, False), step


def test_other_arguments_are_another_question(root: Path, cache: Cache) -> None:
    tree = TracedTree(open_tree(None, str(root)))
    recall(cache, tree, ("one",), lambda: Report("first"))
    assert recall(cache, TracedTree(open_tree(None, str(root))), ("two",), lambda: Report("second")) == Report("second")
    assert recall(cache, TracedTree(open_tree(None, str(root))), ("one",), lambda: Report("third")) == Report("first")


def test_a_run_that_looked_at_history_beyond_head_is_not_kept(root: Path, cache: Cache) -> None:
    def look_back() -> Report:
        with tree.open_past() as past:
            return Report(past.head)

    tree = TracedTree(open_tree(None, str(root)))
    recall(cache, tree, (), look_back)
    tree = TracedTree(open_tree(None, str(root)))
    assert recall(cache, tree, (), lambda: Report("again")) == Report("again")


def test_what_others_wrote_there_is_a_miss(root: Path, cache: Cache, tmp_path: Path) -> None:
    expected = ask(root, cache).outcome
    (entry,) = (tmp_path / "cache").iterdir()
    for content in (b"", b"\x80", b"\xc1", msgspec.msgpack.encode({"trace": 1}), b"\xdd\xff\xff\xff\xff"):
        cache.write(entry.name, content)
        assert ask(root, cache) == Told(expected, True)
        assert ask(root, cache) == Told(expected, False)


def test_a_folder_that_becomes_a_link_out_of_the_root_is_seen(root: Path, cache: Cache, tmp_path: Path) -> None:
    (root / ".gitignore").write_text("docs\n")
    (root / "docs").mkdir()
    (root / "docs/more.md").write_text(BOARD + "| K-09 | Flue | Done | `src/flue.py` |\n")
    git(root, "add", "-f", "docs/more.md", ".gitignore")
    git(root, "commit", "-qm", "more")
    for path in root.rglob("*.*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    time.sleep(3.1)
    ask(root, cache)
    (root / "docs").rename(tmp_path / "away")
    (root / "docs").symlink_to(tmp_path / "away")
    assert ask(root, cache).outcome == plain(root)


def test_replaced_commits_and_grafts_change_nothing(root: Path, cache: Cache) -> None:
    git(root, "mv", "src/kiln.py", "src/oven.py")
    git(root, "commit", "-qm", "moved")
    first = ask(root, cache)
    told = subprocess.run(["git", "log", "--format=%H"], cwd=root, check=True, capture_output=True, text=True).stdout
    newest = told.split()[0]
    git(root, "replace", "--graft", newest)
    assert ask(root, cache).outcome == plain(root) == first.outcome
    git(root, "replace", "-d", newest)
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/grafts").write_text(f"{newest}\n")
    assert ask(root, cache).outcome == plain(root) == first.outcome


def test_a_partial_clone_keeps_nothing_that_asked_for_history(root: Path, cache: Cache) -> None:
    git(root, "mv", "src/kiln.py", "src/oven.py")
    git(root, "commit", "-qm", "moved")
    git(root, "config", "remote.origin.promisor", "true")
    assert ask(root, cache).ran
    assert ask(root, cache).ran


def test_two_readings_that_differ_stand_for_no_state(root: Path) -> None:
    tree = TracedTree(open_tree(None, str(root)))
    tree.read("board.md", 10_000)
    assert tree.trace() is not None
    (root / "board.md").write_text(BOARD)
    tree.read("board.md", 10_000)
    assert tree.trace() is None
