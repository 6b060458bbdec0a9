"""Groups: a heading or a label that gives its status to the list below it, such as "Completed Scope"."""

from __future__ import annotations

import re

from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page, Section, plain
from gatekeeper.parse.syntax.blocks import Paragraph
from gatekeeper.parse.words.vocabulary import normal

_FILLER = frozenset(
    (
        "work items item tasks task scope stories story queue chunks epics features list today yet so far "
        "this week sprint steps deliverables requirements milestones"
    ).split()
)
_WEAK_HEADINGS = frozenset(
    "open required optional next current active live new now remaining outstanding progress set go ok no yes met review testing draft future later waiting "
    "recommended issues found error failure missing covered identified requested validated removed fixed concerns minimal released running upcoming qa "
    "passing green red hit landed deprecated superseded archived monitoring".split()
)
_LABEL = re.compile(r"\*\*[^*\n]+\*\*\s*[:：]?\s*$|[^\n]{2,60}[:：]\s*$")


def section_status(page: Page, section: Section) -> StatusMark | None:
    """The status that a heading such as "Completed Scope" gives to its list; None for any other heading."""
    heading = section.heading
    if heading is None or heading.text_start < 0 or section.unit is not None or section.level == 1:
        return None
    return _group_status(page, heading.text_start, heading.text_end)


def label_status(page: Page, block: Paragraph) -> StatusMark | None:
    """The status of a paragraph that stands as a label over a list: `**Completed:**`."""
    if not _LABEL.fullmatch(page.text, block.text_start, block.text_end):
        return None
    return _group_status(page, block.text_start, block.text_end)


def _group_status(page: Page, start: int, end: int) -> StatusMark | None:
    text = page.text[start:end]
    bare = re.sub(r"\s*\([^()]*\)|^[\d.]+\s|\d+\s*[/%]?\s*\d*\s*$", " ", text)
    words = normal(re.sub(r"[^\w\s'-]", " ", bare)).split()
    while len(words) > 1 and words[-1] in _FILLER and not page.vocabulary.is_status(" ".join(words)):
        words.pop()
    while len(words) > 1 and words[0] in (
        "recently",
        "already",
        "currently",
        "what",
        "whats",
        "was",
        "items",
        "tasks",
        "work",
    ):
        words.pop(0)
    phrase = " ".join(words)
    if words[:2] == ["not", "yet"]:
        phrase = "not yet"
    if not phrase or (len(words) == 1 and phrase in _WEAK_HEADINGS) or not page.vocabulary.is_status(phrase):
        return None
    status, basis = page.vocabulary.interpret(phrase)
    if status in (Status.UNKNOWN, Status.CANCELLED) and basis is StatusBasis.NONE:
        return None
    raw = plain(re.sub(r"\s*\([^()]*\)", "", text)).strip(" :*")
    return StatusMark(raw, Span(start, end), status, StatusBasis.HEADING)
