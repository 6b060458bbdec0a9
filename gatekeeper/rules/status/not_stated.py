"""ST017."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.rules.base import DocumentRule, quoted

# Words of the vocabulary for what has no status, or for what waits until somebody has decided; a remark beside them says more.
_NEEDS_NONE = re.compile(r"\W*(?:n/?a|none|not applicable)\b", re.IGNORECASE)
_TO_BE_STATED = re.compile(r"\W*(?:tbd|待定)\W*", re.IGNORECASE)
_PHRASE = re.compile(r"\W*(?:\w+(?: \w+){0,2})?\W*")
_PLACES_LIMIT = 10


class NotStated(DocumentRule):
    """The place of a status holds a word for "nobody knows".

    ## Why it matters

    `status: unknown` fills the field and says nothing: the item is neither done nor open, and no count is right. Often a tool wrote it, and nobody came
    back. It is no contradiction, only a gap, hence a note; a word to which the document's legend gives a meaning is left alone, and so is a blank form.

    ## Bad

    ```md path=docs/state.md
    ---
    milestone: v1.0
    status: unknown
    ---

    # State of the yard
    ```

    ## Good

    ```md path=docs/state.md
    ---
    milestone: v1.0
    status: in progress
    ---

    # State of the yard
    ```

    ## References

    - ST002, for words that gatekeeper does not know
    """

    info = RuleInfo(code="ST017", name="status-not-stated", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for all statuses of a document that are not stated, at the first of them."""
        marks = [] if document.is_template else list(_unstated(document))
        if not marks:
            return
        first, more = marks[0], len(marks) - 1
        yield self.finding(
            document.source,
            first.span,
            f"status {quoted(first.raw)} says that nobody has stated one"
            + (f", and so {'do' if more > 1 else 'does'} {more} more in this document" if more else ""),
            help="say how it stands, or take the field out",
            subject=first.raw,
            related=tuple(
                Location.at(document.source, mark.span, f"{quoted(mark.raw)} here too")
                for mark in marks[1:_PLACES_LIMIT]
            ),
        )


def _unstated(document: Document) -> Iterator[StatusMark]:
    """The marks that are a word for "nobody knows", each once, in document order.

    In a table at least half of the column must state something, else it is a form, or no column of statuses.
    """
    marks = dict.fromkeys(item.mark for item in document.items if item.mark is not None)
    columns = Counter(mark.column for mark in marks)
    stated = Counter(mark.column for mark in marks if mark.status is not Status.UNKNOWN and not _is_unstated(mark))
    for mark in marks:
        if _is_unstated(mark) and (mark.column is None or stated[mark.column] * 2 >= columns[mark.column]):
            yield mark


def _is_unstated(mark: StatusMark) -> bool:
    if mark.basis is not StatusBasis.VOCABULARY:
        return False
    is_unknown = mark.status is Status.UNKNOWN and not _NEEDS_NONE.match(mark.raw) and "(" not in mark.raw
    return bool((is_unknown and _PHRASE.fullmatch(mark.raw)) or _TO_BE_STATED.fullmatch(mark.raw))
