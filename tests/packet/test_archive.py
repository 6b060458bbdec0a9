"""The archive has one way to be written, and zipfile and unzip read it."""

from __future__ import annotations

import io
import subprocess
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.archive import Archive, ArchiveWriter
from tests.packet.conftest import archive_of

NAMES = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=30)


def by_zipfile(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr, info.compress_type = 3, 0o100644 << 16, compression
            archive.writestr(info, data)
    return made.getvalue()


def refused(data: bytes) -> Reason:
    with pytest.raises(Refused) as error:
        read(data)
    return error.value.reason


def read(data: bytes) -> dict[str, bytes]:
    archive = Archive(io.BytesIO(data))
    return {member.name: archive.read(member.name, 1 << 20) for member in archive.members}


# zipfile cuts a name at a NUL, and turns the system's separator into a slash.
@given(
    st.dictionaries(
        NAMES.filter(lambda name: "\0" not in name and "\\" not in name), st.binary(max_size=50), max_size=5
    )
)
def test_an_archive_is_the_one_that_zipfile_writes_and_reads_back(members: dict[str, bytes]) -> None:
    data = archive_of(members)
    assert data == by_zipfile(members)
    archive = Archive(io.BytesIO(data))
    assert {member.name: archive.read(member.name, 1000) for member in archive.members} == members


def test_unzip_accepts_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "packet.zip"
    path.write_bytes(archive_of({"evidence/a b.md": b"text", "evidence/\u00fc": b""}))
    ended = subprocess.run(["unzip", "-t", str(path)], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout
    assert "No errors detected" in ended.stdout


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.MALFORMED),
        (b"PK", Reason.MALFORMED),
        (b"x" * 5000, Reason.MALFORMED),
        (by_zipfile({"a": b"x" * 999}, zipfile.ZIP_DEFLATED), Reason.MALFORMED),
        (b"#!/bin/sh\n" + archive_of({"a": b"1"}), Reason.MALFORMED),
        (archive_of({"a": b"1"}) + b"\n", Reason.MALFORMED),
        (archive_of({"a": b"1"}) * 2, Reason.MALFORMED),
        (archive_of({"a": b"1"})[:-2] + b"\1\0!", Reason.MALFORMED),
    ],
    ids=["empty", "two bytes", "no zip", "deflated", "a head before it", "a byte after it", "twice", "a comment"],
)
def test_what_is_not_written_in_the_one_way_is_refused(data: bytes, reason: Reason) -> None:
    assert refused(data) is reason


def test_two_members_of_one_name_are_refused() -> None:
    made = io.BytesIO()
    writer = ArchiveWriter(made)
    writer.add("a", 1, [b"1"])
    writer.add("a", 1, [b"2"])
    writer.close()
    assert refused(made.getvalue()) is Reason.MALFORMED


def test_bytes_between_members_are_refused() -> None:
    data = archive_of({"a": b"1", "b": b"2"})
    at = data.index(b"PK\3\4", 4)
    # The directory still says where b is, so that other readers would not see the gap.
    end = bytearray(data[:at] + b"gap" + data[at:])
    central = end.index(b"PK\1\2", end.index(b"PK\1\2") + 4)
    end[central + 42 : central + 46] = (at + 3).to_bytes(4, "little")
    end[-6:-2] = (int.from_bytes(end[-6:-2], "little") + 3).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(end))) as archive:
        assert archive.read("b") == b"2"
    assert refused(bytes(end)) is Reason.MALFORMED


def test_a_writer_takes_no_other_count_of_bytes_than_it_was_told() -> None:
    with pytest.raises(ValueError, match="2 bytes instead of 3"):
        ArchiveWriter(io.BytesIO()).add("a", 3, [b"12"])


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("bomb", "w", force_zip64=True) as member,
    ):
        for _ in range(64):
            member.write(bytes(1 << 20))
    tracemalloc.start()
    assert refused(made.getvalue()) is Reason.MALFORMED
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_a_member_is_read_in_pieces() -> None:
    size = 5 << 20
    made = io.BytesIO()
    writer = ArchiveWriter(made)
    writer.add("large", size, (bytes(1 << 16) for _ in range(size >> 16)))
    writer.close()
    pieces = [len(piece) for piece in Archive(made).iter_chunks("large")]
    assert sum(pieces) == size
    assert max(pieces) == 1 << 20
