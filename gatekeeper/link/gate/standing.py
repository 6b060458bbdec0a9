"""What documents bring for a gate: its items, their evidence, its packs, its exit criteria and sign-offs, and how each stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from gatekeeper.link.gate.members import Estate
from gatekeeper.link.gate.proof import evidence_requirement
from gatekeeper.link.gate.seeds import gate_id
from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import DocumentKind, SectionRole, WorkItem
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Action, Demand, GateState, Requirement
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.report import Saying
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.text import Span

Owned = tuple[Outline, WorkItem]
_SETTLED = (Status.DONE, Status.CANCELLED)
_TITLE_LIMIT = 60
_DONE = "items done"
_TICKED = "exit criteria ticked"


def requirements_of(
    estate: Estate, facts: Mapping[str, Sequence[EvidenceFact]], *, is_skeleton: bool
) -> tuple[Requirement, ...]:
    """What documents bring for a gate, in a fixed order; never nothing, as what nobody says is UNKNOWN.

    Args:
        facts: document -> what the repository says of its references.
        is_skeleton: whether nearly every file of the tree is empty, so that emptiness says nothing.
    """
    criteria_at = _criteria_spans(estate)
    criteria, items = _parted(estate, criteria_at)
    evidence = evidence_requirement(estate, facts, is_skeleton=is_skeleton)
    others = [evidence, _pack(estate), _criteria(estate, criteria, criteria_at), _approvals(estate)]
    shown = [one for one in others if one is not None]
    # What is offered and does not hold yet has a verdict of its own.
    is_shown = any(one.demand is not Demand.PACK for one in shown)
    first = _items(estate, items, is_shown=is_shown, is_needed=not shown)
    return tuple(one for one in (first, *shown) if one is not None)


def decisions_of(estate: Estate) -> tuple[Saying, ...]:
    """What documents say of the gate itself, by path and line."""
    spans = [(outline, section.span) for outline, section in estate.sections() if section.role is SectionRole.DECISION]
    found = [
        Saying(Location.at(outline.source, item.mark.span), outline.document.owner or "", item.mark.raw, item.status)
        for outline, item in estate.items
        if item.mark is not None
        and (_is_own(estate, item) or _lies_in(outline, item, spans) or item.mark.span in outline.document.decisions)
    ]
    return tuple(sorted(found, key=lambda one: (one.location.path, one.location.start)))


def title_of(item: WorkItem) -> str:
    """An item's id and title, shortened."""
    words = f"{item.id}: {item.title}" if item.id and item.id.casefold() not in item.title.casefold() else item.title
    words = " ".join((words or item.id or item.kind).split())
    words = f"{item.kind} {words}" if words.isdigit() else words
    return words if len(words) <= _TITLE_LIMIT else f"{words[: _TITLE_LIMIT - 3].rstrip()}..."


def owner_of(outline: Outline, item: WorkItem) -> str:
    """Who sees to an item; "" when nobody is named."""
    return item.owner or outline.document.owner or ""


def place_of(outline: Outline, item: WorkItem, message: str = "") -> Location:
    """Where an item's status stands, else the item; a heading that gives all below it a status is no place of theirs."""
    mark = item.mark.span if item.mark is not None and item.mark.basis is not StatusBasis.HEADING else item.span
    return Location.at(outline.source, mark, message)


def open_items(items: Iterable[Owned]) -> list[Owned]:
    """Those with words of their own that say that they are not done."""
    return [one for one in items if one[1].status not in (*_SETTLED, Status.UNKNOWN)]


def finish(outline: Outline, item: WorkItem) -> Action:
    """What makes an item done in the eyes of its document."""
    raw = item.mark.raw if item.mark is not None else ""
    place = place_of(outline, item)
    if raw.startswith("["):
        return Action(f"tick {title_of(item)!r} once it holds", place, owner_of(outline, item))
    verb = f"turn its status from {raw!r} to done" if raw else "give it a status that says it is done"
    return Action(f"finish {title_of(item)!r} and {verb}", place, owner_of(outline, item))


def _is_own(estate: Estate, item: WorkItem) -> bool:
    """Whether an item is the gate itself."""
    return bool(estate.seed.unit) and gate_id(item) == estate.seed.unit


def _lies_in(outline: Outline, item: WorkItem, spans: Iterable[tuple[Outline, Span]]) -> bool:
    return any(one is outline and span.start <= item.span.start < span.end for one, span in spans)


