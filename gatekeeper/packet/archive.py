"""A zip archive that has one way to be written: what it holds decides every byte of it.

Members are stored, not deflated, in one order, without time, comment or extra field (APPNOTE.TXT 6.3.10, §4.3). So its redundant fields are not
trusted but recomputed, an archive holds no byte that nothing accounts for, and no member is larger than it looks.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from msgspec import Struct

from gatekeeper.model.packet.refusal import Reason, Refused

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UNIX_20 = 3 << 8 | _VERSION
_UTF8 = 0x800
# 1980-01-01, the first day that the format knows; 00:00:00.
_DAY, _TIME = 0x21, 0
_MODE = 0o100644 << 16
CHUNK = 1 << 20
"""Bytes that are read at a time."""

MEMBERS_LIMIT = 15_000
"""How many members an archive may have."""

BYTES_LIMIT = 2 << 30
"""How many bytes an archive may have."""


class Member(Struct, frozen=True):
    """One file of an archive.

    Attributes:
        start: offset of its first byte in the archive.
        crc: CRC-32 by the archive's directory, to be held against its bytes.
    """

    name: str
    size: int
    crc: int
    start: int

    @property
    def _raw(self) -> bytes:
        return self.name.encode()

    @property
    def _flags(self) -> int:
        return 0 if self.name.isascii() else _UTF8

    def local(self) -> bytes:
        """The bytes that stand before it."""
        common = (_VERSION, self._flags, 0, _TIME, _DAY, self.crc, self.size, self.size, len(self._raw), 0)
        return _LOCAL.pack(b"PK\3\4", *common) + self._raw

    def central(self) -> bytes:
        """Its entry in the directory."""
        head = (_UNIX_20, _VERSION, self._flags, 0, _TIME, _DAY, self.crc, self.size, self.size, len(self._raw))
        at = self.start - _LOCAL.size - len(self._raw)
        return _CENTRAL.pack(b"PK\1\2", *head, 0, 0, 0, 0, _MODE, at) + self._raw


class ArchiveWriter:
    """Writes an archive into a file that can seek; `close` ends it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._members: list[Member] = []

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """Appends a member of `size` bytes; its bytes are not kept.

        Raises:
            ValueError: there are more bytes, or fewer; what was written is then no archive.
            Refused: the archive would be larger than archives may be.
        """
        at = self._file.tell()
        if at + size > BYTES_LIMIT or len(self._members) >= MEMBERS_LIMIT:
            raise Refused(
                Reason.TOO_LARGE, f"the packet would be larger than {BYTES_LIMIT} bytes or {MEMBERS_LIMIT} members"
            )
        header = len(Member(name, size, 0, 0).local())
        self._file.seek(at + header)
        crc = count = 0
        for chunk in chunks:
            crc, count = zlib.crc32(chunk, crc), count + len(chunk)
            self._file.write(chunk)
        if count != size:
            raise ValueError(f"{name}: {count} bytes instead of {size}")
        member = Member(name, size, crc, at + header)
        self._file.seek(at)
        self._file.write(member.local())
        self._file.seek(0, io.SEEK_END)
        self._members.append(member)

    def close(self) -> None:
        """Writes the directory."""
        start = self._file.tell()
        self._file.write(_directory(self._members, start))


def _directory(members: Iterable[Member], start: int) -> bytes:
    """The directory with its end, as it stands at an offset."""
    entries = [member.central() for member in members]
    body = b"".join(entries)
    return body + _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(body), start, 0)


