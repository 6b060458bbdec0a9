"""Packets of a few files, sealed in memory, and keys to sign them."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from gatekeeper.model.packet.content import PackedFile, Verified
from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.archive import Archive, ArchiveWriter
from gatekeeper.packet.names import member_of
from gatekeeper.packet.seal import Account, Signers, seal_packet
from gatekeeper.packet.verify import Expectations, verify_packet

FILES = {
    "docs/gate.md": b"# Gate\r\n\r\nDone: yes\n",
    "docs/100% sure?.md": b"",
    "reports/\u00fcbersicht.xml": b"<testsuite tests='3'/>\n",
    "a/Z.txt": bytes(range(256)),
}
PAGES = {"report.md": b"# Report\n", "VERIFY.md": b"# How to verify\n"}
NOBODY = Signers()
NOTHING = Expectations()
FACTS: dict[str, Any] = {
    "tool": {"name": "gatekeeper", "version": "0.1.0"},
    "day": "2026-03-01",
    "repository": {"name": "harbor", "url": "", "commit": "c" * 40, "tree": "d" * 40, "source": "commit"},
    "policy": {"sha256": "e" * 64, "sources": []},
    "gates": [{"name": "Launch gate", "state": "met"}, {"name": "Second gate", "state": "unmet"}],
    "items": [],
    "claims": [],
    "findings": [],
    "waivers": [],
}


def packed(path: str, data: bytes) -> PackedFile:
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    sha256 = hashlib.sha256(data).hexdigest()
    return PackedFile(
        path, member_of(path), "evidence", True, len(data), sha256, blob, "a" * 40, "2026-02-01T00:00:00Z"
    )


def seal(
    files: Mapping[str, bytes] = FILES,
    facts: Mapping[str, Any] = FACTS,
    signers: Signers = NOBODY,
    alter: Callable[[PackedFile], PackedFile] = lambda file: file,
    pages: Mapping[str, bytes] = PAGES,
) -> bytes:
    """An archive with these files."""
    made = io.BytesIO()
    writer = ArchiveWriter(made)
    listed = [(alter(packed(path, data)), data) for path, data in sorted(files.items())]
    seal_packet(writer, listed, lambda files: Account(facts, pages), signers)
    writer.close()
    return made.getvalue()


def verify(packet: bytes, expected: Expectations = NOTHING) -> Verified:
    return verify_packet(Archive(io.BytesIO(packet)), expected)


def reason_of(packet: bytes, expected: Expectations = NOTHING) -> Reason:
    """Why it is refused."""
    with pytest.raises(Refused) as refused:
        verify(packet, expected)
    assert refused.value.hint
    return refused.value.reason


def members_of(packet: bytes) -> dict[str, bytes]:
    archive = Archive(io.BytesIO(packet))
    return {member.name: archive.read(member.name, 1 << 30) for member in archive.members}


def archive_of(members: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    writer = ArchiveWriter(made)
    for name, data in members.items():
        writer.add(name, len(data), [data])
    writer.close()
    return made.getvalue()


def not_embedded(file: PackedFile) -> PackedFile:
    return replace(file, is_embedded=False)


@pytest.fixture(scope="session")
def plain() -> ModuleType:
    """The second verifier, loaded from its file."""
    path = Path(__file__).parent / "plain_verifier.py"
    spec = importlib.util.spec_from_file_location("plain_verifier", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with SSH keys `one` and `two`, and PEM keys `ed` and `ec` with their public halves."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("one", "two"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    for name, kind in (("ed", ["ed25519"]), ("ec", ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"])):
        made, public = str(folder / f"{name}.pem"), str(folder / f"{name}.pub.pem")
        subprocess.run(["openssl", "genpkey", "-algorithm", *kind, "-out", made], check=True, capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", made, "-pubout", "-out", public], check=True)
    return folder
