"""Figures of the front matter held against those of the body: the same measure, differently worded."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from gatekeeper.link.claim.stated.measure import Measure, measure_of
from gatekeeper.link.claim.view import View, one_line
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim

_WHOLE = re.compile(r"^[\W_]*(?:\w+\s)?(?:progress|overall|totals?|completion)\b", re.IGNORECASE)
_STEP = 1.0


class _Told(Struct, frozen=True):
    """One number of a claim and what it measures."""

    claim: Claim
    measure: Measure
    count: int


def judge_front(view: View) -> Iterator[ClaimFact]:
    """Figures of the body that the front matter denies, and a percentage there that none of its own figures gives."""
    front = [claim for claim in view.document.claims if claim.span.end <= view.front_end and claim.kind == "figure"]
    if not front:
        return
    told = {measure_of(str(claim.values["label"])): claim for claim in front}
    if view.front_end < len(view.source.text):
        yield from _of_body(view, told)
    yield from _of_percent(view, told)


def _of_body(view: View, told: dict[Measure, Claim]) -> Iterator[ClaimFact]:
    """The figures of the body that speak of the whole document and agree with its front matter nowhere."""
    body: dict[Measure, list[_Told]] = defaultdict(list)
    for claim in view.document.claims:
        for one in _numbers(view, claim):
            body[one.measure].append(one)
    for measure, spoken in body.items():
        first = told.get(measure)
        if first is None or any(one.count == first.values["count"] for one in spoken):
            continue
        if len({one.count for one in spoken}) == 1:
            yield _denied(view, spoken[0].claim, first)


def _numbers(view: View, claim: Claim) -> Iterator[_Told]:
    """The measures of which a claim of the body speaks, where it speaks of the whole document."""
    at = claim.span.start
    if at < view.front_end or claim.kind not in ("figure", "ratio"):
        return
    if view.in_log(at) or view.unit_at(at) is not None or view.is_row(at):
        return
    if claim.kind == "figure":
        measure = measure_of(str(claim.values["label"]))
        if measure.noun:
            yield _Told(claim, measure, int(claim.values["count"]))
    elif _WHOLE.match(view.before(claim)):
        done = measure_of(str(claim.values.get("of", "")))
        if done.noun and done.state in ("done", "total"):
            yield _Told(claim, Measure(done.noun, "done", done.rest), int(claim.values["numerator"]))
            yield _Told(claim, Measure(done.noun, "total", done.rest), int(claim.values["denominator"]))


def _of_percent(view: View, told: dict[Measure, Claim]) -> Iterator[ClaimFact]:
    """A percentage beside figures of what is done and of all, where none of them gives it."""
    percent = next((claim for measure, claim in told.items() if measure.state == "percent"), None)
    ratios = [
        (int(claim.values["count"]), int(told[whole].values["count"]), claim)
        for measure, claim in told.items()
        if measure.state == "done" and (whole := Measure(measure.noun, "total", measure.rest)) in told
    ]
    shares = [(100 * done / total, claim) for done, total, claim in ratios if total]
    if percent is None or not shares:
        return
    stated = int(percent.values["count"])
    if all(abs(share - stated) >= _STEP for share, _ in shares):
        names = [f"{done}/{total}" for done, total, _ in ratios if total]
        rest = "".join(f" and `{name}` {share:.1f} %" for name, (share, _) in zip(names[1:], shares[1:], strict=True))
        found: dict[str, int | float | str] = {"percent": round(shares[0][0], 1), "ratio": names[0], "others": rest}
        source = _place(view, shares[0][1])
        yield ClaimFact(view.document.path, percent, ClaimVerdict.REFUTED, ClaimBasis.PERCENT, found, sources=(source,))


def _denied(view: View, claim: Claim, other: Claim) -> ClaimFact:
    found: dict[str, int | float | str] = {"text": one_line(other.text)}
    return ClaimFact(
        view.document.path, claim, ClaimVerdict.REFUTED, ClaimBasis.FIGURE, found, sources=(_place(view, other),)
    )


def _place(view: View, claim: Claim) -> ClaimSource:
    return ClaimSource(view.document.path, claim.span, one_line(view.text_at(claim.span.start)))
