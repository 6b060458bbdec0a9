"""EV016."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.text import Span
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.evidence._machine import iter_places
from gatekeeper.rules.evidence._verdict import defect_of, link_defect_of

_SHOWN = 4
_RELATED_LIMIT = 20


class MachinePath(DocumentRule):
    r"""A document names paths of one person's machine.

    ## Why it matters

    `/Users/mira/projects/harbor`, `C:\Users\mira\run.log` and `file:///home/mira/report.html` open for one person. Everyone else can neither find the
    repository, nor read the file, nor run the command; and the next machine of the same person cannot either.

    One finding for a document. Homes that stand for any reader's own (`/home/user`), accounts of containers and runners, examples and fenced code are
    left alone, and so is what EV003 reports: evidence of an item that lies outside of the repository. What a sentence merely tells of is a note.

    ## Bad

    ```md path=docs/closeout.md
    # Closeout

    Repository: `/Users/mira/projects/harbor`

    - [x] Berths counted
    ```

    ## Good

    ```md path=docs/closeout.md
    # Closeout

    Repository: `https://example.org/harbor.git`, checked out at `/home/user/harbor`

    - [x] Berths counted
    ```

    ## References

    - EV003 evidence-outside-repository
    """

    info = RuleInfo(code="EV016", name="path-of-one-machine-only", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for a document, at the first path that its line gives as a value."""
        places = list(iter_places(document))
        told = _told(document, project) if places else []
        homes = {place.home for place in places if _is_inside(place.span, told)}
        places = [place for place in places if place.home not in homes]
        if not places:
            return
        first = next((place for place in places if place.is_offered), places[0])
        source = document.source
        written = quoted(source.slice(first.span))
        others = [place.span for place in places if place is not first]
        finding = self.finding(
            source,
            first.span,
            f"{written} is a path of one machine, which no other reader can look up{_more(document, others)}",
            help="write paths from the repository root, and the repository by its URL",
            subject=source.slice(first.span),
            related=tuple(Location.at(source, span, "another one") for span in others[:_RELATED_LIMIT]),
        )
        yield finding if first.is_offered else replace(finding, severity=Severity.NOTE)


def _told(document: Document, project: Project) -> list[Span]:
    """The references that other rules report as leading out of the repository."""
    facts = [fact for fact in project.facts.get(document.path, ()) if defect_of(fact, document)]
    links = [fact for fact in project.links.get(document.path, ()) if link_defect_of(fact, document)]
    return sorted({fact.ref.span for fact in (*facts, *links)})


def _is_inside(span: Span, told: list[Span]) -> bool:
    at = bisect_right(told, span.start, key=lambda one: one.start)
    return at > 0 and span.start < told[at - 1].end


def _more(document: Document, others: list[Span]) -> str:
    """`; so do lines 12, 14 and 3 more`; "" for none."""
    lines = list(dict.fromkeys(document.source.position(span.start).line for span in others))
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:_SHOWN])) + (f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else "")
    return f"; line{'s' if len(lines) > 1 else ''} {shown} {'name' if len(lines) > 1 else 'names'} such paths too"
