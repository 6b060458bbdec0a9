"""Which of a document's status marks its own legend is about, and which columns give statuses at all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from gatekeeper.model.document import Document
from gatekeeper.model.status import Status, StatusBasis, StatusMark

_NOT_WORDS = re.compile(r"[\W_]+")
_OWN_WORD = (StatusBasis.VOCABULARY, StatusBasis.NONE)


def iter_strangers(document: Document) -> Iterator[StatusMark]:
    """The marks that stand where the legend holds and mean none of its entries, in document order.

    A legend holds for a table column, or for all marks outside tables, when at least half of the marks there are its entries; it
    holds for the whole document when there is no second such place.
    """
    groups: dict[str | None, list[StatusMark]] = defaultdict(list)
    for item in document.items:
        if item.mark is not None:
            groups[item.mark.column].append(item.mark)
    tokens = [entry.token for entry in document.legend.entries]
    written = f" {_words(_legend_text(document))} "
    for marks in groups.values():
        of_legend = sum(mark.basis is StatusBasis.LEGEND for mark in marks)
        if len(groups) == 1 or of_legend * 2 >= len(marks):
            own = (mark for mark in dict.fromkeys(marks) if mark.basis in _OWN_WORD)
            yield from (
                mark for mark in own if not _means_any(mark.raw, tokens) and f" {_words(mark.raw)} " not in written
            )


def trusted_columns(marks: Iterable[StatusMark]) -> set[str | None]:
    """The columns in which at least half of the words are understood, None for places outside of tables.

    Where nearly nothing is understood, the words are of another kind ("Owner", "Fast"), and each would be a false alarm.
    """
    known: Counter[str | None] = Counter()
    total: Counter[str | None] = Counter()
    for mark in marks:
        total[mark.column] += 1
        known[mark.column] += mark.status is not Status.UNKNOWN
    return {column for column in total if known[column] * 2 >= total[column]}


def _legend_text(document: Document) -> str:
    """The lines of the legend's entries and the lines beside them, where entries may stand whose meaning was not understood."""
    source = document.source
    lines = {source.position(entry.span.start).line + step for entry in document.legend.entries for step in (-1, 0, 1)}
    return "\n".join(source.slice(source.line_span(line)) for line in sorted(lines) if 0 < line <= source.line_count())


def _means_any(raw: str, tokens: list[str]) -> bool:
    """Whether the words hold an entry of the legend, case, emoji and markup forgiven, or are of another make than all of them."""
    if _make(raw) not in {_make(token) for token in tokens}:
        return True
    words = _words(raw)
    return bool(words) and any(f" {_words(token)} " in f" {words} " for token in tokens)


def _make(text: str) -> str:
    """Whether a token is a checkbox, words or a sign."""
    if text.startswith("[") and text.endswith("]"):
        return "box"
    return "words" if _words(text) else "sign"


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", text).strip().casefold()
