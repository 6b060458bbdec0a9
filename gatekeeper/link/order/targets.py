"""What a document names as next, and where the same document says that it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.link.order.outline import Outline
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import LogEntry, Section, WorkItem
from gatekeeper.model.order import NextTarget
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_NEXT = re.compile(
    r"[\W\d]*(?:(?:immediate|suggested|recommended|proposed|my|our|the)\s+)*next\b(?!\.js)"
    r"|[\W\d]*(?:queue|up next|what'?s next|下一步|nächste schritte|prochaines étapes|próximos pasos)",
    re.IGNORECASE,
)
_LINE = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?P<box>\[.?\]\s+)?(?P<text>\S.*)$")
_FINISH = re.compile(
    r"\W*(?P<verb>complete|finish|implement|build|deliver|execute|start|begin|kick off|close out|close|ship)\s+(?:the\s+)?"
    r"(?P<unit>(?:sprint|epic|story|phase|chunk|gate|milestone|feature|stage|task)\s+#?(?:\d+(?:\.\d+)*|[A-Z])"
    r"|[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d+)\W*(?:[:\u2013\u2014(]|-\s|$)",
    re.IGNORECASE,
)
_AGAIN = frozenset(
    "continue extend improve refine verify review retest test monitor maintain keep expand enhance polish update revisit repeat rerun "
    "remaining more additional second another further follow watch harden".split()
)
_VERBS = frozenset(
    "add added adding draft drafted create created creating publish published publishing implement implemented implementing build built "
    "write wrote written integrate integrated define defined setup set prepare prepared finish finished complete completed completing "
    "convert converted capture captured document documented wire wired introduce introduced make made "
    "with into from that this then over their for and the all new full across".split()
)
_WORD = re.compile(r"[^\W_]+")
_SHARE, _LEAST = 0.6, 4
_COMPARED = 2000


def find_targets(outline: Outline) -> Iterator[NextTarget]:
    """The targets that are done already, in document order; of a log only its newest entry's."""
    done = [item for item in outline.items if item.status is Status.DONE and item.mark is not None]
    if not done or outline.document.is_template:
        return
    lines = list(_next_lines(outline))
    if not lines:
        return
    by_key = _finished(outline)
    said = [(frozenset(_tokens(item.title)), item) for item in done[:_COMPARED]]
    for line, text in lines:
        place = outline.place(line, text)
        match = _FINISH.match(text)
        key = normal_key(match["unit"]) if match is not None else None
        if key in by_key:
            yield NextTarget(place, outline.place(by_key[key].span), by_id=True)
        elif (twin := _twin(text, outline.line_at(line.start), said)) is not None:
            yield NextTarget(place, outline.place(twin.span), by_id=False)


def _finished(outline: Outline) -> dict[str | None, WorkItem]:
    """Units of work by key, where all that the document says of them is that they are done."""
    found: dict[str | None, WorkItem] = {}
    open_: set[str | None] = set()
    for item in outline.items:
        key = outline.key_of(item)
        if key is not None and item.mark is not None:
            if item.status is Status.DONE and not _has_open_box(outline, item):
                found.setdefault(key, item)
            else:
                open_.add(key)
    return {key: item for key, item in found.items() if key not in open_}


def _has_open_box(outline: Outline, item: WorkItem) -> bool:
    """Whether a box stands open in the section that a unit's item gives its status to."""
    around = outline.sections_at(item.span.start)
    if not around or around[0].unit != item.id:
        return False
    inside = outline.items_in(around[0].span)
    return any(one.status is Status.QUEUED and one.mark is not None and one.mark.raw.startswith("[") for one in inside)


def _next_lines(outline: Outline) -> Iterator[tuple[Span, str]]:
    """The list lines at the top level of sections called next, with their text."""
    newest = _newest(outline.document.entries)
    for section in outline.document.sections:
        if not section.level or not _NEXT.match(section.title) or _is_past(outline, section, newest):
            continue
        yield from _lines(outline, section)


def _newest(entries: Sequence[LogEntry]) -> LogEntry | None:
    """The newest of several entries; of equal dates the last one."""
    if len(entries) < 2:
        return None
    return max(enumerate(entries), key=lambda one: (one[1].date or "", one[1].number or 0, one[0]))[1]


def _is_past(outline: Outline, section: Section, newest: LogEntry | None) -> bool:
    """Whether a section stands below an entry of a log that is not its newest."""
    if newest is None:
        return False
    headings = {part.span.start for part in outline.sections_at(section.span.start)}
    inside = [entry for entry in outline.document.entries if entry.span.start in headings]
    return bool(inside) and newest not in inside


def _lines(outline: Outline, section: Section) -> Iterator[tuple[Span, str]]:
    source = outline.source
    indent: int | None = None
    first, last = source.line_of(section.heading.end) + 1, source.line_of(section.span.end)
    for number in range(first, last + 1):
        line = source.line_span(number)
        if line.start >= section.span.end:
            return
        text = source.slice(line)
        match = _LINE.match(text)
        if text.startswith("#"):
            return
        if match is not None:
            column = len(text) - len(text.lstrip())
            indent = column if indent is None else indent
            if column <= indent and (match["box"] or "").strip().casefold() not in ("[x]", "[✓]", "[✅]"):
                yield Span(line.start + match.start("text"), line.end), match["text"].strip()


def _twin(text: str, span: Span, said: Sequence[tuple[frozenset[str], WorkItem]]) -> WorkItem | None:
    """The done item whose title says what a target says: most of its words and every number in it."""
    first = _WORD.search(text)
    words = set(_tokens(text))
    if len(words) < _LEAST - 1 or (first is not None and first.group().casefold() in _AGAIN) or words & {"remaining"}:
        return None
    numbers = {word for word in words if word[0].isdigit()}
    best: tuple[int, WorkItem] | None = None
    for others, item in said:
        shared = words & others
        is_enough = len(shared) == len(words) or len(shared) >= max(_LEAST, len(words) * _SHARE)
        is_itself = span.start <= item.span.start < span.end
        if is_enough and not is_itself and numbers <= others and (best is None or len(shared) > best[0]):
            best = (len(shared), item)
    return best[1] if best is not None else None


def _tokens(text: str) -> Iterator[str]:
    """The words that carry meaning, without endings, and all numbers."""
    for match in _WORD.finditer(text.casefold()):
        word = match.group()
        if word[0].isdigit():
            yield word.lstrip("0") or "0"
        elif len(word) > 2 and word not in _VERBS and word not in _AGAIN:
            yield re.sub(r"(?:ies|es|s)$", "", word) if len(word) > 4 else word
