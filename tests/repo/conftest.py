"""Real repositories for tests: git with nobody's configuration, and a few lines to fill a repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
}


class Sandbox:
    """One repository on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(
        self, *arguments: str, check: bool = True, given: bytes | None = None, env: dict[str, str] | None = None
    ) -> bytes:
        """What plain git prints in the top folder."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            env={**os.environ, **IDENTITY, **(env or {})},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.stdout

    def write(self, path: str, data: bytes | str = b"text\n") -> Path:
        """Write one file, with the folders above it."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
        return target

    def commit(self, *paths: str) -> str:
        """Write these files, if any, commit everything, and return the commit id."""
        for path in paths:
            self.write(path, f"{path}\n")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD").decode().strip()


@pytest.fixture(scope="session")
def make_sandbox() -> Callable[[Path], Sandbox]:
    """A function that makes an empty repository of a folder."""

    def make(root: Path) -> Sandbox:
        root.mkdir(parents=True, exist_ok=True)
        sandbox = Sandbox(root)
        sandbox.git("init", "-q", "-b", "main")
        return sandbox

    return make


@pytest.fixture(scope="session", autouse=True)
def _hermetic() -> object:
    """Neither the configuration of this machine nor the git variables of a hook that runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


@pytest.fixture
def sandbox(tmp_path: Path, make_sandbox: Callable[[Path], Sandbox], _hermetic: object) -> Sandbox:
    """An empty repository."""
    return make_sandbox(tmp_path / "repository")
