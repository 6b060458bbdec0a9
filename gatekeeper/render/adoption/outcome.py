"""What a proposal comes to, in words: what is in it, what the next check finds, and what to do then."""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.model.adoption.proposal import Proposal
from gatekeeper.model.finding import Severity
from gatekeeper.model.report import Report
from gatekeeper.render.layout.words import counted

_HOOK = (
    "  and with pre-commit, in .pre-commit-config.yaml below `repos:`",
    "    - repo: local",
    "      hooks:",
    "        - id: gatekeeper-check",
    "          name: gatekeeper check",
    "          entry: gatekeeper check",
    "          language: system",
    "          pass_filenames: false",
)


def contents_of(proposal: Proposal) -> str:
    """What is in force in a proposal, and how much of it is only guessed, in one line."""
    sure = [guess for guess in proposal.kinds if guess.is_sure]
    gates = sum(guess.is_sure for guess in proposal.gates)
    folders = sum(guess.is_sure for guess in proposal.folders)
    parts = []
    if sure:
        named = sum(guess.documents for guess in sure)
        parts.append(
            f"{counted(len(sure), 'pattern')} for the kind of {named:,} of {counted(proposal.documents, 'document')}"
        )
    parts += [counted(gates, "gate")] if gates else []
    parts += [f"{counted(folders, 'folder')} left out"] if folders else []
    if proposal.environment is not None and proposal.environment.is_sure:
        parts.append("the environment")
    told = ", ".join(parts) or "no setting is in force, as nothing was sure"
    guesses = _guesses(proposal)
    return f"{told}; {counted(guesses, 'guess', 'guesses')} behind `#`" if guesses else told


def _guesses(proposal: Proposal) -> int:
    """How many lines are only guessed."""
    environment = proposal.environment
    unsure = [
        *(guess.is_sure for guess in proposal.kinds),
        *(guess.is_sure for guess in proposal.folders),
        *(guess.is_sure for guess in proposal.gates),
        environment is None or environment.is_sure,
        proposal.runtime is None,
    ]
    return unsure.count(False) + len(proposal.words)


def next_check(report: Report, code: int) -> str:
    """What the next check finds, and how it ends, in one line."""
    if code == 3:
        return "the next `gatekeeper check` finds no document with status, evidence or gate content: it exits 3"
    counts = [counted(number, one.value) for one in Severity if (number := report.count(one))]
    return f"the next `gatekeeper check` finds {', '.join(counts) or 'nothing'}: it exits {code}"


def render_next(code: int) -> Iterator[str]:
    """What to do next, line by line."""
    yield "next:"
    yield "  gatekeeper check                 see what it finds"
    if code == 1:
        yield "  gatekeeper baseline              accept all of it once, so that only what is new fails"
    yield "  gatekeeper check --trust-ref origin/main --no-growth"
    yield "                                   in CI, where no change may soften the law that it is judged by"
    yield from _HOOK
