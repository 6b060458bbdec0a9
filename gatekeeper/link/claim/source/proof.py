"""Digests held against a file's bytes."""

from __future__ import annotations

import hashlib
import re

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.view import View
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim

_IMAGE = re.compile(r"@sha256:$|\b(?:image|docker|layer|container)\b", re.IGNORECASE)
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n.*?oid sha256:([0-9a-f]{64})", re.DOTALL)


def judge_digest(view: View, claim: Claim, files: Files) -> ClaimFact | None:
    """What a file's bytes say of the SHA-256 beside its name; None where the line names no tracked file, or several."""
    if claim.kind != "digest" or _IMAGE.search(view.before(claim)[-60:]):
        return None
    named = files.named_on_line(view, claim.span.start)
    others = view.digests_by_line[view.line_of(claim.span.start)]
    data = files.read(next(iter(named))) if len(named) == 1 and others == 1 else None
    if not data:
        return None
    path, stated = next(iter(named)), str(claim.values["sha256"])
    verdict = ClaimVerdict.VERIFIED if stated in _digests(data) else ClaimVerdict.REFUTED
    return ClaimFact(
        view.document.path,
        claim,
        verdict,
        ClaimBasis.DIGEST,
        {"sha256": _digests(data)[0]},
        target=path,
        sources=(ClaimSource(path),),
        is_firm=True,
    )


def _digests(data: bytes) -> list[str]:
    """The SHA-256 sums that a file may rightly be said to have: as it is, with other line ends, and as large file storage keeps it."""
    unified = data.replace(b"\r\n", b"\n")
    spellings = [data] if b"\0" in data[:4096] else [data, unified, unified.replace(b"\n", b"\r\n")]
    digests = list(dict.fromkeys(hashlib.sha256(spelling).hexdigest() for spelling in spellings))
    pointer = _POINTER.match(data)
    return [*digests, pointer[1].decode()] if pointer is not None else digests
