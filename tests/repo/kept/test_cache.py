"""The cache: what is kept comes back, and whatever is wrong with it is a miss."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from gatekeeper.repo.kept.cache import Cache, user_folder

NAME = "report-" + "ab" * 20
LIMIT = 1 << 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "above" / "gatekeeper"


@pytest.fixture
def cache(folder: Path) -> Cache:
    return Cache(str(folder))


def test_what_is_kept_comes_back(cache: Cache, folder: Path) -> None:
    assert cache.read(NAME, LIMIT) is None
    for content in (b"", b"a\0b", b"x" * LIMIT):
        cache.write(NAME, content)
        assert cache.read(NAME, LIMIT) == content
    assert cache.read(NAME, LIMIT - 1) is None
    assert [path.name for path in folder.iterdir()] == [NAME]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ""),
        ({"HOME": "/home/ada"}, "/home/ada/.cache/gatekeeper"),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "/var/tmp/x"}, "/var/tmp/x/gatekeeper"),
        ({"HOME": "/home/ada", "GATEKEEPER_CACHE_DIR": "/var/tmp/own"}, "/var/tmp/own"),
        ({"HOME": "/home/ada", "GATEKEEPER_CACHE_DIR": "off"}, ""),
        ({"HOME": "/home/ada", "XDG_CACHE_HOME": "cache"}, ""),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="other names")
def test_the_folder_is_the_users_and_never_relative(environment: dict[str, str], expected: str) -> None:
    assert user_folder(environment) == expected


def test_without_a_folder_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cache = Cache("")
    cache.write(NAME, b"x")
    assert (cache.is_on, cache.read(NAME, LIMIT), list(tmp_path.iterdir())) == (False, None, [])


@pytest.mark.skipif(os.name == "nt", reason="no modes")
def test_the_folder_is_its_owners_alone(cache: Cache, folder: Path) -> None:
    cache.write(NAME, b"1")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600
    folder.chmod(0o755)
    assert cache.read(NAME, LIMIT) is None
    cache.write("other", b"1")
    assert not (folder / "other").exists()


def test_every_changed_byte_and_every_length_is_a_miss(cache: Cache, folder: Path) -> None:
    cache.write(NAME, b"content")
    path = folder / NAME
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])
        assert cache.read(NAME, LIMIT) is None
    for place in range(len(data)):
        for bit in range(8):
            path.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
            assert cache.read(NAME, LIMIT) is None
    path.write_bytes(data + b"\0")
    assert cache.read(NAME, LIMIT) is None
    path.write_bytes(data)
    assert cache.read(NAME, LIMIT) == b"content"


def test_what_was_kept_under_another_name_is_a_miss(cache: Cache, folder: Path) -> None:
    cache.write(NAME, b"content")
    (folder / NAME).rename(folder / f"patterns-{NAME}")
    assert cache.read(f"patterns-{NAME}", LIMIT) is None


def test_no_link_is_followed(cache: Cache, folder: Path, tmp_path: Path) -> None:
    cache.write(NAME, b"1")
    elsewhere = tmp_path / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    assert cache.read(NAME, LIMIT) is None
    cache.write("other", b"1")
    assert len(list(elsewhere.iterdir())) == 1
    folder.unlink()
    cache.write(NAME, b"2")
    (folder / NAME).unlink()
    (folder / NAME).symlink_to(elsewhere / NAME)
    assert cache.read(NAME, LIMIT) is None
    cache.write(NAME, b"3")
    assert cache.read(NAME, LIMIT) == b"3"
    assert (elsewhere / NAME).read_bytes().endswith(b"1")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_only_read_is_no_cache(cache: Cache, folder: Path) -> None:
    folder.parent.mkdir()
    folder.parent.chmod(0o500)
    try:
        cache.write(NAME, b"1")
        assert cache.read(NAME, LIMIT) is None
    finally:
        folder.parent.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_no_cache(cache: Cache, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("x")
    cache.write(NAME, b"1")
    assert cache.read(NAME, LIMIT) is None


@pytest.mark.parametrize("step", ["fdopen", "replace"])
@pytest.mark.parametrize("kind", [OSError(28, "no space left"), KeyboardInterrupt()], ids=["full", "killed"])
def test_a_write_that_ends_midway_leaves_what_was_there(
    cache: Cache, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, kind: BaseException
) -> None:
    cache.write(NAME, b"before")

    def fail(*_: object, **__: object) -> None:
        raise kind

    with monkeypatch.context() as patch:
        patch.setattr(*((os, step) if step == "fdopen" else (Path, step)), fail)
        if isinstance(kind, OSError):
            cache.write(NAME, b"after")
        else:
            with pytest.raises(KeyboardInterrupt):
                cache.write(NAME, b"after")
    assert cache.read(NAME, LIMIT) == b"before"
    assert [path.name for path in folder.iterdir()] == [NAME]


def test_it_does_not_grow_for_ever(cache: Cache, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.repo.kept.cache._ENTRIES_LIMIT", 5)
    for number in range(20):
        cache.write(f"report-{number:040x}", b"1")
    assert len(list(folder.iterdir())) <= 6
    assert cache.read(f"report-{19:040x}", LIMIT) == b"1"
    monkeypatch.setattr("gatekeeper.repo.kept.cache._TOTAL_BYTES_LIMIT", 3000)
    for number in range(9):
        cache.write(f"report-{number:040x}", b"1" * 1000)
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 4100


def test_a_cache_below_the_repository_is_none(tmp_path: Path) -> None:
    root = tmp_path / "kiln"
    (root / "cache").mkdir(parents=True, mode=0o700)
    (tmp_path / "way").symlink_to(root)
    for folder in (root, root / "cache", tmp_path / "way" / "cache", root / "x" / ".." / "cache"):
        assert not Cache(str(folder)).outside(str(root)).is_on
    assert not Cache(str(root / "cache")).outside(str(tmp_path / "way")).is_on
    assert Cache(str(tmp_path / "kiln-cache")).outside(str(root)).is_on


def test_nothing_else_in_the_folder_is_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.repo.kept.cache._ENTRIES_LIMIT", 2)
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    mine = [folder / name for name in ("letters.txt", "report.pdf", "facts.sqlite", ".profile", "report-of-the-year.d")]
    for path in mine[:-1]:
        path.write_text("dear to me")
    mine[-1].mkdir()
    cache = Cache(str(folder))
    for number in range(6):
        cache.write(f"report-{number:040x}", b"x")
        os.utime(folder / f"report-{number:040x}", (number, number))
    assert all(path.exists() for path in mine)
    assert len(list(folder.glob("report-0*"))) <= 3


def test_an_entry_that_goes_while_room_is_made_is_no_fault(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write(NAME, b"x")

    def gone(folder: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("gatekeeper.repo.kept.cache._make_room", gone)
    assert cache.ready_folder()
