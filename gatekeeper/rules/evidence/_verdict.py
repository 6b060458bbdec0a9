"""Which one defect a piece of evidence has, so that no reference is reported twice."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import quote

from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind, EvidenceForm
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import EvidenceBasis, EvidenceFact, EvidenceState, Project
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule
from gatekeeper.rules.evidence._weight import is_beside_the_point, is_runtime_place, weighed

_STATES = {
    EvidenceState.OUTSIDE: "EV003",
    EvidenceState.UNTRACKED: "EV004",
    EvidenceState.EMPTY: "EV005",
    EvidenceState.TEMPLATE: "EV006",
}
_BASES = {EvidenceBasis.CASE: "EV002", EvidenceBasis.SUFFIX: "EV012"}
_EVEN_WHEN_PLANNED = frozenset({"EV002", "EV003", "EV009"})
_WHEN_NOT_TRACKED = frozenset({"EV001", "EV004", "EV012", "EV014"})
_SECRETS = re.compile(r"(?:^|[/\\])\.env(?:\.(?!example|sample|template|dist|defaults?|schema)[\w.-]+)?$")
_PROVEN = (Status.DONE, Status.REVIEW, Status.PARTIAL)
_PLANNED = (Status.QUEUED, Status.BLOCKED, Status.CANCELLED)


class EvidenceRule(DocumentRule):
    """A rule about one defect of evidence; `judge` is asked only about references that have it.

    Attributes:
        of_commands: whether a file that a command needs can have the defect; it is a warning then, as the words of a command are
            paths by their looks alone.
        is_weighed: whether it matters who cites the reference, and where.
    """

    of_commands: ClassVar[bool] = False
    is_weighed: ClassVar[bool] = False

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for each reference with this defect, and for each file that commands need."""
        for fact in self.facts_of(document, project):
            if finding := self.judge(document, fact):
                yield weighed(finding, document, fact) if self.is_weighed else finding
        if self.of_commands:
            yield from self._of_commands(document, project)

    def facts_of(self, document: Document, project: Project) -> list[EvidenceFact]:
        """The references with this defect, in order, each of which is a finding of its own."""
        return [fact for fact in project.facts.get(document.path, ()) if defect_of(fact, document) == self.info.code]

    def _of_commands(self, document: Document, project: Project) -> Iterator[Finding]:
        named = {fact.ref.path for fact in project.facts.get(document.path, ())}
        for fact in project.operands.get(document.path, ()):
            is_proof = any(item.status in _PROVEN for item in fact.items) and fact.ref.path not in named
            if is_proof and defect_of(fact, document) == self.info.code and (finding := self.judge(document, fact)):
                what = finding.message.removeprefix("evidence ")
                message = f"a command is offered as evidence, and its file {what}"
                yield replace(finding, severity=Severity.WARNING, message=message)

    @abstractmethod
    def judge(self, document: Document, fact: EvidenceFact) -> Finding | None:
        """The finding of a reference with this defect; None when it is no fault after all."""


def defect_of(fact: EvidenceFact, document: Document) -> str:
    """The code of the one defect that a reference of an item has; '' for none.

    Evidence of work that has not begun, or has failed, is a plan: it may be missing, but it must not be misspelled or lead out of
    the repository. A file of secrets (`.env.local`) is kept out of git on purpose. A path that a sentence only mentions is no
    proof; that it is missing is worth a note and no more. What is shown as an example, or said to be gone, is no defect.
    """
    code = _defect(fact)
    if not fact.ref.is_offered:
        code = "EV014" if code == "EV001" else ""
    if code in _WHEN_NOT_TRACKED and fact.ref.path and _SECRETS.search(fact.ref.path):
        return ""
    if (code == "EV001" and is_beside_the_point(document, fact)) or (
        code == "EV003" and is_runtime_place(document, fact)
    ):
        return ""
    return "" if code and code not in _EVEN_WHEN_PLANNED and _is_planned(fact, document) else code


def link_defect_of(fact: EvidenceFact, document: Document) -> str:
    """The code of the one defect that a Markdown link has, be it evidence or prose; '' for none."""
    if fact.items:
        return defect_of(fact, document)
    if fact.state is EvidenceState.FOUND:
        return "EV009" if is_root_only(fact) else ""
    if fact.state is EvidenceState.UNCHECKED or _is_site_route(fact.ref.target):
        return ""
    return "EV013"


def is_root_only(fact: EvidenceFact) -> bool:
    """Whether a Markdown link leads somewhere only when it is read from the repository root."""
    return fact.ref.form is EvidenceForm.LINK and fact.basis is EvidenceBasis.ROOT


def respelled(document: Document, fact: EvidenceFact, path: str) -> str | None:
    """The reference's text with `path` in place of its own path; None when the text cannot be rewritten safely.

    A link is written relative to its document's folder, all else from the repository root.
    """
    ref = fact.ref
    if not ref.path or "\\" in ref.target:
        return None
    is_link = ref.form is EvidenceForm.LINK and not ref.target.startswith("/")
    new = relative_to(document.path, path) if is_link else path
    if ref.path.endswith("/"):
        new += "/"
    if ref.path.startswith("/"):
        new = f"/{new}"
    if ref.target.count(ref.path) == 1 and (not is_link or new == quote(new)):
        return ref.target.replace(ref.path, new)
    if ref.target.count(quote(ref.path)) == 1:
        return ref.target.replace(quote(ref.path), quote(new))
    return None


def relative_to(document_path: str, path: str) -> str:
    """A repo-relative path as a link in a document must write it."""
    here, there = document_path.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def _defect(fact: EvidenceFact) -> str:
    if code := _STATES.get(fact.state) or _BASES.get(fact.basis):
        return code
    if fact.state is EvidenceState.MISSING:
        return "" if fact.ref.form is EvidenceForm.LINK and _is_site_route(fact.ref.target) else "EV001"
    if (
        fact.ref.lines
        and fact.line_count is not None
        and not 1 <= min(fact.ref.lines) <= max(fact.ref.lines) <= fact.line_count
    ):
        return "EV007"
    if fact.anchor_found is False:
        return "EV008"
    if fact.missing_tests:
        return "EV010"
    return "EV009" if is_root_only(fact) else ""


def _is_planned(fact: EvidenceFact, document: Document) -> bool:
    """Whether every item that offers the reference has not begun, has failed, or was dropped.

    An entry of a log has no status of its own; what it lists says whether it was done.
    """
    backlog = (Status.UNKNOWN,) if document.kind is DocumentKind.BACKLOG else ()
    listed = [item for item in fact.items if item.kind != "entry"]
    return all(item.status in (*_PLANNED, *backlog) for item in listed or fact.items)


def _is_site_route(target: str) -> bool:
    """Whether a link begins at the root and names no file, as links between pages of a generated site do."""
    return target.startswith("/") and "." not in target.rpartition("/")[2]
