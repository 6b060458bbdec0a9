"""The format is a promise: packets that earlier versions wrote still verify, by us and by the second verifier."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from types import ModuleType

from gatekeeper.packet.archive import Archive
from gatekeeper.packet.sign.ssh import check_ssh
from gatekeeper.packet.verify import Expectations, verify_packet

FIXTURES = Path(__file__).parent / "fixtures"


def test_a_packet_of_version_1_still_verifies_with_its_signer(plain: ModuleType) -> None:
    path = FIXTURES / "version-1.zip"
    expected = Expectations(
        check_ssh=partial(check_ssh, signers=FIXTURES / "version-1.signers"),
        needs_signature=True,
        gates=("Build gate",),
    )
    with path.open("rb") as file:
        verified = verify_packet(Archive(file), expected)
    assert verified.sha256 == plain.verify(path.read_bytes())
    assert verified.sha256 == "28f0e33e7dc3fbfccd935820d68181b697da97c4985bec297b008a6f53d3c8a1"
    assert verified.signatures[0].signer == "release@example.org"
    assert verified.manifest.gates == {"Build gate": "met", "Launch gate": "unmet"}
    assert [file.path for file in verified.manifest.files if file.redactions] == ["docs/launch.md"]


def test_a_packet_of_version_2_still_verifies_with_its_result(plain: ModuleType) -> None:
    path = FIXTURES / "version-2.zip"
    with path.open("rb") as file:
        archive = Archive(file)
        verified = verify_packet(archive, Expectations(gates=("Build gate",)))
        result = json.loads(archive.read("svr.json", 1 << 20))
    assert verified.sha256 == plain.verify(path.read_bytes())
    assert verified.sha256 == "1b6970fbd733a1b54c3d64328e5d7649f6120962a10e92aa0f7f56eea949d0b4"
    assert verified.manifest.version == 2
    assert result["predicate"]["properties"] == ["GATEKEEPER_GATE_MET:Build gate"]
