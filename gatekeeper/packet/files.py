"""The files of a packet: read once, cleared of secrets, hashed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gatekeeper.model.packet.content import LeftOut, PackedFile, Wanted
from gatekeeper.packet.names import member_of
from gatekeeper.packet.redact import SCAN_BYTES_LIMIT, Redactor, is_kept_out

_LFS = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid (sha256:[0-9a-f]{64})\n")
_LFS_BYTES = 1024

Read = Callable[[Sequence[Wanted]], Iterator[bytes]]
"""Gives the bytes of files in their order; raises what the tree raises."""


@dataclass
class Contents:
    """Goes through the files that are wanted, and remembers what it left out.

    Attributes:
        left_out: in path order, once all files were gone through.
    """

    wanted: Iterable[Wanted]
    read: Read
    redactor: Redactor
    is_embedding: bool = True
    left_out: list[LeftOut] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[PackedFile, bytes]]:
        """Each file by path, with its bytes."""
        taken = []
        for one in sorted(self.wanted, key=lambda one: one.path):
            shown = self.redactor.text(one.path)
            reason = _reason_against(one) if shown == one.path else "its name holds what looks like a secret"
            if reason:
                self.left_out.append(LeftOut(shown, reason))
            else:
                taken.append(one)
        for one, data in zip(taken, self.read(taken), strict=True):
            yield self._packed(one, data)

    def _packed(self, one: Wanted, data: bytes) -> tuple[PackedFile, bytes]:
        blob = one.blob or _blob_of(data)
        redactions: tuple[tuple[str, int], ...] = ()
        if self.is_embedding:
            data, redactions = self.redactor.data(data, one.path)
        lfs = _LFS.match(data[:_LFS_BYTES])
        file = PackedFile(
            path=one.path,
            member=member_of(one.path),
            role=one.role,
            is_embedded=self.is_embedding,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            blob=blob,
            commit=one.commit,
            author_date=one.author_date,
            redactions=redactions,
            lfs=lfs[1].decode("ascii") if lfs else "",
        )
        return file, data


def _reason_against(one: Wanted) -> str:
    """Why a file is not packed; "" when it is."""
    if is_kept_out(one.path):
        return "files of environment variables, keys and passwords are never packed"
    if one.size > SCAN_BYTES_LIMIT:
        return f"larger than {SCAN_BYTES_LIMIT} bytes, so that it was not looked through for secrets"
    return one.obstacle


def _blob_of(data: bytes) -> str:
    """Git's id of some bytes (SHA-1)."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
