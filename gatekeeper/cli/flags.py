"""The flags and arguments that commands share, as decorators; what they said is `options.Options`."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

# Objects more than were let go of, before garbage is looked for.
_YOUNG = 20_000
_NAMES = ("format", "output", "config", "root", "color", "no_cache")


def shared(formats: Sequence[str], *, reads: bool = True) -> Callable[[F], F]:
    """Gives a command the shared flags, gathered into its first argument `options`.

    `formats` names the forms of its result, the default first; `reads` is False for a command that reads no repository.
    """

    def decorate(function: F) -> F:
        @wraps(function)
        def call(*, quiet: int, verbose: int, **values: Any) -> Any:
            flags = {name: values.pop(name) for name in _NAMES}
            return _begin(function, {"verbosity": verbose - quiet, **flags}, values, is_quick=not reads)

        command: F = _flagged(call, _flags(formats, reads))
        return command

    return decorate


def reporting(*, is_quick: bool = False) -> Callable[[F], F]:
    """Gives a command that ends in a report the shared flags, with `--format` for every form that a report has.

    `is_quick` is for one that may end before it loads what reads documents, and asks for the kept patterns itself.
    """

    def decorate(function: F) -> F:
        @wraps(function)
        def call(*, quiet: int, verbose: int, **values: Any) -> Any:
            import os

            from gatekeeper.cli.stream.forms import forms_of

            flags = {name: values.pop(name) for name in _NAMES}
            flags["format"], flags["files"] = forms_of(flags["format"], flags["output"], os.environ)
            return _begin(function, {"verbosity": verbose - quiet, **flags}, values, is_quick=is_quick)

        text = "terminal, json, sarif, github, gitlab, junit, rdjson, azure, markdown; more as FORM:FILE."
        form = click.option("--format", multiple=True, metavar="FORM", help=text)
        command: F = _flagged(call, [form, *_flags_after_format(reads=True)])
        return command

    return decorate


def _begin(function: Callable[..., Any], flags: Mapping[str, Any], values: Mapping[str, Any], *, is_quick: bool) -> Any:
    """What a command comes to, from patterns that were kept unless it is quick."""
    from gatekeeper.cli.options import Options

    # What a document becomes is kept to the end, so looking for garbage often is in vain: a sixth of a run over 1,000 documents.
    gc.set_threshold(_YOUNG, 20, 50)
    gc.enable()
    options = Options(**flags)
    if is_quick:
        return function(options, **values)
    # Not above: a command that reads no document is done before that is read.
    from gatekeeper.repo.kept.patterns import kept_patterns

    with kept_patterns(options.cache()):
        return function(options, **values)


def _flagged(call: Callable[..., Any], flags: Sequence[Callable[[Any], Any]]) -> Any:
    command: Any = call
    for flag in reversed(flags):
        command = flag(command)
    return command


def exclude_flag(function: F) -> F:
    """Gives a command `--exclude`."""
    text = "Leave out what a gitignore pattern matches."
    return click.option("--exclude", multiple=True, metavar="PATTERN", help=text)(function)


def today_flag(function: F) -> F:
    """Gives a command `--today`; what it said is for `date_of`."""
    text = "What counts as today.  [default: today, UTC]"
    return click.option("--today", metavar="DATE", help=text)(function)


def date_of(today: str | None) -> str:
    """The date that counts as today, ISO 8601.

    Raises:
        BadParameter: what was given is no date.
    """
    from datetime import UTC, date, datetime

    if today is None:
        return datetime.now(UTC).date().isoformat()
    try:
        return date.fromisoformat(today).isoformat()
    except ValueError:
        raise click.BadParameter(f"{today!r} is no date such as 2026-02-28", param_hint="'--today'") from None


def trust_flag(function: F) -> F:
    """Gives a command `--trust-ref`."""
    text = "Take policy, waivers and baseline from REF."
    return click.option("--trust-ref", metavar="REF", help=text)(function)


def staged_flag(function: F) -> F:
    """Gives a command `--staged`."""
    text = "Judge what is staged, and what that breaks."
    return click.option("--staged", is_flag=True, help=text)(function)


def paths_argument(function: F) -> F:
    """Gives a command its PATHS."""
    return click.argument("paths", nargs=-1, metavar="[PATHS]...")(function)


def verdict_flags(function: F) -> F:
    """Gives a command `--fail-on` and `--exit-zero`."""
    function = click.option("--exit-zero", is_flag=True, help="Exit 0 where findings would give 1.")(function)
    return click.option(
        "--fail-on",
        default="error",
        type=click.Choice(["error", "warning", "note"]),
        metavar="SEVERITY",
        help="Least that fails: error, warning, note.",
    )(function)


def _flags(formats: Sequence[str], reads: bool) -> list[Callable[[F], F]]:
    """The flags in the order of the help; `text` is also understood where `terminal` is the word."""
    shown = "[" + "|".join(name for name in formats if name != "text" or formats[0] == "text") + "]"
    return [
        click.option(
            "--format", default=formats[0], type=click.Choice(formats), metavar=shown, help="Form of the result."
        ),
        *_flags_after_format(reads),
    ]


def _flags_after_format(reads: bool) -> list[Callable[[F], F]]:
    option = click.option
    return [
        option("-o", "--output", metavar="FILE", help="Write the result to FILE, whole or not at all."),
        option("--config", metavar="FILE", help="Policy file.  [default: .gatekeeper.yml]", hidden=not reads),
        option("--root", metavar="DIR", help="Root of the repository.  [default: found]", hidden=not reads),
        option("--color", default="auto", type=click.Choice(["auto", "always", "never"]), help="NO_COLOR is honored."),
        option("--no-cache", is_flag=True, help="Neither use nor keep what earlier runs found.", hidden=True),
        option("-q", "--quiet", count=True, help="Say less."),
        option("-v", "--verbose", count=True, help="Say more; twice for all."),
        option("--debug", is_flag=True, expose_value=False, help="Show where a bug of gatekeeper's is."),
    ]
