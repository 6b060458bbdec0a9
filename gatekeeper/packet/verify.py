"""Checks a sealed packet: first its signatures, then every byte, then what the verifier expects of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from gatekeeper.model.packet.content import Manifest, PackedFile, Signature, Verified
from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.archive import Archive
from gatekeeper.packet.canon import JSON_BYTES_LIMIT, parse_canonical
from gatekeeper.packet.folder import Folder
from gatekeeper.packet.manifest import read_manifest
from gatekeeper.packet.names import ENVELOPE, MANIFEST, SIGNATURES, SSH_SIGNATURE, STATEMENT, SUMS
from gatekeeper.packet.statement import seals_of
from gatekeeper.packet.sums import sums_of

SIGNATURE_BYTES_LIMIT = JSON_BYTES_LIMIT * 2


class Store(Protocol):
    """A packet's members: of an archive or of a folder."""

    def __contains__(self, name: str) -> bool: ...

    def size_of(self, name: str) -> int:
        """How many bytes a member has."""

    def iter_chunks(self, name: str) -> Iterator[bytes]:
        """A member's bytes in pieces."""

    def read(self, name: str, limit: int) -> bytes:
        """A member's bytes, of which there may be `limit`."""


CheckSignature = Callable[[bytes, bytes], Signature]
"""Takes what was signed and the signature; gives who signed, or raises `Refused`."""

FindBlobs = Callable[[str], Mapping[str, str] | None]
"""Takes a commit's id; gives path -> blob id of its files, or None where the repository does not hold it."""


class Expectations(Struct, frozen=True):
    """What the verifier wants beyond intact bytes.

    Attributes:
        check_ssh: for the SSH signature; None where nothing was given to check it with.
        check_dsse: likewise for the DSSE envelope.
        needs_signature: whether one of them must have been checked, against somebody who is known.
        commit: hex id, or its beginning; "" for any.
        gates: names that the packet must be about, and that must be met or waived.
        policy: hex digest of the law, or its beginning; "" for any.
        oldest: ISO 8601 day before which a packet counts as stale; "" for none.
        find_blobs: of the repository that the packet says it comes from; None where none was named.
    """

    check_ssh: CheckSignature | None = None
    check_dsse: CheckSignature | None = None
    needs_signature: bool = False
    commit: str = ""
    gates: tuple[str, ...] = ()
    policy: str = ""
    oldest: str = ""
    find_blobs: FindBlobs | None = None


def open_packet(path: Path, file: BinaryIO | None = None) -> Store:
    """The members of a packet, archive or folder.

    Args:
        path: of the packet.
        file: the opened archive; None where the path is a folder.

    Raises:
        Refused: it is no packet by its form.
    """
    return Folder(path) if file is None else Archive(file)


def verify_packet(store: Store, expected: Expectations) -> Verified:
    """What the packet says, once all of it holds.

    Raises:
        Refused: it does not.
    """
    raw = _seal(store, MANIFEST)
    # Before a byte of the content is parsed.
    signatures, unchecked = _check_signatures(store, raw, expected)
    manifest = read_manifest(parse_canonical(raw, MANIFEST))
    seals = seals_of(manifest.data, raw)
    _check_members(store, manifest, seals)
    digests = {name: _check_bytes(store, name, size, sha256, blob) for name, size, sha256, blob in _payload(manifest)}
    _check_seals(store, seals, digests)
    verified = Verified(
        manifest, hashlib.sha256(raw).hexdigest(), signatures, unchecked, _check_objects(manifest, expected)
    )
    _check_expectations(verified, expected)
    return verified


def read_unverified(store: Store) -> Manifest:
    """The manifest of a packet of which nothing is checked but the manifest's own form.

    Raises:
        Refused: it has none that can be read.
    """
    return read_manifest(parse_canonical(_seal(store, MANIFEST), MANIFEST))


def _seal(store: Store, name: str) -> bytes:
    if name not in store:
        raise Refused(Reason.MISSING, f"the packet has no {name}")
    return store.read(name, JSON_BYTES_LIMIT)


def _check_signatures(
    store: Store, raw: bytes, expected: Expectations
) -> tuple[tuple[Signature, ...], tuple[str, ...]]:
    """The signatures that hold, and the kinds that nothing was given to check with."""
    found, unchecked = [], []
    for kind, name, signed, check in (
        ("ssh", SSH_SIGNATURE, MANIFEST, expected.check_ssh),
        ("dsse", ENVELOPE, STATEMENT, expected.check_dsse),
    ):
        if name in store:
            data = raw if signed == MANIFEST else _seal(store, signed)
            if check is None:
                unchecked.append(kind)
            else:
                found.append(check(data, store.read(name, SIGNATURE_BYTES_LIMIT)))
    if expected.needs_signature and not any(one.is_known for one in found):
        raise Refused(*_unsigned(unchecked))
    return tuple(found), tuple(unchecked)


def _unsigned(unchecked: Sequence[str]) -> tuple[Reason, str]:
    if not unchecked:
        return Reason.UNSIGNED, "the packet is not signed"
    return Reason.UNKNOWN_SIGNER, "the packet is signed, and nothing was given to hold the signer against"


