"""Two figures for one measure: of the same unit's tests, of the same things finished, of what is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gatekeeper.link.claim.view import View, one_line, unit_key
from gatekeeper.link.claim.words import is_meant, kind_of
from gatekeeper.link.paths import folder_of
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Section
from gatekeeper.model.text import Span

_TEST = re.compile(r"\btests?\b|\bspecs?\b", re.IGNORECASE)
_UNIT_LABEL = re.compile(r"^\W*(?P<unit>(?i:phase|sprint|epic|chunk|gate|milestone|story)\s+(?:\d[\w.]*|[A-Z]))(?!\w)")
_KIND_OF_TEST = re.compile(
    r"\b(unit|integration|e2e|end-to-end|smoke|regression|manual|api|ui|contract|load|performance|acceptance)\b",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    r"\s*\**\s*(?P<state>fixed|resolved|closed|completed?|done|implemented|delivered|finished)\b", re.IGNORECASE
)
_THINGS = frozenset("issue bug error finding requirement feature story task epic defect vulnerability warning".split())
_LABEL = re.compile(r"(?P<noun>[A-Za-z][A-Za-z ]{2,40}?)\W{0,4}:\W{0,4}$")
_LEFT = re.compile(r"\b(?:remaining|left|outstanding)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|overall|progress|completed?|done)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:total|overall)\b", re.IGNORECASE)
_SCOPE = re.compile(r"\bv\d+(?:\.\d+)*\b|\bmvp\b", re.IGNORECASE)

Views = Sequence[View]


def find_disagreements(views: Views) -> dict[tuple[str, Span], ClaimFact]:
    """The claims that another figure for the same measure denies, by document and place; of two, the first in path order."""
    facts: dict[tuple[str, Span], ClaimFact] = {}
    for fact in [
        *_of_unit_tests(views),
        *(fact for view in views for fact in (*_of_finished(view), *_of_remaining(view))),
    ]:
        facts.setdefault((fact.document, fact.claim.span), fact)
    return facts


def _of_unit_tests(views: Views) -> Iterator[ClaimFact]:
    """Ratios of the tests of one unit of work, in one document and in its neighbors of the same unit and title."""
    by_folder: dict[tuple[str, str], list[tuple[View, Claim]]] = defaultdict(list)
    for view in views:
        ratios = [claim for claim in view.document.claims if claim.kind == "ratio" and _is_of_tests(view, claim)]
        mine: dict[tuple[str, str], list[tuple[View, Claim]]] = defaultdict(list)
        for claim in ratios:
            unit = _unit(view, claim)
            if unit and not view.in_log(claim.span.start):
                mine[unit, _kind_of_test(view, claim)].append((view, claim))
        yield from _differing(_merged(mine))
        titles = (
            {unit_key(one.unit): _title(one) for one in reversed(view.document.sections) if one.unit} if mine else {}
        )
        for (unit, kind), spoken in mine.items():
            title = titles.get(unit, "")
            if title and len({_pair(claim) for _, claim in spoken}) == 1:
                by_folder[folder_of(view.document.path), f"{unit}|{title}|{kind}"].append(spoken[0])
    yield from _differing(by_folder.values())


def _merged(mine: dict[tuple[str, str], list[tuple[View, Claim]]]) -> Iterator[list[tuple[View, Claim]]]:
    """The ratios of each unit and kind of test; a ratio of no kind goes with the one kind that there is."""
    units: dict[str, list[str]] = {}
    for unit, kind in mine:
        units.setdefault(unit, []).append(kind)
    for unit, kinds in units.items():
        named = [kind for kind in kinds if kind]
        if len(named) <= 1:
            yield sorted((spoken for kind in kinds for spoken in mine[unit, kind]), key=lambda one: one[1].span)
        else:
            yield from (mine[unit, kind] for kind in named)


def _differing(groups: Iterable[list[tuple[View, Claim]]]) -> Iterator[ClaimFact]:
    for spoken in groups:
        view, claim = spoken[0]
        other = next((one for one in spoken[1:] if _pair(one[1]) != _pair(claim)), None)
        if other is not None and not _is_split(spoken):
            yield _denied(view, claim, *other)


def _is_split(spoken: list[tuple[View, Claim]]) -> bool:
    """Whether the ratios stand in one list, each of its own file or suite, so that they are parts and not the same."""
    lines = [view.line_of(claim.span.start) for view, claim in spoken]
    return len({view.document.path for view, _ in spoken}) == 1 and max(lines) - min(lines) < len(spoken) + 1


def _of_finished(view: View) -> Iterator[ClaimFact]:
    """Counts of the same narrowed-down things in the same finished state, both of the whole document."""
    spoken: dict[tuple[str, str], list[tuple[Claim, int]]] = defaultdict(list)
    for claim in view.document.claims:
        if claim.kind not in ("count", "ratio") or view.unit_at(claim.span.start) or view.in_log(claim.span.start):
            continue
        state = _FINISHED.match(view.after(claim))
        noun = _noun(view, claim)
        if state is not None and noun and not view.is_row(claim.span.start):
            value = int(claim.values["count" if claim.kind == "count" else "numerator"])
            spoken[noun, state["state"].casefold().removesuffix("d")].append((claim, value))
    for figures in spoken.values():
        first, value = figures[0]
        other = next((claim for claim, other in figures[1:] if other != value), None)
        if other is not None:
            yield _denied(view, first, view, other)


def _of_remaining(view: View) -> Iterator[ClaimFact]:
    """A count of what is left that no ratio of the same things leaves."""
    ratios = [
        claim
        for claim in view.document.claims
        if claim.kind == "ratio" and (_WHOLE if view.unit_at(claim.span.start) else _TOTAL).search(view.before(claim))
    ]
    rests = {_rest(ratio) for ratio in ratios}
    alike: dict[tuple[str, str], Claim] = {}
    for ratio in ratios:
        alike.setdefault((kind_of(str(ratio.values.get("of", ""))), _scope(view, ratio)), ratio)
    for claim in view.document.claims if ratios else ():
        at = claim.span.start
        if claim.kind != "count" or view.unit_at(at) or view.in_log(at) or not _LEFT.search(view.before(claim)[-40:]):
            continue
        scope = _scope(view, claim)
        other = alike.get((kind_of(str(claim.values["of"])), scope)) if scope else None
        if other is not None and int(claim.values["count"]) not in rests:
            yield _denied(view, claim, view, other)


def _denied(view: View, claim: Claim, other_view: View, other: Claim) -> ClaimFact:
    line = one_line(other_view.text_at(other.span.start))
    source = ClaimSource(other_view.document.path, other.span, line)
    found: dict[str, int | float | str] = {"text": one_line(other.text)}
    if claim.kind == "count" and other.kind == "ratio" and _LEFT.search(view.before(claim)[-40:]):
        found["rest"] = _rest(other)
    return ClaimFact(view.document.path, claim, ClaimVerdict.REFUTED, ClaimBasis.FIGURE, found, sources=(source,))


def _is_of_tests(view: View, claim: Claim) -> bool:
    around = f"{view.before(claim)[-40:]} {claim.text}"
    return _TEST.search(around) is not None and not view.is_row(claim.span.start) and is_meant(view, claim)


def _kind_of_test(view: View, claim: Claim) -> str:
    match = _KIND_OF_TEST.search(f"{view.before(claim)[-40:]} {claim.text}")
    return match[0].casefold() if match is not None else ""


def _unit(view: View, claim: Claim) -> str:
    """The unit whose tests are counted: the one that the line begins with, else the section's."""
    label = _UNIT_LABEL.match(view.before(claim))
    if label is not None:
        return unit_key(label["unit"].rstrip("."))
    section = view.section_at(claim.span.start)
    return unit_key(section.unit) if section is not None else ""


def _title(section: Section) -> str:
    """A section's title in letters and digits alone, for comparing."""
    return " ".join(re.findall(r"[a-z0-9]+", section.title.casefold().partition("(")[0]))


def _noun(view: View, claim: Claim) -> str:
    """The narrowed-down things that a figure counts ("critical issue"); "" where the noun is plain or no countable thing."""
    noun = str(claim.values.get("of", "")) if claim.kind == "count" else ""
    if claim.kind == "ratio":
        match = _LABEL.search(view.before(claim))
        noun = match["noun"] if match is not None else ""
    words = noun.casefold().split()
    return " ".join([*words[:-1], kind_of(words[-1])]) if len(words) > 1 and kind_of(words[-1]) in _THINGS else ""


def _scope(view: View, claim: Claim) -> str:
    match = _SCOPE.search(view.around(claim))
    return match[0].casefold() if match is not None else ""


def _pair(claim: Claim) -> tuple[int, int]:
    return int(claim.values["numerator"]), int(claim.values["denominator"])


def _rest(claim: Claim) -> int:
    done, total = _pair(claim)
    return total - done
