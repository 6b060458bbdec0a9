"""Which commands no file defines."""

from __future__ import annotations

import pytest

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.source.scripts import Scripts
from gatekeeper.repo.memory import MemoryTree

FILES = {
    "package.json": '{"scripts": {"test": "x", "build:web": "y"}}',
    "apps/api/package.json": '{"scripts": {"lint": "z"}}',
    "node_modules/dep/package.json": '{"scripts": {"secret": "z"}}',
    "Makefile": "NAME := x\n.PHONY: all check\nall check: build\n\ttrue\nbuild:\n\ttrue\n",
    "justfile": "alias v := verify\n@verify target='x':\n  true\n_private:\n  true\nname := 'x'\n",
}


@pytest.mark.parametrize(
    "command",
    [
        "npm test", "npm run build:web", "npm run lint -w api", "npm run build:web -- --watch", "npm install", "npm ci", "npm run",
        "npm --prefix apps/api run lint", "cd apps/api && npm run lint", "CI=1 npm run test", "npm run test | tee out.txt",
        "npm run test && echo done", "yarn tsc", "yarn install", "pnpm test", "make", "make all", "make -C sub check", "make build NAME=y",
        "just", "just verify a", "just v", "just --list", "pytest -q", "tox -e nothing", "npm run $SCRIPT", "npm run <name>", "npm run 'unclosed",
    ],
)  # fmt: skip
def test_defined_or_unsure(command: str) -> None:
    assert Scripts(Files(MemoryTree(FILES))).find_undefined(command) is None


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("npm run ci", "ci"), ("npm run secret", "secret"), ("pnpm run ci", "ci"), ("yarn test:e2e", "test:e2e"), ("yarn run lint:all", "lint:all"),
        ("bun run build", "build"), ("make deploy", "deploy"), ("make all deploy", "deploy"), ("just deploy", "deploy"),
        ("cd apps/api && npm run deploy", "deploy"),
    ],
)  # fmt: skip
def test_undefined(command: str, name: str) -> None:
    found = Scripts(Files(MemoryTree(FILES))).find_undefined(command)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"package.json": "{", "Makefile": "include x.mk\n", "justfile": "import 'x.just'\n"},
        {"package.json": "[]", "Makefile": "%.o: %.c\n\ttrue\n", "justfile": "mod x\n"},
        {"package.json": b"\xff\xfe", "Makefile": b"\xff", "justfile": b"\xff"},
    ],
)
def test_where_nothing_can_be_known_nothing_is_said(files: dict) -> None:
    scripts = Scripts(Files(MemoryTree(files)))
    assert [
        scripts.find_undefined(command) for command in ("npm run ci", "make ci", "just ci", "tox -e ci", "nox -s ci")
    ] == [None] * 5
