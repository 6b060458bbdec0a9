"""Signatures: made by real keys, checked by us and by the tools on the other side."""

from __future__ import annotations

import base64
import json
import subprocess
from functools import partial
from pathlib import Path

import pytest

from gatekeeper.model.errors import ConfigError
from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.seal import Signers
from gatekeeper.packet.sign.dsse import check_dsse, sign_dsse
from gatekeeper.packet.sign.ssh import check_ssh, sign_ssh
from gatekeeper.packet.verify import Expectations
from tests.packet.conftest import archive_of, members_of, reason_of, seal, verify


def allowed(keys: Path, *lines: str) -> Path:
    path = keys / f"allowed-{abs(hash(lines))}"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def public(keys: Path, name: str) -> str:
    return (keys / f"{name}.pub").read_text().strip()


@pytest.fixture(scope="module")
def signed(keys: Path) -> bytes:
    return seal(signers=Signers(partial(sign_ssh, key=keys / "one"), partial(sign_dsse, key=keys / "ed.pem")))


def test_a_known_signer_is_told_by_name(signed: bytes, keys: Path) -> None:
    signers = allowed(keys, f'release@example.org namespaces="gatekeeper-packet" {public(keys, "one")}')
    expected = Expectations(
        check_ssh=partial(check_ssh, signers=signers),
        check_dsse=partial(check_dsse, keys=[keys / "ed.pub.pem"]),
        needs_signature=True,
    )
    first, second = verify(signed, expected).signatures
    assert (first.signer, first.is_known, second.kind) == ("release@example.org", True, "dsse")


def test_a_signature_that_nothing_is_given_for_is_told_as_unchecked(signed: bytes) -> None:
    assert verify(signed).unchecked == ("ssh", "dsse")
    assert reason_of(signed, Expectations(needs_signature=True)) is Reason.UNKNOWN_SIGNER


def test_without_a_list_the_key_is_told_and_does_not_count(signed: bytes) -> None:
    expected = Expectations(check_ssh=partial(check_ssh, signers=None))
    (signature,) = verify(signed, expected).signatures
    assert signature.signer.startswith("SHA256:")
    assert not signature.is_known
    needed = Expectations(check_ssh=partial(check_ssh, signers=None), needs_signature=True)
    assert reason_of(signed, needed) is Reason.UNKNOWN_SIGNER


@pytest.mark.parametrize("options", ['namespaces="git" ', 'valid-before="20200101" '], ids=["other use", "expired"])
def test_a_key_that_is_listed_for_something_else_or_another_time_is_unknown(
    signed: bytes, keys: Path, options: str
) -> None:
    signers = allowed(keys, f"release@example.org {options}{public(keys, 'one')}")
    assert reason_of(signed, Expectations(check_ssh=partial(check_ssh, signers=signers))) is Reason.UNKNOWN_SIGNER


def test_another_key_is_unknown(signed: bytes, keys: Path) -> None:
    signers = allowed(keys, f"release@example.org {public(keys, 'two')}")
    assert reason_of(signed, Expectations(check_ssh=partial(check_ssh, signers=signers))) is Reason.UNKNOWN_SIGNER
    expected = Expectations(check_dsse=partial(check_dsse, keys=[keys / "ec.pub.pem"]))
    assert reason_of(signed, expected) is Reason.UNKNOWN_SIGNER


def test_the_signature_of_another_packet_is_bad(signed: bytes, keys: Path) -> None:
    other = members_of(seal({"other.md": b"x"}))
    own = members_of(signed)
    mixed = archive_of(
        {**{n: d for n, d in other.items() if n != "SHA256SUMS"}, "manifest.json.sig": own["manifest.json.sig"]}
    )
    expected = Expectations(check_ssh=partial(check_ssh, signers=None))
    assert reason_of(mixed, expected) is Reason.BAD_SIGNATURE
    other["statement.dsse.json"] = own["statement.dsse.json"]
    expected = Expectations(check_dsse=partial(check_dsse, keys=[keys / "ed.pub.pem"]))
    assert reason_of(archive_of(other), expected) is Reason.BAD_SIGNATURE


def test_no_flipped_byte_of_a_signature_is_accepted(signed: bytes, keys: Path) -> None:
    members = members_of(signed)
    envelope, statement = members["statement.dsse.json"], members["statement.json"]
    start = envelope.index(b'"signatures"')
    for at in range(start, len(envelope)):
        bad = bytearray(envelope)
        bad[at] ^= 1
        with pytest.raises(Refused):
            check_dsse(statement, bytes(bad), [keys / "ed.pub.pem"])
    armor, manifest = members["manifest.json.sig"], members["manifest.json"]
    signers = allowed(keys, f"release@example.org {public(keys, 'one')}")
    for at in range(0, len(armor), 5):
        bad = bytearray(armor)
        bad[at] ^= 1
        with pytest.raises(Refused):
            check_ssh(manifest, bytes(bad), signers)


def test_ssh_keygen_accepts_the_signature_of_the_manifest(signed: bytes, keys: Path, tmp_path: Path) -> None:
    members = members_of(signed)
    (tmp_path / "sig").write_bytes(members["manifest.json.sig"])
    signers = allowed(keys, f"release@example.org {public(keys, 'one')}")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(signers), "-I", "release@example.org"]
    command += ["-n", "gatekeeper-packet", "-s", str(tmp_path / "sig")]
    ended = subprocess.run(command, input=members["manifest.json"], capture_output=True)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("name", ["ed", "ec"])
def test_openssl_accepts_the_signature_in_the_envelope(keys: Path, tmp_path: Path, name: str) -> None:
    members = members_of(seal(signers=Signers(dsse=partial(sign_dsse, key=keys / f"{name}.pem"))))
    envelope = json.loads(members["statement.dsse.json"])
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"].encode()
    assert payload == members["statement.json"]
    (tmp_path / "signed").write_bytes(b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload))
    (tmp_path / "sig").write_bytes(base64.b64decode(envelope["signatures"][0]["sig"]))
    raw = ["-rawin"] if name == "ed" else ["-rawin", "-digest", "sha256"]
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(keys / f"{name}.pub.pem"), *raw]
    ended = subprocess.run(
        [*command, "-in", str(tmp_path / "signed"), "-sigfile", str(tmp_path / "sig")], capture_output=True
    )
    assert ended.returncode == 0, ended.stderr


def test_the_statement_is_one_for_the_validator_of_in_toto() -> None:
    from google.protobuf import json_format
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    read = json_format.Parse(members_of(seal())["statement.json"], statement_pb2.Statement())
    Statement.copy_from_pb(read).validate()


def test_a_key_that_cannot_sign_is_told_with_its_path(keys: Path, tmp_path: Path) -> None:
    (tmp_path / "no-key").write_text("nothing\n")
    for sign in (sign_ssh, sign_dsse):
        with pytest.raises(ConfigError) as error:
            sign(b"data", key=tmp_path / "no-key")
        assert error.value.where.endswith("no-key")
        assert error.value.hint
