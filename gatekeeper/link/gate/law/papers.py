"""Documents that the law wants filled in, ticked and signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.link.blank_form import blank_lines
from gatekeeper.link.gate.law.known import Pages, find_section, place_in_law
from gatekeeper.link.gate.members import Estate
from gatekeeper.model.document import Approval, Document, Section, WorkItem
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.law import ApprovalLaw, GateLaw, Named, PackLaw
from gatekeeper.model.gate.verdict import Action, Demand, GateState, Requirement
from gatekeeper.model.status import Status
from gatekeeper.model.text import Span

_SETTLED = (Status.DONE, Status.CANCELLED)
_TITLE_LIMIT = 60


def pack_requirements(law: PackLaw, gate: GateLaw, pages: Pages) -> Iterator[Requirement]:
    """Whether a pack has its sections and no blank place, and whether everybody signed who is to sign in it."""
    packs = pages.find(law.path)
    yield _filled(law, gate, packs)
    if law.sign_offs or any(pack.approvals for pack in packs):
        yield _signed(law, packs)


def _signed(law: PackLaw, packs: Sequence[Document]) -> Requirement:
    lacks = [_sign(pack, one) for pack in packs for one in pack.approvals if not one.is_signed]
    if law.sign_offs:
        bare = [pack for pack in packs if not pack.approvals]
        lacks += [Action(f"add a sign-off to {pack.path}", _top(pack), pack.owner or "") for pack in bare]
    name, title, where = f"sign-offs:{law.path.word}", f"{law.path.word} signed", law.path.where
    given = tuple(Location.at(pack.source, one.span) for pack in packs for one in pack.approvals)
    if not lacks:
        noun = "the sign-off is" if len(given) == 1 else f"all {len(given)} sign-offs are"
        return Requirement(name, Demand.APPROVAL, title, GateState.MET, f"{noun} there", given, (), where)
    places = tuple(action.location for action in lacks)
    noun = "1 is missing" if len(lacks) == 1 else f"{len(lacks)} are missing"
    reason = f"{noun}, first to {lacks[0].text} ({_at(places[0])})"
    return Requirement(name, Demand.APPROVAL, title, GateState.UNMET, reason, places, tuple(lacks), where)


def _filled(law: PackLaw, gate: GateLaw, packs: Sequence[Document]) -> Requirement:
    lacks = [one for pack in packs for one in _lacks(law, gate, pack)]
    name = f"pack:{law.path.word}"
    title = f"{law.path.word} filled in"
    places = tuple(action.location for action in lacks) or tuple(_top(pack) for pack in packs)
    if not lacks:
        noun = "it is" if len(packs) == 1 else f"all {len(packs)} are"
        return Requirement(name, Demand.PACK, title, GateState.MET, f"{noun} filled in", places, (), law.path.where)
    noun = "1 thing is" if len(lacks) == 1 else f"{len(lacks)} things are"
    reason = f"{noun} missing, first to {lacks[0].text} ({_at(places[0])})"
    return Requirement(name, Demand.PACK, title, GateState.UNMET, reason, places, tuple(lacks), law.path.where)


def _lacks(law: PackLaw, gate: GateLaw, pack: Document) -> Iterator[Action]:
    """What is missing in one pack: whole sections and blank places; sign-offs are told apart."""
    owner = pack.owner or gate.owner
    for title in law.sections:
        section = find_section(pack.sections, title.word)
        if section is None:
            yield Action(f"add the section {title.word!r} to {pack.path}", _top(pack), owner)
        elif not _has_body(pack, section):
            yield Action(f"write the section {title.word!r}", Location.at(pack.source, section.heading), owner)
    signed = [pack.source.position(one.span.start).line for one in pack.approvals]
    for line in blank_lines(pack.source.text):
        if line not in signed:
            span = pack.source.line_span(line)
            words = " ".join(pack.source.slice(span).split()).strip("|*_:- ")[:_TITLE_LIMIT].strip()
            yield Action(
                f"fill in {words!r}" if words else "fill in the blank line", Location.at(pack.source, span), owner
            )


def _has_body(pack: Document, section: Section) -> bool:
    return bool(pack.source.slice(Span(section.heading.end, max(section.heading.end, section.span.end))).strip())


def criteria_requirement(named: Named, pages: Pages) -> Requirement:
    """Whether every box of a document or section is ticked."""
    document, section = pages.section(named)
    span = section.span if section is not None else Span(0, len(document.source.text))
    boxes = [one for one in document.items if span.start <= one.span.start < span.end and _is_box(one)]
    todo = [one for one in boxes if one.status not in _SETTLED]
    name, title = f"criteria:{named.word}", f"{named.word} ticked"
    places = tuple(Location.at(document.source, one.span) for one in todo or boxes)
    if todo:
        actions = tuple(
            Action(f"tick {_short(one.title)!r} once it holds", place, one.owner or document.owner or "")
            for one, place in zip(todo, places, strict=True)
        )
        reason = f"{len(todo)} of {len(boxes)} are open, first {_short(todo[0].title)!r} at {_at(places[0])}"
        return Requirement(name, Demand.CRITERIA, title, GateState.UNMET, reason, places, actions, named.where)
    if not boxes:
        place = Location.at(document.source, section.heading) if section is not None else _top(document)
        reason = "no checkbox stands there"
        action = Action("write the criteria as checkboxes and tick them once they hold", place, document.owner or "")
        return Requirement(name, Demand.CRITERIA, title, GateState.UNKNOWN, reason, (place,), (action,), named.where)
    return Requirement(
        name, Demand.CRITERIA, title, GateState.MET, f"all {len(boxes)} are ticked", places, (), named.where
    )


def approval_requirement(law: ApprovalLaw, estate: Estate, pages: Pages) -> Requirement:
    """Whether somebody signed in a document, or in any of the gate's."""
    role = law.role.word
    documents = pages.find(law.path) if law.path is not None else _papers(estate)
    found = [(document, one) for document in documents for one in document.approvals if _is_role(one, role)]
    open_ = [(document, one) for document, one in found if not one.is_signed]
    name, title = f"approval:{role}", f"signed by {role}"
    if found and not open_:
        places = tuple(Location.at(document.source, one.span) for document, one in found)
        reason = f"signed at {_at(places[0])}"
        return Requirement(name, Demand.APPROVAL, title, GateState.MET, reason, places, (), law.role.where)
    if open_:
        actions = tuple(_sign(document, one) for document, one in open_)
        reason = f"the place for it is blank at {_at(actions[0].location)}"
    else:
        tops = [_top(document) for document in documents[:1]] or [place_in_law(law.role.where)]
        where = documents[0].path if documents else "a document of the gate"
        actions = (Action(f"have {role!r} sign in {where}", tops[0], role),)
        reason = f"no document of the gate has a sign-off by {role!r}" if law.path is None else f"{where} has none"
    places = tuple(action.location for action in actions)
    return Requirement(name, Demand.APPROVAL, title, GateState.UNMET, reason, places, actions, law.role.where)


def _papers(estate: Estate) -> Sequence[Document]:
    return list({outline.document.path: outline.document for outline, _ in estate.regions}.values())


def _is_role(one: Approval, role: str) -> bool:
    wanted = " ".join(role.casefold().split())
    return wanted in " ".join(one.role.casefold().split()) or wanted in one.words.casefold()


def _is_box(item: WorkItem) -> bool:
    return item.mark is not None and item.mark.raw.startswith("[")


def _sign(document: Document, one: Approval) -> Action:
    return Action(f"have {one.role!r} sign", Location.at(document.source, one.span), one.role)


def _top(document: Document) -> Location:
    return Location.at(document.source, document.source.line_span(1))


def _short(title: str) -> str:
    words = " ".join(title.split())
    return words if len(words) <= _TITLE_LIMIT else f"{words[: _TITLE_LIMIT - 3].rstrip()}..."


def _at(place: Location) -> str:
    return f"{place.path}:{place.start.line}"
