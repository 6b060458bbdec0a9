"""Items that the law wants done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatekeeper.link.assertion.selection import Matcher, Selection
from gatekeeper.link.gate.law.known import place_in_law, refuse
from gatekeeper.link.gate.members import Estate
from gatekeeper.link.gate.proof import evidence_requirement
from gatekeeper.link.gate.standing import Owned, finish, open_items, place_of, title_of
from gatekeeper.link.order.outline import Outline
from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.document import DocumentKind, WorkItem
from gatekeeper.model.errors import ConfigError, PolicyError
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.law import GateLaw, Named
from gatekeeper.model.gate.verdict import Action, Demand, GateState, Requirement
from gatekeeper.model.project import Project
from gatekeeper.model.status import Status


def items_of(law: GateLaw, outlines: Mapping[str, Outline], project: Project, matcher: Matcher) -> list[Owned]:
    """Every mention of an item that the law names or selects, by path and place, each once.

    Raises:
        PolicyError: it names something that no document has, or selects nothing.
    """
    found: dict[int, Owned] = {}
    for named in law.items:
        mentions = _mentions(named, outlines, project)
        if not mentions:
            ids = {item.id for outline in outlines.values() for item in outline.items if item.id}
            message = f'no document has an item or a unit "{named.word}"'
            raise refuse(named, message, ids, "name it by its id, as a document writes it")
        found.update((id(item), (outline, item)) for outline, item in mentions)
    for select, where in law.select:
        try:
            things = list(Selection(select, matcher).find(project))
        except (ConfigError, ValueError) as error:
            raise PolicyError(f"the selector selects nothing: {error}", "write paths as in .gitignore", where) from None
        if not any(thing.item for thing in things):
            raise PolicyError("the selector selects no item of any document", "see `gatekeeper parse`", where)
        found.update((id(one.item), (outlines[one.document.path], one.item)) for one in things if one.item)
    return sorted(found.values(), key=lambda one: (one[0].document.path, one[1].span))


def items_requirement(law: GateLaw, mentions: Sequence[Owned]) -> Requirement:
    """Whether all that the law names is done, wherever it is mentioned."""
    where = law.items[0].where if law.items else law.select[0][1]
    said = [one for one in mentions if one[1].mark is not None]
    todo = open_items(said)
    unread = [one for one in said if one[1].status is Status.UNKNOWN]
    silent = [] if said else list(mentions)
    held = todo or unread or silent
    places = tuple(place_of(*one, message=_raw(one[1])) for one in held or said)
    actions = tuple(finish(*one) for one in held)
    if todo:
        item, place = todo[0][1], places[0]
        reason = f"{len(todo)} of {len(said)} mentions are not done, first {title_of(item)!r} with {_raw(item)!r} at {_at(place)}"
        return Requirement("items", Demand.ITEMS, "items done", GateState.UNMET, reason, places, actions, where)
    if held:
        reason = f"{title_of(held[0][1])!r} at {_at(places[0])} has no status that is understood"
        return Requirement("items", Demand.ITEMS, "items done", GateState.UNKNOWN, reason, places, actions, where)
    reason = f"all {len(said)} mentions are done"
    return Requirement("items", Demand.ITEMS, "items done", GateState.MET, reason, places, (), where)


def proof_requirement(law: GateLaw, estate: Estate, mentions: Sequence[Owned], project: Project) -> Requirement:
    """Whether the items that the law names, else those of the gate, offer evidence, and all of it is there."""
    whose = Estate(estate.seed, items=list(mentions) or estate.items)
    found = evidence_requirement(whose, project.facts, is_skeleton=project.placeholder_tree)
    if found is not None:
        return Requirement(
            found.name, found.demand, found.title, found.state, found.reason, found.places, found.actions, law.evidence
        )
    places = tuple(place_of(*one) for one in whose.items) or _named(estate) or (place_in_law(law.evidence),)
    actions = tuple(Action("offer evidence for the gate", place) for place in places[:1])
    reason = "no item of the gate offers evidence"
    return Requirement(
        "evidence", Demand.EVIDENCE, "evidence found", GateState.UNMET, reason, places, actions, law.evidence
    )


def unit_key(named: Named) -> str:
    """The normal form of a unit that the law names."""
    return normal_key(named.word) or " ".join(named.word.split()).casefold()


def _mentions(named: Named, outlines: Mapping[str, Outline], project: Project) -> list[Owned]:
    """The items of that id, and those below the unit of that name."""
    key, word = unit_key(named), " ".join(named.word.split()).casefold()

    def is_meant(outline: Outline, item: WorkItem) -> bool:
        own = outline.key_of(item) or (item.id or "").casefold()
        above = (normal_key(item.parent) or item.parent.casefold()) if item.parent else ""
        return key in (own, above) or word == (item.id or "").casefold()

    return [
        (outline, item)
        for path, outline in outlines.items()
        if outline.document.kind is not DocumentKind.PROGRESS_LOG
        for item in outline.items
        if is_meant(outline, item)
    ]


def _raw(item: WorkItem) -> str:
    return " ".join(item.mark.raw.split())[:60] if item.mark is not None else "no status"


def _at(place: Location) -> str:
    return f"{place.path}:{place.start.line}"


def _named(estate: Estate) -> tuple[Location, ...]:
    return tuple(Location.at(place.source, place.span) for place in estate.seed.places)