class Archive:
    """The members of an archive that is written in the one way; opening it refuses every other.

    Attributes:
        members: in their order.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Reads the directory and holds every byte that is not a member's own against what it must be.

        Raises:
            Refused: it is no such archive, or larger than the limits.
        """
        self._file = file
        self.members = self._read_directory()
        self._by_name = {member.name: member for member in self.members}
        if len(self._by_name) != len(self.members):
            raise Refused(Reason.MALFORMED, "two members have one name")
        self._check_between()

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def size_of(self, name: str) -> int:
        """How many bytes a member has."""
        return self._by_name[name].size

    def iter_chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes in pieces of at most `CHUNK`.

        Raises:
            Refused: after the last piece, when they are not those of the directory's checksum.
        """
        member = self._by_name[name]
        crc, left = 0, member.size
        self._file.seek(member.start)
        while left:
            chunk = self._file.read(min(left, CHUNK))
            if not chunk:
                raise Refused(Reason.MALFORMED, f"the archive ends inside of {name}")
            crc, left = zlib.crc32(chunk, crc), left - len(chunk)
            yield chunk
        if crc != member.crc:
            raise Refused(Reason.TAMPERED, f"{name} does not have the checksum of the archive's directory")

    def read(self, name: str, limit: int) -> bytes:
        """A member's bytes.

        Raises:
            Refused: more than `limit`, or not those of the checksum.
        """
        if self._by_name[name].size > limit:
            raise Refused(Reason.TOO_LARGE, f"{name} is larger than {limit} bytes")
        return b"".join(self.iter_chunks(name))

    def _read_directory(self) -> tuple[Member, ...]:
        size = self._file.seek(0, io.SEEK_END)
        if size > BYTES_LIMIT:
            raise Refused(Reason.TOO_LARGE, f"the packet is larger than {BYTES_LIMIT} bytes")
        if size < _END.size:
            raise Refused(Reason.MALFORMED, "this is no packet: too short for a zip archive")
        self._file.seek(size - _END.size)
        magic, disk, first, here, count, length, start, comment = _END.unpack(self._file.read(_END.size))
        if magic != b"PK\5\6" or disk or first or comment or here != count:
            raise Refused(Reason.MALFORMED, "this is no packet: a zip archive's end is not where it must be")
        if count > MEMBERS_LIMIT:
            raise Refused(Reason.TOO_LARGE, f"the packet has more than {MEMBERS_LIMIT} members")
        if start + length + _END.size != size:
            raise Refused(Reason.MALFORMED, "there are bytes that belong to nothing")
        self._file.seek(start)
        directory = self._file.read(length)
        members = tuple(_iter_entries(directory, count))
        if _directory(members, start)[:length] != directory:
            raise Refused(Reason.MALFORMED, "the archive's directory is not written in the one way that packets are")
        return members

    def _check_between(self) -> None:
        """Holds the bytes before each member against the directory, and looks for gaps."""
        at = 0
        for member in self.members:
            local = member.local()
            if member.start != at + len(local):
                raise Refused(Reason.MALFORMED, f"there are bytes before {member.name} that belong to nothing")
            self._file.seek(at)
            if self._file.read(len(local)) != local:
                raise Refused(Reason.MALFORMED, f"the archive says two things of {member.name}")
            at = member.start + member.size
        self._file.seek(-_END.size, io.SEEK_END)
        if _END.unpack(self._file.read(_END.size))[6] != at:
            raise Refused(Reason.MALFORMED, "there are bytes that belong to nothing")


def _iter_entries(directory: bytes, count: int) -> Iterator[Member]:
    """The directory's members by the fields that count; the others are held against them afterwards."""
    at = 0
    for _ in range(count):
        head = directory[at : at + _CENTRAL.size]
        if len(head) < _CENTRAL.size or head[:4] != b"PK\1\2":
            raise Refused(Reason.MALFORMED, "the archive's directory is broken")
        fields = _CENTRAL.unpack(head)
        method, crc, size, length, start = fields[4], fields[7], fields[9], fields[10], fields[16]
        if method:
            raise Refused(Reason.MALFORMED, "a member is compressed; packets store theirs")
        raw = directory[at + _CENTRAL.size : at + _CENTRAL.size + length]
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            raise Refused(Reason.MALFORMED, "a member's name is not UTF-8") from None
        yield Member(name, size, crc, start + _LOCAL.size + length)
        at += _CENTRAL.size + length
