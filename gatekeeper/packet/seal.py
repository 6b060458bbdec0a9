"""Seals a packet: members, manifest, statement, signatures, sums, in this order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from gatekeeper.model.packet.content import FORMAT, VERSION, PackedFile, Page
from gatekeeper.packet.canon import canonical
from gatekeeper.packet.manifest import file_json, page_json
from gatekeeper.packet.names import ENVELOPE, SSH_SIGNATURE, STATEMENT, SUMS
from gatekeeper.packet.statement import seals_of
from gatekeeper.packet.sums import sums_of

Sign = Callable[[bytes], bytes]
"""Takes what is signed, gives the signature's member."""


class Sink(Protocol):
    """Where the members go: an archive or a folder."""

    def add(self, name: str, size: int, chunks: Iterable[bytes]) -> None:
        """Appends a member of `size` bytes."""


class Signers(Struct, frozen=True):
    """Who signs; None for nobody."""

    ssh: Sign | None = None
    dsse: Sign | None = None


class Account(Struct, frozen=True):
    """What a packet tells beside its files.

    Attributes:
        facts: the manifest without `format`, `version`, `files` and `pages`.
        pages: name -> bytes of what gatekeeper wrote.
    """

    facts: Mapping[str, Any]
    pages: Mapping[str, bytes]


def seal_packet(
    sink: Sink,
    files: Iterable[tuple[PackedFile, bytes]],
    tell: Callable[[Sequence[PackedFile]], Account],
    signers: Signers,
) -> str:
    """The hex digest of the manifest of the packet that was written.

    Args:
        sink: takes the members.
        files: of the repository by path, each with its bytes; those of a file that is not embedded do not matter. One is asked for at a time.
        tell: gives the rest, once all files were read.
        signers: who signs the manifest and the statement.
    """
    listed, sums = [], []
    for file, data in files:
        listed.append(file)
        if file.is_embedded:
            sink.add(file.member, file.size, [data])
            sums.append((file.member, file.sha256))
    account = tell(listed)
    pages = [(Page(name, len(data), _digest(data)), data) for name, data in sorted(account.pages.items())]
    for page, data in pages:
        sink.add(page.name, page.size, [data])
        sums.append((page.name, page.sha256))
    manifest = {
        **account.facts,
        "format": FORMAT,
        "version": VERSION,
        "files": [file_json(file) for file in listed],
        "pages": [page_json(page) for page, _ in pages],
    }
    raw = canonical(manifest)
    ends = dict(_iter_seals(manifest, raw, signers))
    ends[SUMS] = sums_of([*sums, *((name, _digest(data)) for name, data in ends.items())])
    for name, data in ends.items():
        sink.add(name, len(data), [data])
    return _digest(raw)


def _iter_seals(manifest: Mapping[str, Any], raw: bytes, signers: Signers) -> Iterator[tuple[str, bytes]]:
    seals = seals_of(manifest, raw)
    yield from seals.items()
    if signers.ssh is not None:
        yield SSH_SIGNATURE, signers.ssh(raw)
    if signers.dsse is not None:
        yield ENVELOPE, signers.dsse(seals[STATEMENT])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
