"""ST002."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.rules.base import DocumentRule, quoted
from gatekeeper.rules.status._legend import iter_strangers

_WORDS_LIMIT = 4
_NO_WORD = re.compile(r"[{}<>\[\]/|,=%]|^[\W\d_]*$")


class NotUnderstood(DocumentRule):
    """A status is written in words that mean no status.

    ## Why it matters

    What is neither done nor open falls out of every count. gatekeeper knows the usual words of many teams and languages; what it does not know it does
    not guess. Sentences in the status's place are left alone: they are remarks.

    ## Bad

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    | 2 | Sign-out | Zorbled |
    ```

    ## Good

    ```md path=docs/tracker.md
    | ID | Item | Status |
    |---|---|---|
    | 1 | Sign-in | Done |
    | 2 | Sign-out | In Progress |
    ```

    ## References

    - `statuses` in the policy file: tells gatekeeper what a project's own words mean
    """

    info = RuleInfo(code="ST002", name="status-not-understood", severity=Severity.NOTE, since="0.1")

    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """One finding for each mark without a meaning that no legend should have given."""
        strangers = {mark.span for mark, _ in iter_strangers(document)}
        marks = dict.fromkeys(item.mark for item in document.items if item.mark is not None)
        trusted = _trusted_columns(marks)
        for mark in marks:
            if mark.column in trusted and _is_riddle(mark) and mark.span not in strangers:
                yield self.finding(
                    document.source,
                    mark.span,
                    f"status {quoted(mark.raw)} means none of the statuses that gatekeeper knows",
                    help="use a usual word, or say what this one means: in a legend, or under `statuses:` in the policy file",
                    subject=mark.raw,
                )


def _trusted_columns(marks: Iterable[StatusMark]) -> set[str | None]:
    """The columns in which at least half of the words are understood, None for places outside of tables.

    Where nearly nothing is understood, the words are of another kind ("Owner", "Fast"), and each would be a false alarm.
    """
    known: Counter[str | None] = Counter()
    total: Counter[str | None] = Counter()
    for mark in marks:
        total[mark.column] += 1
        known[mark.column] += mark.status is not Status.UNKNOWN
    return {column for column in total if known[column] * 2 >= total[column]}


def _is_riddle(mark: StatusMark) -> bool:
    """Whether a mark is a word or a few that nothing explains; placeholders, choices and figures are none."""
    if mark.basis is not StatusBasis.NONE:
        return False
    return len(mark.raw.split()) <= _WORDS_LIMIT and _NO_WORD.search(mark.raw) is None
