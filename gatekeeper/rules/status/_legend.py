"""Which of a document's status marks its own legend is about."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from gatekeeper.model.document import Document, WorkItem
from gatekeeper.model.fix.fix import Applicability, Edit, Fix
from gatekeeper.model.status import LegendEntry, Status, StatusBasis, StatusMark

_NOT_WORDS = re.compile(r"[\W_]+")
_SELECTORS = str.maketrans("", "", "\ufe0e\ufe0f\u200d\u200b")
_OWN_WORD = (StatusBasis.VOCABULARY, StatusBasis.NONE)
_NAME = re.compile(r"[^\W\d_]+")
# A path of what was made stands for "done"; a blank, a choice, a measure and an answer are no status.
_NO_STATUS = re.compile(
    r"\S+/\S+$|\S+\.\w{1,5}$|(?!\[.{0,4}\]$)[\[{<].*[\]}>]$|.*\||.*\[.*\[|.*\d\s?%|.*\d\s?/\s?\d|(?:yes|no|none)$",
    re.IGNORECASE,
)
_LEAST_ALIKE = 0.85
_WORD_LIMIT = 40
_NUMBER = re.compile(r"\d+$")


def iter_strangers(document: Document) -> Iterator[tuple[StatusMark, str]]:
    """The marks that stand where the legend holds and mean none of its entries, with the kind of work whose legend it is, in document order.

    A legend of one kind of work ("epic") holds for all items of that kind. Any other holds for a table column, or for all marks outside tables, when at
    least half of the marks there are its entries; it holds for the only place of a document that gives statuses. Its kind is "".
    """
    if not document.legend or any(_NUMBER.match(entry.token) for entry in document.legend.entries):
        return
    kinds = _kinds_of(document)
    groups: dict[tuple[str, str | None], list[StatusMark]] = defaultdict(list)
    for at, item in enumerate(document.items):
        for mark in (item.mark, *item.others):
            if mark is not None:
                groups[kinds.get(at, ""), mark.column].append(mark)
    written = f" {_words(_legend_text(document))} "
    for (kind, column), marks in groups.items():
        if kind:
            yield from ((mark, kind) for mark in _unlisted(document, marks, kind))
            continue
        of_legend = sum(mark.basis is StatusBasis.LEGEND for mark in marks)
        # What stands above the legend may be the status of the document, which is not for its rows' legend.
        is_below = marks[0].span.start > document.legend.entries[0].span.start
        is_only = len(groups) == 1 and (column is not None or is_below)
        if is_only or of_legend * 2 >= len(marks):
            own = [mark for mark in marks if mark.basis in _OWN_WORD]
            yield from ((mark, "") for mark in _unlisted(document, own, "") if f" {_words(mark.raw)} " not in written)


def entries_for(document: Document, kind: str) -> Sequence[LegendEntry]:
    """The legend's entries for a kind of work, those for everything included; for the kind "" all there are."""
    entries = document.legend.entries
    return [entry for entry in entries if entry.kind in ("", kind)] if kind else entries


def legend_fix(document: Document, entries: Sequence[LegendEntry], marks: Sequence[StatusMark]) -> Fix | None:
    """The fix that writes marks of one word as the legend's one entry does; None where none or several may be meant.

    Safe where the letters and digits are the same and only what stands between them differs; unsafe where the entry is merely spelled alike, or is
    the only one that means the same: which one is meant, only its author knows.
    """
    raw, status, source = marks[0].raw, marks[0].status, document.source
    if any(source.slice(mark.span) != mark.raw for mark in marks):
        return None
    tokens = {entry.token: entry.status for entry in entries if _make(entry.token) == _make(raw)}
    same = [token for token in tokens if _letters(token) == _letters(raw) and tokens[token] in (status, Status.UNKNOWN)]
    same = same if status is not Status.UNKNOWN else [token for token in tokens if _letters(token) == _letters(raw)]
    near = [
        token for token in tokens if _likeness(token, raw) >= _LEAST_ALIKE and status in (tokens[token], Status.UNKNOWN)
    ]
    equal = [token for token in tokens if tokens[token] is status is not Status.UNKNOWN]
    token = next((found[0] for found in (same, near, equal) if len(found) == 1), None)
    if token is None:
        return None
    applicability = Applicability.SAFE if same == [token] else Applicability.UNSAFE
    why = "so the legend spells it" if same == [token] else "the only word of the legend that may be meant"
    edits = tuple(Edit.at(source, mark.span, token) for mark in marks)
    return Fix(f"write `{token}` for `{raw}`: {why}", applicability, edits)


