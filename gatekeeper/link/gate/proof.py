"""The evidence of a gate's items: what of it the repository holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gatekeeper.link.gate.members import Estate
from gatekeeper.link.order.outline import Outline
from gatekeeper.model.document import WorkItem
from gatekeeper.model.finding import Location
from gatekeeper.model.gate.verdict import Action, Demand, GateState, Requirement
from gatekeeper.model.project import EvidenceFact, EvidenceState

_TITLE = "evidence found"
_NAME = "evidence"
# A form by its own name may be meant as one; that nothing else is offered is for the rules about evidence to say.
_FORM = re.compile(r"template|skeleton|vorlage|plantilla|modèle|шаблон|模板|テンプレート", re.IGNORECASE)
_WORDS = {
    EvidenceState.MISSING: "is not in the repository",
    EvidenceState.UNTRACKED: "is not under version control",
    EvidenceState.EMPTY: "is empty",
    EvidenceState.TEMPLATE: "is a form that nobody has filled in",
    EvidenceState.OUTSIDE: "lies outside of the repository",
    EvidenceState.AMBIGUOUS: "may mean several files",
}


def evidence_requirement(
    estate: Estate, facts: Mapping[str, Sequence[EvidenceFact]], *, is_skeleton: bool
) -> Requirement | None:
    """Whether what the items of a gate offer as proof is there; None where they offer nothing."""
    found = facts_of(estate.items, facts)
    if not found:
        return None
    bad = [one for one in found if fault_of(one[1], is_skeleton=is_skeleton)]
    if bad:
        outline, fact = bad[0]
        place = Location.at(outline.source, fact.ref.span)
        of = (
            f"{len(bad)} of {len(found)} references do not hold"
            if len(found) > 1
            else "the one reference does not hold"
        )
        why = fault_of(fact, is_skeleton=is_skeleton)
        reason = f"{of}, first {fact.ref.target!r} at {place.path}:{place.start.line}, which {why}"
        places = tuple(Location.at(one.source, each.ref.span, fault_of(each)) for one, each in bad)
        return Requirement(_NAME, Demand.EVIDENCE, _TITLE, GateState.UNMET, reason, places, _actions(bad))
    held = [one for one in found if one[1].state is EvidenceState.FOUND]
    places = tuple(Location.at(one.source, each.ref.span) for one, each in held or found)
    if held:
        rest = f"; {len(found) - len(held)} cannot be looked up here" if len(held) < len(found) else ""
        reason = f"{len(held)} of {len(found)} references are there{rest}"
        return Requirement(_NAME, Demand.EVIDENCE, _TITLE, GateState.MET, reason, places)
    reason = (
        f"none of {len(found)} references can be looked up here"
        if len(found) > 1
        else "the one reference cannot be looked up here"
    )
    action = Action("offer something in the repository that shows it", places[0])
    return Requirement(_NAME, Demand.EVIDENCE, _TITLE, GateState.UNKNOWN, reason, places, (action,))


def facts_of(
    items: Sequence[tuple[Outline, WorkItem]], facts: Mapping[str, Sequence[EvidenceFact]]
) -> list[tuple[Outline, EvidenceFact]]:
    """What items offer as proof, each reference once, by path and place."""
    found: dict[tuple[str, int], tuple[Outline, EvidenceFact]] = {}
    wanted = {(outline.document.path, id(item)): outline for outline, item in items}
    for path in dict.fromkeys(path for path, _ in wanted):
        for fact in facts.get(path, ()):
            outline = next((wanted[path, id(item)] for item in fact.items if (path, id(item)) in wanted), None)
            if outline is not None and fact.ref.is_offered:
                found.setdefault((path, fact.ref.span.start), (outline, fact))
    return [found[key] for key in sorted(found)]


def fault_of(fact: EvidenceFact, *, is_skeleton: bool = False) -> str:
    """Why a reference is no proof, in words; "" where it is, or cannot be told."""
    if fact.state is EvidenceState.EMPTY and is_skeleton:
        return ""
    if fact.state is EvidenceState.TEMPLATE and fact.paths and _FORM.search(fact.paths[0]):
        return ""
    if fact.state is EvidenceState.FOUND:
        if fact.ref.lines and fact.line_count is not None and fact.ref.lines[1] > fact.line_count:
            return f"has {fact.line_count} lines"
        if fact.anchor_found is False:
            return f"has no heading {fact.ref.anchor!r}"
        return f"does not hold the test {fact.missing_tests[0]!r}" if fact.missing_tests else ""
    return _WORDS.get(fact.state, "")


def _actions(bad: Sequence[tuple[Outline, EvidenceFact]]) -> tuple[Action, ...]:
    """One for each file that is missing, however often it is named."""
    found: dict[str, Action] = {}
    for outline, fact in bad:
        action = _action(outline, fact)
        found.setdefault(action.text, action)
    return tuple(found.values())


def _action(outline: Outline, fact: EvidenceFact) -> Action:
    place = Location.at(outline.source, fact.ref.span)
    owner = next((item.owner for item in fact.items if item.owner), None) or outline.document.owner or ""
    target = fact.ref.path or fact.ref.target
    if fact.state is EvidenceState.UNTRACKED:
        path = next(iter(fact.paths), target)
        command = f"git add -f -- {path!r}" if fact.ignored else f"git add -- {path!r}"
        return Action(f"put {path} under version control", place, owner, command)
    if fact.state is EvidenceState.EMPTY:
        return Action(f"put the evidence into {target}", place, owner)
    if fact.state is EvidenceState.TEMPLATE:
        return Action(f"fill in {next(iter(fact.paths), target)}", place, owner)
    if fact.state is EvidenceState.FOUND:
        return Action(f"name what {target} holds", place, owner)
    near = fact.renamed_to or next(iter(fact.paths or fact.similar), "")
    return Action(f"add {target}, or name {near} instead" if near else f"add {target}", place, owner)
