"""What a packet says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

FORMAT = "gatekeeper-packet"
VERSION = 2
"""The version of the format that is written."""

VERSIONS = (1, 2)
"""The versions of the format that are read."""


class Wanted(Struct, frozen=True):
    """A file of the repository that a packet is to hold.

    Attributes:
        role: "evidence", "document", "policy" or "exception".
        size: in bytes.
        blob: git's id; "" to find it from the bytes.
        commit: the last commit that changed it; "" where none did.
        author_date: that commit's author's, ISO 8601 in UTC; "" without one.
        obstacle: why it cannot be packed; "" when it can.
    """

    path: str
    role: str
    size: int
    blob: str = ""
    commit: str = ""
    author_date: str = ""
    obstacle: str = ""


class LeftOut(Struct, frozen=True):
    """A file that a packet was to hold and does not, and why."""

    path: str
    reason: str


class PackedFile(Struct, frozen=True):
    """A file of the repository, in the packet or only named by it.

    Attributes:
        path: in the repository.
        member: its name in the packet, embedded or not.
        role: "evidence", "document", "policy" or "exception".
        is_embedded: whether the packet holds its bytes.
        size: bytes of what the packet holds; of the repository's file where it is not embedded.
        sha256: hex digest of the same bytes.
        blob: git's id of the repository's bytes, in hex; "" without git.
        commit: the last commit that changed it; "" where none did.
        author_date: that commit's author's, ISO 8601 in UTC; "" without one.
        redactions: (kind of secret, 1-based line) for each place that was blanked out before sealing.
        lfs: the digest that a Git LFS pointer names, as the pointer writes it; "" for every other file.
    """

    path: str
    member: str
    role: str
    is_embedded: bool
    size: int
    sha256: str
    blob: str = ""
    commit: str = ""
    author_date: str = ""
    redactions: tuple[tuple[str, int], ...] = ()
    lfs: str = ""


class Page(Struct, frozen=True):
    """A member that gatekeeper wrote: a report, or how to verify."""

    name: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What a packet's manifest says, as far as checking it needs; the whole stands in `data`.

    Attributes:
        version: of the format.
        commit: hex id; "" without git.
        policy: hex digest of the law.
        day: ISO 8601; the day for which the verdicts were given.
        gates: name -> verdict.
        files: by path.
        pages: by name.
        data: the parsed JSON.
    """

    version: int
    commit: str
    policy: str
    day: str
    gates: Mapping[str, str]
    files: tuple[PackedFile, ...]
    pages: tuple[Page, ...]
    data: Mapping[str, Any]


def mappings_of(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The mappings of a list in untrusted data; what has another shape is left out."""
    found = data.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


class Signature(Struct, frozen=True):
    """A signature of a packet.

    Attributes:
        kind: "ssh" or "dsse".
        signer: the principal, or the id of the key.
        is_known: whether it was held against a key or a list of signers that the verifier trusts.
    """

    kind: str
    signer: str
    is_known: bool


class Verified(Struct, frozen=True):
    """A packet that holds.

    Attributes:
        sha256: hex digest of the manifest: the packet's identity.
        signatures: those that were checked, in the packet's order.
        unchecked: kinds of signatures that nothing was given to check with.
        objects: how many files were held against a repository's objects; None where none was named.
    """

    manifest: Manifest
    sha256: str
    signatures: tuple[Signature, ...] = ()
    unchecked: tuple[str, ...] = ()
    objects: int | None = None
