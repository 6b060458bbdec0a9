"""ST016."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status, StatusMark
from gatekeeper.model.subject import Ruling, Voice
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._scale import is_done, name_of, place_of, said, span_of

_OPEN = (Status.IN_PROGRESS, Status.QUEUED, Status.PARTIAL, Status.BLOCKED)
# What is over when these words stand: the work, or its release; an approval of a plan or a review is another matter.
_OVER = re.compile(
    r"\b(?:complete[d]?|done|finished|delivered|shipped|released|closed|success(?:ful|fully)?|production[- ]ready|deployed"
    r"|(?:approved|cleared) for (?:[\w-]+ ){0,3}(?:deployment|production|release|launch|go-live)|terminée?|achevée?|completad[oa]|terminad[oa]|finalizad[oa]"
    r"|abgeschlossen|fertig|concluíd[oa]|заверш\w+|готово)\b|完成|完了",
    re.IGNORECASE,
)
_PART_OF_IT = re.compile(
    r"\b(?:analysis|design|planning|plan|review|audit|research|documentation|docs|investigation|spec\w*|draft|report|code|partial\w*|mostly|nearly|except|not)\b"
    r"|\d\s?%|\d\s*/\s*\d",
    re.IGNORECASE,
)
_WORDS_LIMIT = 9


class FinalStatusDiffers(DocumentRule):
    """A document, or a unit in it, has one status at its head and another at its end.

    ## Why it matters

    `Status: in progress`, says the head, and the conclusion says `Status: SUCCESSFUL` or `APPROVED FOR DEPLOYMENT`; or a phase is "(in progress)" in its
    heading and its last line reads `FINAL STATE: build complete`. The one who reads the first page and the one who reads the last go home with different news.

    Both lines must speak of the same whole: the document's head (front matter, or a line below the title) and a status line in its conclusion, at its foot or
    below its title; a unit's heading and a final state in its section. Only done against in progress, partial, blocked or not started counts.

    ## Bad

    ```md path=docs/refit.md
    # Refit of the tug

    Status: in progress

    ## Conclusion

    **APPROVED FOR RELEASE**
    ```

    ## Good

    ```md path=docs/refit.md
    # Refit of the tug

    Status: in progress

    ## Conclusion

    **Status:** in progress, the hull is done
    ```

    ## References

    - ST003, for items with one id; ST010, for a head that is done above open items
    """

    info = RuleInfo(code="ST016", name="final-status-differs", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for each head: where the whole is called done, or at the heading of a unit whose end says that it is."""
        told: set[int] = set()
        for ruling in project.rulings.get(document.path, ()):
            voice = next((one for one in ruling.voices if _clash(one, ruling.verdict.mark)), None)
            if voice is not None and voice.item.span.start not in told:
                told.add(voice.item.span.start)
                yield self._finding(document, voice, ruling)

    def _finding(self, document: Document, voice: Voice, ruling: Ruling) -> Finding:
        mark = ruling.verdict.mark
        what = name_of(voice) if ruling.verdict.units else "the document"
        line = document.source.position(mark.span.start).line
        head, end = (
            place_of(voice, f"{said(voice)} here"),
            Location.at(document.source, mark.span, f"{quoted(mark.raw)} here"),
        )
        is_at_head = bool(ruling.verdict.units) or is_done(voice)
        here, there = (said(voice), quoted(mark.raw)) if is_at_head else (quoted(mark.raw), said(voice))
        return self.finding(
            document.source,
            span_of(voice) if is_at_head else mark.span,
            f"{what} is {here} here, but {there} in line {line if is_at_head else voice.line}",
            help="find out which of them is true and change the other",
            subject=voice.item.title,
            related=(end if is_at_head else head,),
        )


def _clash(voice: Voice, mark: StatusMark) -> bool:
    """Whether one of the two says that the work is over, and the other that it is not."""
    own = voice.item.mark
    if own is None or voice.in_log or max(len(own.raw.split()), len(mark.raw.split())) > _WORDS_LIMIT:
        return False
    for done, other in ((own, mark), (mark, own)):
        is_over = done.status is Status.DONE and _OVER.search(done.raw) and not _PART_OF_IT.search(done.raw)
        if is_over and other.status in _OPEN and not _OVER.search(other.raw):
            return True
    return False
