"""Counts of sprints, epics and stories that name the document which lists them, held against what it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gatekeeper.link.claim.source.files import Files
from gatekeeper.link.claim.stated.measure import Measure, measure_of
from gatekeeper.link.claim.view import View, one_line, unit_key
from gatekeeper.link.claim.words import UNIT_KINDS, is_meant, kind_of, qualifiers
from gatekeeper.link.paths import folder_of
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, WorkItem
from gatekeeper.model.project import EvidenceFact, EvidenceState
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_INEXACT = re.compile(
    r"[~≈+]|\b(?:about|around|approx\w*|over|more than|up to|first|last|next|new|additional|remaining)\W*$",
    re.IGNORECASE,
)
_SUBUNIT = re.compile(r"\d+[-.]\d+(?:[-.]\d+)*$")
_LIKENESS = 0.75
_LEAST = 3
_CROWD = 40


class Trackers:
    """What each document lists of each kind of unit, looked up by the documents that speak of it."""

    def __init__(self, views: Sequence[View], files: Files) -> None:
        self._views = {view.document.path: view for view in views}
        self._files = files
        self._listed = lru_cache(maxsize=512)(self._find_listed)
        folders: dict[str, list[str]] = {}
        for path in self._views:
            folders.setdefault(folder_of(path), []).append(path)
        self._folders = folders
        self._proven: tuple[View | None, dict[int, set[str]]] = (None, {})

    def judge(self, view: View, evidence: Sequence[EvidenceFact]) -> Iterator[ClaimFact]:
        """The counts of one document that a document which they name does not bear out, and figures of its front matter."""
        if view.is_history:
            return
        for claim in view.document.claims:
            kind = _unit_kind(claim)
            if kind and not _INEXACT.search(view.before(claim)[-16:]) and not _INEXACT.search(claim.text):
                tracker = self._named(view, claim, evidence)
                fact = self._held(view, claim, kind, tracker) if tracker is not None else None
                if fact is not None:
                    yield fact
        yield from self._of_front(view)

    def _named(self, view: View, claim: Claim, evidence: Sequence[EvidenceFact]) -> View | None:
        """The one other document that a claim's line, or its record of data, names."""
        if view.in_log(claim.span.start) or (claim.item is None and not is_meant(view, claim)):
            return None
        paths = set(self._files.named_on_line(view, claim.span.start))
        if claim.item is not None:
            paths = self._proof(view, evidence).get(claim.item, set())
        named = [path for path in sorted(paths) if path in self._views and path != view.document.path]
        return self._views[named[0]] if len(named) == 1 else None

    def _proof(self, view: View, evidence: Sequence[EvidenceFact]) -> dict[int, set[str]]:
        """The files that each item of a document has for evidence, by where the item begins."""
        if self._proven[0] is not view:
            proof: dict[int, set[str]] = {}
            for fact in evidence:
                for item in fact.items if fact.state is EvidenceState.FOUND else ():
                    proof.setdefault(item.span.start, set()).update(fact.paths)
            self._proven = view, proof
        return self._proven[1]

    def _held(self, view: View, claim: Claim, kind: str, tracker: View) -> ClaimFact | None:
        stated, items = int(claim.values["count"]), self._listed(tracker, kind)
        if len(items) < _LEAST or not _is_near(stated, len(items)):
            return None
        verdict = ClaimVerdict.VERIFIED if stated == len(items) else ClaimVerdict.REFUTED
        return _fact(view, claim, tracker, items, {"total": len(items), "kind": kind}, verdict)

    def _of_front(self, view: View) -> Iterator[ClaimFact]:
        """Units that front matter counts as done, against the one document beside it that lists as many of them as it says there are."""
        told: dict[Measure, Claim] = {
            measure_of(str(claim.values["label"])): claim
            for claim in view.document.claims
            if claim.kind == "figure" and claim.span.end <= view.front_end
        }
        for measure, claim in told.items():
            whole = told.get(Measure(measure.noun, "total", measure.rest))
            if measure.state != "done" or measure.noun not in UNIT_KINDS or measure.rest or whole is None:
                continue
            folder = self._folders[folder_of(view.document.path)]
            beside = (
                [self._views[path] for path in folder if path != view.document.path] if len(folder) <= _CROWD else []
            )
            listing = [(one, self._listed(one, measure.noun)) for one in beside]
            full = [(one, items) for one, items in listing if len(items) >= 2]
            if len(full) == 1 and len(full[0][1]) == whole.values["count"]:
                yield from self._done_there(view, claim, *full[0], measure.noun)

    def _done_there(
        self, view: View, claim: Claim, tracker: View, items: tuple[WorkItem, ...], kind: str
    ) -> Iterator[ClaimFact]:
        done = [item for item in items if item.status is Status.DONE]
        if all(item.status is not Status.UNKNOWN for item in items) and len(done) != claim.values["count"]:
            found: Mapping[str, int | float | str] = {"total": len(items), "done": len(done), "kind": kind}
            yield _fact(view, claim, tracker, items, found, ClaimVerdict.REFUTED)

    def _find_listed(self, view: View, kind: str) -> tuple[WorkItem, ...]:
        """The different units of a kind that a document lists, in order; in data their keys tell the kind."""
        items = view.kind(kind)
        if not items and not view.document.sections:
            items = list(_of_keys(view, kind))
        by_key: dict[str, WorkItem] = {}
        for item in items:
            key = unit_key(item.id) or item.title.casefold()
            if key not in by_key or by_key[key].status is Status.UNKNOWN:
                by_key[key] = item
        return tuple(by_key.values())


def _of_keys(view: View, kind: str) -> Iterator[WorkItem]:
    """The items of data whose key is `epic-3`; of a document with epics, those numbered `3-1` are its stories."""
    word = re.compile(rf"{kind}[-_ ]?\d+(?:[-.]\d+)*$", re.IGNORECASE)
    epics = re.compile(r"epic[-_ ]?\d+$", re.IGNORECASE)
    has_epics = kind == "story" and any(epics.match(item.id or "") for item in view.items)
    for item in view.items:
        if word.match(item.id or "") or (has_epics and _SUBUNIT.match(item.id or "")):
            yield item


def _unit_kind(claim: Claim) -> str:
    """The kind of unit that a claim counts all of; "" for other claims."""
    if claim.kind != "count" or qualifiers(str(claim.values["of"])):
        return ""
    kind = kind_of(str(claim.values["of"]))
    return kind if kind in UNIT_KINDS else ""


def _is_near(stated: int, found: int) -> bool:
    return min(stated, found) >= _LIKENESS * max(stated, found)


def _fact(
    view: View,
    claim: Claim,
    tracker: View,
    items: Sequence[WorkItem],
    found: Mapping[str, int | float | str],
    verdict: ClaimVerdict,
) -> ClaimFact:
    place: Span = items[0].span
    source = ClaimSource(tracker.document.path, place, one_line(tracker.text_at(place.start)))
    return ClaimFact(view.document.path, claim, verdict, ClaimBasis.TRACKER, found, sources=(source,))
