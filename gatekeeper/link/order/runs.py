"""Numbered units that a document lists together: rows of a table, lines of a list, headings side by side, keys of a map."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gatekeeper.link.order.outline import Outline, numbers_of, series_of
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import Group, Section, WorkItem
from gatekeeper.model.order import Member, Place, Run
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_WORD = (
    "sprint|epic|story|phase|chunk|gate|milestone|feature|stage|wave|iteration|step|module|part|"
    "этап|спринт|étape|fase|phase|meilenstein|hito|épica"
)
_HEADING = re.compile(
    rf"[#\s*\W]*(?P<label>(?P<word>{_WORD})\s+#?(?P<number>\d+(?:\.\d+)*))(?![\w%]|\s*[-\u2013\u2014]\s*\d)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?\**(?P<label>(?P<word>{_WORD})\s+#?(?P<number>\d+(?:\.\d+)*))(?=[\s:.*)\u2014\u2013]|$)(?!\s*[-\u2013\u2014]\s*\d)",
    re.IGNORECASE,
)
_MENTION = re.compile(rf"(?P<word>{_WORD})s?[\s-]+#?(?P<number>\d+)", re.IGNORECASE)
_KINDS = {
    "этап": "phase",
    "étape": "phase",
    "fase": "phase",
    "спринт": "sprint",
    "meilenstein": "milestone",
    "hito": "milestone",
    "épica": "epic",
}
_DECLARED = re.compile(
    rf"\b(?P<word>{_WORD})s?\b[^.\n|]{{0,60}}?\b(?:in (?:strict |numeric(?:al)? |this |sequential |the following )?(?:order|sequence)"
    rf"|sequentially|one after (?:the other|another)|before (?:the )?next|is sequential|are sequential)\b"
    rf"|\b(?:all|every) (?:previous|prior|preceding|earlier) (?P<other>{_WORD})s?\b",
    re.IGNORECASE,
)
_ORDER_WORDS = ("order", "sequen", "one after", "before", "previous", "prior", "preceding", "earlier")
"""One of these stands in whatever `_DECLARED` finds."""
_UNITS = frozenset({"sprint", "epic", "story", "phase", "milestone", "chunk", "task"})
_CODE = re.compile(r"[A-Za-z§][\w§-]*?[-_.]?\d+(?:[.\-][A-Za-z]?\d+)*$")


def find_runs(outline: Outline) -> tuple[Run, ...]:
    """The runs of a document in document order; forms have none."""
    if outline.document.is_template:
        return ()
    found = [*_grouped_runs(outline), *_heading_runs(outline), *_map_runs(outline)]
    if not found:
        return ()
    declared = _declarations(outline) if any(_is_mixed(members) for _, _, members in found) else {}
    mentioned = _mentions(outline) if any(kind and _has_gap(members) for kind, _, members in found) else {}
    return tuple(
        Run(kind, shape, outline.source, tuple(members), declared.get(kind), frozenset(mentioned.get(kind, ())))
        for kind, shape, members in sorted(found, key=lambda run: run[2][0].place.span)
    )


def _is_mixed(members: Sequence[Member]) -> bool:
    """Whether some are done and others are not, so that their order matters."""
    return len({member.status is Status.DONE for member in members}) > 1


def _has_gap(members: Sequence[Member]) -> bool:
    """Whether the last numbers leave one out."""
    last = {member.number[-1] for member in members}
    return max(last) - min(last) >= len(last)


def kind_of(word: str) -> str:
    """The canonical kind of a unit's word, whatever its language and letter case."""
    return _KINDS.get(word.casefold(), word.casefold())


def _grouped_runs(outline: Outline) -> Iterator[tuple[str, str, list[Member]]]:
    for group in outline.document.groups:
        by_series: dict[tuple[str, str], list[Member]] = defaultdict(list)
        items = outline.items_in(group.span)
        for item in items:
            if (named := _name(outline, item)) is not None:
                kind, label, number = named
                by_series[(kind, series_of(item.id or ""))].append(outline.member(item, label, number))
        if not items and group.kind == "list":
            for kind, member in _plain_members(outline, group):
                by_series[(kind, "")].append(member)
        for (kind, _), members in by_series.items():
            if len(members) > 1:
                yield kind, group.kind, members


