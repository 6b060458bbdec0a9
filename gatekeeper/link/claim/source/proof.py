"""Digests held against a file's bytes, and commits against history."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.view import View
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim
from gatekeeper.model.project import Tree

_IMAGE = re.compile(r"@sha256:$|\b(?:image|docker|layer|container)\b", re.IGNORECASE)
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n.*?oid sha256:([0-9a-f]{64})", re.DOTALL)
_COMMIT_WORD = re.compile(
    r"\b(?:commits?|committed|commit-id|merged (?:in|as|at)|cherry-pick\w*|reverts?|reverted)\b", re.IGNORECASE
)
_INVENTED = re.compile(r"(?:abc|def|a1b2|1234|dead|beef|cafe|0000|ffff)")
_OTHER_ID = re.compile(
    r"\b(?:migrations?|alembic|revision id|down_revision|digest|checksum|build|run id|image|container|upstream|submodule|fork|repo(?:sitory)?:|hash of|pr head|pre-rebase|rebased?|squashed?|pins?|pinned|incident|staging|production|example|e\.g)\b|https?://",
    re.IGNORECASE,
)


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


def judge_commits(views: Sequence[View], tree: Tree) -> dict[str, list[ClaimFact]]:
    """What history says of the commits that lines name as such, by document; {} where history is not all here."""
    asked = [
        (view, claim)
        for view in views
        for claim in view.document.claims
        if claim.kind == "commit" and _is_commit(view, claim)
    ]
    known = tree.find_commits(str(claim.values["commit"]).lower() for _, claim in asked) if asked else None
    if known is None:
        return {}
    facts: dict[str, list[ClaimFact]] = {}
    for view, claim in asked:
        commit = str(claim.values["commit"]).lower()
        verdict = ClaimVerdict.VERIFIED if commit in known else ClaimVerdict.REFUTED
        fact = ClaimFact(view.document.path, claim, verdict, ClaimBasis.COMMIT, {}, target=commit)
        facts.setdefault(view.document.path, []).append(fact)
    return facts


def _is_commit(view: View, claim: Claim) -> bool:
    """Whether a line, or the header of its table, says that an id is a commit's."""
    line = view.around(claim)
    if _OTHER_ID.search(line) or _INVENTED.match(claim.text) or "<<<<<<<" in line or ">>>>>>>" in line:
        return False
    if "template" in view.document.path.casefold():
        return False
    if _COMMIT_WORD.search(view.before(claim)):
        return True
    if not view.is_row(claim.span.start):
        return False
    section = view.section_at(claim.span.start)
    groups = view.groups_in(section.span) if section is not None else []
    around = [group for group in groups if group.span.start <= claim.span.start < group.span.end]
    return bool(around) and _COMMIT_WORD.search(view.text_at(around[0].span.start)) is not None


def _digests(data: bytes) -> list[str]:
    """The SHA-256 sums that a file may rightly be said to have: as it is, with other line ends, and as large file storage keeps it."""
    unified = data.replace(b"\r\n", b"\n")
    spellings = [data] if b"\0" in data[:4096] else [data, unified, unified.replace(b"\n", b"\r\n")]
    digests = list(dict.fromkeys(hashlib.sha256(spelling).hexdigest() for spelling in spellings))
    pointer = _POINTER.match(data)
    return [*digests, pointer[1].decode()] if pointer is not None else digests
