"""What the law says of a program's environment: which variables there are, and what their values must be."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class ValueType(StrEnum):
    """What the text of a variable must read as."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    URL = "url"


class Need(StrEnum):
    """Where a variable must be: in the example and set in a running environment, declared in the example alone, or nowhere."""

    ALWAYS = "always"
    EXAMPLE = "example"
    OPTIONAL = "optional"


class Condition(Struct, frozen=True):
    """A variable that has one of these values, letter for letter, makes another one required."""

    name: str
    values: tuple[str, ...]
    where: str = ""


class KeyLaw(Struct, frozen=True):
    """What the law says of one variable.

    Attributes:
        minimum: least value of a number, itself allowed; None without one.
        maximum: greatest value of a number, itself allowed; None without one.
        enum: the values that are allowed; empty for all.
        pattern: regular expression (RE2) that the whole value must match; "" for none.
        secret: True and False are told by the law; None leaves it to the name.
        required_when: any of these suffices.
        where: "path:line:column" of the name in the policy.
        places: demand ("type", "minimum", "enum", "pattern", ...) -> "path:line:column".
    """

    name: str
    type: ValueType = ValueType.STRING
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str, ...] = ()
    pattern: str = ""
    secret: bool | None = None
    need: Need = Need.OPTIONAL
    required_when: tuple[Condition, ...] = ()
    where: str = ""
    places: tuple[tuple[str, str], ...] = ()

    def place_of(self, demand: str) -> str:
        """Where the policy makes a demand; where it names the variable when the demand has no line of its own."""
        return dict(self.places).get(demand, self.where)


class EnvironmentLaw(Struct, frozen=True):
    """What the law says of the environment.

    Patterns of names are shell-like (`*_TOKEN`); patterns of paths are those of .gitignore.

    Attributes:
        examples: paths of the files that declare variables for others and hold no secrets.
        files: paths of the files that hold a real environment.
        keys: what is said of single variables, by name, in the order of the law.
        secrets: names whose values are secret.
        public: names that look secret and are not.
        placeholders: values that stand for a value, whatever their letter case.
        ignore: names that somebody else sets, so that nobody has to declare them.
        code: paths of the code that counts; none for all.
        exclude: paths of code that does not count.
        where: "path:line:column" of the section.
    """

    examples: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    keys: tuple[KeyLaw, ...] = ()
    secrets: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    where: str = ""

    def key(self, name: str) -> KeyLaw | None:
        """What is said of a variable; None when nothing is."""
        return next((key for key in self.keys if key.name == name), None)
