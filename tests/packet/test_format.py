"""The format is a promise: a packet that version 1 wrote still verifies, by us and by the second verifier."""

from __future__ import annotations

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
