"""Facts: what is kept of many files comes back, and whatever is wrong with the base is a miss."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from gatekeeper.repo.kept.cache import Cache
from gatekeeper.repo.kept.facts import Facts

VALUES = {bytes([number % 256, number // 256]) * 8: b"v" * (number % 50) for number in range(1200)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def facts(folder: Path) -> Facts:
    return Facts(Cache(str(folder)))


def test_what_is_kept_comes_back(facts: Facts, folder: Path) -> None:
    assert facts.read(list(VALUES)) == {}
    assert not folder.exists()
    facts.write(VALUES)
    assert facts.read([*VALUES, b"?" * 16]) == VALUES
    first = next(iter(VALUES))
    facts.write({first: b"other"})
    assert facts.read([first]) == {first: b"other"}


@pytest.mark.skipif(os.name == "nt", reason="no modes")
def test_the_base_lies_in_a_folder_of_its_owners_alone(facts: Facts, folder: Path) -> None:
    facts.write(VALUES)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o777)
    assert facts.read(list(VALUES)) == {}


def test_a_changed_value_is_a_miss(facts: Facts, folder: Path) -> None:
    facts.write(VALUES)
    with sqlite3.connect(folder / "facts.sqlite") as base:
        base.execute("UPDATE facts SET value = value || x'00' WHERE number = 7")
        base.execute("UPDATE facts SET value = 'text' WHERE number = 8")
    base.close()
    assert len(facts.read(list(VALUES))) == len(VALUES) - 2


def test_a_value_under_anothers_key_is_a_miss(facts: Facts, folder: Path) -> None:
    facts.write({b"a" * 16: b"1", b"b" * 16: b"2"})
    with sqlite3.connect(folder / "facts.sqlite") as base:
        base.execute("DELETE FROM facts WHERE key = ?", (b"a" * 16,))
        base.execute("UPDATE facts SET key = ?", (b"a" * 16,))
    base.close()
    assert facts.read([b"a" * 16]) == {}


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"no base" * 1000, b"\0" * 5000])
def test_what_is_no_base_is_a_miss_and_is_written_anew(facts: Facts, folder: Path, data: bytes) -> None:
    facts.write(VALUES)
    (folder / "facts.sqlite").write_bytes(data)
    assert facts.read(list(VALUES)) == {}
    facts.write(VALUES)
    facts.write(VALUES)
    assert facts.read(list(VALUES)) == VALUES


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_base_gives_no_wrong_value(facts: Facts, folder: Path, share: float) -> None:
    facts.write(VALUES)
    path = folder / "facts.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert facts.read(list(VALUES)).items() <= VALUES.items()


def test_another_table_is_a_miss(facts: Facts, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    with sqlite3.connect(folder / "facts.sqlite") as base:
        base.execute("CREATE TABLE facts (other)")
    base.close()
    facts.write(VALUES)
    assert facts.read(list(VALUES)) == {}


def test_a_base_that_another_run_writes_to_is_a_miss(facts: Facts, folder: Path) -> None:
    facts.write(VALUES)
    other = sqlite3.connect(folder / "facts.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert facts.read(list(VALUES)) == {}
        facts.write({b"c" * 16: b"3"})
    finally:
        other.close()
    assert facts.read([*VALUES, b"c" * 16]) == VALUES


def test_a_link_is_not_followed(facts: Facts, folder: Path, tmp_path: Path) -> None:
    facts.write(VALUES)
    (folder / "facts.sqlite").rename(tmp_path / "elsewhere")
    (folder / "facts.sqlite").symlink_to(tmp_path / "elsewhere")
    assert facts.read(list(VALUES)) == {}


def test_it_does_not_grow_for_ever(facts: Facts, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatekeeper.repo.kept.facts._BYTES_LIMIT", 100_000)
    for round_ in range(30):
        facts.write({bytes([round_, number]) * 8: bytes(1000) for number in range(20)})
    assert (folder / "facts.sqlite").stat().st_size < 400_000
    assert len(facts.read([bytes([29, number]) * 8 for number in range(20)])) == 20
