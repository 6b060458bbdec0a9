"""Packets of evidence that a document calls prepared while all that it names is a blank form."""

from __future__ import annotations

import re

from msgspec import Struct

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Location
from gatekeeper.model.project import EvidenceFact, EvidenceState, Project
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span
from gatekeeper.rules.status._line import iter_plain_lines

_PREPARED = re.compile(
    r"(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?:\[[xX]\]\s+)?(?P<said>[^|.;:?!]{0,60}?\b(?:evidence|gate|sign-?off|handoff|acceptance|audit|release|review)\b"
    r"[^|.;:?!]{0,30}?\b(?P<noun>packet|pack|dossier|bundle)\b[^|.;:?!]{0,24}?"
    r"\b(?:prepared|ready|completed?|assembled|compiled|filled in|finali[sz]ed|submitted|published))\s*\.?",
    re.IGNORECASE,
)
_NOUN = re.compile(r"pack|dossier|bundle")
# What is a form by its own words, or still to come.
_FORM = re.compile(
    r"template|skeleton|structure|outline|format|\b(?:forms?|not|no|to be|until|when|must|should|if|once)\b",
    re.IGNORECASE,
)
_NAMED_FORM = re.compile(r"template|skeleton|blank|boilerplate|\bform\b", re.IGNORECASE)


class BlankPack(Struct, frozen=True):
    """A line that says prepared, and what it can mean.

    Attributes:
        line: the words.
        noun: what they call it: "packet", "dossier".
        path: the blank form, as the document writes it.
        places: where the document names it.
    """

    line: Span
    noun: str
    path: str
    places: tuple[Location, ...]


def find_blank_pack(document: Document, project: Project) -> BlankPack | None:
    """The first such line of a document; None where a packet is named that is no blank form, or no packet at all."""
    facts = [fact for fact in project.facts.get(document.path, ()) if _NOUN.search((fact.ref.path or "").casefold())]
    for start, text in iter_plain_lines(document) if facts else ():
        match = _PREPARED.fullmatch(text.strip())
        if match is None or _FORM.search(match["said"]):
            continue
        noun = match["noun"].casefold()
        named = [
            fact
            for fact in facts
            if re.search(rf"(?:^|[/._\- ]){noun}s?(?:[._\- ]|$)", (fact.ref.path or "").casefold())
        ]
        if named and all(_is_blank(fact, project) for fact in named):
            begin = start + len(text) - len(text.lstrip())
            span = Span(begin + match.start("said"), begin + match.end("said"))
            places = tuple(Location.at(document.source, fact.ref.span, "a blank form") for fact in named)
            return BlankPack(span, noun, named[0].ref.target, places)
    return None


def _is_blank(fact: EvidenceFact, project: Project) -> bool:
    """Whether a reference leads to a form that nobody filled in and that EV006 leaves alone, by its content or, in an empty tree, its name."""
    if not _NAMED_FORM.search(fact.ref.path or "") or any(
        item.status in (Status.DONE, Status.REVIEW) for item in fact.items
    ):
        return False
    return fact.state is EvidenceState.TEMPLATE or (project.placeholder_tree and fact.state is EvidenceState.FOUND)
