"""Ratios below one where the text around them says that the work is done."""

from __future__ import annotations

import re

from gatekeeper.link.claim.percent import find_ratio
from gatekeeper.link.claim.view import View, one_line
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Section, WorkItem
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_TEST = re.compile(r"\btests?\b|\bspecs?\b|\bsuites?\b", re.IGNORECASE)
_PASS = frozenset(("pass", "passed", "passing", "passes", "green"))
_STATE = re.compile(
    r"^\s*(?:tests?\s+)?(?:fixed|complete[d]?|done|passed|passing|met|implemented|verified|resolved|closed)\b",
    re.IGNORECASE,
)
_LABEL_STATE = re.compile(r"\b(?:completed|done|fixed|passed|passing|finished)\s*\**\s*:\**\s*$", re.IGNORECASE)
_DONE_SIGN = re.compile(r"✅|✓|✔|☑|âœ…|âœ“")
_OPEN_SIGN = re.compile(r"⚠|❌|✗|🟡|🔴|🔄|⏳|âš")
_OWNED_UP = re.compile(
    r"\b(?:known issues?|skip\w*|xfail\w*|waived|baseline|before|previously|was|were|limitations?|todo|pending|partial(?:ly)?|improved?|impact|problem"
    r"|symptoms?|shards?|root cause|target|goal|remaining|existing|failures?|fail(?:s|ed|ing))\b|→|->",
    re.IGNORECASE,
)
_NOT_PASSED = re.compile(
    r"^\W*(?:tests?\W+)?(?:now\W+)?(?:collect|run|ran|written|migrated|added|created|covered|enabled|updated|implemented|converted|shard)",
    re.IGNORECASE,
)
_FULL_RATIO = re.compile(r"(?<![\w./])(\d+)\s?/\s?\1(?![\w./])")
_KNOWN_TITLE = re.compile(r"\b(?:known|limitations?|risks?|fail\w*|next|before|baseline|history|debt)\b", re.IGNORECASE)
_NEARLY_ALL = 0.95
_HALF = 0.5
_LABEL_FIRST = re.compile(
    r"[\W_]*(?:tested|verified|validated|completed|implemented|migrated|fixed|converted)\s[A-Za-z ]{2,30}[*_`\s]*:[*_`\s]*$",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:step|part|phase|page|task|sprint|day|week|chunk|section|round|stage|batch|shard)\s*$", re.IGNORECASE
)
# A mark that was given, or a least number that was asked for.
_SCORED = re.compile(r"\bscore\b[^|.;\n]{0,20}$|(?:≥|>=|>)\s*$", re.IGNORECASE)


def judge_remainder(view: View, claim: Claim) -> ClaimFact | None:
    """What denies a ratio below one, as of tests that pass: the "done" under which it stands; None when none does."""
    ratio = _ratio(view, claim)
    if ratio is None or ratio[0] >= ratio[1] or view.in_log(claim.span.start):
        return None
    line = f"{view.before(claim)} {view.after(claim)}" if claim.kind == "results" else view.around(claim)
    if (
        _POSITION.search(view.before(claim))
        or _SCORED.search(view.before(claim))
        or _OWNED_UP.search(line)
        or _FULL_RATIO.search(line)
    ):
        return None
    is_tests = _is_of_tests(view, claim)
    item = view.item_of(claim)
    if item is not None and not view.is_heading(claim.span.start):
        is_own = is_tests or (_says_state(view, claim) and not _is_in_mark(claim, item))
        return _fact(view, claim, ratio, item) if item.status is Status.DONE and is_own else None
    is_share = (
        claim.kind == "ratio" and ratio[0] <= _HALF * ratio[1] and _LABEL_FIRST.match(view.before(claim)) is not None
    )
    if not (is_tests or is_share) or claim.kind == "percent" or _OPEN_SIGN.search(line):
        return None
    chain = view.chain_at(claim.span.start)
    if any(section.unit is None and _KNOWN_TITLE.search(section.title) for section in chain[:-1]):
        return None
    holder = _holder(view, claim, ratio)
    if holder is not None:
        return _fact(view, claim, ratio, holder)
    sign = _DONE_SIGN.search(view.after(claim))
    if sign is None:
        return None
    place = Span(claim.span.end + sign.start(), claim.span.end + sign.end())
    return _refuted(view, claim, ratio, ClaimSource(view.document.path, place, sign[0]))


