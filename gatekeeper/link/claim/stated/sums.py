"""Totals held against their parts: the last row of a table, the results of a test run, figures side by side in data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from gatekeeper.link.claim.source.columns import cells_of, read_heads
from gatekeeper.link.claim.stated.measure import Measure, measure_of
from gatekeeper.link.claim.view import View, one_line
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Group
from gatekeeper.model.text import Span

_TOTAL_ROW = re.compile(
    r"[ \t|*_]*(?:grand |overall )?(?:totals?|sum|gesamt|summe|итого|合计|總計|总计)[*_: \t]*(?:\([^|\n]*\))?[*_ \t]*\|",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[*_\s]*(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7})[*_\s]*$")
_NONE = re.compile(r"[\s*_–—-]*$")
_NO_SUM = re.compile(
    r"%|\b(?:percent|rate|ratio|coverage|avg|average|mean|median|max\w*|min\w*|version|id|year|priority|score|savings?|progress|completion|unique"
    r"|budget|cost|price|allocated)\b|^#$|^no\.?$|^nr\.?$",
    re.IGNORECASE,
)
_PART_ROW = re.compile(
    r"\b(?:of which|thereof|incl|including|(?:sub-?)?totals?|sum|all|existing|remaining)\b|^\W*(?:↳|└|├)", re.IGNORECASE
)
_LIKENESS = 0.5
_ROWS = 3


def judge_sums(view: View) -> Iterator[ClaimFact]:
    """The totals of a document that are not the sum of the parts beside them."""
    for table in view.groups:
        if table.kind == "table" and table.count >= _ROWS:
            yield from _of_table(view, table)
    yield from _of_results(view)
    if view.front_end:
        yield from _of_data(view)


def _of_table(view: View, table: Group) -> Iterator[ClaimFact]:
    """The first column whose total is not its sum, where the last row and no other is called the total."""
    first, last = view.line_of(table.span.start) + 2, view.line_of(max(table.span.end - 1, table.span.start))
    if last - first < _ROWS or not _TOTAL_ROW.match(view.source.text, view.source.line_span(last).start):
        return
    totals = cells_of(view, last)
    rows = [[text for text, _ in cells_of(view, line)] for line in range(first, last)]
    labels = [_label(row) for row in rows]
    if any(_PART_ROW.search(label) for label in labels):
        return
    heads = read_heads(view, table)
    for at in range(1, min(len(totals), len(heads))):
        stated = _PLAIN.match(totals[at][0])
        parts = _numbers(row[at] if at < len(row) else "" for row in rows) if stated is not None else None
        if stated is None or parts is None or _NO_SUM.search(heads[at]):
            continue
        total, number = sum(parts), int(stated["n"].replace(",", ""))
        if number != total and min(number, total) >= _LIKENESS * max(number, total):
            start = totals[at][1] + stated.start("n")
            claim = Claim(
                "count", stated["n"], Span(start, start + len(stated["n"])), {"count": number, "of": heads[at]}
            )
            yield _fact(view, claim, total, heads[at], Span(table.span.start, table.span.start))
            return


def _label(cells: list[str]) -> str:
    """The first cell of a row that holds something."""
    return next((cell for cell in cells if cell.strip()), "")


def _numbers(cells: Iterator[str]) -> list[int] | None:
    """The numbers of a column; None where a cell holds something else, or fewer than two hold a number."""
    found = []
    for cell in cells:
        match = _PLAIN.match(cell)
        if match is not None:
            found.append(int(match["n"].replace(",", "")))
        elif not _NONE.match(cell):
            return None
    return found if len([number for number in found if number]) >= 2 else None


def _of_results(view: View) -> Iterator[ClaimFact]:
    """A number of tests right before the results of their run, `19 tests (18 passed, 2 failed)`, that is not their sum."""
    for before, results in pairwise(view.document.claims):
        if results.kind != "results" or before.kind != "tests":
            continue
        parts = sum(int(count) for count in results.values.values())
        stated = int(before.values["count"])
        gap = view.source.text[before.span.end : results.span.start]
        is_all = parts > stated or {"failed", "skipped"} <= set(results.values)
        if gap.strip() in ("(", ":", "[") and stated != parts and is_all and len(results.values) > 1:
            yield _fact(view, before, parts, "", results.span, is_firm=True)


def _of_data(view: View) -> Iterator[ClaimFact]:
    """A total among the figures of data or front matter that is not the sum of its own parts."""
    groups: dict[tuple[str, frozenset[str]], dict[str, Claim]] = defaultdict(dict)
    doubled = set()
    for claim in view.document.claims:
        if claim.kind == "figure" and claim.span.end <= view.front_end:
            measure: Measure = measure_of(str(claim.values["label"]))
            key = (measure.noun, measure.rest)
            if measure.state in groups[key]:
                doubled.add(key)
            groups[key][measure.state] = claim
    for key, states in groups.items():
        if "total" in states and key not in doubled:
            yield from _of_states(view, states)


def _of_states(view: View, states: dict[str, Claim]) -> Iterator[ClaimFact]:
    total = states["total"]
    stated = int(total.values["count"])
    for names in (("passed", "failed", "skipped"), ("done", "open")):
        parts = [states[name] for name in names if name in states]
        number = sum(int(part.values["count"]) for part in parts)
        if len(parts) >= 2 and (number > stated or (number < stated and len(parts) == 3)):
            yield _fact(view, total, number, "", parts[0].span, is_firm=True)
            return
    done = states.get("done")
    if done is not None and int(done.values["count"]) > stated:
        yield _fact(view, done, stated, "all", total.span, is_firm=True)


def _fact(view: View, claim: Claim, found: int, what: str, place: Span, *, is_firm: bool = False) -> ClaimFact:
    source = ClaimSource(view.document.path, view.line_at(place.start), one_line(view.text_at(place.start)))
    return ClaimFact(
        view.document.path,
        claim,
        ClaimVerdict.REFUTED,
        ClaimBasis.PARTS,
        {"sum": found, "what": what},
        sources=(source,),
        is_firm=is_firm,
    )
