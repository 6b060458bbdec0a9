"""Dates of completion and of verification of one item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import WorkItem
from gatekeeper.model.order import Place, SignOff
from gatekeeper.model.text import Span

_COMPLETED = r"complet(?:ed|ion)|finished|implemented|delivered"
_VERIFIED = r"verifi(?:ed|cation)|approv(?:ed|al)|signed[ -]?off|sign[ -]?off|accepted"
# Some of these stand in whatever the patterns above find.
_COMPLETED_WORDS = ("complet", "finished", "implemented", "delivered")
_VERIFIED_WORDS = ("verifi", "approv", "sign", "accepted")
_TAIL = r"(?:[ _](?:on|at|date))?"
_LINE = re.compile(
    rf"^[ \t>]*(?:[-*+] )?[*_]{{0,3}}(?:date )?(?:(?P<done>{_COMPLETED})|(?P<checked>{_VERIFIED})){_TAIL}[*_]{{0,3}}\s*[:：]"
    r"[*_\s]{0,4}[\"'`]?(?P<date>\d{4}-\d\d-\d\d)(?P<rest>[T ]\d\d:\d\d)?",
    re.IGNORECASE | re.MULTILINE,
)
_DONE_WORD = re.compile(rf"\b(?:{_COMPLETED}){_TAIL}[*_ \t]{{0,4}}[|:：]", re.IGNORECASE)
_DATE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?P<rest>[T ]\d\d:\d\d)?")
_DONE_HEADER = re.compile(rf"(?:date )?(?:{_COMPLETED}){_TAIL}$")
_CHECKED_HEADER = re.compile(rf"(?:date )?(?:{_VERIFIED}){_TAIL}$")


def find_sign_offs(outline: Outline) -> Iterator[SignOff]:
    """Each item's two dates, where it has both: in one table row, in one section, or in the front matter; in document order."""
    if outline.document.is_template:
        return
    found = [*_of_rows(outline), *_of_sections(outline)]
    yield from sorted(found, key=lambda one: one.verified.span)


def find_completions(outline: Outline) -> Iterator[tuple[str, Place, WorkItem | None]]:
    """The days on which a document says that something was completed, where, and the table row that says so, if one does."""
    if not outline.says(*_COMPLETED_WORDS) or _DONE_WORD.search(outline.source.text) is None:
        return
    for item in outline.items:
        if any(_DONE_HEADER.match(header) for header in outline.headers_of(item)):
            for header, span in outline.cells_of(item):
                match = _DATE.match(outline.source.slice(span)) if _DONE_HEADER.match(header) else None
                if match is not None and not match["rest"]:
                    yield match["date"], outline.place(span), item
    for match in _LINE.finditer(outline.source.text):
        if match["done"] and not match["rest"]:
            yield match["date"], outline.place(Span(*match.span())), None


def _of_rows(outline: Outline) -> Iterator[SignOff]:
    for item in outline.items:
        if not any(map(_tells_check, outline.headers_of(item))):
            continue
        cells = outline.cells_of(item)
        done = [span for header, span in cells if _DONE_HEADER.match(header)]
        checked = [span for header, span in cells if _tells_check(header)]
        if len(done) == 1 and len(checked) == 1:
            first, second = (_DATE.match(outline.source.slice(span)) for span in (*done, *checked))
            if first is not None and second is not None and not (first["rest"] or second["rest"]):
                yield SignOff(outline.place(done[0]), first["date"], outline.place(checked[0]), second["date"])


@lru_cache(maxsize=1024)
def _tells_check(header: str) -> bool:
    """Whether a column tells when its rows were verified."""
    return _CHECKED_HEADER.match(header) is not None


def _of_sections(outline: Outline) -> Iterator[SignOff]:
    """The last completion and the last verification that one section, or the front matter, dates to the day."""
    if not (outline.says(*_COMPLETED_WORDS) and outline.says(*_VERIFIED_WORDS)):
        return
    completed: dict[int, tuple[Place, str]] = {}
    verified: dict[int, tuple[Place, str]] = {}
    doubled: set[int] = set()
    for match in _LINE.finditer(outline.source.text):
        around = outline.sections_at(match.start())
        place = around[0].span.start if around else -1
        kept = completed if match["done"] else verified
        if place in kept or match["rest"]:
            doubled.add(place)
        kept[place] = (outline.place(Span(*match.span())), match["date"])
    for place in sorted(set(completed) & set(verified) - doubled):
        (done, done_date), (checked, checked_date) = completed[place], verified[place]
        yield SignOff(done, done_date, checked, checked_date)
