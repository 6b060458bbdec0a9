"""Whether git would ignore a path, held against git itself."""

from __future__ import annotations

from typing import Any

import pytest

from gatekeeper.repo.memory import MemoryTree
from gatekeeper.repo.worktree import open_tree

PATHS = (
    ".env", ".env.local", ".env.example", "api/.env", "api/.env.local", "api/deep/.env", "web/.env", "logs/a.txt", "logs/keep.txt", "api/logs/a.txt",
    "build/.env", "a b/.env", "x.log", "api/x.log", "é/.env", "odd\\name", "#hash", "!bang", "web/.env.production",
)  # fmt: skip
RULES = [
    {".gitignore": ".env\n"},
    {".gitignore": "/.env\n.env.*\n!.env.example\n"},
    {".gitignore": ".env*\n", "api/.gitignore": "!.env\n"},
    {".gitignore": "logs/\n!logs/keep.txt\nbuild\n"},
    {".gitignore": "*\n!.env\n!*/\n"},
    {".gitignore": "api/**/.env\n**/x.log\n\\#hash\n\\!bang\n"},
    {".gitignore": "# .env\n\n   \n.env   \n", "web/.gitignore": "/.env*\r\n"},
    {"api/.gitignore": "deep/\n", "api/deep/.gitignore": "!.env\n"},
    {".gitignore": "[\n.e[nm]v\n*.l?g\na\\ b/\n"},
    {".gitignore": b"\xef\xbb\xbf.env\nweb/\n".decode()},
]


@pytest.mark.parametrize("rules", RULES, ids=str)
def test_the_answer_is_git_s_own(rules: dict[str, str], sandbox: Any) -> None:
    repository = sandbox
    for path, text in rules.items():
        (repository.root / path).parent.mkdir(parents=True, exist_ok=True)
        (repository.root / path).write_bytes(text.encode())
    given = "".join(f"{path}\0" for path in PATHS).encode()
    told = repository.git("check-ignore", "--no-index", "-z", "--stdin", check=False, given=given)
    expected = {path for path in told.decode().split("\0") if path}
    tree = open_tree(None, str(repository.root))
    assert {path for path in PATHS if tree.is_ignored(path)} == expected
    memory = MemoryTree(rules)
    assert {path for path in PATHS if memory.is_ignored(path)} == expected


def test_the_rules_above_a_root_below_the_top_hold_too(sandbox: Any) -> None:
    repository = sandbox
    (repository.root / "api").mkdir()
    (repository.root / ".gitignore").write_text("/api/.env\n")
    tree = open_tree(str(repository.root / "api"), str(repository.root))
    assert (tree.is_ignored(".env"), tree.is_ignored("other")) == (True, False)


def test_one_s_own_settings_do_not_count(sandbox: Any) -> None:
    repository = sandbox
    (repository.root / ".git/info").mkdir(exist_ok=True)
    (repository.root / ".git/info/exclude").write_text(".env\n")
    assert not open_tree(None, str(repository.root)).is_ignored(".env")


def test_a_link_is_no_ignore_file(sandbox: Any) -> None:
    repository = sandbox
    (repository.root / "rules").write_text(".env\n")
    (repository.root / ".gitignore").symlink_to("rules")
    assert not open_tree(None, str(repository.root)).is_ignored(".env")


def test_without_git_nothing_is_ignored() -> None:
    assert not MemoryTree({".gitignore": ".env\n"}, has_git=False).is_ignored(".env")
