"""A proposal as a policy file: what is sure in force, guesses switched off, and behind each why."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.adoption.proposal import (
    FolderGuess,
    FolderReason,
    GateGuess,
    KindGuess,
    OwnersFound,
    Proposal,
    RuntimeGuess,
    WordGuess,
)
from gatekeeper.model.status import Status
from gatekeeper.render.adoption.lines import Entry, comment, section
from gatekeeper.render.adoption.scalar import scalar, sequence
from gatekeeper.render.layout.words import counted

# Of the items that could have one, so many of a hundred have an owner where that is a habit; of fewer items nothing follows.
_HABIT_PERCENT, _HABIT_ITEMS = 90, 10
_FOLDERS = {
    FolderReason.TEMPLATES: "forms by its name",
    FolderReason.VENDORED: "other people's by its name",
    FolderReason.ARCHIVE: "by its name it is over",
    FolderReason.FIXTURES: "by its name examples or what tests need",
}


def render_proposal(proposal: Proposal) -> str:
    """The text of the policy file, which is valid as it is and with each guess switched on."""
    lines = [
        *_head(proposal),
        *_documents(proposal),
        *section("exclude", map(_folder, proposal.folders), "What is not looked at, as in .gitignore."),
        *_statuses(proposal.words),
        *_gates(proposal),
        *_environment(proposal),
        *_runtime(proposal.runtime),
        *_owners(proposal.owners),
    ]
    return "\n".join(lines) + "\n"


def _head(proposal: Proposal) -> Iterator[str]:
    if proposal.documents:
        seen = f"{proposal.documents:,} documents with {proposal.items:,} items"
    else:
        seen = f"{counted(proposal.looked, 'file')}, none of which carries status, evidence or gate content"
    yield from comment(f"What gatekeeper holds this repository to: proposed by `gatekeeper init` from {seen}.")
    yield from comment(
        "What stands here without `#` is in force and was sure. `#` with one blank behind it begins words like these; any other `#` switches"
        " a guess off: take it away where the guess is true, and before the name of its section too. Behind each stands why."
        " `gatekeeper policy check` says whether the file is valid."
    )
    if not proposal.documents:
        yield from comment("Until a document does, `gatekeeper check` has nothing to check, says so, and exits 3.")
    if proposal.unreadable:
        yield from comment(f"{counted(proposal.unreadable, 'file')} could not be read; `gatekeeper check` says why.")
    yield ""
    yield "extends: default  # every rule at its own severity; `strict` also fails done work that nothing proves"


def _documents(proposal: Proposal) -> Iterator[str]:
    yield from section(
        "documents",
        map(_kind, proposal.kinds),
        "What each document is for. Patterns are as in .gitignore; none of them matches a document of another kind today.",
    )
    if proposal.unlisted:
        more = "more document" if any(guess.is_sure for guess in proposal.kinds) else "document"
        has = "has" if proposal.unlisted == 1 else "have"
        yield from comment(
            f"{counted(proposal.unlisted, more)} {has} the kind that title and contents give at each run; `gatekeeper parse` shows it."
        )


def _kind(guess: KindGuess) -> Entry:
    text = f"{scalar(guess.pattern)}: {guess.kind.value}"
    told = [_content(guess)] if guess.items or guess.entries else []
    if not guess.is_sure:
        return Entry(text, "; ".join(["unsure: only by what is in it", *told]), is_law=False)
    if guess.documents == 1:
        return Entry(text, "; ".join(["sure: by title and name", *told]))
    by_title = "all" if guess.by_title == guess.documents else str(guess.by_title)
    titles = f"{by_title} by title" if guess.by_title else "by their dated entries"
    return Entry(text, "; ".join([f"sure: {guess.documents} documents, {titles}", *told]))


def _content(guess: KindGuess) -> str:
    if guess.entries * 2 > guess.items:
        return counted(guess.entries, "entry", "entries")
    if not guess.known:
        return f"{counted(guess.items, 'item')} without a status"
    return f"{guess.known} of {counted(guess.items, 'item')} with a status"


def _folder(guess: FolderGuess) -> Entry:
    inside = f"{counted(guess.documents, 'document')} with {counted(guess.items, 'item')}"
    reason = _FOLDERS.get(guess.reason, f"the same documents as {guess.original or 'at the root'}")
    if guess.forms:
        reason += f", with blanks to fill in in {guess.forms} of {counted(guess.documents, 'document')}"
    text = f"- {scalar(guess.pattern)}"
    if guess.is_sure:
        return Entry(text, f"sure: {reason}; leaves out {inside}")
    errors, warnings = guess.findings
    return Entry(
        text,
        f"likely: {reason}; would leave out {inside}, {counted(errors, 'error')} and {counted(warnings, 'warning')}",
        is_law=False,
    )


def _statuses(words: tuple[WordGuess, ...]) -> Iterator[str]:
    known = [status.value for status in Status if status is not Status.UNKNOWN]
    about = f"Words in places of statuses that mean nothing yet. Write what each means: {', '.join(known)}."
    return section("statuses", map(_word, words), about)


def _word(guess: WordGuess) -> Entry:
    meaning = guess.status.value if guess.status is not None else "STATUS"
    place = f"{guess.first.path}:{guess.first.start.line}"
    times = "once" if guess.times == 1 else f"{guess.times} times"
    where = f"{times} in {counted(guess.documents, 'document')}, first {place}"
    if guess.like:
        return Entry(f"{scalar(guess.word)}: {meaning}", f'likely: spelled like "{guess.like}"; {where}', is_law=False)
    return Entry(f"{scalar(guess.word)}: {meaning}", where, is_law=False)


def _gates(proposal: Proposal) -> Iterator[str]:
    order = (
        "in the order of their units or numbers"
        if proposal.are_gates_ordered
        else "in the order in which documents have them"
    )
    about = (
        f"Gates, {order}. Named here, a gate that no document has any more is an error. What each needs stands under"
        " `requires`; without it, what its documents bring (`gatekeeper gates`)."
    )
    return section("gates", map(_gate, proposal.gates), about)


def _gate(guess: GateGuess) -> Entry:
    terms = [f"unit: {scalar(guess.unit)}"] if guess.unit else []
    terms += [f"aliases: {sequence(guess.aliases)}"] if guess.aliases else []
    terms += [f"owner: {scalar(guess.owner)}"] if guess.owner else []
    named = f"named in {counted(guess.documents, 'document')}"
    why = f"sure: {named}" if guess.is_sure else f"unsure: {named}"
    return Entry(f"{scalar(guess.name)}: {{{', '.join(terms)}}}", why, is_law=guess.is_sure)


def _environment(proposal: Proposal) -> Iterator[str]:
    guess = proposal.environment
    if guess is None:
        return iter(())
    known = f"{counted(guess.names, 'variable')} known, {counted(guess.errors, 'error')} and {counted(guess.warnings, 'warning')} today"
    why = (
        f"sure: {known}" if guess.is_sure else f"likely, but it would add what `gatekeeper validate-env` finds: {known}"
    )
    entry = Entry(f"example: {sequence(guess.examples)}", why, guess.is_sure)
    return section(
        "environment", [entry], "Variables of the environment: example files against the code that reads them."
    )


def _runtime(guess: RuntimeGuess | None) -> Iterator[str]:
    if guess is None:
        return
    kinds = sequence(guess.kinds)
    yield ""
    yield from comment(
        f'Unsure: guard rails of an AI runtime. {guess.playbook}:{guess.line} "{guess.heading}" lists {counted(len(guess.kinds), "kind")} of'
        " failure. To have them held, put these lines in the place of `extends` above and fill in what is in capitals;"
        " `gatekeeper validate-ai-runtime` holds them alone."
    )
    yield "#extends: [default, ai-runtime]"
    yield "#params:"
    yield f"#  playbook: {scalar(guess.playbook)}"
    yield f"#  taxonomy-items: {kinds}"
    yield f"#  observability: {scalar(guess.source) if guess.source else 'SOURCE_FILE'}"
    yield f"#  thresholds: {scalar(guess.constant) if guess.constant else 'CONSTANT'}"
    yield "#  threshold-keys: [KEYS]"
    yield "#  alert-codes: [CODES]"
    yield "#  runbook: CONSTANT_WITH_ITS_PATH"


def _owners(found: OwnersFound) -> Iterator[str]:
    if not found.named:
        return
    names = ", ".join(f"{owner} {count}" for owner, count in found.owners)
    rest = f" and {counted(found.others, 'other')}" if found.others else ""
    yield ""
    yield from comment(f"Owners: {found.named} of {counted(found.items, 'item')} name one: {names}{rest}.")
    if found.named < _HABIT_ITEMS or found.named * 100 < _HABIT_PERCENT * found.items:
        return
    yield from comment("Likely a habit here. To ask for one wherever work is blocked:")
    yield "#assertions:"
    yield "#  TEAM001:"
    yield "#    name: blocked-has-owner"
    yield '#    message: "{id} is blocked, and nobody is named who will unblock it"'
    yield "#    severity: warning"
    yield "#    select: {status: blocked}"
    yield "#    schema: {properties: {owner: {type: string}}}"
