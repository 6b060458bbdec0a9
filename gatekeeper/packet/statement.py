"""The in-toto Statement of a packet: a function of its manifest alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gatekeeper.packet.canon import canonical
from gatekeeper.packet.names import MANIFEST

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:gatekeeper:gate-verdicts:v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"

_PREDICATE_FIELDS = ("tool", "day", "repository", "policy", "gates")


def statement_of(manifest: Mapping[str, Any], raw: bytes) -> bytes:
    """The canonical bytes of the Statement (in-toto Statement v1).

    Its subjects are the manifest and then the files of the repository, in the manifest's order; its predicate is the part of the manifest that tells the
    verdicts, who gave them, on which day, on what and under which law.

    Args:
        manifest: the parsed manifest.
        raw: its bytes.
    """
    subjects = [{"name": MANIFEST, "digest": {"sha256": hashlib.sha256(raw).hexdigest()}}]
    subjects += [{"name": entry["member"], "digest": {"sha256": entry["sha256"]}} for entry in manifest["files"]]
    return canonical(
        {
            "_type": STATEMENT_TYPE,
            "subject": subjects,
            "predicateType": PREDICATE_TYPE,
            "predicate": {name: manifest[name] for name in _PREDICATE_FIELDS},
        }
    )
