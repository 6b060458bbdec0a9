"""Moves of items for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gatekeeper.model.view.history import History, Story
from gatekeeper.model.view.move import Move, MoveKind, PastProof, ProofStanding, Stand
from gatekeeper.render.json_text import dump
from gatekeeper.render.layout.columns import columns, cut
from gatekeeper.render.layout.words import counted
from gatekeeper.render.past.shapes import HistoryJson, MoveJson, PastProofJson, StandJson, StoryJson
from gatekeeper.render.style import Style

COMMIT_LENGTH = 9
_RAW_ROOM = 30
_ROOM = 20
_TARGETS_SHOWN = 3
_SIGNS = {ProofStanding.FOUND: "found", ProofStanding.MISSING: "missing"}


def render_history(history: History, style: Style) -> str:
    """The moves commit by commit, or the stories of what was asked for, and a line that sums up; ends with a line end."""
    if history.query:
        blocks = ["\n".join(_story_lines(story, style)) for story in history.stories]
    else:
        groups = groupby(history.moves, key=lambda move: move.moment)
        blocks = ["\n".join(_commit_lines(list(moves), style)) for _, moves in groups]
    return "\n\n".join([*blocks, _total(history, style)]) + "\n"


def render_history_json(history: History) -> str:
    """The history as JSON text with a final line end; one move or story a line."""
    shape: HistoryJson = {
        "schema_version": "1",
        "query": history.query,
        "commits": history.commits,
        "cut": history.is_cut,
        "more": history.is_more,
        "moves": [_move(move) for move in history.moves],
        "stories": [_story(story) for story in history.stories],
    }
    return dump(shape, depth=2) + "\n"


def show_stand(stand: Stand, style: Style) -> str:
    """A status as written, and as understood where that is another word."""
    raw = cut(style.show(" ".join(stand.raw.split())), _RAW_ROOM, style.ellipsis)
    same = raw.casefold().replace(" ", "_") == stand.status.value
    return raw if raw and same else f"{raw} ({stand.status.value})" if raw else f"({stand.status.value})"


def stand_json(stand: Stand | None) -> StandJson | None:
    """A status in its JSON shape."""
    return None if stand is None else {"raw": stand.raw, "status": stand.status}


def show_subject(subject: str, title: str, style: Style, room: int = 0) -> str:
    """An item's id and title on one line, the title alone where it has no id, cut to `room` columns; 0 for as many as it takes."""
    plain = style.show(" ".join(title.split()))
    if title == subject:
        return style.paint("strong", cut(plain, room, style.ellipsis) if room else plain)
    name = style.show(" ".join(subject.split()))
    rest = cut(plain, max(10, room - columns(name) - 1), style.ellipsis) if room else plain
    return f"{style.paint('strong', name)} {rest}"


def _commit_lines(moves: list[Move], style: Style) -> Iterator[str]:
    yield _when(moves[0], style)
    for move in moves:
        change = f"  {_change(move, style)}: "
        yield change + show_subject(move.subject, move.title, style, max(_ROOM, style.width - columns(change)))
        yield f"    {style.show(move.path)}:{move.line}"
        yield from (f"    {note}" for note in _notes(move, style))


def _story_lines(story: Story, style: Style) -> Iterator[str]:
    yield show_subject(story.subject, story.title, style)
    yield f"  {style.show(story.document)}"
    for move in story.moves:
        place = f":{move.line}" if move.path == story.document else f" {style.show(move.path)}:{move.line}"
        yield f"  {_when(move, style)}  {_change(move, style)}{style.paint('faint', f'  at {place.strip()}')}"
        yield from (f"    {note}" for note in _notes(move, style))
    facts = [f"lead time {counted(story.lead_days, 'day')}"] if story.lead_days is not None else []
    facts += [f"reopened {counted(story.reopened, 'time')}"] if story.reopened else []
    if facts:
        yield f"  {', '.join(facts)}"


def _when(move: Move, style: Style) -> str:
    return f"{style.paint('gutter', move.moment.commit[:COMMIT_LENGTH])} {move.moment.day}"


def _change(move: Move, style: Style) -> str:
    if move.before is not None and move.after is not None:
        return f"{show_stand(move.before, style)} {style.arrow} {show_stand(move.after, style)}"
    if move.kind is MoveKind.FIRST and move.after is not None:
        return f"first seen as {show_stand(move.after, style)}"
    return f"no longer listed, was {show_stand(move.before, style)}" if move.before else "no longer listed"


def _notes(move: Move, style: Style) -> Iterator[str]:
    """What is worth knowing of a move."""
    for standing, word in _SIGNS.items():
        proofs = [proof for proof in move.proofs if proof.standing is standing]
        if proofs and standing is ProofStanding.MISSING:
            yield f"{style.paint('warning', f'evidence {word} in that commit')}: {_targets(proofs, style)}"
        elif proofs:
            yield f"evidence {word} in that commit: {_targets(proofs, style)}"
    if move.skipped:
        yield f"skipped: {', '.join(status.value for status in move.skipped)}"
    if move.is_reopened:
        yield style.paint("warning", "reopened")


def _targets(proofs: list[PastProof], style: Style) -> str:
    shown = ", ".join(f"{style.show(proof.target)}" for proof in proofs[:_TARGETS_SHOWN])
    more = len(proofs) - _TARGETS_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _total(history: History, style: Style) -> str:
    moves = counted(len(history.moves), "move")
    items = f" of {counted(len(history.stories), 'item')}" if history.query else ""
    lines = [f"{moves}{items} in {counted(history.commits, 'commit')}"]
    if history.is_more:
        lines.append("there may be older ones: --limit 0 tells all")
    if history.is_cut:
        lines.append(style.paint("warning", "the clone is shallow: what came before its oldest commit is not known"))
    return "\n".join(lines)


def _move(move: Move) -> MoveJson:
    return {
        "kind": move.kind,
        "subject": move.subject,
        "title": move.title,
        "item": move.item,
        "path": move.path,
        "line": move.line,
        "document": move.document,
        "before": stand_json(move.before),
        "after": stand_json(move.after),
        "commit": move.moment.commit,
        "committed": move.moment.committed,
        "authored": move.moment.authored,
        "evidence": [_proof(proof) for proof in move.proofs],
        "lacks_evidence": move.lacks_proof,
        "skipped": list(move.skipped),
        "reopened": move.is_reopened,
    }


def _proof(proof: PastProof) -> PastProofJson:
    return {"target": proof.target, "line": proof.line, "standing": proof.standing}


def _story(story: Story) -> StoryJson:
    return {
        "subject": story.subject,
        "title": story.title,
        "document": story.document,
        "lead_days": story.lead_days,
        "reopened": story.reopened,
        "moves": [_move(move) for move in story.moves],
    }