def _letters(text: str) -> str:
    return _words(unicodedata.normalize("NFKC", text)).replace(" ", "")


def _likeness(one: str, other: str) -> float:
    """How much two words are alike, from 0 to 1; long ones are no words."""
    first, second = _letters(one), _letters(other)
    if not first or max(len(first), len(second)) > _WORD_LIMIT:
        return 0.0
    from difflib import SequenceMatcher

    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _unlisted(document: Document, marks: Iterable[StatusMark], kind: str) -> Iterator[StatusMark]:
    """The marks that mean none of the legend's entries for a kind, each once."""
    entries = entries_for(document, kind)
    for mark in dict.fromkeys(marks):
        is_configured = mark.basis is StatusBasis.CONFIGURATION
        if not is_configured and not _NO_STATUS.match(mark.raw) and not _means_any(mark, entries):
            yield mark


def _kinds_of(document: Document) -> dict[int, str]:
    """Place of an item -> the kind of work whose own legend it falls under.

    The last or first word of its name tells; the rest belong to the one kind that no name tells.
    """
    entries = Counter(entry.kind for entry in document.legend.entries if entry.kind)
    kinds = {kind for kind, count in entries.items() if count > 1}
    if len(entries) < 2:
        return {}
    found = {at: kind for at, item in enumerate(document.items) if (kind := _named_kind(item, kinds))}
    rest = kinds - set(found.values())
    if len(rest) == 1 and len(kinds) > 1:
        other = rest.pop()
        found |= {at: other for at, item in enumerate(document.items) if at not in found and _is_of_map(document, item)}
    return found


def _named_kind(item: WorkItem, kinds: set[str]) -> str:
    words = [word.casefold() for word in _NAME.findall(item.title)]
    return next((word for word in (*words[-1:], *words[:1]) if word in kinds), "")


def _is_of_map(document: Document, item: WorkItem) -> bool:
    """Whether an item is one of a map of statuses, as the items are that a legend by kind is about."""
    return item.mark is not None and document.source.slice(item.span).lstrip("\"'").startswith(item.title)


def _legend_text(document: Document) -> str:
    """The lines of the legend's entries and the lines beside them, where entries may stand whose meaning was not understood."""
    source = document.source
    lines = {source.position(entry.span.start).line + step for entry in document.legend.entries for step in (-1, 0, 1)}
    return "\n".join(source.slice(source.line_span(line)) for line in lines if 0 < line <= source.line_count())


def _means_any(mark: StatusMark, entries: Sequence[LegendEntry]) -> bool:
    """Whether a mark holds an entry of the legend and means the same, case, emoji and markup forgiven, or is of another make than all of them."""
    if _make(mark.raw) not in {_make(entry.token) for entry in entries}:
        return True
    if not (words := _words(mark.raw)):
        return any(_bare(entry.token) == _bare(mark.raw) for entry in entries)
    held = [entry for entry in entries if (token := _words(entry.token)) and f" {token} " in f" {words} "]
    return any(entry.status is mark.status or _words(entry.token) == words for entry in held)


def _make(text: str) -> str:
    """Whether a token is a checkbox, words or a sign."""
    if text.startswith("[") and text.endswith("]"):
        return "box"
    return "words" if _words(text) else "sign"


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", text).strip().casefold()


def _bare(text: str) -> str:
    return text.translate(_SELECTORS).strip(" *`_")
