"""Edits of documents: what people get wrong in them, done on purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from gatekeeper.model.document import Document, EvidenceRef, LogEntry, WorkItem
from gatekeeper.model.project import Project
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.text import Span

Edit = tuple[Span, str]

_BOX = re.compile(r"\[.?\]")
_DIGITS = re.compile(r"\d{1,9}")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=-\d\d-\d\d\b)")
_DONE = frozenset({Status.DONE})
_FALLBACK = {True: "Done", False: "Not started"}
_NONSENSE = "Zzyzx"


class Edition(Struct, frozen=True):
    """A way to edit every document.

    Attributes:
        name: what it does, in words.
        families: codes of rules, or their beginnings, that may object.
        edits: of one document of a project.
    """

    name: str
    families: tuple[str, ...]
    edits: Callable[[Document, Project], Iterable[Edit]]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """A text with edits made; of those that overlap the first one."""
    parts, end = [], 0
    for span, word in sorted(edits):
        if span.start >= end:
            parts += [text[end : span.start], word]
            end = span.end
    return "".join([*parts, text[end:]])


def editions() -> tuple[Edition, ...]:
    """Every way, in a fixed order."""
    evidence, rest = ("EV", "ST", "CL"), ("ST", "GA", "LG", "CL", "EV")
    flips = [
        Edition(f"{words} {which}", rest, _flip(to_done, share))
        for to_done, words in ((False, "opens what is done"), (True, "closes what is open"))
        for which, share in (("everywhere", (1, 0)), ("in every other place", (2, 0)), ("in the other places", (2, 1)))
    ]
    return (
        *flips,
        Edition("writes statuses that nobody knows", ("ST",), _nonsense),
        Edition("miscounts what is claimed", ("CL",), _miscount),
        Edition("misspells paths", evidence, _respell(_misspell)),
        Edition("writes paths in another letter case", evidence, _respell(lambda ref: ref.target.swapcase())),
        Edition("names files of another machine", evidence, _respell(lambda ref: f"/tmp/{ref.path or ref.target}")),
        Edition("names headings that are not there", evidence, _respell(lambda ref: f"{ref.path or ''}#zzyzx")),
        Edition(
            "names lines that are not there", evidence, _respell(lambda ref: f"{ref.path or ref.target}:99998-99999")
        ),
        Edition("leaves out folders", evidence, _respell(lambda ref: (ref.path or ref.target).split("/", 1)[-1])),
        Edition("repeats items", rest, lambda document, project: _lines(document, lambda line, number: line * 2)),
        Edition("leaves out every other item", rest, lambda document, project: _lines(document, _every_other)),
        Edition("swaps items", ("GA", "LG"), _swap),
        Edition("changes years", ("LG",), _redate),
        Edition("leaves documents empty", rest, lambda document, project: [(_whole(document), "")]),
    )


def _flip(to_done: bool, share: tuple[int, int]) -> Callable[[Document, Project], Iterable[Edit]]:
    """Makes open items done, or done items open, in the words of the document."""
    every, first = share

    def edits(document: Document, project: Project) -> Iterator[Edit]:
        words = _words(document)
        for number, item in enumerate(_written(document)):
            if number % every == first and (item.status in _DONE) is not to_done:
                assert item.mark is not None
                is_box = _BOX.fullmatch(item.mark.raw) is not None
                word = ("[x]" if to_done else "[ ]") if is_box else words[to_done]
                yield item.mark.span, word

    return edits


def _written(document: Document) -> list[WorkItem]:
    """The items whose status stands in words of their own."""
    return [
        item
        for item in document.items
        if item.mark is not None
        and item.mark.basis not in (StatusBasis.HEADING, StatusBasis.NONE)
        and document.source.slice(item.mark.span) == item.mark.raw
    ]


def _words(document: Document) -> dict[bool, str]:
    """A word for done and one for open, as the document or its legend writes them."""
    found: dict[bool, str] = {}
    for item in _written(document):
        if item.mark is not None and not _BOX.fullmatch(item.mark.raw):
            found.setdefault(item.status in _DONE, item.mark.raw)
    for entry in document.legend.entries:
        found.setdefault(entry.status in _DONE, entry.token)
    return {**_FALLBACK, **found}


def _nonsense(document: Document, project: Project) -> Iterator[Edit]:
    for item in _written(document):
        if item.mark is not None and not _BOX.fullmatch(item.mark.raw):
            yield item.mark.span, _NONSENSE


def _miscount(document: Document, project: Project) -> Iterator[Edit]:
    for claim in document.claims:
        text = document.source.slice(claim.span)
        yield claim.span, _DIGITS.sub(lambda match: str(int(match[0]) + 1), text)


def _respell(spell: Callable[[EvidenceRef], str]) -> Callable[[Document, Project], Iterable[Edit]]:
    def edits(document: Document, project: Project) -> Iterator[Edit]:
        refs = [fact.ref for fact in project.facts.get(document.path, ())]
        for ref in dict.fromkeys([*refs, *document.links]):
            if ref.kind.is_path_like:
                yield ref.span, spell(ref)

    return edits


def _misspell(ref: EvidenceRef) -> str:
    stem, dot, suffix = ref.target.rpartition(".")
    return f"{stem}zzyzx{dot}{suffix}" if dot else f"{ref.target}zzyzx"


def _swap(document: Document, project: Project) -> Iterator[Edit]:
    """Two neighbors change places, then the next two."""
    source = document.source
    edits = list(_lines(document, lambda line, number: line))
    for (first, one), (second, other) in zip(edits[::2], edits[1::2], strict=False):
        if source.text[first.end : second.start].strip() == "":
            yield first, other
            yield second, one


def _lines(document: Document, edit: Callable[[str, int], str]) -> Iterator[Edit]:
    """Edits the whole lines on which items and log entries stand."""
    source = document.source
    numbers = {source.position(one.span.start).line for one in _standing(document)}
    starts = [*source.line_starts(), len(source.text)]
    for count, line in enumerate(sorted(numbers)):
        span = Span(starts[line - 1], max(starts[line - 1], starts[line] if line < len(starts) else len(source.text)))
        yield span, edit(source.slice(span), count)


def _standing(document: Document) -> Iterable[WorkItem | LogEntry]:
    yield from document.items
    yield from document.entries


def _every_other(line: str, number: int) -> str:
    return "" if number % 2 else line


def _redate(document: Document, project: Project) -> Iterator[Edit]:
    for number, match in enumerate(_YEAR.finditer(document.source.text)):
        yield Span(match.start(), match.end()), str(int(match[0]) + (40 if number % 2 else -1))


def _whole(document: Document) -> Span:
    return Span(0, len(document.source.text))
