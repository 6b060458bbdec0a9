"""Writing: whole files or none, their mode kept, never through a link."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gatekeeper.model.fix.repair import Rewrite
from gatekeeper.repo.write.files import why_unwritable, write_files

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX modes and links")


def rewrites(root: Path, *names: str) -> list[Rewrite]:
    """Each of these files, which hold their names, in capitals."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())
    return [Rewrite(name, name.encode(), name.upper().encode()) for name in names]


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_all_files_are_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    assert write_files(str(tmp_path), rewrites(tmp_path, "a.md", "docs/b.md", "docs/deep/é.md")) == {}
    assert contents(tmp_path) == {
        "a.md": b"A.MD",
        "docs/b.md": b"DOCS/B.MD",
        "docs/deep/é.md": "DOCS/DEEP/É.MD".encode(),
    }


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o664])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    wanted = rewrites(tmp_path, "a.md")
    (tmp_path / "a.md").chmod(mode)
    assert write_files(str(tmp_path), wanted) == {}
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == mode


@POSIX
def test_a_read_only_file_is_not_written_nor_any_other(tmp_path: Path) -> None:
    wanted = rewrites(tmp_path, "a.md", "b.md")
    (tmp_path / "b.md").chmod(0o444)
    assert why_unwritable(str(tmp_path), "b.md") == "it is read-only"
    assert why_unwritable(str(tmp_path), "a.md") == ""
    assert write_files(str(tmp_path), wanted) == {
        "a.md": "nothing was written, as b.md could not be",
        "b.md": "it is read-only",
    }
    assert contents(tmp_path) == {"a.md": b"a.md", "b.md": b"b.md"}


@POSIX
def test_a_link_is_neither_written_nor_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    outside.mkdir()
    rewrites(outside, "a.md")
    root.mkdir()
    (root / "a.md").symlink_to(outside / "a.md")
    (root / "docs").symlink_to(outside)
    for name in ("a.md", "docs/a.md"):
        assert why_unwritable(str(root), name)
        assert list(write_files(str(root), [Rewrite(name, b"a.md", b"A.MD")])) == [name]
    assert contents(outside) == {"a.md": b"a.md"}


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "docs/../a.md", "", "a\0.md", "gone.md", "docs"])
def test_a_path_that_is_no_file_below_the_root_is_refused(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    rewrites(root, "docs/b.md")
    rewrites(tmp_path, "a.md")
    assert why_unwritable(str(root), path)
    assert list(write_files(str(root), [Rewrite(path, b"a.md", b"A.MD")])) == [path]
    assert (tmp_path / "a.md").read_bytes() == b"a.md"


def test_a_file_that_changed_meanwhile_is_left_and_so_are_all(tmp_path: Path) -> None:
    wanted = rewrites(tmp_path, "a.md", "b.md")
    (tmp_path / "b.md").write_bytes(b"b.md and more")
    assert write_files(str(tmp_path), wanted)["b.md"] == "it was changed while it was looked at"
    assert contents(tmp_path) == {"a.md": b"a.md", "b.md": b"b.md and more"}


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = rewrites(tmp_path, "a.md", "b.md")
    own, left = os.write, [6]

    def write(handle: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        count = own(handle, data[: left[0]])
        left[0] -= count
        return count

    monkeypatch.setattr(os, "write", write)
    assert write_files(str(tmp_path), wanted) == {
        "a.md": "nothing was written, as b.md could not be",
        "b.md": "no space left on device",
    }
    assert contents(tmp_path) == {"a.md": b"a.md", "b.md": b"b.md"}


def test_a_failure_midway_names_what_was_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = rewrites(tmp_path, "a.md", "b.md", "c.md")
    own = os.replace

    def replace(source: bytes, target: bytes, **words: int | None) -> None:
        if target.endswith(b"b.md"):
            raise OSError(errno.EIO, "Input/output error")
        own(source, target, **words)

    monkeypatch.setattr(os, "replace", replace)
    assert write_files(str(tmp_path), wanted) == {
        "b.md": "input/output error",
        "c.md": "it was left out, as b.md could not be written",
    }
    assert contents(tmp_path) == {"a.md": b"A.MD", "b.md": b"b.md", "c.md": b"c.md"}


@pytest.mark.parametrize("at", [0, 1, 2])
def test_whoever_is_killed_between_files_leaves_each_of_them_whole(tmp_path: Path, at: int) -> None:
    rewrites(tmp_path, "a.md", "b.md", "c.md")
    program = f"""
import os
from gatekeeper.model.fix.repair import Rewrite
from gatekeeper.repo.write.files import write_files
own, count = os.replace, [0]
def replace(*names, **words):
    if count[0] == {at}:
        os._exit(9)
    count[0] += 1
    own(*names, **words)
os.replace = replace
write_files({str(tmp_path)!r}, [Rewrite(name, name.encode(), name.upper().encode()) for name in ("a.md", "b.md", "c.md")])
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 9
    for number, name in enumerate(("a.md", "b.md", "c.md")):
        assert (tmp_path / name).read_bytes() == (name.upper() if number < at else name).encode()
