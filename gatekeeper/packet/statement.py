"""The in-toto Statements of a packet: functions of its manifest alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gatekeeper.packet.canon import canonical
from gatekeeper.packet.names import MANIFEST, RESULT, STATEMENT

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:gatekeeper:gate-verdicts:v1"
RESULT_TYPE = "https://in-toto.io/attestation/svr/v0.1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"

_PREDICATE_FIELDS = ("tool", "day", "repository", "policy", "gates")


def seals_of(manifest: Mapping[str, Any], raw: bytes) -> dict[str, bytes]:
    """Name -> bytes of the manifest and of what follows from it, in the packet's order; arguments as of `statement_of`."""
    result = result_of(manifest, raw)
    return {MANIFEST: raw, STATEMENT: statement_of(manifest, raw), **({} if result is None else {RESULT: result})}


def statement_of(manifest: Mapping[str, Any], raw: bytes) -> bytes:
    """The canonical bytes of the Statement (in-toto Statement v1).

    Its subjects are the manifest and then the files of the repository, in the manifest's order; its predicate is the part of the manifest that tells the
    verdicts, who gave them, on which day, on what and under which law.

    Args:
        manifest: the parsed manifest.
        raw: its bytes.
    """
    return _statement(manifest, raw, PREDICATE_TYPE, {name: manifest[name] for name in _PREDICATE_FIELDS})


def result_of(manifest: Mapping[str, Any], raw: bytes) -> bytes | None:
    """The canonical bytes of the Simple Verification Result (in-toto SVR 0.1) with the same subjects; None where it would say more than is so.

    It tells of properties that hold for all of its subjects, and of nothing else: so there is one where every gate is met, and no waiver was needed. Version 1
    of the format had none.
    """
    gates, policy = manifest["gates"], manifest["policy"]["sha256"]
    if manifest["version"] < 2 or not gates or any(gate["state"] != "met" for gate in gates):
        return None
    law = {"policy": {"digest": {"sha256": policy}}} if policy else {}
    predicate = {
        "verifier": {"id": f"urn:gatekeeper:verifier:{manifest['tool']['version']}", **law},
        "timeCreated": f"{manifest['day']}T00:00:00Z",
        "properties": [f"GATEKEEPER_GATE_MET:{gate['name']}" for gate in gates],
    }
    return _statement(manifest, raw, RESULT_TYPE, predicate)


def _statement(manifest: Mapping[str, Any], raw: bytes, kind: str, predicate: Mapping[str, Any]) -> bytes:
    subjects = [{"name": MANIFEST, "digest": {"sha256": hashlib.sha256(raw).hexdigest()}}]
    subjects += [{"name": entry["member"], "digest": {"sha256": entry["sha256"]}} for entry in manifest["files"]]
    return canonical({"_type": STATEMENT_TYPE, "subject": subjects, "predicateType": kind, "predicate": predicate})
