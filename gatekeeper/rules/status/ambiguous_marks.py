"""ST012."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._line import cells_of, is_status_line, line_of
from gatekeeper.rules.status._signals import is_name

_TICKED = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[\s?[xX]\s?\]\s*(?P<rest>.+)")
_EMPTY = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[\s?\]\s*(?P<rest>.+)")
_DROPPED = re.compile(
    r"^(?:\*\*|__|~~)?(?:❌|🚫|CANCELL?ED|DEFERRED|SKIPPED|DROPPED|NOT DONE|NOT STARTED|POSTPONED|FAILED)(?!\w)"
    r"|(?:\(|\[|\s[\u2013\u2014-]\s|:\s|\*\*)\s*(?:(?:❌|🚫|CANCELL?ED|DEFERRED|SKIPPED|DROPPED|FAILED)(?=[\s)\].,;:*]|$)"
    r"|(?i:deferred to|postponed to)\b|(?i:cancell?ed|deferred|skipped|postponed)(?=\s*(?:[)\].,;:*]|$)))"
    r"|:\s+(?i:not done|not started)(?=\s*(?:[.,;*]|$))|❌\s*$"
)
_FINISHED = re.compile(
    r"✅\s*$|(?:\s[\u2013\u2014-]\s|\(|\*\*)\s*(?:✅\s*)?(?:DONE|COMPLETED?|FINISHED)(?:\)|\*\*)?[.!]?\s*$|(?i:status):\**\s*(?:✅|(?i:done|completed?)\b)"
)
_PASS = re.compile(r"(?:pass(?:ed)?|ok|yes|go|met|green|done)$")
_FAIL = re.compile(r"(?:fail(?:ed)?|not ok|no|no-go|unmet|red|not done)$")
_CODE = re.compile(r"`[^`]*`")
_TICK = re.compile(r"[✅✔☑]\ufe0f?$")
_NEARLY = re.compile(r"[✅✔☑]|\bready (?:for|to) (?:release|launch|ship|deploy|production|merge)", re.IGNORECASE)
_NOT_DONE = (Status.QUEUED, Status.IN_PROGRESS, Status.PARTIAL, Status.BLOCKED)
_CHECKED = re.compile(r"\|.*(?:\[\s?[xX]\s?\]|[☑✅✓✔]|\|\s*x\s*\|)")
_PLACES_LIMIT = 10
_MANY = 5  # lines with the same two marks: the habit is the cause, and it is told once
_CHECK = re.compile(r"(?:\[\s?[xX]\s?\]|[☑✅✓✔x])$")


class AmbiguousMarks(DocumentRule):
    """One line carries two marks that say the opposite.

    ## Why it matters

    `[x] ~ CANCELLED` may mean done, dropped, or dealt with: each reader and each tool takes it differently. The same goes for an empty box that ends in a
    check mark, for a row with both Pass and Fail ticked, and for a heading that ends in a check mark above a status line that says in progress.

    ## Bad

    ```md path=docs/checklist.md
    - [x] Second region - CANCELLED
    - [ ] Restore rehearsed ✅
    ```

    ## Good

    ```md path=docs/checklist.md
    - [x] Show cancelled bookings (cancelled by guests)
    - [x] Restore rehearsed ✅
    - [ ] Second region
    ```

    ## References

    - a legend in the document, for marks of one's own such as `[d]` or `[~]`
    """

    info = RuleInfo(code="ST012", name="ambiguous-marks", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each line with two such marks; one for many lines with the same two, at the first of them."""
        if document.is_template:
            return
        groups: dict[tuple[str, str], list[WorkItem]] = {}
        for item in document.items:
            if second := _opposite(document, item):
                groups.setdefault((item.mark.raw if item.mark else "", second), []).append(item)
        for (_, second), items in groups.items():
            each = [items] if len(items) >= _MANY else [[item] for item in items]
            yield from (self._finding(document, second, some) for some in each)
        yield from self._ticked_headings(document)

    def _finding(self, document: Document, second: str, items: list[WorkItem]) -> Finding:
        first, more = items[0], len(items) - 1
        places = [item.mark.span if item.mark else item.span for item in items]
        has = f"has the mark {quoted(first.mark.raw)}, but also" if first.mark else "is marked in both columns of"
        return self.finding(
            document.source,
            places[0],
            f"{quoted(first.id or first.title or first.kind)} {has} {quoted(second)}"
            + (f", as have {more} more items" if more else ""),
            help="keep the mark that is true",
            subject=first.id or first.title,
            related=tuple(
                Location.at(document.source, place, f"{quoted(second)} here too") for place in places[1:_PLACES_LIMIT]
            ),
        )

    def _ticked_headings(self, document: Document) -> Iterator[Finding]:
        """One finding for each heading that ends in a check mark above a status line that says otherwise."""
        sections = document.sections
        told = {item.span.start for item in document.items}
        for item in document.items:
            place = bisect_right(sections, item.span.start, key=lambda section: section.span.start)
            tick = _TICK.search(sections[place - 1].title) if place and item.mark and item.status in _NOT_DONE else None
            if item.mark and tick and sections[place - 1].heading.start in told:
                continue  # the heading is an item of its own, with its own status
            if item.mark and tick and is_status_line(line_of(document, item)) and not _NEARLY.search(item.mark.raw):
                line = document.source.position(item.span.start).line
                yield self.finding(
                    document.source,
                    sections[place - 1].heading,
                    f"{quoted(item.id or item.title)} has the mark {quoted(tick[0])} in its heading, but its status line says"
                    f" {quoted(item.mark.raw)} (line {line})",
                    help="keep the mark that is true",
                    subject=item.id or item.title,
                    related=(Location.at(document.source, item.mark.span, "the status line"),),
                )


def _opposite(document: Document, item: WorkItem) -> str:
    """The second mark on an item's line that says the opposite of its first; "" without one."""
    line = _CODE.sub("", line_of(document, item))
    for box, pattern in ((_TICKED, _DROPPED), (_EMPTY, _FINISHED)):
        rest = ticked["rest"].strip() if (ticked := box.match(line)) else ""
        found = pattern.search(rest)
        is_labelled = found is not None and found[0].casefold().startswith("status")
        if found and (is_labelled or not is_name(rest, found.start(), found.end())):
            return found[0].strip(" *_~:([\u2013\u2014-)].")
    if not _CHECKED.search(line):
        return ""
    cells = cells_of(document, item)
    both = [name for name, cell in cells.items() if _CHECK.match(cell) and (_PASS.match(name) or _FAIL.match(name))]
    has_both = any(_PASS.match(name) for name in both) and any(_FAIL.match(name) for name in both)
    return " and ".join(both) if has_both else ""
