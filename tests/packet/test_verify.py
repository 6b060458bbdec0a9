"""What is sealed verifies; whatever is done to it afterwards is refused, each thing by its own word. A second verifier agrees."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.model.packet.refusal import Reason, Refused
from gatekeeper.packet.canon import canonical
from gatekeeper.packet.folder import Folder
from gatekeeper.packet.names import member_of
from gatekeeper.packet.statement import result_of, statement_of
from gatekeeper.packet.sums import sums_of
from gatekeeper.packet.verify import Expectations, verify_packet
from tests.packet.conftest import FACTS, FILES, archive_of, members_of, not_embedded, reason_of, seal, verify

PACKET = seal()
PATHS = st.from_regex(r"[a-z%:*é .\\]{1,6}(/[a-z%?\n\u202e.]{1,6}){0,2}", fullmatch=True).filter(
    lambda path: not {"", ".", ".."} & set(path.split("/"))
)


def resealed(change: Callable[[dict[str, Any]], object], packet: bytes = PACKET) -> bytes:
    """The packet of somebody who alters the manifest and knows how to make all that follows from it."""
    members = members_of(packet)
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = canonical(manifest)
    members["statement.json"] = statement_of(manifest, members["manifest.json"])
    result = result_of(manifest, members["manifest.json"])
    if result is not None:
        members["svr.json"] = result
    else:
        members.pop("svr.json", None)
    del members["SHA256SUMS"]
    members["SHA256SUMS"] = sums_of((name, hashlib.sha256(data).hexdigest()) for name, data in members.items())
    return archive_of(members)


def both_refuse(packet: bytes, plain: ModuleType) -> bool:
    try:
        verify(packet)
    except Refused:
        ours = True
    else:
        ours = False
    try:
        plain.verify(packet)
    except Exception:
        theirs = True
    else:
        theirs = False
    assert ours == theirs, "the two verifiers disagree"
    return ours


def test_a_sealed_packet_verifies_and_tells_what_it_says(plain: ModuleType) -> None:
    verified = verify(PACKET)
    assert verified.sha256 == hashlib.sha256(members_of(PACKET)["manifest.json"]).hexdigest() == plain.verify(PACKET)
    assert verified.manifest.gates == {"Launch gate": "met", "Second gate": "unmet"}
    assert [file.path for file in verified.manifest.files] == sorted(FILES)
    assert verified.signatures == ()


@given(st.dictionaries(PATHS, st.binary(max_size=80), max_size=6), st.booleans())
def test_whatever_is_sealed_verifies(plain: ModuleType, files: dict[str, bytes], is_embedded: bool) -> None:
    packet = seal(files, alter=(lambda file: file) if is_embedded else not_embedded)
    assert verify(packet).sha256 == plain.verify(packet)


def test_no_flipped_bit_of_a_packet_is_accepted(plain: ModuleType) -> None:
    small = seal({"docs/gate.md": b"Done\n"}, pages={"report.md": b"ok\n"})
    accepted = []
    for at, bit in ((at, bit) for at in range(len(small)) for bit in range(8)):
        bad = bytearray(small)
        bad[at] ^= 1 << bit
        try:
            verify(bytes(bad))
        except Refused:
            continue
        accepted.append((at, bit))
    assert accepted == []
    for at in range(0, len(small), 7):
        bad = bytearray(small)
        bad[at] ^= 0xFF
        assert both_refuse(bytes(bad), plain)


def edit(packet: bytes, chance: random.Random) -> bytes:
    """The packet with one thing done to it: bytes changed, swapped, dropped, added, or cut off."""
    data = bytearray(packet)
    at, length = chance.randrange(len(data)), chance.randint(1, 40)
    other = chance.randrange(len(data))
    kind = chance.choice(("change", "swap", "drop", "add", "truncate", "copy"))
    if kind == "change":
        data[at : at + length] = chance.randbytes(len(data[at : at + length]))
    elif kind == "swap":
        first, second = data[at : at + length], data[other : other + length]
        data[at : at + len(second)], data[other : other + len(first)] = second, first
    elif kind == "drop":
        del data[at : at + length]
    elif kind == "add":
        data[at:at] = chance.randbytes(length)
    elif kind == "copy":
        data[at:at] = data[other : other + length]
    else:
        del data[at:]
    return bytes(data)


def test_ten_thousand_edits_of_a_large_packet_are_refused() -> None:
    files = {f"evidence/{n:03}.txt": bytes([n % 256]) * (n * 37 % 2000) for n in range(60)}
    packet, chance = seal(files), random.Random(7)
    edits = (edit(packet, chance) for _ in range(10_000))
    accepted = 0
    for bad in edits:
        if bad == packet:
            continue
        try:
            verify(bad)
        except Refused:
            continue
        accepted += 1
    assert accepted == 0


MET = {**FACTS, "gates": [{"name": "Launch gate", "state": "met"}, {"name": "Hafen \U0001f6a2", "state": "met"}]}


def test_a_packet_whose_gates_are_all_met_has_a_simple_verification_result(plain: ModuleType) -> None:
    packet = seal(facts=MET)
    members = members_of(packet)
    result, statement = json.loads(members["svr.json"]), json.loads(members["statement.json"])
    assert result["_type"] == "https://in-toto.io/Statement/v1"
    assert result["predicateType"] == "https://in-toto.io/attestation/svr/v0.1"
    assert result["subject"] == statement["subject"]
    assert result["predicate"] == {
        "verifier": {"id": "urn:gatekeeper:verifier:0.1.0", "policy": {"digest": {"sha256": "e" * 64}}},
        "timeCreated": "2026-03-01T00:00:00Z",
        "properties": ["GATEKEEPER_GATE_MET:Launch gate", "GATEKEEPER_GATE_MET:Hafen \U0001f6a2"],
    }
    assert verify(packet).sha256 == plain.verify(packet)
    names = list(members)
    assert names[names.index("statement.json") + 1] == "svr.json"


def test_a_result_without_a_law_names_none(plain: ModuleType) -> None:
    packet = seal(facts={**MET, "policy": {"sha256": "", "sources": []}})
    assert "policy" not in json.loads(members_of(packet)["svr.json"])["predicate"]["verifier"]
    assert verify(packet).sha256 == plain.verify(packet)


@pytest.mark.parametrize("states", [(), ("unmet",), ("unknown",), ("waived",), ("met", "waived"), ("met", "unmet")])
def test_a_result_is_left_out_where_it_would_not_hold_for_every_subject(
    states: tuple[str, ...], plain: ModuleType
) -> None:
    gates = [{"name": f"Gate {number}", "state": state} for number, state in enumerate(states)]
    packet = seal(facts={**FACTS, "gates": gates})
    assert "svr.json" not in members_of(packet)
    assert verify(packet).sha256 == plain.verify(packet)


def test_a_result_that_does_not_follow_from_the_manifest_is_refused(plain: ModuleType) -> None:
    met, unmet = seal(facts=MET), PACKET
    result = members_of(met)["svr.json"]
    lacking = archive_of({name: data for name, data in members_of(met).items() if name != "svr.json"})
    forged = archive_of({**members_of(met), "svr.json": result.replace(b"Launch", b"Entry!")})
    added = archive_of({**members_of(unmet), "svr.json": result})
    reasons = {lacking: Reason.MISSING, forged: Reason.TAMPERED, added: Reason.EXTRA}
    for packet, reason in reasons.items():
        assert reason_of(packet) is reason
        assert both_refuse(packet, plain)


def test_version_1_has_no_result(plain: ModuleType) -> None:
    packet = resealed(lambda m: m.update(version=1), seal(facts=MET))
    assert "svr.json" not in members_of(packet)
    assert verify(packet).manifest.version == 1
    assert verify(packet).sha256 == plain.verify(packet)
    with_one = archive_of({**members_of(packet), "svr.json": members_of(seal(facts=MET))["svr.json"]})
    assert reason_of(with_one) is Reason.EXTRA
    assert both_refuse(with_one, plain)


def drop(name: str) -> bytes:
    return archive_of({key: data for key, data in members_of(PACKET).items() if key != name})


def put(name: str, data: bytes) -> bytes:
    return archive_of({**members_of(PACKET), name: data})


@pytest.mark.parametrize(
    ("packet", "reason"),
    [
        (drop("manifest.json"), Reason.MISSING),
        (drop("statement.json"), Reason.MISSING),
        (drop("SHA256SUMS"), Reason.MISSING),
        (drop("evidence/docs/gate.md"), Reason.MISSING),
        (drop("report.md"), Reason.MISSING),
        (put("evidence/docs/more.md", b"x"), Reason.EXTRA),
        (put("../outside", b"x"), Reason.EXTRA),
        (put("/etc/passwd", b"x"), Reason.EXTRA),
        (put("evidence/docs/gate.md", b"# Gate\n"), Reason.TAMPERED),
        (put("report.md", b"# Repost\n"), Reason.TAMPERED),
        (put("statement.json", b"{}"), Reason.TAMPERED),
        (put("SHA256SUMS", b""), Reason.TAMPERED),
        (put("manifest.json", b"{}"), Reason.MALFORMED),
        (put("manifest.json", b"[" * 90_000), Reason.MALFORMED),
        (put("manifest.json", b"{,"), Reason.MALFORMED),
        (put("manifest.json", b"[" * 2_000_001), Reason.TOO_LARGE),
        (put("manifest.json", members_of(PACKET)["manifest.json"].replace(b":", b": ", 1)), Reason.MALFORMED),
        (archive_of(dict(reversed(members_of(PACKET).items()))), Reason.MALFORMED),
    ],
)
def test_what_is_done_to_the_members_has_its_own_word(packet: bytes, reason: Reason, plain: ModuleType) -> None:
    assert reason_of(packet) is reason
    assert both_refuse(packet, plain)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda m: m.update(version=99), Reason.VERSION),
        (lambda m: m.update(version=True), Reason.VERSION),
        (lambda m: m.update(format="other"), Reason.MALFORMED),
        (lambda m: m.update(files={}), Reason.MALFORMED),
        (lambda m: m["files"][0].update(size=-1), Reason.MALFORMED),
        (lambda m: m["files"][0].update(sha256="0" * 64), Reason.TAMPERED),
        (lambda m: m["files"][0].update(blob="0" * 40), Reason.TAMPERED),
        (lambda m: m["files"][0].update(member="evidence/b"), Reason.MALFORMED),
        (lambda m: m["files"].reverse(), Reason.MALFORMED),
        (lambda m: m["files"].append(m["files"][-1]), Reason.MALFORMED),
        (lambda m: m["pages"].append({"name": "../x", "size": 0, "sha256": "0" * 64}), Reason.MALFORMED),
        (lambda m: m["pages"].append({"name": "zzz", "size": 0, "sha256": "0" * 64}), Reason.MISSING),
        (lambda m: m["pages"].pop(), Reason.EXTRA),
    ],
)
def test_a_manifest_that_lies_consistently_is_held_against_the_bytes(change: Any, reason: Reason) -> None:
    assert reason_of(resealed(change)) is reason


def test_a_packet_of_a_later_version_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="format version 99 is not known"):
        verify(resealed(lambda m: m.update(version=99)))


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        (Expectations(commit="cccc"), None),
        (Expectations(commit="abcd"), Reason.OTHER_COMMIT),
        (Expectations(policy="eeee"), None),
        (Expectations(policy="f"), Reason.OTHER_POLICY),
        (Expectations(oldest="2026-03-01"), None),
        (Expectations(oldest="2026-03-02"), Reason.STALE),
        (Expectations(gates=("Launch gate",)), None),
        (Expectations(gates=("Second gate",)), Reason.NOT_MET),
        (Expectations(gates=("Third gate",)), Reason.OTHER_GATE),
        (Expectations(needs_signature=True), Reason.UNSIGNED),
    ],
)
def test_what_the_verifier_expects_has_its_own_word(expected: Expectations, reason: Reason | None) -> None:
    if reason is None:
        assert verify(PACKET, expected)
    else:
        assert reason_of(PACKET, expected) is reason


def blobs() -> dict[str, str]:
    return {file.path: file.blob for file in verify(PACKET).manifest.files}


@pytest.mark.parametrize(
    ("find", "reason"),
    [
        (lambda commit: blobs(), None),
        (lambda commit: None, Reason.OTHER_REPOSITORY),
        (lambda commit: {}, Reason.OTHER_REPOSITORY),
        (lambda commit: {**blobs(), "docs/gate.md": "0" * 40}, Reason.TAMPERED),
    ],
)
def test_files_are_held_against_the_objects_of_a_repository(find: Any, reason: Reason | None) -> None:
    expected = Expectations(find_blobs=find)
    if reason is None:
        assert verify(PACKET, expected).objects == len(FILES)
    else:
        assert reason_of(PACKET, expected) is reason


def test_a_redacted_file_is_not_held_against_the_id_of_its_first_bytes() -> None:
    packet = seal(alter=lambda file: replace(file, blob="0" * 40, redactions=(("token", 3),)))
    assert verify(packet).manifest.files[0].redactions == (("token", 3),)


def test_a_folder_verifies_like_its_archive(tmp_path: Path) -> None:
    for name, data in members_of(PACKET).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert verify_packet(Folder(tmp_path), Expectations()) == verify(PACKET)
    (tmp_path / "evidence/link").symlink_to("/etc/passwd")
    with pytest.raises(Refused, match="no regular file"):
        Folder(tmp_path)


@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("docs/a.md", "evidence/docs/a.md"),
        ("100%.md", "evidence/100%25.md"),
        ("a\nb", "evidence/a%0Ab"),
        ("a\\b", "evidence/a%5Cb"),
        ("trailing. /x.", "evidence/trailing%2E%20/x%2E"),
        ("evil\u202egpj.md", "evidence/evil%E2%80%AEgpj.md"),
    ],
)
def test_a_path_becomes_a_name_that_unpacks_anywhere(path: str, member: str) -> None:
    assert member_of(path) == member


@given(st.sets(PATHS, min_size=2, max_size=8))
def test_no_two_paths_share_a_member(paths: set[str]) -> None:
    assert len({member_of(path) for path in paths}) == len(paths)


def test_the_example_of_facts_is_what_the_manifest_needs() -> None:
    assert {"tool", "day", "repository", "policy", "gates"} <= set(FACTS)
