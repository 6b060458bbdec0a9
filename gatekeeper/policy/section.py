"""What every section of a policy file is made of: the base of its models, and the types that they share.

Whoever adds a section writes its model here upon, and one line in `file.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator
from pydantic_core import PydanticCustomError

from gatekeeper.policy.faults import listed, remedy

T = TypeVar("T")

OURS = "policy"
"""The type of errors that carry our own words."""


class Section(BaseModel):
    """A mapping of a policy file whose names are known; Python's `a_b` is written `a-b`.

    Attributes:
        what: how messages name such a mapping, with its article.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"), regex_engine="rust-regex"
    )

    what: ClassVar[str] = "this mapping"


def fault(message: str, hint: str, at: tuple[str | int, ...] = ()) -> PydanticCustomError:
    """An error for a validator to raise.

    Args:
        message: what was read and expected; `{read}` becomes the value as it was written.
        hint: what to do.
        at: where inside of the value that is validated, `value.KEY` behind a name for the name itself.
    """
    return PydanticCustomError(OURS, "{message}", {"message": message, "hint": hint, "at": at})


def one_of(words: type[StrEnum] | tuple[str, ...], what: str) -> BeforeValidator:
    """A validator for a word out of a few; `what` says what the word stands for, with its article."""
    choices = words if isinstance(words, tuple) else tuple(word.value for word in words)

    def check(value: object) -> object:
        if isinstance(value, str) and value in choices:
            return value
        hint = remedy(value, choices, "use one of these words") if isinstance(value, str) else "use one of these words"
        raise fault(f"read {{read}} as {what}, expected one of {listed(choices)}", hint)

    return BeforeValidator(check)


def _or_empty(empty: Callable[[], object]) -> BeforeValidator:
    return BeforeValidator(lambda value: empty() if value is None else value)


OR_NO_NAMES = _or_empty(dict)
"""Takes nothing at all for a mapping without names."""

OR_NO_ENTRIES = _or_empty(tuple)
"""Takes nothing at all for a list without entries."""

SCALAR, MAPPING, LIST = "::scalar", "::mapping", "::list"
"""Tags for the members of a union that is told apart by `BY_SHAPE`."""


def _shape(value: Any) -> str:
    if isinstance(value, Mapping | BaseModel):
        return MAPPING
    return LIST if isinstance(value, list | tuple) else SCALAR


BY_SHAPE = Discriminator(_shape)
"""Tells the members of a union apart, so that a fault is told of the one that was meant."""


def _glob(value: object) -> object:
    if isinstance(value, str) and value.strip():
        return value
    raise fault("read {read}, expected a gitignore pattern", "put the pattern in quotes")


Glob = Annotated[str, BeforeValidator(_glob)]
"""A pattern as in .gitignore."""


def _regex(value: object) -> object:
    if not isinstance(value, str):
        raise fault("read {read}, expected a regular expression", "put the expression in quotes")
    import re2

    quiet = re2.Options()
    quiet.log_errors = False
    try:
        re2.compile(value, quiet)
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error.args[0])
        hint = "write it in the syntax of RE2, which has no backreferences and no lookaround"
        raise fault(f"read {{read}}, expected a regular expression: {reason}", hint) from None
    return value


Regex = Annotated[str, BeforeValidator(_regex)]
"""A regular expression that google-re2 takes, which no text can make slow."""
