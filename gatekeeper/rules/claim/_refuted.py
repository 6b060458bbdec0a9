"""What the rules about claims have in common: which facts they are asked about, and where the other side stands."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace

from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.rules.base import DocumentRule, quoted

_RELATED_LIMIT = 20
_MARKS = re.compile(r"[*\"]+|__\b")


class ClaimRule(DocumentRule):
    """A rule about claims that one kind of source denies; what only repeats an earlier claim is not asked about.

    Attributes:
        basis: the kind of source.
    """

    basis: ClassVar[ClaimBasis]

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for each claim; a warning at most where the two sides are not surely about the same."""
        for fact in project.claims.get(document.path, ()):
            if fact.basis is self.basis and fact.verdict is ClaimVerdict.REFUTED and fact.repeats is None:
                finding = self.judge(document, project, fact)
                is_softer = self.info.severity is Severity.ERROR and not fact.is_firm
                yield replace(finding, severity=Severity.WARNING) if is_softer else finding

    @abstractmethod
    def judge(self, document: Document, project: Project, fact: ClaimFact) -> Finding:
        """The finding of a denied claim."""


class MeasureRule(ClaimRule):
    """A rule about what a file holds: one finding for a document, a note where all its files have only grown since."""

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """The first file that is off, those that shrank before those that grew; the others as related places."""
        claims = project.claims.get(document.path, ())
        off = [fact for fact in claims if fact.basis is self.basis and fact.verdict is ClaimVerdict.REFUTED]
        off.sort(key=lambda fact: not fact.is_firm)
        if not off:
            return
        first, *others = [self.judge(document, project, fact) for fact in off[:_RELATED_LIMIT]]
        finding = replace(first, related=tuple(replace(one.location, message=one.message) for one in others))
        yield finding if off[0].is_firm else replace(finding, severity=Severity.NOTE)


def claim_words(claim: Claim) -> str:
    """A claim as a person reads it: as written, a labelled figure without the marks between label and number."""
    if claim.kind != "figure":
        return claim.text
    return _MARKS.sub("", claim.text)


def locate(project: Project, source: ClaimSource, message: str) -> tuple[Location, ...]:
    """The place of a source as a related location; none where it is no document's."""
    if source.span is None:
        return (Location.whole(source.path),)
    document = next((one for one in project.documents if one.path == source.path), None)
    return (Location.at(document.source, source.span, message),) if document is not None else ()


def locate_all(project: Project, fact: ClaimFact) -> tuple[Location, ...]:
    """The places of a fact's sources, each with what stands there; the first twenty."""
    found = (locate(project, source, quoted(source.text)) for source in fact.sources[:_RELATED_LIMIT])
    return tuple(location for locations in found for location in locations)


def lines_of(project: Project, fact: ClaimFact) -> str:
    """The lines of a fact's sources in words: "line 12", "lines 12, 14 and 3 more"."""
    places = (place for source in fact.sources for place in locate(project, source, ""))
    lines = list(dict.fromkeys(place.start.line for place in places))
    shown = ", ".join(str(line) for line in lines[:5])
    more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    return f"line{'s' if len(lines) > 1 else ''} {shown}{more}"
