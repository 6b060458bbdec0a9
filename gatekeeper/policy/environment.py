"""The section `environment`: which variables there are, what their values must be, and where examples and code stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictFloat, StrictInt, StrictStr, Tag, model_validator

from gatekeeper.model.environment.law import Condition, EnvironmentLaw, KeyLaw, Need, ValueType
from gatekeeper.model.report import PolicyLine
from gatekeeper.policy.section import (
    BY_SHAPE,
    LIST,
    OR_NO_ENTRIES,
    OR_NO_NAMES,
    SCALAR,
    Glob,
    Regex,
    Section,
    fault,
    one_of,
)
from gatekeeper.policy.source.layer import Layer
from gatekeeper.policy.source.value import KEY, Origin, Value

SECTION = "environment"
BASE = "pack:env"
"""What a section builds upon, extended or not: without it nothing would be secret or ignored."""

# Of these lists the last file's counts; all others add up.
_REPLACED = ("example", "files", "code")
_ADDED = ("secrets", "public", "placeholders", "ignore", "exclude")


def _name(value: object) -> object:
    if isinstance(value, str) and value.isascii() and value.isidentifier():
        return value
    raise fault("read {read} as the name of a variable, expected letters, digits and _", "write it as DATABASE_URL")


def _needed(value: object) -> object:
    if value is True or value is False or value == "example":
        return value
    raise fault(
        "read {read} as whether the variable is required, expected true, false or example",
        "write `example` where it must be declared, but need not be set",
    )


Name = Annotated[StrictStr, BeforeValidator(_name)]
Word = StrictStr | StrictBool | StrictInt | StrictFloat
Words = Annotated[Annotated[Word, Tag(SCALAR)] | Annotated[tuple[Word, ...], Tag(LIST)], BY_SHAPE]
Globs = Annotated[tuple[Glob, ...], OR_NO_ENTRIES]
Patterns = Annotated[tuple[StrictStr, ...], OR_NO_ENTRIES]


class KeyEntry(Section):
    """What is said of one variable."""

    what = "a variable"

    type: Annotated[ValueType, one_of(ValueType, "a type")] = Field(
        default=ValueType.STRING, description="What its text must read as."
    )
    minimum: StrictInt | StrictFloat | None = Field(default=None, description="Least value of a number.")
    maximum: StrictInt | StrictFloat | None = Field(default=None, description="Greatest value of a number.")
    enum: Annotated[tuple[Word, ...], OR_NO_ENTRIES] = Field(default=(), description="The values that are allowed.")
    pattern: Regex | None = Field(default=None, description="Regular expression (RE2) that the whole value must match.")
    secret: StrictBool | None = Field(
        default=None, description="Whether its value is secret; without it, the name tells."
    )
    required: Annotated[Literal[True, False, "example"], BeforeValidator(_needed)] = Field(
        default=False,
        description="true: declared in the example and set where it runs; example: declared in the example.",
    )
    required_when: Annotated[dict[Name, Words], OR_NO_NAMES] = Field(
        default={}, description="Variables and the values, letter for letter, any of which makes this one required."
    )
    description: StrictStr = Field(default="", description="What it is for.")

    @model_validator(mode="after")
    def _has_sense(self) -> KeyEntry:
        is_number = self.type in (ValueType.INTEGER, ValueType.NUMBER)
        for word, bound in (("minimum", self.minimum), ("maximum", self.maximum)):
            if bound is not None and not is_number:
                raise fault(f'"{word}" needs a number', "write `type: integer` or `type: number`", (word,))
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise fault("the minimum is more than the maximum", "write the lesser one as minimum", ("minimum",))
        return self

    def build(self, name: str, origin: Origin, place: str) -> KeyLaw:
        """What the law says of the variable; `origin` and `place` are of its entry and of its name."""
        demands = ("type", "minimum", "maximum", "enum", "pattern", "secret", "required", "required-when")
        at = {word: origin((word, KEY)) for word in demands}
        conditions = (
            Condition(other, tuple(_words(values, origin, ("required-when", other))), origin(("required-when", other)))
            for other, values in self.required_when.items()
        )
        return KeyLaw(
            name,
            self.type,
            self.minimum,
            self.maximum,
            tuple(_words(self.enum, origin, ("enum",))),
            self.pattern or "",
            self.secret,
            {True: Need.ALWAYS, False: Need.OPTIONAL, "example": Need.EXAMPLE}[self.required],
            tuple(conditions),
            place,
            tuple((word, where) for word, where in at.items() if where != origin()),
        )


def _words(values: object, origin: Origin, at: tuple[str, ...]) -> Iterator[str]:
    """Words as their author wrote them, so that `true`, `1.10` and `no` stay what they are in a file of assignments."""
    if isinstance(values, tuple):
        yield from (origin.word((*at, index)) for index in range(len(values)))
    else:
        yield origin.word(at)


class EnvironmentEntry(Section):
    """Variables, and the files that declare, hold and read them."""

    what = "the environment"

    example: Globs = Field(
        default=(),
        description="Files that declare variables for others, as gitignore patterns; the last file's list wins.",
    )
    files: Globs = Field(
        default=(), description="Files that hold a real environment, as gitignore patterns; the last file's list wins."
    )
    keys: Annotated[
        dict[Name, Annotated[KeyEntry, BeforeValidator(lambda value: {} if value is None else value)]], OR_NO_NAMES
    ] = Field(default={}, description="Variables by name.")
    secrets: Patterns = Field(default=(), description="Names whose values are secret, such as *_TOKEN.")
    public: Patterns = Field(default=(), description="Names that look secret and are not.")
    placeholders: Patterns = Field(
        default=(), description="Values that stand for a value, such as your-*; letter case makes no difference."
    )
    ignore: Patterns = Field(default=(), description="Names that somebody else sets, so that nobody declares them.")
    code: Globs = Field(
        default=(), description="Code that counts, as gitignore patterns; all without any. The last file's list wins."
    )
    exclude: Globs = Field(default=(), description="Code and files that do not count, as gitignore patterns.")


def build_environment(layers: Sequence[Layer]) -> tuple[EnvironmentLaw | None, tuple[PolicyLine, ...]]:
    """The law about the environment that layers hold together, and its lines; None where none speaks of it."""
    sections = [(layer.root.find(SECTION), getattr(layer.model, SECTION)) for layer in layers]
    given = [(value, model) for value, model in sections if value is not None]
    if not given:
        return None, ()
    lists: dict[str, list[Value]] = {word: [] for word in (*_REPLACED, *_ADDED)}
    keys: dict[str, tuple[KeyEntry, Value, Value]] = {}
    for value, model in given:
        for word, found in lists.items():
            inner = value.find(word)
            if inner is not None:
                lists[word] = list(inner.entries) if word in _REPLACED else [*found, *inner.entries]
        entries = value.find("keys")
        for name, at, inner in entries.named() if entries else ():
            keys.pop(name, None)
            keys[name] = (model.keys[name], inner, at)
    words = {word: tuple(dict.fromkeys(one.word for one in found)) for word, found in lists.items()}
    law = EnvironmentLaw(
        examples=words["example"],
        files=words["files"],
        keys=tuple(entry.build(name, Origin(inner), at.where) for name, (entry, inner, at) in keys.items()),
        secrets=words["secrets"],
        public=words["public"],
        placeholders=words["placeholders"],
        ignore=words["ignore"],
        code=words["code"],
        exclude=words["exclude"],
        where=given[-1][0].where,
    )
    return law, tuple(_lines(lists, keys))


def _lines(lists: dict[str, list[Value]], keys: dict[str, Any]) -> Iterator[PolicyLine]:
    for name, (_, inner, at) in keys.items():
        yield PolicyLine((SECTION, "keys", name), inner.plain(), at.where)
    for word, found in lists.items():
        for number, one in enumerate(found):
            yield PolicyLine((SECTION, word, number), one.word, one.where)
