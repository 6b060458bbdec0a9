"""What files, code and a running environment do with variables. No value is kept anywhere here, only what was found of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.environment.law import EnvironmentLaw, KeyLaw, Need
from gatekeeper.model.finding import Location


class FileRole(StrEnum):
    """What a set of variables is: an example for others, a real environment, or the one that a run is held against."""

    EXAMPLE = "example"
    REAL = "real"
    GIVEN = "given"
    LIVE = "live"


class ValueState(StrEnum):
    """What a value is, without saying it."""

    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    SET = "set"


class Breach(Struct, frozen=True):
    """A demand that a value does not meet.

    Attributes:
        demand: the law's word for it: "type", "minimum", "maximum", "enum", "pattern".
        read: what the value is, in words that do not tell it ("no whole number").
        expected: what the law demands, in words.
    """

    demand: str
    read: str
    expected: str


class Declaration(Struct, frozen=True):
    """One assignment of a variable.

    Attributes:
        location: the name's place; its excerpt shows no value.
        is_secret: whether the value must be kept secret and seems to be a real one.
        breaches: the law's demands that the value does not meet; none for an empty value or a placeholder.
        first: index of the first assignment of the same name in the file; None for the first itself.
        differs: whether the value is another than the first one's.
        switches: names of the variables that this value makes required.
    """

    name: str
    location: Location
    state: ValueState
    is_secret: bool = False
    breaches: tuple[Breach, ...] = ()
    first: int | None = None
    differs: bool = False
    switches: frozenset[str] = frozenset()


class VariableSet(Struct, frozen=True):
    """A file of assignments, or the environment of a process.

    Attributes:
        path: repo-relative; for the environment of a process, words that say so.
        declarations: in the order of the file.
        commented: assignments in comments, which set nothing.
        documented: names that a comment speaks of.
        malformed: lines that are no assignment; the excerpts are empty.
        problem: why it could not be read; "" when it could.
    """

    path: str
    role: FileRole
    declarations: tuple[Declaration, ...] = ()
    commented: tuple[Declaration, ...] = ()
    documented: frozenset[str] = frozenset()
    malformed: tuple[Location, ...] = ()
    problem: str = ""

    def last(self, name: str) -> Declaration | None:
        """The assignment that counts, which is the last one of a name; None when there is none."""
        return next((one for one in reversed(self.declarations) if one.name == name), None)

    def comment(self, name: str) -> Declaration | None:
        """The first comment that assigns a name; None when there is none."""
        return next((one for one in self.commented if one.name == name), None)


class UseKind(StrEnum):
    """Where a variable is read."""

    CODE = "code"
    COMPOSE = "compose"
    WORKFLOW = "workflow"


class Use(Struct, frozen=True):
    """One place that reads a variable.

    Attributes:
        location: the expression's place; its excerpt is the expression alone, without any default.
        is_optional: whether the reader has a default, or only asks whether the variable is set.
    """

    name: str
    location: Location
    kind: UseKind = UseKind.CODE
    is_optional: bool = False


class EnvironmentFact(Struct, frozen=True):
    """What a repository does with the environment.

    Attributes:
        sets: examples, tracked real files, and what the run is held against, by role and path.
        uses: variable -> its uses by path and place; names in any letter case count as one variable.
        secret: those of the used variables whose values are secret.
        mentioned: declared variables whose names stand in tracked files other than environment files and documents.
        unguarded: paths of real environment files beside an example that git would neither track nor ignore; value: whether one is there.
        is_handed_on: whether a compose file hands a whole file of variables to images of others, so that nobody knows who reads them.
        conventional: folders in which `.env` is committed by convention, because `.env.local` is ignored there.
        skipped: files that could not be looked into, path -> reason.
    """

    law: EnvironmentLaw
    sets: tuple[VariableSet, ...] = ()
    uses: Mapping[str, tuple[Use, ...]] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    mentioned: frozenset[str] = frozenset()
    unguarded: Mapping[str, bool] = field(default_factory=dict)
    is_handed_on: bool = False
    conventional: frozenset[str] = frozenset()
    skipped: Mapping[str, str] = field(default_factory=dict)

    def sets_of(self, role: FileRole) -> tuple[VariableSet, ...]:
        """The sets of one role, by path."""
        return tuple(one for one in self.sets if one.role is role)

    @property
    def examples(self) -> tuple[VariableSet, ...]:
        """The example files, the ones nearest to the root first."""
        found = self.sets_of(FileRole.EXAMPLE)
        return tuple(sorted(found, key=lambda one: (one.path.count("/"), one.path)))

    @property
    def held(self) -> tuple[VariableSet, ...]:
        """What a run is held against: a given file and the environment of the process."""
        return (*self.sets_of(FileRole.GIVEN), *self.sets_of(FileRole.LIVE))

    @property
    def names(self) -> frozenset[str]:
        """Every variable that a file sets, code reads, or the law names."""
        declared = (one.name for each in self.sets for one in each.declarations)
        return frozenset((*declared, *self.uses, *(key.name for key in self.law.keys)))

    def known(self) -> frozenset[str]:
        """The variables that a tracked file or the law names, be it in a comment, case-folded."""
        tracked = [one for one in self.sets if one.role in (FileRole.EXAMPLE, FileRole.REAL)]
        names = {one.name for each in tracked for one in (*each.declarations, *each.commented)}
        names |= {name for each in tracked for name in each.documented}
        return frozenset(name.casefold() for name in names | {key.name for key in self.law.keys})

    def required(self) -> tuple[KeyLaw, ...]:
        """What the law wants declared, in its order."""
        return tuple(key for key in self.law.keys if key.need is not Need.OPTIONAL)


class EnvironmentInput(Struct, frozen=True):
    """What is looked at for the environment; it holds values, so it has no `repr`.

    Attributes:
        examples: tracked example files, sorted; `files` tracked real ones.
        unguarded: real files that are neither tracked nor ignored.
        code: tracked files that may read variables, sorted.
        others: tracked files in which a name may be mentioned, sorted.
        file: path and bytes of a file to hold against the law; None without one.
        live: the environment of the process; None when it is not to be looked at.
    """

    law: EnvironmentLaw
    examples: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    unguarded: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    file: tuple[str, bytes] | None = None
    live: Mapping[str, str] | None = None

    def __repr__(self) -> str:
        return "EnvironmentInput(...)"
