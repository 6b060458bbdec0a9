"""Which forms a report leaves in: what `--format` and `-o` ask for, and what the environment suggests where they do not."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import click

FORMS = ("terminal", "json", "sarif", "github", "gitlab", "junit", "rdjson", "azure", "markdown")
"""The forms of a report, the default first."""

_STDOUT = (None, "-")


def forms_of(
    given: Sequence[str], output: str | None, environment: Mapping[str, str]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The form for stdout or `-o`, and each other form with its file.

    Args:
        given: each `FORMAT` or `FORMAT:FILE`, in order.
        output: what `-o` said; None without.
        environment: names and values; it decides where no form is asked for.

    Raises:
        UsageError: a form is not known, two go to one place.
    """
    parts = [_parted(one) for one in given]
    plain = [name for name, file in parts if file in _STDOUT]
    if len(plain) > 1:
        raise click.UsageError(
            f"--format {plain[0]} and --format {plain[1]} both go to one place: write one to a file, as --format {plain[1]}:FILE"
        )
    files = tuple((name, file) for name, file in parts if file is not None and file != "-")
    targets = [file for _, file in files] + ([] if output is None or output == "-" else [output])
    seen: set[str] = set()
    for target in targets:
        real = os.path.realpath(target) if "\0" not in target else target
        if real in seen:
            raise click.UsageError(f"two forms would be written to {target}: name a file for each")
        seen.add(real)
    return plain[0] if plain else detected(environment, output), files


def detected(environment: Mapping[str, str], output: str | None = None) -> str:
    """The form for stdout where none is asked for: what the CI system that runs this reads, else text for people."""
    if output in _STDOUT:
        # Both set their variable to exactly this, in every job.
        if environment.get("GITHUB_ACTIONS") == "true":
            return "github"
        if environment.get("TF_BUILD", "").lower() == "true":
            return "azure"
    return FORMS[0]


def _parted(given: str) -> tuple[str, str | None]:
    """The form and its file, None without one.

    Raises:
        BadParameter: there is no such form, or no name behind the colon.
    """
    name, colon, file = given.partition(":")
    if name == "text":
        name = FORMS[0]
    if name not in FORMS:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), FORMS, 1)
        question = f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(FORMS)}"
        raise click.BadParameter(f"there is no form {name!r}{question}", param_hint="'--format'")
    if colon and not file:
        raise click.BadParameter(f"{given!r} names no file behind the colon", param_hint="'--format'")
    return name, file if colon else None