def _criteria_spans(estate: Estate) -> list[tuple[Outline, Span]]:
    return [(outline, section.span) for outline, section in estate.sections() if section.role is SectionRole.CRITERIA]


def _parted(estate: Estate, spans: Sequence[tuple[Outline, Span]]) -> tuple[list[Owned], list[Owned]]:
    """Boxes and other criteria, and the items of work; what a log or a form tells is neither."""
    criteria: list[Owned] = []
    items: list[Owned] = []
    for outline, item in estate.items:
        if outline.document.kind is DocumentKind.PROGRESS_LOG or item.kind == "entry":
            continue
        is_criterion = item.kind == "criterion" or _lies_in(outline, item, spans)
        (criteria if is_criterion else items).append((outline, item))
    settled = [one for one in criteria if one[0].document.kind is not DocumentKind.BACKLOG]
    # A plan keeps its boxes as it was written; where the gate has others, those are ticked.
    return settled or criteria, items


def _items(estate: Estate, items: Sequence[Owned], *, is_shown: bool, is_needed: bool) -> Requirement | None:
    said = [one for one in items if one[1].mark is not None]
    if not said:
        return _silent(estate) if is_needed else None
    todo, unread = open_items(said), [one for one in said if one[1].status is Status.UNKNOWN]
    offer = () if is_shown else (_offer(said[0]),)
    if todo:
        found = _requirement("items", Demand.ITEMS, _DONE, GateState.UNMET, _told(todo, len(said)), todo)
        return replace(found, actions=(*found.actions, *(finish(*one) for one in unread), *offer))
    if unread:
        raw = unread[0][1].mark.raw if unread[0][1].mark else ""
        reason = f"{_where(unread[0])} says {_short(raw)!r}, which is no known status"
        found = _requirement("items", Demand.ITEMS, _DONE, GateState.UNKNOWN, reason, unread)
        return replace(found, actions=(*found.actions, *offer))
    places = tuple(place_of(*one) for one in said)
    noun = "the only item with a status says" if len(said) == 1 else f"all {len(said)} items with a status say"
    if is_shown:
        return Requirement("items", Demand.ITEMS, _DONE, GateState.MET, f"{noun} done", places)
    reason = f"{noun} done, but no evidence, criterion or sign-off shows it"
    return Requirement("items", Demand.ITEMS, _DONE, GateState.UNKNOWN, reason, places, offer)


def _silent(estate: Estate) -> Requirement:
    """Nobody gives the gate or anything of it a status."""
    places = _named_at(estate)
    actions = tuple(Action("give the gate or its items a status, and offer evidence", place) for place in places[:1])
    reason = "no document gives anything of this gate a status"
    return Requirement("items", Demand.ITEMS, _DONE, GateState.UNKNOWN, reason, places, actions)


def _offer(one: Owned) -> Action:
    return Action(f"offer evidence for {title_of(one[1])!r}", place_of(*one), owner_of(*one))


def _named_at(estate: Estate) -> tuple[Location, ...]:
    return tuple(Location.at(place.source, place.span) for place in estate.seed.places)


def _where(one: Owned) -> str:
    place = place_of(*one)
    return f"{place.path}:{place.start.line}"


def _told(todo: Sequence[Owned], count: int) -> str:
    item = todo[0][1]
    raw = item.mark.raw if item.mark is not None else ""
    of = "the only item with a status is" if count == 1 else f"{len(todo)} of {count} items with a status are"
    return f"{of} not done, first {title_of(item)!r} with {_short(raw)!r} at {_where(todo[0])}"


def _short(raw: str) -> str:
    words = " ".join(raw.split())
    return words if len(words) <= _TITLE_LIMIT else f"{words[: _TITLE_LIMIT - 3].rstrip()}..."


def _requirement(
    name: str, demand: Demand, title: str, state: GateState, reason: str, todo: Sequence[Owned]
) -> Requirement:
    places = tuple(place_of(*one, message=_short(one[1].mark.raw) if one[1].mark else "") for one in todo)
    return Requirement(name, demand, title, state, reason, places, tuple(finish(*one) for one in todo))


