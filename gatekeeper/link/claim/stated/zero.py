"""Lines that say that nothing is begun, `Iterations: 0 (not yet started)`, held against rows that are under way or done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.link.claim.stated.measure import measure_of
from gatekeeper.link.claim.view import View, one_line
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_NOT_BEGUN = re.compile(
    r"[\W_]{0,4}[(–—-][^()\n]{0,60}\b(?:not (?:yet )?(?:been )?(?:started|begun|executed)|nothing (?:started|done)|has(?:n't| not) (?:started|begun))\b",
    re.IGNORECASE,
)
_PROGRESS = re.compile(
    r"^[\s>*_+-]*(?:(?:overall|total|current|project)\s)?(?:progress|completion|status)[*_]*\s*:[*_\s]*(?:\[[^\]\n]*\]\s*)?[*_~]*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*(?:→|->|to\b|of\b)")
_BEGUN = frozenset((Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW, Status.DONE))
_MANY = 2


def judge_zero(view: View) -> Iterator[ClaimFact]:
    """The first claim of a document, or of each unit's section, that nothing of it is begun or done, where several items are."""
    seen: set[tuple[Span, frozenset[Status]]] = set()
    for claim in view.document.claims:
        at = claim.span.start
        wanted = _wanted(view, claim)
        if not wanted or view.in_log(at) or view.is_row(at) or view.is_heading(at) or view.item_of(claim) is not None:
            continue
        unit = view.unit_at(at)
        span = unit.span if unit is not None else Span(0, len(view.source.text))
        if (span, wanted) not in seen:
            seen.add((span, wanted))
            inside = view.items_in(span)
            begun = [item for item in inside if item.status in wanted and not view.is_heading(item.span.start)]
            if len(begun) >= _MANY:
                yield _fact(view, claim, begun, len(inside))


def _wanted(view: View, claim: Claim) -> frozenset[Status]:
    """The statuses that deny a claim: none for claims that say something else than that nothing is begun or done."""
    if claim.kind == "figure" and claim.values["count"] == 0 and _NOT_BEGUN.match(view.after(claim)):
        state = measure_of(str(claim.values["label"])).state
        return _BEGUN if state in ("total", "started", "done") else frozenset()
    is_of_work = claim.kind == "percent" and claim.values.get("of", "complete") in ("complete", "completed", "done")
    if (
        is_of_work
        and claim.values["percent"] == 0
        and _PROGRESS.match(view.before(claim))
        and not _GOES_ON.match(view.after(claim))
    ):
        return frozenset((Status.DONE,))
    return frozenset()


def _fact(view: View, claim: Claim, begun: list[WorkItem], total: int) -> ClaimFact:
    path = view.document.path
    sources = tuple(
        ClaimSource(
            path, item.mark.span if item.mark is not None else item.span, one_line(f"{item.id or ''} {item.title}")
        )
        for item in begun
    )
    found: dict[str, int | float | str] = {"begun": len(begun), "total": total}
    return ClaimFact(path, claim, ClaimVerdict.REFUTED, ClaimBasis.STARTED, found, sources=sources)