def _plain_members(outline: Outline, group: Group) -> Iterator[tuple[str, Member]]:
    """Lines of a list without statuses that begin with a unit's name."""
    offset = group.span.start
    for line in outline.source.slice(group.span).splitlines(keepends=True):
        if match := _LISTED.match(line):
            span = Span(offset + match.start("label"), offset + match.end("label"))
            place, title = outline.place(span), line[match.end() :].strip()
            yield (
                kind_of(match["word"]),
                Member(numbers_of(match["number"]), match["label"], place, place, title),
            )
        offset += len(line)


def _name(outline: Outline, item: WorkItem) -> tuple[str, str, tuple[int, ...]] | None:
    """Kind, label and numbers of an item with an id of a series; None for running numbers, words and dates."""
    if item.id is None or item.kind == "entry":
        return None
    is_unit = item.kind in _UNITS and _CODE.match(item.id)
    key = outline.key_of(item) or (item.id.casefold() if is_unit else None)
    if key is None:
        return None
    kind, _, number = key.partition(" ")
    if number:
        return (kind, f"{kind.capitalize()} {number}", numbers_of(number)) if number[0].isdigit() else None
    numbers = numbers_of(item.id)
    kind = item.kind if item.kind not in ("item", "criterion") else ""
    return (kind, item.id, numbers) if numbers and _CODE.match(item.id) else None


def _heading_runs(outline: Outline) -> Iterator[tuple[str, str, list[Member]]]:
    by_place: dict[tuple[str, int, int], list[Member]] = defaultdict(list)
    for section in outline.document.sections:
        if section.level < 2:
            continue
        if match := _HEADING.match(section.title):
            around = outline.sections_at(section.span.start)
            parent = around[1].span.start if len(around) > 1 else -1
            kind = kind_of(match["word"])
            by_place[(kind, section.level, parent)].append(_heading_member(outline, section, kind, match))
    for (kind, _, _), members in by_place.items():
        if len(members) > 1:
            yield kind, "headings", members


def _heading_member(outline: Outline, section: Section, kind: str, match: re.Match[str]) -> Member:
    number, label = numbers_of(match["number"]), f"{kind.capitalize()} {match['number']}"
    title = section.title[match.end() :].strip(" :.\u2013\u2014-")
    heading, wanted = outline.place(section.heading), normal_key(label)
    for item in outline.items_in(section.span)[:40]:
        if outline.key_of(item) == wanted:
            member = outline.member(item, label, number)
            place = member.place if member.raw else heading
            return Member(number, label, place, heading, title, member.status, member.raw, member.boxes)
    return Member(number, label, heading, heading, title)


def _map_runs(outline: Outline) -> Iterator[tuple[str, str, list[Member]]]:
    """Units of a data file that stand below one parent."""
    if outline.document.sections or not outline.document.path.endswith((".yaml", ".yml", ".json")):
        return
    by_parent: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    for item in outline.items:
        if (named := _name(outline, item)) is not None:
            kind, label, number = named
            by_parent[(kind, series_of(item.id or ""), item.parent or "")].append(outline.member(item, label, number))
    for (kind, _, _), members in by_parent.items():
        if len(members) > 1:
            yield kind, "map", members


def _declarations(outline: Outline) -> dict[str, Place]:
    """Kind -> the words that declare an order among its units."""
    found: dict[str, Place] = {}
    if not outline.says(*_ORDER_WORDS):
        return found
    for match in _DECLARED.finditer(outline.source.text):
        kind = kind_of(match["word"] or match["other"])
        found.setdefault(kind, outline.place(Span(*match.span())))
    return found


def _mentions(outline: Outline) -> dict[str, set[int]]:
    """Kind -> the numbers that the document gives to units of this kind, headings and id columns apart or not."""
    found: dict[str, set[int]] = defaultdict(set)
    for match in _MENTION.finditer(outline.source.text):
        if len(match["number"]) <= 9:
            found[kind_of(match["word"])].add(int(match["number"]))
    return found
