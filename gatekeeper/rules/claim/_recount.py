"""The figures of a claim, computed again: what would be written, and whether that may be done unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimVerdict
from gatekeeper.model.document import Document
from gatekeeper.model.fix.fix import Applicability, Edit, Fix
from gatekeeper.model.project import Project
from gatekeeper.model.text import Span
from gatekeeper.rules.base import quoted

_NUMBER = re.compile(r"(?<![\w.,])\d+(?![\d,.]*\d|\w)")
_PERCENT = re.compile(r"(?P<number>\d+(?:\.(?P<decimals>\d+))?)\s?%")
_ROUGH = re.compile(r"[~≈]|\babout\b", re.IGNORECASE)
_FULL = 100.0
_STEP = 1.0


def list_fix(document: Document, project: Project, fact: ClaimFact) -> Fix | None:
    """The fix that writes what the document's own list shows, here and wherever the same is said again; None where it cannot be written.

    Safe only where both sides are explicit, the list can be counted in one way alone and has not become shorter, and a figure of progress stays one:
    neither a claim that all is done is made, nor one that was made is taken back.
    """
    claims = project.claims.get(document.path, ())
    facts = [fact, *(one for one in claims if one.repeats == fact.claim.span and one.basis is ClaimBasis.LIST)]
    edits: list[Edit] = []
    for one in facts:
        found = _list_edits(document, one)
        if not found:
            return None
        edits += found
        edits += _shares(document, one, found)
    is_safe = all(_is_recount(one) for one in facts)
    return _fix(edits, "the list shows as many", is_safe=is_safe)


def percent_fix(document: Document, project: Project, fact: ClaimFact) -> Fix | None:
    """The fix that writes what the ratio right before a percentage gives; None where the other side is another percentage.

    Safe unless the ratio is wrong itself, or the percentage says, or would say, that all or nothing is done.
    """
    if "ratio" not in fact.found or "others" in fact.found or len(fact.sources) != 1:
        return None
    place = fact.sources[0].span
    edit = _percent_edit(document, fact, float(fact.found["percent"]))
    if edit is None or place is None:
        return None
    claims = project.claims.get(document.path, ())
    is_doubted = any(
        one.verdict is ClaimVerdict.REFUTED and one is not fact and _touches(one.claim.span, place) for one in claims
    )
    is_partial = all(0 < value < _FULL for value in (float(fact.claim.values["percent"]), float(fact.found["percent"])))
    return _fix(
        [edit], f"{quoted(fact.sources[0].text)} is that much", is_safe=fact.is_firm and is_partial and not is_doubted
    )


def figure_fix(document: Document, facts: Iterable[ClaimFact], name: str, why: str) -> Fix | None:
    """The unsafe fix that writes what was found under a name in the place of the one number of each claim; None where one has several."""
    edits: list[Edit] = []
    for fact in facts:
        numbers = list(_numbers(document, fact))
        if len(numbers) != 1 or not isinstance(fact.found.get(name), int) or _ROUGH.search(fact.claim.text):
            return None
        edits.append(Edit.at(document.source, numbers[0], _like(document, numbers[0], int(fact.found[name]))))
    return _fix(edits, why, is_safe=False)


def _fix(edits: list[Edit], why: str, *, is_safe: bool) -> Fix | None:
    edits = sorted({edit.span: edit for edit in edits if edit.new != edit.old}.values(), key=lambda edit: edit.span)
    if not edits:
        return None
    words = ", ".join(f"{quoted(edit.new)} for {quoted(edit.old)}" for edit in edits[:4])
    more = f" and {len(edits) - 4} more" if len(edits) > 4 else ""
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    return Fix(f"write {words}{more}: {why}", applicability, tuple(edits))


def _list_edits(document: Document, fact: ClaimFact) -> list[Edit]:
    """The edits of one claim's numbers; none where they do not stand in it as plain digits."""
    stated, listed = _stated(fact), _listed(fact)
    numbers = list(_numbers(document, fact))
    if [int(document.source.slice(place)) for place in numbers] != stated or len(listed) != len(stated):
        return []
    return [
        Edit.at(document.source, place, _like(document, place, new)) for place, new in zip(numbers, listed, strict=True)
    ]


def _stated(fact: ClaimFact) -> list[int]:
    values = fact.claim.values
    names = ("numerator", "denominator") if fact.claim.kind == "ratio" else ("count",)
    return [int(values[name]) for name in names if isinstance(values.get(name), int)]


def _listed(fact: ClaimFact) -> list[int]:
    """The numbers that the list gives for those of a claim, in their order."""
    total, done = int(fact.found["total"]), int(fact.found.get("done", -1))
    if fact.claim.kind == "ratio":
        return [done, total] if done >= 0 else []
    part = fact.found.get("part", "all")
    if fact.found.get("what") == "rows":
        return [done]
    return [total if part == "all" else done if part == "done" else total - done]


def _is_recount(fact: ClaimFact) -> bool:
    """Whether nothing but a figure of progress, or the size of a list that grew, is written anew."""
    if not (fact.is_firm and fact.is_only) or fact.found.get("what") not in ("items", "checkboxes"):
        return False
    total, stated, listed = int(fact.found["total"]), _stated(fact), _listed(fact)
    if fact.claim.kind == "ratio":
        (done, size), (found, _) = stated, listed
        return size <= total and done < size and found < total and (done > 0) == (found > 0)
    if fact.found.get("part", "all") == "all":
        return stated[0] < total and "file" not in str(fact.claim.values.get("of", "")).casefold()
    return 0 < stated[0] < total and 0 < listed[0] < total


def _shares(document: Document, fact: ClaimFact, edits: list[Edit]) -> Iterator[Edit]:
    """The edits of percentages that stand on a ratio's line and are worth as much as it was."""
    if fact.claim.kind != "ratio":
        return
    (low, high), (done, total) = _stated(fact), _listed(fact)
    source = document.source
    line = source.line_span(edits[0].start.line)
    for match in _PERCENT.finditer(source.text, line.start, line.end):
        if high and total and abs(float(match["number"]) - _FULL * low / high) < _STEP:
            yield _percent(document, match, _FULL * done / total)


def _percent_edit(document: Document, fact: ClaimFact, exact: float) -> Edit | None:
    """The edit of a claimed percentage; None where its number does not stand in it once, as plain digits."""
    text, span = document.source.text, fact.claim.span
    found = list(_PERCENT.finditer(text, span.start, min(span.end + 2, len(text))))
    return _percent(document, found[0], exact) if len(found) == 1 else None


def _percent(document: Document, match: re.Match[str], exact: float) -> Edit:
    """The edit of a percentage, with as many decimals as it has; what is not quite all or nothing never becomes that by rounding."""
    digits = len(match["decimals"] or "")
    step = 10.0**-digits
    number = int(exact / step + 0.5 + 1e-9) * step
    if 0 < exact < _FULL:
        number = min(max(number, step), _FULL - step)
    return Edit.at(document.source, Span(*match.span("number")), f"{number:.{digits}f}")


def _numbers(document: Document, fact: ClaimFact) -> Iterator[Span]:
    span = fact.claim.span
    for match in _NUMBER.finditer(document.source.text, span.start, span.end):
        yield Span(*match.span())


def _like(document: Document, place: Span, number: int) -> str:
    """A number with as many leading zeros as the one that it replaces was written with."""
    old = document.source.slice(place)
    return str(number).zfill(len(old)) if old.startswith("0") and len(old) > 1 else str(number)


def _touches(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
