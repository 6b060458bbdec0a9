"""Rules about commits that a document names: one finding for all of a document, at the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimVerdict
from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location
from gatekeeper.model.project import Project
from gatekeeper.rules.base import DocumentRule, enumerated, quoted

_SHOWN = 5


class CommitRule(DocumentRule):
    """A rule about the commits of which history denies something.

    Attributes:
        basis: what was asked of history.
        what: the words of the message before "commit ...".
        too: what is said of the second commit and those after it.
        remedy: what to do.
    """

    basis: ClassVar[ClaimBasis]
    what: ClassVar[str]
    too: ClassVar[str]
    remedy: ClassVar[str]

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for all such commits of a document, at the first."""
        claims = project.claims.get(document.path, ())
        denied = [fact for fact in claims if fact.basis is self.basis and fact.verdict is ClaimVerdict.REFUTED]
        if not denied:
            return
        ids = list(dict.fromkeys(fact.target for fact in denied))
        named = enumerated([quoted(one) for one in ids], _SHOWN)
        yield self.finding(
            document.source,
            denied[0].claim.span,
            f"{self.what} {'commits' if len(ids) > 1 else 'commit'} {named}",
            help=self.remedy,
            subject=ids[0],
            related=tuple(self._place(document, fact) for fact in denied[1:]),
        )

    def _place(self, document: Document, fact: ClaimFact) -> Location:
        return Location.at(document.source, fact.claim.span, f"{quoted(fact.target)} {self.too}")
