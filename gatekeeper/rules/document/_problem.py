"""What the rules about a document's own text share: each turns some kinds of the parser's problems into findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from gatekeeper.model.document import Document, Problem, ProblemKind
from gatekeeper.model.finding import Finding
from gatekeeper.model.project import Project
from gatekeeper.rules.base import DocumentRule


class ProblemRule(DocumentRule):
    """A rule that reports what the parser could not take as it stands.

    Attributes:
        kinds: the problems that are this defect.
        remedy: what to do about it.
    """

    kinds: ClassVar[frozenset[ProblemKind]]
    remedy: ClassVar[str]

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each problem of these kinds."""
        for problem in document.problems:
            if problem.kind in self.kinds and self.concerns(document, problem):
                yield self.finding(
                    document.source, problem.span, problem.detail, help=self.remedy, subject=problem.kind
                )

    def concerns(self, document: Document, problem: Problem) -> bool:
        """Whether the problem matters in this document."""
        return True