def _payload(manifest: Manifest) -> Iterator[tuple[str, int, str, str]]:
    """(name, size, digest, blob id or "") of every member that the manifest lists, in the packet's order."""
    for file in manifest.files:
        if file.is_embedded:
            yield file.member, file.size, file.sha256, "" if file.redactions else file.blob
    for page in manifest.pages:
        yield page.name, page.size, page.sha256, ""


def _check_members(store: Store, manifest: Manifest, seals: Iterable[str]) -> None:
    """Holds the members that are there against those that must be, in their order where the form has one."""
    signatures = [name for name in SIGNATURES if name in store]
    wanted = [*(name for name, _, _, _ in _payload(manifest)), *seals, *signatures, SUMS]
    missing = next((name for name in wanted if name not in store), None)
    if missing is not None:
        raise Refused(Reason.MISSING, f"the packet has no {missing}, which its manifest lists")
    if isinstance(store, Archive):
        names = [member.name for member in store.members]
    else:
        assert isinstance(store, Folder)
        names, wanted = list(store.names), sorted(wanted)
    extra = sorted(set(names) - set(wanted))
    if extra:
        raise Refused(Reason.EXTRA, f"the packet holds {extra[0]}, which its manifest does not list")
    if names != wanted:
        raise Refused(Reason.MALFORMED, "the packet's members are not in their order")


def _check_bytes(store: Store, name: str, size: int, sha256: str, blob: str) -> str:
    """The hex digest of a member whose size, digest and blob id are as they must be."""
    if store.size_of(name) != size:
        raise Refused(Reason.TAMPERED, f"{name} has {store.size_of(name)} bytes, not the {size} of the manifest")
    digest = hashlib.sha256()
    git = hashlib.new("sha1" if len(blob) == 40 else "sha256", usedforsecurity=False) if blob else None
    if git is not None:
        git.update(b"blob %d\0" % size)
    for chunk in store.iter_chunks(name):
        digest.update(chunk)
        if git is not None:
            git.update(chunk)
    if digest.hexdigest() != sha256:
        raise Refused(Reason.TAMPERED, f"{name} has the digest {digest.hexdigest()}, not the {sha256} of the manifest")
    if git is not None and git.hexdigest() != blob:
        raise Refused(Reason.TAMPERED, f"{name} has git's id {git.hexdigest()}, not the {blob} of the manifest")
    return sha256


def _check_seals(store: Store, seals: Mapping[str, bytes], digests: Mapping[str, str]) -> None:
    """Holds what follows from the manifest against it."""
    for name, data in seals.items():
        if _seal(store, name) != data:
            raise Refused(Reason.TAMPERED, f"{name} is not the one that follows from the manifest")
    signatures = ((name, store.read(name, SIGNATURE_BYTES_LIMIT)) for name in SIGNATURES if name in store)
    ends = (*seals.items(), *signatures)
    sums = sums_of([*digests.items(), *((name, hashlib.sha256(data).hexdigest()) for name, data in ends)])
    if _seal(store, SUMS) != sums:
        raise Refused(Reason.TAMPERED, f"{SUMS} does not list the digests of the packet's members")


def _check_objects(manifest: Manifest, expected: Expectations) -> int | None:
    """How many of its files the commit of a repository holds under these ids; None where no repository was named."""
    if expected.find_blobs is None:
        return None
    if not manifest.commit:
        raise Refused(Reason.OTHER_REPOSITORY, "the packet names no commit")
    blobs = expected.find_blobs(manifest.commit)
    if blobs is None:
        raise Refused(Reason.OTHER_REPOSITORY, f"the repository does not hold commit {manifest.commit}")
    for file in manifest.files:
        _check_object(file, blobs)
    return len(manifest.files)


def _check_object(file: PackedFile, blobs: Mapping[str, str]) -> None:
    held = blobs.get(file.path)
    if held is None:
        raise Refused(Reason.OTHER_REPOSITORY, "the commit holds no such file", file.path)
    if held != file.blob:
        raise Refused(Reason.TAMPERED, f"the commit holds {held} here, the packet says {file.blob}", file.path)


def _folded(name: str) -> str:
    """A name as it is compared: letter case and blanks make no difference."""
    return " ".join(name.casefold().split())


def _check_expectations(verified: Verified, expected: Expectations) -> None:
    manifest = verified.manifest
    if not manifest.commit.startswith(expected.commit):
        raise Refused(
            Reason.OTHER_COMMIT, f"the packet is about commit {manifest.commit or '(none)'}, not {expected.commit}"
        )
    if not manifest.policy.startswith(expected.policy):
        raise Refused(
            Reason.OTHER_POLICY,
            f"the packet was built under policy {manifest.policy or '(none)'}, not {expected.policy}",
        )
    if manifest.day < expected.oldest:
        raise Refused(Reason.STALE, f"the packet tells of {manifest.day}, which is before {expected.oldest}")
    states = {_folded(name): state for name, state in manifest.gates.items()}
    for name in expected.gates:
        state = states.get(_folded(name))
        if state is None:
            raise Refused(
                Reason.OTHER_GATE,
                f"the packet is not about the gate {name!r}, but about {', '.join(manifest.gates) or 'none'}",
            )
        if state not in ("met", "waived"):
            raise Refused(Reason.NOT_MET, f"the gate {name!r} is {state} by this packet")
