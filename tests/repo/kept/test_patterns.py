"""Kept patterns: they come from the cache, match as compiled ones do, and are a miss when anything is odd."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.kept.patterns import kept_patterns

COUNTED = """
import re, sys
from gatekeeper.cli.group import gatekeeper
count, compiler = 0, re._compiler
anew = compiler.compile
def compile_counted(*given):
    global count
    count += 1
    return anew(*given)
compiler.compile = compile_counted
try:
    gatekeeper.main(["check", "--color", "never"])
finally:
    print(count, file=sys.stderr)
"""


def check(root: Path, folder: Path) -> tuple[str, int]:
    """What a check prints in a process of its own, and how many patterns it compiled."""
    environment = {**os.environ, "GATEKEEPER_CACHE_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", COUNTED],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout, int(done.stderr.split()[-1])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "board.md").write_text(
        "# Board\n\n| ID | Status | Evidence |\n|---|---|---|\n| K-1 | Done | `kiln.py` |\n"
    )
    return folder


def test_the_second_run_compiles_few_and_prints_the_same(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first, many = check(root, folder)
    assert "EV001" in first
    assert many > 300
    for path in folder.glob("report-*"):
        path.unlink()
    second, few = check(root, folder)
    assert (second, few < 60) == (first, True)


@pytest.mark.parametrize("content", [b"", b"\x90", b"\xc1", b"\x91\x01", b"\xdd\xff\xff\xff\xff"])
def test_what_is_no_list_of_patterns_is_a_miss(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(str(tmp_path / "cache"))
    monkeypatch.setattr(Cache, "read", lambda *_: content)
    with kept_patterns(cache):
        assert re.compile("(?P<kiln>a+)b").match("aab")


def test_the_compiler_is_the_old_one_afterwards(tmp_path: Path) -> None:
    before = re._compiler.compile

    def fail() -> None:
        with kept_patterns(Cache(str(tmp_path / "cache"))):
            assert re._compiler.compile is not before
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert re._compiler.compile is before
    with kept_patterns(Cache("")):
        assert re._compiler.compile is before