def _is_in_mark(claim: Claim, item: WorkItem) -> bool:
    """Whether the ratio is the status itself: `1/3 completed`."""
    return item.mark is not None and item.mark.span.start <= claim.span.start < item.mark.span.end


def _ratio(view: View, claim: Claim) -> tuple[float, float] | None:
    if claim.kind == "ratio" and isinstance(claim.values["numerator"], int):
        return float(claim.values["numerator"]), float(claim.values["denominator"])
    if claim.kind == "results" and "passed" in claim.values:
        passed = float(claim.values["passed"])
        return passed, passed + sum(float(claim.values.get(name, 0)) for name in ("failed", "errors"))
    if claim.kind == "percent":
        found = find_ratio(view, claim)
        is_told = found is not None and found[2].start in view.ratio_starts
        return (found[0], found[1]) if found is not None and not is_told else None
    return None


def _is_of_tests(view: View, claim: Claim) -> bool:
    noun = str(claim.values.get("of", ""))
    if claim.kind == "results":
        return True
    if _NOT_PASSED.match(view.after(claim)):
        return False
    if _TEST.search(noun) or _TEST.search(view.before(claim)[-40:]):
        return True
    section = view.section_at(claim.span.start)
    return noun in _PASS and section is not None and _TEST.search(section.title) is not None


def _says_state(view: View, claim: Claim) -> bool:
    """Whether the ratio counts what is finished: `23/73 fixed`, `Files completed: 24/117`."""
    if claim.kind == "percent":
        found = find_ratio(view, claim)
        return found is not None and _STATE.match(view.source.text[found[2].end : claim.span.start]) is not None
    noun = str(claim.values.get("of", "")).split()
    return bool(
        _STATE.match(view.after(claim)) or _LABEL_STATE.search(view.before(claim)) or (noun and _STATE.match(noun[-1]))
    )


def _holder(view: View, claim: Claim, ratio: tuple[float, float]) -> WorkItem | None:
    """The done unit in whose section a claim stands, or the document's own done status at its top."""
    unit = view.unit_at(claim.span.start)
    if unit is not None:
        item = view.item_at(unit.heading.start) or _status_line(view, unit)
        is_open = unit.level == 1 and ratio[0] > _NEARLY_ALL * ratio[1]
        return item if item is not None and item.status is Status.DONE and not is_open else None
    if ratio[0] > _NEARLY_ALL * ratio[1]:
        return None
    second = next((section for section in view.document.sections if section.level > 1), None)
    top = view.items_in(Span(0, second.span.start)) if second is not None else []
    return top[0] if len(top) == 1 and top[0].status is Status.DONE and not view.is_row(top[0].span.start) else None


def _status_line(view: View, unit: Section) -> WorkItem | None:
    """The one item between a unit's heading and the next heading, where it gives the unit's own status."""
    inner = view.sections_inside(unit.span)
    own = view.items_in(Span(unit.heading.end, max(unit.heading.end, inner[0].span.start if inner else unit.span.end)))
    is_whole = len(own) == 1 and not view.is_row(own[0].span.start) and own[0].id in (None, unit.unit)
    return own[0] if is_whole else None


def _fact(view: View, claim: Claim, ratio: tuple[float, float], item: WorkItem) -> ClaimFact:
    span = item.mark.span if item.mark is not None else item.span
    text = item.mark.raw if item.mark is not None else item.title
    return _refuted(view, claim, ratio, ClaimSource(view.document.path, span, one_line(text)))


def _refuted(view: View, claim: Claim, ratio: tuple[float, float], source: ClaimSource) -> ClaimFact:
    rest = ratio[1] - ratio[0]
    found: dict[str, int | float | str] = {
        "rest": int(rest) if rest == int(rest) else rest,
        "total": int(ratio[1]),
        "what": "tests" if _is_of_tests(view, claim) else "",
        "ratio": f"{ratio[0]:g}/{ratio[1]:g}",
        "is_nearly_all": int(ratio[0] >= _NEARLY_ALL * ratio[1]),
    }
    return ClaimFact(view.document.path, claim, ClaimVerdict.REFUTED, ClaimBasis.DONE, found, sources=(source,))
