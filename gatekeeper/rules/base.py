"""What every rule is: a card, its options, and a way to make findings."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, fields, is_dataclass
from typing import Any, ClassVar, Literal

from msgspec.structs import replace

from gatekeeper.model.document import Document
from gatekeeper.model.environment.secret import mask
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.exception.settlement import Settlement
from gatekeeper.model.finding import Finding, Location
from gatekeeper.model.project import Project
from gatekeeper.model.report import RuleInfo
from gatekeeper.model.text import SourceText, Span

_QUOTE_LIMIT = 120


class Rule(ABC):
    """One defect that is looked for. Its docstring is its page.

    Attributes:
        info: the rule's card; `page` is filled in from the docstring.
        Options: a frozen dataclass of what a policy may set; None when there is nothing to set.
        asks_history: whether it looks at `Project.moves`, which takes a walk through the log.
    """

    info: RuleInfo
    asks_history: ClassVar[bool] = False
    Options: ClassVar[type[Any] | None] = None

    def __init_subclass__(cls, **words: Any) -> None:
        super().__init_subclass__(**words)
        if "info" in cls.__dict__:
            cls.info = replace(cls.info, page=inspect.cleandoc(cls.__doc__ or ""))

    def __init__(self, options: Mapping[str, object] | None = None) -> None:
        """A rule with these options in place of the defaults.

        Raises:
            PolicyError: an option that the rule does not have, or a value of the wrong type.
        """
        self.options: Any = _parse_options(self.info, self.Options, options or {})

    def finding(
        self,
        source: SourceText,
        span: Span,
        message: str,
        *,
        help: str = "",  # noqa: A002  the field of Finding
        subject: str = "",
        related: tuple[Location, ...] = (),
        fix: str | None = None,
    ) -> Finding:
        """A finding of this rule at a span of a source."""
        info, location = self.info, Location.at(source, span)
        return Finding(
            info.code, info.name, info.severity, message, location, help=help, related=related, subject=subject, fix=fix
        )


class DocumentRule(Rule):
    """A rule that looks at one document at a time."""

    @abstractmethod
    def check(self, document: Document, project: Project) -> Iterator[Finding]:
        """The defects of one document, in any order."""


class ProjectRule(Rule):
    """A rule that looks at the project as a whole."""

    @abstractmethod
    def check(self, project: Project) -> Iterator[Finding]:
        """The defects of the project, in any order."""


class SettlementRule(Rule):
    """A rule that looks at the settled findings and at what was excepted; it runs last, and nothing excepts its findings."""

    @abstractmethod
    def check(self, settlement: Settlement) -> Iterator[Finding]:
        """The defects of exceptions and of changes to the law, in any order."""

    def report(
        self,
        location: Location,
        message: str,
        *,
        help: str,  # noqa: A002  the field of Finding
        subject: str,
        related: tuple[Location, ...] = (),
    ) -> Finding:
        """A finding of this rule at a location: what it speaks of need not be a document that was parsed."""
        info = self.info
        return Finding(
            info.code, info.name, info.severity, message, location, help=help, related=related, subject=subject
        )


def option(default: Any, *, looser: Literal["higher", "lower", "longer"]) -> Any:
    """An option's default, and the direction in which a change of it makes the rule say less.

    True is higher than False; a list that is longer names more that the rule leaves alone.
    """
    return field(default=default, metadata={"looser": looser})


def quoted(text: str) -> str:
    """A document's words in backticks, on one line, shortened in the middle when they are long."""
    line = " ".join(text.split())
    if len(line) > _QUOTE_LIMIT:
        # Masked before it is cut: half of a secret is not known as one.
        half, line = _QUOTE_LIMIT // 2, mask(line)
        line = f"{line[:half]} ... {line[-half:]}"
    return f"`{line}`"


def enumerated(words: Sequence[str], limit: int) -> str:
    """One or more words as a sentence lists them: `a`, `a and b`, `a, b and c`; above the limit `a, b, c and 4 more`."""
    *first, last = [*words[:limit], f"{len(words) - limit} more"] if len(words) > limit else words
    return f"{', '.join(first)} and {last}" if first else last


def _parse_options(info: RuleInfo, kind: type[Any] | None, given: Mapping[str, object]) -> Any:
    if kind is None or not is_dataclass(kind):
        if given:
            raise PolicyError(
                f"{info.code} ({info.name}) has no options, but {_listed(given)} is set", "remove the options"
            )
        return None
    known = {one.name.replace("_", "-"): one.name for one in fields(kind)}
    default = kind()
    values: dict[str, object] = {}
    for key, value in given.items():
        name = known.get(key.replace("_", "-"))
        if name is None:
            raise PolicyError(f"{info.code} ({info.name}) has no option `{key}`", f"its options are {_listed(known)}")
        values[name] = _typed(info, key, value, getattr(default, name))
    return kind(**values)


def _typed(info: RuleInfo, key: str, value: object, default: object) -> object:
    """The value in the type of the option's default; a list of words for a tuple."""
    if isinstance(default, tuple):
        if isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value):
            return tuple(value)
        raise PolicyError(f"option `{key}` of {info.code} is not a list of words", f"write `{key}: [...]`")
    if type(value) is not type(default):
        raise PolicyError(
            f"option `{key}` of {info.code} is not a {type(default).__name__}", f"the default is {default!r}"
        )
    return value


def _listed(words: Mapping[str, object]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))
