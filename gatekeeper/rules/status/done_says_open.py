"""ST009."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.text import Span
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._line import cells_of, line_of
from gatekeeper.rules.status._signals import find_open_words, find_shouted

_SAYS_DONE = re.compile(r"(?:\[x\]|\W)*(?:completed?|done|finished|passed)\b", re.IGNORECASE)
_SHARE = re.compile(r"\d\s*/\s*\d|\d\s?%")
_REMARKS = re.compile(r"note|comment|remark|result|bemerkung|notas|备注|説明")
_TELLING = re.compile(
    r"^(?!.*(?:expect|erwartet|attendu|esperad|ожида|预期|期待)).*(?:note|comment|remark|result|detail|evidence|proof|output|finding|observ|salida|evidencia|resultado|nachweis|ergebnis|bemerkung|preuve|résultat|notas"
    r"|доказательств|результат|备注|证据|结果|結果|说明|説明)"
)
_PLACES_LIMIT = 10


class DoneSaysOpen(DocumentRule):
    """An item is done, and its own words say that something is still open.

    ## Why it matters

    `[x] Test the client (code ready)`: the box is ticked, the test was not run. The tick is counted, the remark in brackets is not.

    Words count by where they stand: in brackets, after a dash or a semicolon. The name of a thing (`pending payments page`) and its denial (`no pending
    items`) say nothing. In a row's cells for evidence, results and remarks a field (`tracker_status=PARTIAL`) and a clause in capitals (`BLOCKED`) count too,
    unless the row's title is about that word.

    ## Bad

    ```md path=docs/checklist.md
    - [x] Test the client with the real service (code ready)
    - [x] Restore a backup - not yet rehearsed
    ```

    ## Good

    ```md path=docs/checklist.md
    - [x] Test the client with the real service (12 calls)
    - [x] Show the queue of pending payments (no pending items at start)
    - [ ] Restore a backup - not yet rehearsed
    ```

    ## References

    - ST005, for units of work with open parts
    """

    info = RuleInfo(code="ST009", name="done-item-says-open", severity=Severity.WARNING, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for all done items of a document that take it back in the same words, at the first of them."""
        groups: dict[str, tuple[str, list[WorkItem]]] = {}
        for item in document.items:
            words = _open_words(document, item) if _is_called_done(item) else None
            if words:
                groups.setdefault(words.casefold(), (words, []))[1].append(item)
        for words, items in groups.values():
            yield self._finding(document, words, items)

    def _finding(self, document: Document, words: str, items: list[WorkItem]) -> Finding:
        first = items[0]
        others = "1 more item" if len(items) == 2 else f"{len(items) - 1} more items"
        more = f", as do those of {others}" if len(items) > 1 else ""
        return self.finding(
            document.source,
            _mark_of(first),
            f"{quoted(first.id or first.title or first.kind)} is {quoted(document.source.slice(_mark_of(first)))}, but its own words say {quoted(words)}{more}",
            help="take the mark back until that is done, or strike the words",
            subject=first.id or first.title,
            related=tuple(
                Location.at(document.source, _mark_of(item), f"{quoted(words)} here too")
                for item in items[1:_PLACES_LIMIT]
            ),
        )


def _mark_of(item: WorkItem) -> Span:
    return item.mark.span if item.mark else item.span


def _is_called_done(item: WorkItem) -> bool:
    """Whether a mark of the item's own says done, if only at its beginning."""
    mark = item.mark
    if mark is None or mark.basis is StatusBasis.HEADING:
        return False
    is_half = item.status in (Status.PARTIAL, Status.REVIEW) and bool(_SAYS_DONE.match(mark.raw))
    return (item.status is Status.DONE or is_half) and not _SHARE.search(mark.raw)


def _open_words(document: Document, item: WorkItem) -> str | None:
    """The words of a done item's own that say it is open; None without such words."""
    cells = cells_of(document, item)
    told = (cell for header, cell in cells.items() if _TELLING.search(header))
    shouted = (words for cell in told if (words := find_shouted(cell, item.title)))
    return find_open_words(_words_of(document, item, cells)) or next(shouted, None)


def _words_of(document: Document, item: WorkItem, cells: Mapping[str, str]) -> str:
    """The item's own words: its line; of a table row the title, the status and what stands under headers for remarks."""
    if not cells:
        line = line_of(document, item)
        return line.replace(item.evidence_words, " ") if item.evidence_words else line
    remarks = [cell for header, cell in cells.items() if _REMARKS.search(header)]
    return " ; ".join((f"{item.title} ; {item.mark.raw if item.mark else ''}", *remarks))
