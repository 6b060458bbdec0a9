"""Examples and mutations for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.model.assertion.trial import Objector, Outcome, Standing, Survey
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.words import counted
from gatekeeper.render.style import Style
from gatekeeper.render.trial.shapes import PolicyMutationsJson, PolicyTestJson

_KINDS = ("rule", "assertion", "contract")


def render_outcomes(outcomes: Sequence[Outcome], style: Style, *, everything: bool) -> str:
    """The examples that did not come as expected, or all of them, and a line that counts them; ends with a line end."""
    lines = [line for one in outcomes if everything or not one.is_met for line in _outcome(one, style)]
    failed = sum(not one.is_met for one in outcomes)
    tally = f"{failed} not as expected" if failed else "all as expected"
    return "\n".join([*lines, f"{counted(len(outcomes), 'example')}: {tally}"]) + "\n"


def render_outcomes_json(outcomes: Sequence[Outcome]) -> str:
    """The examples as JSON text with a final line end."""
    shape: PolicyTestJson = {
        "schema_version": "1",
        "examples": [
            {
                "owner": one.owner,
                "name": one.example.name,
                "where": one.example.where,
                "passed": one.is_met,
                "missing": list(one.missing),
                "surplus": [line for line, _ in one.surplus],
            }
            for one in outcomes
        ],
    }
    return dump(shape, depth=3) + "\n"


def render_survey(survey: Survey, style: Style, *, everything: bool) -> str:
    """What never objects, and a line that counts; with `everything` also what does, and to what. Ends with a line end."""
    silent = [one for one in survey.objectors if one.standing is Standing.SILENT]
    idle = [one for one in survey.objectors if one.standing is Standing.IDLE]
    heard = [one for one in survey.objectors if not one.never_objects]
    parts = [_block("never objects, although it has something to look at", silent, style)]
    parts += [_block("never objects, as nothing here gives it anything to look at", idle, style)]
    if everything:
        parts.append(_block("objects", heard, style))
    made = f"{counted(survey.mutations, 'mutation')} of {counted(survey.documents, 'document')}"
    numbers = [
        f"{sum(one.kind == kind and not one.never_objects for one in survey.objectors)} of {counted(total, kind)}"
        for kind in _KINDS
        if (total := sum(one.kind == kind for one in survey.objectors))
    ]
    parts.append(f"{made}: {', '.join(numbers)} object\n")
    return "\n".join(part for part in parts if part)


def render_survey_json(survey: Survey) -> str:
    """The survey as JSON text with a final line end."""
    shape: PolicyMutationsJson = {
        "schema_version": "1",
        "mutations": survey.mutations,
        "documents": survey.documents,
        "objectors": [
            {
                "kind": one.kind,
                "name": one.name,
                "title": one.title,
                "standing": one.standing,
                "by": one.by,
                "looks_at": one.looks_at,
            }
            for one in survey.objectors
        ],
    }
    return dump(shape, depth=3) + "\n"


def _outcome(outcome: Outcome, style: Style) -> Iterator[str]:
    verdict = style.paint("good", "passed") if outcome.is_met else style.paint("error", "failed")
    name = style.paint("strong", style.show(outcome.example.name))
    yield f"{style.show(outcome.example.where)}: {verdict}: {style.show(outcome.owner)}: {name}"
    for line in outcome.missing:
        yield f"  expected  {style.show(line)}"
    for line, message in outcome.surplus:
        yield f"  got       {style.show(line)}: {style.show(message)}"


def _block(title: str, objectors: Sequence[Objector], style: Style) -> str:
    if not objectors:
        return ""
    lines = (f"  {line}" for one in objectors for line in [_objector(one, style)])
    return "\n".join([f"{style.paint('strong', title)}:", *lines]) + "\n"


def _objector(one: Objector, style: Style) -> str:
    head = f"{one.kind} {style.show(one.name)}" if one.kind != "rule" else style.show(one.name)
    title = f" {style.show(one.title)}" if one.title else ""
    if one.never_objects:
        return f"{head}{title}  {style.paint('faint', f'(looks at {one.looks_at})')}"
    return f"{head}{title}  {style.paint('faint', style.show(one.by) or 'today')}"
