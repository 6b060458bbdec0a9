"""Blobs out of one git process: right bytes, limits, and no waiting for what never comes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gatekeeper.repo.git import Git, GitError, find_program
from gatekeeper.repo.past.objects import Objects


@pytest.fixture
def git(sandbox) -> Git:
    program = find_program()
    assert program is not None
    return Git(program, str(sandbox.root), timeout_seconds=5)


@pytest.fixture
def objects(git: Git) -> Iterator[Objects]:
    with Objects(git) as opened:
        yield opened


def put(sandbox, data: bytes) -> str:
    return sandbox.git("hash-object", "-w", "--stdin", given=data).decode().strip()


@pytest.mark.parametrize("data", [b"", b"\n", b"no end", b"a\0b\r\n\n", bytes(range(256)) * 5000])
def test_a_blob_is_its_bytes(objects: Objects, sandbox, data: bytes) -> None:
    blob = put(sandbox, data)
    assert objects.read(blob, len(data)) == data
    assert objects.read(blob, 10_000_000) == data


def test_one_process_answers_many(objects: Objects, sandbox) -> None:
    blobs = [put(sandbox, f"{number}\n".encode() * 1000) for number in range(20)]
    for _ in range(3):
        assert [objects.read(blob, 100_000)[:2] for blob in blobs] == [f"{n}\n".encode()[:2] for n in range(20)]


def test_what_is_too_large_is_passed_over(objects: Objects, sandbox) -> None:
    large, small = put(sandbox, b"x" * 3_000_001), put(sandbox, b"small")
    assert objects.read(large, 3_000_000) is None
    assert objects.read(small, 100) == b"small"


def test_what_is_no_blob_is_none(objects: Objects, sandbox) -> None:
    head = sandbox.commit("a.md")
    for name in (head, "0" * 40, "HEAD", "HEAD:a.md", "a" * 39, f"{head}\n{head}", "", "--batch-check"):
        assert objects.read(name, 100) is None
    assert objects.read(put(sandbox, b"x"), 100) == b"x"


def test_a_broken_object_is_an_error_and_no_waiting(objects: Objects, sandbox) -> None:
    blob = put(sandbox, b"x" * 100)
    file = sandbox.root / f".git/objects/{blob[:2]}/{blob[2:]}"
    file.chmod(0o644)
    file.write_bytes(b"broken")
    started = time.monotonic()
    assert objects.read(blob, 1000) is None
    assert time.monotonic() - started < 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_place_of_an_object_ends_in_an_error(sandbox, git: Git) -> None:
    blob = put(sandbox, b"x" * 100)
    file = Path(sandbox.root, f".git/objects/{blob[:2]}/{blob[2:]}")
    file.unlink()
    os.mkfifo(file)
    started = time.monotonic()
    with Objects(Git(git.program, git.folder, timeout_seconds=0.5)) as hasty, pytest.raises(GitError) as caught:
        hasty.read(blob, 1000)
    assert "did not answer within" in caught.value.message
    assert time.monotonic() - started < 10
