"""What was looked at, told on stderr where the result does not say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gatekeeper.cli.stream.output import complain, show
from gatekeeper.model.report import Input, InputState

_REASONS_SHOWN = 8


def tell_nothing(done: str, inputs: Sequence[Input]) -> None:
    """Says that nothing was done, what was looked at, and what to do; `done` is the verb."""
    reasons = Counter(entry.reason for entry in inputs)
    if not inputs:
        message = "no Markdown, text, YAML or JSON file was found"
    elif len(inputs) == 1:
        message = f"{inputs[0].path} was looked at: {inputs[0].reason}"
    else:
        message = f"{len(inputs):,} files were looked at, and none carries status, evidence or gate content"
    complain(f"nothing was {done}: {message}")
    if len(inputs) > 1:
        ranked = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
        show(f"  {count:,} {'file' if count == 1 else 'files'}: {reason}" for reason, count in ranked[:_REASONS_SHOWN])
    show(["  hint: name the documents that carry status, or see what --exclude and the policy's `exclude` leave out"])


def tell_inputs(inputs: Iterable[Input], *, everything: bool) -> None:
    """Says which files could not be read, and with `everything` which were set aside, each with its reason."""
    for entry in inputs:
        if entry.state is InputState.UNREADABLE:
            complain(entry.reason, where=entry.path, kind="unreadable")
        elif everything:
            complain(entry.reason, where=entry.path, kind="set aside")
