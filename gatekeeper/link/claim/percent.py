"""Percentages held against the ratio beside them, and against other percentages of the same unit of work."""

from __future__ import annotations

import re
from collections import defaultdict

from gatekeeper.link.claim.view import View, one_line, unit_key
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim
from gatekeeper.model.text import Span

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
# `24/117 (20.5`, `4.5/7 complete (64`, `3 of 15 tasks = 20`; nothing but the state and the noun may stand between.
_RATIO = re.compile(
    rf"(?<![\w./-])(?P<n>{_NUMBER})\s?(?:/|\bof\b)\s?(?P<d>{_NUMBER})(?P<words>(?:\s+[a-z-]+){{0,3}})\**\s*(?:\(|=|:|,|–|—|-|→)\s*$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s*(?:[).,;|*]|$|(?:complete[d]?|done|passed|passing|met|coverage)\b)", re.IGNORECASE)
_OTHER_MEASURE = re.compile(
    r"\b(?:points?|pts|marks?|coverage|faster|slower|less|more|reduc\w+|increase|weight|weighted|effort|time|threshold|target|goal)\b",
    re.IGNORECASE,
)
_UNIT_WORD = re.compile(r"\b(?i:phase|sprint|epic|chunk|gate|milestone|stage|story)\s+(?:\d[\w.]*|[A-Z]\b)")
_FULL_SCORE = 100
_NEXT_FIVE = 2.5
_LIMIT = 64
_HEAD = 32


def find_ratio(view: View, claim: Claim) -> tuple[float, float, Span] | None:
    """The ratio right before a percentage that must be worth as much: both numbers and its place; None without one."""
    line = view.line_at(claim.span.start)
    start = max(line.start, claim.span.start - _LIMIT)
    match = _RATIO.search(view.source.text, start, claim.span.start)
    after = view.source.text[claim.span.end : line.end]
    if match is None or _OTHER_MEASURE.search(f"{match['words']} {claim.text} {after[:24]}") or not _ENDS.match(after):
        return None
    if (
        "~" in claim.text
        or "≈" in claim.text
        or view.source.text[max(0, match.start() - 1) : match.start()] in ("~", "≈")
    ):
        return None
    low, high = (float(match[name].replace(",", "")) for name in ("n", "d"))
    return (low, high, Span(match.start(), match.end("d"))) if high and high != _FULL_SCORE else None


def judge_percent(view: View, claim: Claim) -> ClaimFact | None:
    """What the ratio beside a percentage says of it; None when there is none."""
    ratio = find_ratio(view, claim) if claim.kind == "percent" else None
    if ratio is None:
        return None
    low, high, span = ratio
    exact = 100 * low / high
    verdict = ClaimVerdict.VERIFIED if _is_same(claim, exact) else ClaimVerdict.REFUTED
    source = ClaimSource(view.document.path, span, one_line(view.source.slice(span)))
    found: dict[str, int | float | str] = {"percent": round(exact, 1), "ratio": source.text}
    return ClaimFact(
        view.document.path,
        claim,
        verdict,
        ClaimBasis.PERCENT,
        found,
        sources=(source,),
        is_firm=not _is_rough(claim, exact) and not view.after(claim).startswith(","),
    )


def judge_units(view: View) -> dict[Span, ClaimFact]:
    """Percentages of one unit of work that differ from another of the same unit, by the place of the first."""
    of_unit: dict[str, list[Claim]] = defaultdict(list)
    for claim in view.document.claims:
        if claim.kind == "percent" and not view.in_log(claim.span.start) and (unit := _unit(view, claim)):
            of_unit[unit].append(claim)
    facts: dict[Span, ClaimFact] = {}
    for claims in of_unit.values():
        first = claims[0]
        other = next((one for one in claims[1:] if abs(_value(one) - _value(first)) > 1), None)
        if other is not None:
            source = ClaimSource(view.document.path, other.span, one_line(view.text_at(other.span.start)))
            found: dict[str, int | float | str] = {"percent": other.values["percent"]}
            facts[first.span] = ClaimFact(
                view.document.path, first, ClaimVerdict.REFUTED, ClaimBasis.PERCENT, found, sources=(source,)
            )
    return facts


def _unit(view: View, claim: Claim) -> str:
    """The unit whose completion a percentage is: its heading's, or the one that its line begins with."""
    if claim.values.get("of", "complete") not in ("complete", "completed", "done"):
        return ""
    if view.is_heading(claim.span.start):
        section = view.section_at(claim.span.start)
        return unit_key(section.unit) if section is not None else ""
    match = _UNIT_WORD.search(view.before(claim)[:_HEAD])
    is_whole = match is not None and claim.values.get("of") is None and find_ratio(view, claim) is not None
    return unit_key(match[0].rstrip(".:*")) if match is not None and is_whole else ""


def _value(claim: Claim) -> float:
    return float(claim.values["percent"])


def _is_rough(claim: Claim, exact: float) -> bool:
    """Whether a percentage may have been rounded to the next five: `18/25 (70%)`."""
    return _value(claim) % 5 == 0 and abs(_value(claim) - exact) < _NEXT_FIVE


def _is_same(claim: Claim, exact: float) -> bool:
    """Whether a stated percentage is the exact one, rounded up, down or to the nearest."""
    stated = _value(claim)
    if claim.text.lstrip().startswith("~"):
        return abs(stated - exact) <= 5
    digits = re.search(r"\.(\d+)", claim.text)
    step = 10.0 ** -(len(digits[1]) if digits else 0)
    return abs(stated - exact) < step + 1e-9
