"""ST013."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._line import iter_plain_lines

_PLACEHOLDER = re.compile(
    r"\{\{\s*[a-z][a-z0-9]*(?:_[a-z0-9]+)+\s*\}\}|<(?:TBD|TODO|TBA|FILL[ _-]?IN|INSERT[^<>\n]{0,40})>"
    r"|\[(?:TBD|TODO|TBA|FILL IN|INSERT[^\]\n]{0,40})\](?![(\[])"
)
_CODE = re.compile(r"`[^`\n]*`")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]+)\]:\s*\S")
_PLACES_LIMIT = 10


class PlaceholderLeft(DocumentRule):
    """A document whose work is done still holds a placeholder of its template.

    ## Why it matters

    The story is done, and the line for what built it still reads `{{agent_model_name}}`: a part of the record was never written, and now nobody will.

    The first item of the document, the one that stands for it as a whole, must be done. Code is left alone.

    ## Bad

    ```md path=docs/story.md
    # Story 1.6: Local stack

    Status: done

    ## Record

    Built by: {{agent_model_name}}
    ```

    ## Good

    ```md path=docs/story.md
    # Story 1.6: Local stack

    Status: done

    ## Record

    Built by: the harbor team, with `{{berth_name}}` in the mail template
    ```

    ## References

    - EV006, for evidence that is a form nobody filled in
    """

    info = RuleInfo(code="ST013", name="placeholder-left", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """At most one finding for a document, at its first placeholder."""
        if not _is_done(document):
            return
        places = list(_places(document))
        if places:
            mark = document.items[0].mark
            more = f", and {len(places) - 1} more" if len(places) > 1 else ""
            yield self.finding(
                document.source,
                places[0],
                f"placeholder {quoted(document.source.slice(places[0]))} is left in a document that is {quoted(mark.raw if mark else 'done')}{more}",
                help="write what belongs there, or take the line out",
                subject=document.source.slice(places[0]),
                related=tuple(
                    Location.at(document.source, span, "another placeholder") for span in places[1:_PLACES_LIMIT]
                ),
            )


def _places(document: Document) -> Iterator[Span]:
    """Where placeholders stand in the text, those aside that a link definition makes the words of a link."""
    lines = list(iter_plain_lines(document))
    defined = {match[1].casefold() for _, text in lines if (match := _DEFINITION.match(text))}
    for start, text in lines:
        for match in _PLACEHOLDER.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
            if match[0].strip("[]").casefold() not in defined:
                yield Span(start + match.start(), start + match.end())


def _is_done(document: Document) -> bool:
    """Whether the item at the head of a document, before its second heading, says done."""
    headings = [section for section in document.sections if section.level]
    if not document.items or not headings:
        return False
    first = document.items[0]
    end = headings[1].span.start if len(headings) > 1 else headings[0].span.end
    return first.status is Status.DONE and headings[0].span.start <= first.span.start < end