def _criteria(estate: Estate, criteria: Sequence[Owned], spans: Sequence[tuple[Outline, Span]]) -> Requirement | None:
    said = [one for one in criteria if one[1].mark is not None]
    unread = [one for one in said if one[1].status is Status.UNKNOWN]
    bare = tuple(Location.at(outline.source, line) for outline, line in _unmarked(estate, spans))
    boxes = tuple(Action("make it a checkbox and tick it once it holds", at, _keeper(estate)) for at in bare)
    todo = open_items(said)
    if not said and not bare:
        return None
    if todo:
        reason = f"{len(todo)} of {len(said)} are open, first {title_of(todo[0][1])!r} at {_where(todo[0])}"
        found = _requirement("criteria", Demand.CRITERIA, _TICKED, GateState.UNMET, reason, todo)
        return replace(found, actions=(*found.actions, *(finish(*one) for one in unread), *boxes))
    if unread:
        reason = f"{_where(unread[0])} has a mark that is not understood"
        found = _requirement("criteria", Demand.CRITERIA, _TICKED, GateState.UNKNOWN, reason, unread)
        return replace(found, actions=(*found.actions, *boxes))
    if bare:
        noun = "1 criterion without a mark holds" if len(bare) == 1 else f"{len(bare)} criteria without a mark hold"
        reason = f"nothing says whether {noun}, first at {bare[0].path}:{bare[0].start.line}"
        return Requirement("criteria", Demand.CRITERIA, _TICKED, GateState.UNKNOWN, reason, bare, boxes)
    places = tuple(place_of(*one) for one in said)
    return Requirement("criteria", Demand.CRITERIA, _TICKED, GateState.MET, f"all {len(said)} are ticked", places)


def _unmarked(estate: Estate, spans: Sequence[tuple[Outline, Span]]) -> Iterator[tuple[Outline, Span]]:
    """The first lines of lists of criteria in which nothing has a mark, once for each entry."""
    for outline, span in spans:
        for group in outline.document.groups:
            inside = span.start <= group.span.start < span.end and group.kind == "list"
            if inside and not any(one.mark is not None for one in outline.items_in(group.span)):
                for line in _entries(outline, group.span):
                    yield outline, line


def _entries(outline: Outline, span: Span) -> Iterator[Span]:
    """The lines of a list that begin an entry at its outermost level."""
    text, start, indent = outline.source.text, span.start, -1
    while start < span.end:
        line = outline.line_at(start)
        words = text[line.start : line.end]
        depth = len(words) - len(words.lstrip())
        if words.strip() and (words.lstrip()[0] in "-*+•" or words.lstrip()[0].isdigit()):
            indent = depth if indent < 0 else indent
            if depth <= indent:
                yield Span(line.start + depth, line.end)
        start = text.find("\n", line.end, span.end) + 1 or span.end


def _keeper(estate: Estate) -> str:
    return next((outline.document.owner for outline, _ in estate.regions if outline.document.owner), "")


def _pack(estate: Estate) -> Requirement | None:
    packs = [outline for outline, _ in estate.regions if outline.document.kind is DocumentKind.EVIDENCE_PACK]
    packs = [outline for outline in packs if outline.document.path in estate.papers]
    if not packs:
        return None
    blank = [outline for outline in packs if outline.document.is_template]
    places = tuple(Location.at(outline.source, outline.line_at(0)) for outline in blank or packs)
    if not blank:
        noun = "the pack is" if len(packs) == 1 else f"all {len(packs)} packs are"
        return Requirement("pack", Demand.PACK, "evidence pack filled in", GateState.MET, f"{noun} filled in", places)
    reason = f"{blank[0].document.path} is a form that nobody has filled in"
    actions = tuple(
        Action(f"fill in {outline.document.path}", place, outline.document.owner or "")
        for outline, place in zip(blank, places, strict=True)
    )
    return Requirement("pack", Demand.PACK, "evidence pack filled in", GateState.UNMET, reason, places, actions)


def _approvals(estate: Estate) -> Requirement | None:
    found = [
        (outline, one)
        for outline, span in estate.regions
        for one in outline.document.approvals
        if span.start <= one.span.start < span.end
    ]
    if not found:
        return None
    open_ = [(outline, one) for outline, one in found if not one.is_signed]
    places = tuple(Location.at(outline.source, one.span) for outline, one in open_ or found)
    if not open_:
        noun = "the sign-off is" if len(found) == 1 else f"all {len(found)} sign-offs are"
        return Requirement("approvals", Demand.APPROVAL, "signed off", GateState.MET, f"{noun} there", places)
    first = open_[0][1]
    reason = f"{len(open_)} of {len(found)} sign-offs are missing, first {first.role!r} at {places[0].path}:{places[0].start.line}"
    actions = tuple(
        Action(f"have {one.role!r} sign", place, one.role) for (_, one), place in zip(open_, places, strict=True)
    )
    return Requirement("approvals", Demand.APPROVAL, "signed off", GateState.UNMET, reason, places, actions)
