"""Commits held against history, and against the commit that evidence was made for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.source.report.data import read_data
from gatekeeper.link.claim.source.report.figures import MalformedError
from gatekeeper.link.claim.view import View
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim
from gatekeeper.model.project import EvidenceFact, EvidenceState, Tree

_COMMIT_WORD = re.compile(
    r"\b(?:commits?|committed|commit-id|merged (?:in|as|at)|cherry-pick\w*|reverts?|reverted)\b", re.IGNORECASE
)
_INVENTED = re.compile(r"(?:abc|def|a1b2|1234|dead|beef|cafe|0000|ffff)")
_OTHER_ID = re.compile(
    r"\b(?:migrations?|alembic|revision id|down_revision|digest|checksum|build|run id|image|container|upstream|submodule|fork|repo(?:sitory)?:|hash of|pr head|pre-rebase|rebased?|squashed?|pins?|pinned|incident|staging|production|example|e\.g)\b|https?://",
    re.IGNORECASE,
)
# The line of a document's head that names the commit which all of it is about.
_HEAD = re.compile(
    r"[\s>*+|-]*(?:\*\*|__)?(?:(?:tested|built|release|head|git|source)[ -])?(?:commit|revision|sha|commit[ _-]?(?:sha|id|hash)|git[ _-]?sha)"
    r"(?:\*\*|__)?\s*[:|]",
    re.IGNORECASE,
)
_KEYS = frozenset(
    "commit commit_sha commit_id commitsha sha git_sha gitsha git_commit head_sha headsha revision".split()
)
_ID = re.compile(r"[0-9a-f]{7,40}")
_REPORT_LIMIT = 4 << 20


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
        verdict = ClaimVerdict.VERIFIED if known.get(commit) else ClaimVerdict.REFUTED
        basis = ClaimBasis.ANCESTRY if known.get(commit) is False else ClaimBasis.COMMIT
        fact = ClaimFact(view.document.path, claim, verdict, basis, {}, target=commit)
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


def judge_made_for(
    views: Sequence[View], evidence: Mapping[str, tuple[EvidenceFact, ...]], files: Files
) -> dict[str, list[ClaimFact]]:
    """The evidence of each document that names another commit than the document is about; a fact for each file, at the document's commit."""
    heads = {view.document.path: head for view in views if (head := _head(view)) is not None}
    facts: dict[str, list[ClaimFact]] = {}
    for path, claim in heads.items():
        about = str(claim.values["commit"]).lower()
        targets = [
            fact for fact in evidence.get(path, ()) if fact.state is EvidenceState.FOUND and len(fact.paths) == 1
        ]
        for target in {fact.paths[0]: fact for fact in reversed(targets) if fact.paths[0] != path}.values():
            for commit, source in _made_for(target.paths[0], heads, files):
                if not (commit.startswith(about) or about.startswith(commit)):
                    facts.setdefault(path, []).append(_differing(target, claim, commit, source))
    return facts


def _differing(target: EvidenceFact, head: Claim, commit: str, source: ClaimSource) -> ClaimFact:
    """That a reference leads to evidence for `commit`, while its document's `head` names another."""
    about = str(head.values["commit"]).lower()
    cited = Claim("made-for", target.ref.target, target.ref.span, {"commit": about})
    sources = (source, ClaimSource(target.document, head.span, head.text))
    return ClaimFact(
        target.document,
        cited,
        ClaimVerdict.REFUTED,
        ClaimBasis.MADE_FOR,
        {"commit": commit},
        target.paths[0],
        sources,
        is_firm=True,
    )


def _head(view: View) -> Claim | None:
    """The one commit that a document's head says it is about; None when it names none or several."""
    head = [
        claim
        for claim in view.document.claims
        if claim.kind == "commit" and _HEAD.match(view.source.text, view.line_at(claim.span.start).start)
    ]
    return head[0] if len({str(claim.values["commit"])[:7].lower() for claim in head}) == 1 else None


def _made_for(path: str, heads: Mapping[str, Claim], files: Files) -> Iterator[tuple[str, ClaimSource]]:
    """The commit that a file says it was made for, with its place; at most one."""
    if path in heads:
        claim = heads[path]
        yield str(claim.values["commit"]).lower(), ClaimSource(path, claim.span, claim.text)
        return
    data = files.read(path) if path.lower().endswith((".json", ".sarif")) else None
    if not data or len(data) > _REPORT_LIMIT:
        return
    try:
        values = read_data(data).values
    except MalformedError:
        return
    named = {
        str(value).lower()
        for key, value in values.items()
        if key.rpartition(".")[2].replace("-", "_").casefold() in _KEYS and _ID.fullmatch(str(value).lower())
    }
    if len(named) == 1:
        yield named.pop(), ClaimSource(path)
