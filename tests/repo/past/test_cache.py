"""The cache: what is kept comes back, and whatever is wrong with it is a miss."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from gatekeeper.repo.past.cache import Cache

KEY = "ab" * 32


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(str(tmp_path))


def test_what_is_kept_comes_back(cache: Cache, tmp_path: Path) -> None:
    assert cache.read(KEY) is None
    cache.write(KEY, {"a": [1, None]})
    assert cache.read(KEY) == {"a": [1, None]}
    assert [path.name for path in (tmp_path / "gatekeeper").iterdir()] == [f"{KEY}.json"]


@pytest.mark.skipif(os.name == "nt", reason="no modes")
def test_the_folder_is_its_owners_alone(cache: Cache, tmp_path: Path) -> None:
    cache.write(KEY, 1)
    assert stat.S_IMODE((tmp_path / "gatekeeper").stat().st_mode) == 0o700
    (tmp_path / "gatekeeper").chmod(0o755)
    cache.write("cd" * 32, 1)
    assert cache.read("cd" * 32) is None


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"1" * 2_000_000])
def test_what_is_broken_is_a_miss(cache: Cache, tmp_path: Path, data: bytes) -> None:
    cache.write(KEY, 1)
    (tmp_path / f"gatekeeper/{KEY}.json").write_bytes(data)
    assert cache.read(KEY) is None
    cache.write(KEY, 2)
    assert cache.read(KEY) == 2


def test_no_link_is_followed(cache: Cache, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / f"{KEY}.json").write_text("1")
    (tmp_path / "gatekeeper").symlink_to(elsewhere)
    assert cache.read(KEY) is None
    cache.write("cd" * 32, 1)
    assert len(list(elsewhere.iterdir())) == 1
    (tmp_path / "gatekeeper").unlink()
    cache.write(KEY, 2)
    entry = tmp_path / f"gatekeeper/{KEY}.json"
    entry.unlink()
    entry.symlink_to(elsewhere / f"{KEY}.json")
    assert cache.read(KEY) is None
    cache.write(KEY, 3)
    assert (cache.read(KEY), (elsewhere / f"{KEY}.json").read_text()) == (3, "1")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_is_only_read_is_no_cache(cache: Cache, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        cache.write(KEY, 1)
        assert cache.read(KEY) is None
    finally:
        tmp_path.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_no_cache(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "gatekeeper").write_text("x")
    cache.write(KEY, 1)
    assert cache.read(KEY) is None


def test_it_does_not_grow_for_ever(cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.repo.past.cache._ENTRIES_LIMIT", 5)
    for number in range(20):
        cache.write(f"{number:064x}", number)
    assert len(list((tmp_path / "gatekeeper").iterdir())) <= 6
    assert cache.read(f"{19:064x}") == 19
