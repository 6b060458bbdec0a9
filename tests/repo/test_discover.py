"""Which files are looked at, and the reason why others are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.errors import ConfigError
from gatekeeper.repo.discover import is_candidate, iter_candidates
from gatekeeper.repo.memory import MemoryTree


def look(tree: MemoryTree, *paths: str, exclude: tuple[str, ...] = ()) -> dict[str, str]:
    """Path -> reason, in the order given."""
    return {candidate.path: candidate.reason for candidate in iter_candidates(tree, paths, exclude)}


def files(*paths: str) -> MemoryTree:
    return MemoryTree(dict.fromkeys(paths, "text\n"))


def test_documents_are_known_by_their_suffix_in_any_letter_case() -> None:
    tree = files(
        "a.md",
        "b.MARKDOWN",
        "c.mdx",
        "d.TXT",
        "e.yml",
        "f.yaml",
        "g.Json",
        "h.py",
        "md",
        "i.md.bak",
        "Makefile",
        ".md",
        "j.png",
    )
    assert list(look(tree)) == [".md", "a.md", "b.MARKDOWN", "c.mdx", "d.TXT", "e.yml", "f.yaml", "g.Json"]


def test_tracked_and_untracked_files_are_looked_at_and_ignored_ones_are_not() -> None:
    tree = MemoryTree({"b.md": ""}, untracked=["a.md"], ignored=["c.md"])
    assert look(tree) == {"a.md": "", "b.md": ""}
    assert look(tree, ".") == look(tree, "") == look(tree)


def test_each_file_is_given_once_in_path_order() -> None:
    tree = files("b/x.md", "a.md", "b-c.md", "B.md")
    assert list(look(tree, "b", "a.md", ".", "a.md", "./b/x.md")) == ["B.md", "a.md", "b-c.md", "b/x.md"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("node_modules/x/README.md", "in node_modules, a folder of dependencies or generated files"),
        ("web/node_modules/README.md", "in node_modules, a folder of dependencies or generated files"),
        ("vendor/x/STATUS.md", "in vendor, a folder of dependencies or generated files"),
        ("lib/site-packages/a.txt", "in site-packages, a folder of dependencies or generated files"),
        ("dist/a.md", "in dist, a folder of dependencies or generated files"),
        (".claude/commands/ship.md", "in .claude/commands, a folder of prompts for agents"),
        ("web/.cursor/get-shit-done/workflows/new.md", "in .cursor/get-shit-done, a folder of prompts for agents"),
        (".claude/sprints/3/STATUS.md", ""),
        (".planning/rules/STATUS.md", ""),
        ("commands/.claude/STATUS.md", ""),
        ("docs/templates/STATUS.md", ""),
        ("package.json", "a manifest or lock file"),
        ("web/package-lock.json", "a manifest or lock file"),
        ("pnpm-lock.yaml", "a manifest or lock file"),
        ("tsconfig.build.json", "a manifest or lock file"),
        (".gatekeeper.yml", "gatekeeper's own configuration"),
        ("docs/distribution/a.md", ""),
        ("docs/.gatekeeper.yml", ""),
        ("docs/vendor.md", ""),
        ("docs/tsconfig.md", ""),
        ("manifest.json", ""),
    ],
)
def test_what_never_carries_status_is_set_aside_with_a_reason(path: str, reason: str) -> None:
    assert look(files(path)) == {path: reason}


@pytest.mark.parametrize(
    "path", ["vendor/x/STATUS.md", "package.json", ".gatekeeper.yml", "Makefile", "notes.rst", "docs/evidence.log"]
)
def test_a_file_that_is_named_is_meant(path: str) -> None:
    assert look(files(path), path) == {path: ""}
    assert look(files(path), path, ".") == look(files(path), ".", path) == {path: ""}


def test_below_a_folder_that_is_named_only_the_rest_of_the_path_is_judged() -> None:
    tree = files("vendor/ours/docs/a.md", "vendor/ours/node_modules/b.md", "other.md")
    reason = "in node_modules, a folder of dependencies or generated files"
    assert look(tree, "vendor/ours/") == {"vendor/ours/docs/a.md": "", "vendor/ours/node_modules/b.md": reason}


def test_a_folder_s_name_is_not_the_start_of_another_s() -> None:
    assert look(files("docs/a.md", "docs-old/b.md"), "docs") == {"docs/a.md": ""}


def test_a_named_file_that_is_binary_is_set_aside() -> None:
    tree = MemoryTree({"a.bin": b"\x89PNG\0\0", "late.dat": b"x" * 9000 + b"\0"})
    assert look(tree, "a.bin", "late.dat") == {"a.bin": "binary", "late.dat": ""}


def test_an_ignored_file_or_an_untracked_folder_can_be_named() -> None:
    tree = MemoryTree({}, untracked=["new/a.md"], ignored=["local.md", "cache/b.md"])
    assert look(tree, "new") == {"new/a.md": ""}
    assert look(tree, "local.md") == {"local.md": ""}
    assert look(tree, "cache/b.md") == {"cache/b.md": ""}
    assert look(tree, "cache") == {"cache": "not a regular file"}


def test_excludes_hold_for_every_file_however_it_was_named() -> None:
    tree = files("docs/archive/a.md", "docs/b.draft.md", "docs/keep.draft.md", "c.md", "x/archive/d.md")
    exclude = ("/docs/archive/", "*.draft.md", "!keep.draft.md", "# a comment", "")
    expected = {
        "c.md": "",
        "docs/archive/a.md": "excluded by the configuration",
        "docs/b.draft.md": "excluded by the configuration",
        "docs/keep.draft.md": "",
        "x/archive/d.md": "",
    }
    assert look(tree, exclude=exclude) == expected
    assert look(tree, *expected, exclude=exclude) == expected
    assert look(tree, "docs/archive", exclude=exclude) == {"docs/archive/a.md": "excluded by the configuration"}


@pytest.mark.parametrize(("pattern", "reason"), [("!", "'!'"), ("a\\", "'a"), ("[z-a]", "z-a")])
def test_a_pattern_that_is_none_is_an_error_that_names_it(pattern: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        look(files("a.md"), exclude=(pattern,))
    assert reason in caught.value.message
    assert caught.value.hint


def test_a_pattern_that_looks_like_a_class_in_a_class_warns_nobody() -> None:
    assert look(files("[.md", "b.md"), exclude=("[[a].md",)) == {"[.md": "excluded by the configuration", "b.md": ""}


@pytest.mark.parametrize("path", ["/etc/passwd", "..", "../a.md", "docs/../../a.md", "a\0.md"])
def test_a_path_that_leaves_the_repository_is_an_error(path: str) -> None:
    with pytest.raises(ConfigError, match="outside of the repository") as caught:
        look(files("a.md"), path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("docs/traker.md", "did you mean docs/tracker.md?"),
        ("doc", "did you mean docs?"),
        ("tracker.md", "did you mean docs/tracker.md?"),
        ("zzz", "paths are relative to the repository root"),
        ("docs/tracker.md/x", "paths are relative to the repository root"),
    ],
)
def test_a_path_that_is_not_there_is_an_error_with_what_was_probably_meant(path: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        look(files("docs/tracker.md", "docs/log.md"), "docs", path)
    assert caught.value.message == f"no such file or folder: {path}"
    assert caught.value.hint == hint


def test_what_a_link_a_submodule_or_a_sparse_checkout_hides_is_said() -> None:
    tree = MemoryTree({"a.md": ""}, symlinks=["l.md", "shared", "run.sh"], submodules=["libs/x.js"], sparse=["s.md"])
    assert look(tree) == {
        "a.md": "",
        "l.md": "a symbolic link",
        "libs/x.js": "a submodule",
        "s.md": "left out of this sparse checkout",
        "shared": "a symbolic link",
    }
    assert look(tree, "shared/deep/b.md", "libs/x.js/c.md", "s.md", "libs") == {
        "libs/x.js": "a submodule",
        "libs/x.js/c.md": "in the submodule libs/x.js",
        "s.md": "left out of this sparse checkout",
        "shared/deep/b.md": "behind the symbolic link shared",
    }


NAMES = st.sampled_from(["a.md", "b.txt", "c.py", "docs", "node_modules", "package.json", "x"])
TREES = st.sets(st.lists(NAMES, min_size=1, max_size=4).map("/".join), max_size=12)


@given(tracked=TREES, untracked=TREES)
def test_naming_every_candidate_or_every_folder_finds_what_naming_nothing_finds(
    tracked: set[str], untracked: set[str]
) -> None:
    tree = MemoryTree(dict.fromkeys(tracked, "x"), untracked=untracked - tracked)
    everything = list(iter_candidates(tree, (), ()))
    assert [c.path for c in everything] == sorted({c.path for c in everything})
    assert {c.path for c in everything} <= tracked | untracked
    to_read = [c for c in everything if not c.reason]
    if to_read:
        assert list(iter_candidates(tree, [c.path for c in to_read], ())) == to_read
    tops = sorted({path.partition("/")[0] for path in tracked | untracked if "/" in path} - tracked - untracked)
    below = {c.path for c in iter_candidates(tree, tops, ())} if tops else set()
    assert below == {c.path for c in everything if c.path.partition("/")[0] in tops}


def test_ten_thousand_paths_take_a_moment() -> None:
    tree = files(*(f"docs/a{number % 300}/file{number}.md" for number in range(10_000)))
    _ = tree.files
    best = min(_seconds(tree) for _ in range(3))
    assert best < 0.25  # measured: 0.03 on an idle machine


def _seconds(tree: MemoryTree) -> float:
    started = time.perf_counter()
    assert len(look(tree, exclude=("docs/a1/", "*.draft.md"))) == 10_000
    return time.perf_counter() - started


def test_a_path_alone_tells_what_is_looked_at() -> None:
    paths = [
        "a.md",
        "docs/b.TXT",
        "c.py",
        "node_modules/a.md",
        "package.json",
        ".env",
        "x/.env.yml",
        ".gatekeeper.yml",
        "docs/vendor/x.yml",
        ".cursor/rules/a.md",
        "prompts/a.md",
        ".github/prompts/a.md",
        "noext",
    ]
    looked_at = {one.path for one in iter_candidates(MemoryTree(dict.fromkeys(paths, "x")), (), ()) if not one.reason}
    assert {path for path in paths if is_candidate(path)} == looked_at > {"a.md"}
