"""GA002."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.order import Member, Run
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, enumerated, quoted
from gatekeeper.rules.gate._member import standing

_KINDS = frozenset({"gate", "phase", "stage", "sprint", "milestone", "step", "iteration"})
_LAST_STEP = re.compile(
    r"\b(?:verif\w+|release|go[- ]?live|launch|ga|general availability|roll-?out|acceptance|sign-?off|hand-?over|cut-?over|"
    r"final (?:test\w*|validation|delivery|approval|audit)|"
    r"abnahme|freigabe|recette|mise en (?:production|service)|liberação|lanzamiento|верификация|релиз|приёмка)\b|验收|发布|上线|リリース|検収",
    re.IGNORECASE,
)
# Work about a release that may come before it.
_ONLY_ABOUT = re.compile(
    r"\b(?:pipelines?|automation|process|branch\w*|plan\w*|notes|strateg\w+|tooling|tools?|frameworks?|infra\w*|design|setup|criteria|candidate|"
    r"harness|templates?|email|identity|user(?! acceptance)|account|password|pre-?\w+|soft|beta|alpha|checklists?)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:optional\w*|stretch|nice[- ]to[- ]have|deferred|postponed|later|future|out of scope|post-\w+|ongoing|continuous)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[(\[{（]|\s[\u2013\u2014-]\s")
# Two signs of a script without blanks are about a word.
_WORD = re.compile(r"[\u3040-\u9fff]{1,2}|[^\W\d_\u3040-\u9fff]+")
_WORDS_LIMIT = 5
_SHOWN = 5
_OPEN = (Status.QUEUED, Status.READY, Status.BLOCKED, Status.IN_PROGRESS)


class PassedOutOfOrder(DocumentRule):
    """A gate or phase passed although an earlier one has not, and the document or its name puts it after that.

    ## Why it matters

    Gates in a row are promises that build on each other: what passed Gate 3 stands on what Gate 2 let through. The rule speaks where the
    document itself declares an order ("all previous gates", "phases execute in numeric order", "one after the other"), and where a unit's name is that
    of a last step: "Final verification" and "Release" say themselves what they come after, so that nothing before them may be open that is not
    optional. Teams that work in parallel are left alone otherwise. A gate without a status of its own counts as not started when it has boxes and
    none of them is ticked.

    ## Bad

    ```md path=docs/gates.md
    # Gates

    The gates are passed one after the other.

    ## Gate 1: Design

    **Status:** Passed

    ## Gate 2: Build

    **Status:** Not started

    ## Gate 3: Release

    **Status:** Passed
    ```

    ## Good

    ```md path=docs/gates.md
    # Gates

    The gates are passed one after the other.

    ## Gate 1: Design

    **Status:** Passed

    ## Gate 2: Build

    **Status:** Passed

    ## Gate 3: Release

    **Status:** Not started
    ```

    ## References

    - GA003, for a ticked line that says all earlier gates passed
    - GA004, for dependencies that are named one by one
    """

    info = RuleInfo(code="GA002", name="passed-out-of-order", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each done unit that is the first after open ones, at the done one."""
        claimed = {member.label for prior in project.order.priors.get(document.path, ()) for member in prior.open}
        for run in project.order.runs.get(document.path, ()):
            if run.kind in _KINDS:
                for done, open_ in _pairs(run, claimed):
                    yield self._judge(document, run, done, open_)

    def _judge(self, document: Document, run: Run, done: Member, open_: Sequence[Member]) -> Finding:
        names = enumerated([f"{one.label} {standing(one)} (line {one.place.line})" for one in open_], _SHOWN)
        places = [(one.place, f"{one.label} {standing(one)}") for one in open_]
        if run.declared is not None:
            places.append((run.declared, "the order is declared here"))
        title = "" if run.declared is not None else f"; by its name, {quoted(_name_of(done))}, it comes last"
        return self.finding(
            document.source,
            done.place.span,
            f"{done.label} {standing(done)} here, but before it {names}{title}",
            help="close the earlier one, or say why this one could pass without it",
            subject=done.label,
            related=tuple(Location.at(document.source, place.span, words) for place, words in places),
        )


def _pairs(run: Run, claimed: set[str]) -> Iterator[tuple[Member, list[Member]]]:
    """Each done unit with the open ones since the last done one, by number; a number that stands twice says nothing.

    Open ones that are optional hold nothing up. Where no order is declared, only a unit that is a last step by its name.
    """
    numbers = [member.number for member in run.members]
    if len(set(numbers)) < len(numbers):
        return
    waiting: list[Member] = []
    for member in sorted(run.members, key=lambda one: one.number):
        if member.status in _OPEN and member.label not in claimed and not _PUT_OFF.search(member.title):
            waiting.append(member)
        elif waiting and member.status is Status.DONE and (run.declared is not None or _is_last_step(member)):
            yield member, waiting
            waiting = []


def _is_last_step(member: Member) -> bool:
    """Whether a unit's name says that it verifies or releases what came before: `Final verification`, `GA launch`."""
    name = _name_of(member)
    is_short = len(_WORD.findall(name)) <= _WORDS_LIMIT
    return is_short and bool(_LAST_STEP.search(name)) and not _ONLY_ABOUT.search(name)


def _name_of(member: Member) -> str:
    """A unit's title without what stands in brackets or after a dash."""
    return _BRACKET.split(member.title)[0]
