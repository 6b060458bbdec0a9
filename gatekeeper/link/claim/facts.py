"""Every claim of every document with what was found of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from gatekeeper.link.claim.every import Every
from gatekeeper.link.claim.failing import judge_remainder
from gatekeeper.link.claim.figures import find_disagreements
from gatekeeper.link.claim.listed import Lists
from gatekeeper.link.claim.percent import judge_percent, judge_units
from gatekeeper.link.claim.source.columns import iter_column_claims
from gatekeeper.link.claim.source.commits import judge_commits, judge_made_for
from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.source.measures import judge_measure, without_parts
from gatekeeper.link.claim.source.proof import judge_digest
from gatekeeper.link.claim.source.reports import Reports
from gatekeeper.link.claim.source.scripts import Scripts
from gatekeeper.link.claim.stated.columns import Columns
from gatekeeper.link.claim.stated.files import FileLists
from gatekeeper.link.claim.stated.pairs import judge_front
from gatekeeper.link.claim.stated.sums import judge_sums
from gatekeeper.link.claim.stated.trackers import Trackers
from gatekeeper.link.claim.stated.zero import judge_zero
from gatekeeper.link.claim.view import View
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Document, EvidenceKind
from gatekeeper.model.project import EvidenceFact, Tree
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_RANK = {ClaimVerdict.ASSERTED: 0, ClaimVerdict.VERIFIED: 1, ClaimVerdict.REFUTED: 2}
Judged = dict[str, list[ClaimFact]]


def judge_claims(
    documents: Sequence[Document], tree: Tree, evidence: Mapping[str, tuple[EvidenceFact, ...]], is_skeleton: bool
) -> dict[str, tuple[ClaimFact, ...]]:
    """Document path -> one fact for each claim, in document order; templates claim nothing.

    Args:
        evidence: document path -> facts of what its items offer as proof.
        is_skeleton: whether the tree's files are empty placeholders, so that nothing is looked up in them or in history.
    """
    views = [View(document) for document in documents if not document.is_template]
    figures = find_disagreements(views)
    files = Files(tree)
    judged: Judged = {view.document.path: list(_of_document(view, figures, files)) for view in views}
    trackers = Trackers(views, files)
    for view in views:
        judged[view.document.path] += trackers.judge(view, evidence.get(view.document.path, ()))
    if not is_skeleton:
        repository = _Repository(files)
        commits, made_for = judge_commits(views, tree), judge_made_for(views, evidence, files)
        for view in views:
            path = view.document.path
            judged[path] += (*commits.get(path, ()), *made_for.get(path, ()))
            judged[path] += repository.judge(view, evidence.get(path, ()))
    return {view.document.path: tuple(_settled(view, judged[view.document.path])) for view in views}


def _of_document(view: View, figures: Mapping[tuple[str, Span], ClaimFact], tree: Files) -> Iterator[ClaimFact]:
    """What a document's own lists and figures say of its claims, weightiest first; of files, what folders of the tree hold."""
    yield from judge_sums(view)
    if not view.document.claims:
        return
    judges = _Judges(view, figures, tree)
    for claim in view.document.claims:
        for judge in judges.by_kind.get(claim.kind, ()):
            fact = judge(claim)
            if fact is not None:
                yield fact
    yield from (*judges.columns.extra(), *judge_front(view), *judge_zero(view))


class _Judges:
    """Who in a document is asked about a claim, by its kind."""

    def __init__(self, view: View, figures: Mapping[tuple[str, Span], ClaimFact], tree: Files) -> None:
        self.columns = Columns(view)
        self._files, self._lists = FileLists(view, tree), Lists(view, self.columns)
        self._view = view
        units, path = judge_units(view), view.document.path

        def figure(claim: Claim) -> ClaimFact | None:
            return figures.get((path, claim.span))

        def remainder(claim: Claim) -> ClaimFact | None:
            return judge_remainder(view, claim)

        self.by_kind: Mapping[str, Sequence[Callable[[Claim], ClaimFact | None]]] = {
            "ratio": (self._listed, figure, remainder),
            "count": (self._listed, figure),
            "figure": (self._listed, figure),
            "tests": (self.columns.judge, figure),
            "results": (self.columns.judge, remainder),
            "percent": (
                self._of_all,
                remainder,
                lambda claim: judge_percent(view, claim),
                lambda claim: units.get(claim.span),
            ),
            "all": (self._of_all,),
        }

    @cached_property
    def _every(self) -> Every:
        return Every(self._view)

    def _of_all(self, claim: Claim) -> ClaimFact | None:
        """What open items say; most documents claim nothing of all."""
        return self._every.judge(claim)

    def _listed(self, claim: Claim) -> ClaimFact | None:
        """What a list says: a column that uses the claim's own words, a list of files, then any other."""
        return self.columns.judge(claim) or self._files.judge(claim) or self._lists.judge(claim)


