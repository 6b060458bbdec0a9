"""What all tests share: golden outputs, plain files that `pytest --update-golden` rewrites."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

ROLES, PARTS = ("AUTHOR", "COMMITTER"), ("NAME", "EMAIL")
GOLDEN = Path(__file__).resolve().parent / "golden"


# A run in CI must not show the commands under test that it is one.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD"):
    os.environ.pop(name, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden with today's output; read the diff"
    )


@pytest.fixture(autouse=True, scope="session")
def no_cache() -> Iterator[None]:
    """No test finds what another left; those about the cache name a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GATEKEEPER_CACHE_DIR", "off")
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A function that holds a text against the golden file of a name."""

    def hold(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.is_file(), f"tests/golden/{name} is missing: run pytest --update-golden and read what it wrote"
        assert text == path.read_text("utf-8"), (
            f"tests/golden/{name} differs: if that is meant, run pytest --update-golden"
        )

    return hold


class Chronicle:
    """A repository whose commits have the days that a test gives them, written by plain git with nobody's configuration."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2026-01-01", given: bytes | None = None, check: bool = True) -> str:
        """What plain git prints."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        who = {f"GIT_{role}_{part}": f"ada{'@example.org' * (part == 'EMAIL')}" for role in ROLES for part in PARTS}
        when = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ROLES}
        none = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**own, **who, **when, **none},
            input=given,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def commit(self, day: str, files: Mapping[str, str | bytes | None] | None = None) -> str:
        """Writes files (None deletes one), commits all, and returns the commit's id."""
        for path, text in (files or {}).items():
            target = self.root / path
            if text is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode() if isinstance(text, str) else text)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change", day=day)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def make_chronicle() -> Callable[[Path], Chronicle]:
    """A function that makes an empty repository of a folder."""
    return Chronicle