class _Repository:
    """What files, scripts and reports say of claims."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._scripts = Scripts(files)
        self._reports = Reports(files)

    def judge(self, view: View, evidence: Sequence[EvidenceFact]) -> Iterator[ClaimFact]:
        """The facts of one document."""
        sized = (claim for claim in view.document.claims if claim.kind in ("lines", "tests", "ratio"))
        measured = (judge_measure(view, claim, self._files) for claim in (*sized, *iter_column_claims(view)))
        yield from without_parts(fact for fact in measured if fact is not None)
        digests = (judge_digest(view, claim, self._files) for claim in view.document.claims if claim.kind == "digest")
        yield from (fact for fact in digests if fact is not None)
        yield from self._commands(view)
        yield from self._reports.judge(view, evidence)

    def _commands(self, view: View) -> Iterator[ClaimFact]:
        """The commands that are said to have passed, and those that prove what is done."""
        claims = [claim for claim in view.document.claims if claim.kind == "command"]
        taken = {view.line_of(claim.span.start) for claim in claims}
        done = (item for item in view.items if item.status is Status.DONE and item.evidence_expected)
        proof = (ref for item in done for ref in item.evidence)
        claims += [
            Claim("command", ref.target, ref.span, {"command": ref.target})
            for ref in dict.fromkeys(proof)
            if ref.kind is EvidenceKind.COMMAND and view.line_of(ref.span.start) not in taken
        ]
        for claim in claims:
            missing = self._scripts.find_undefined(str(claim.values["command"]))
            if missing is not None and not view.is_history and not view.in_log(claim.span.start):
                yield ClaimFact(
                    view.document.path,
                    claim,
                    ClaimVerdict.REFUTED,
                    ClaimBasis.COMMAND,
                    {"name": missing[0], "what": missing[1]},
                    target=str(claim.values["command"]),
                )


def _settled(view: View, facts: Iterable[ClaimFact]) -> Iterator[ClaimFact]:
    """One fact for each claim in document order: a refutation, else a confirmation, else that it is only asserted."""
    best: dict[tuple[Span, str], ClaimFact] = {
        (claim.span, claim.kind): ClaimFact(view.document.path, claim) for claim in view.document.claims
    }
    for fact in facts:
        key = (fact.claim.span, fact.claim.kind)
        known = best.get(key)
        if known is None or _weight(fact) > _weight(known):
            best[key] = fact
    yield from _without_echoes(best[key] for key in sorted(best, key=lambda one: (one[0].start, one[0].end, one[1])))


def _weight(fact: ClaimFact) -> tuple[int, bool]:
    return _RANK[fact.verdict], fact.basis is not ClaimBasis.NONE


def _without_echoes(facts: Iterable[ClaimFact]) -> Iterator[ClaimFact]:
    """The facts, each refutation that says again what an earlier one of its document said marked as its echo."""
    heard: dict[tuple[object, ...], Span] = {}
    for fact in facts:
        if fact.verdict is not ClaimVerdict.REFUTED:
            yield fact
            continue
        keys = list(_voices(fact))
        first = next((heard[key] for key in keys if key in heard), None)
        yield fact if first is None else replace(fact, repeats=first)
        for key in keys:
            heard.setdefault(key, fact.claim.span if first is None else first)


def _voices(fact: ClaimFact) -> Iterator[tuple[object, ...]]:
    """What makes two refutations one: the same list denies both, or both give the same figure for the same."""
    numbers = tuple(sorted((name, value) for name, value in fact.claim.values.items() if name not in ("of", "state")))
    if fact.basis is ClaimBasis.LIST:
        yield ("list", *_places(fact.sources))
    elif fact.basis is ClaimBasis.COMMAND:
        yield ("command", fact.found["name"])
    elif fact.basis in (ClaimBasis.COMMIT, ClaimBasis.ANCESTRY):
        yield (fact.basis,)
    elif fact.basis is ClaimBasis.OPEN_ITEMS:
        yield ("open", fact.found["open"], *_places(fact.sources[:1]))
    elif fact.basis in (ClaimBasis.DONE, ClaimBasis.FIGURE):
        yield (fact.claim.kind, *numbers)
        yield ("pair", *sorted((fact.claim.span, *(span for _, span in _places(fact.sources) if span))))
    else:
        yield (fact.basis, fact.target, fact.claim.span)


def _places(sources: Sequence[ClaimSource]) -> tuple[tuple[str, Span | None], ...]:
    return tuple((source.path, source.span) for source in sources)
