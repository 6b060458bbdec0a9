"""What the law wants of a file: the facts that are meant, and what they must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.data import Scalar
from gatekeeper.model.finding import Severity

DEFAULT_RULE = "SC001"
CONTRACT_RULES = (DEFAULT_RULE, *(f"AI00{number}" for number in range(1, 10)))
"""The rules that a contract may name; each finding of theirs comes from a contract."""

EVERYWHERE = "*"


class Extractor(StrEnum):
    """What is taken out of a file; the value is its key in a policy."""

    DATA = "data"
    CONSTANT = "constant"
    UNION = "union"
    STRINGS = "strings"
    SECTIONS = "sections"
    LIST = "list"
    TABLE = "table"


class Selector(Struct, frozen=True):
    """Which facts of which file.

    Attributes:
        file: repo-relative POSIX path or glob; each file that a glob matches is asked alone.
        name: a JSON pointer (DATA; `*` stands for every key or index), a dotted name (CONSTANT, UNION), a declaration
            (STRINGS) or a section's title (LIST, TABLE); EVERYWHERE for the whole file.
        column: the one column of a TABLE whose cells are meant; "" for whole rows.
    """

    file: str
    extractor: Extractor
    name: str = EVERYWHERE
    column: str = ""

    def __str__(self) -> str:
        """What is selected, in words, without the file."""
        if self.name in (EVERYWHERE, "") and self.extractor is not Extractor.DATA:
            return "the code" if self.extractor is Extractor.STRINGS else "the page"
        words = {Extractor.LIST: "the list of section", Extractor.TABLE: "the table of section"}
        column = f", column `{self.column}`" if self.column else ""
        return f"{words.get(self.extractor, self.extractor.value)} `{self.name or '/'}`{column}"


class PathBase(StrEnum):
    """What a path in a file is relative to."""

    ROOT = "root"
    BESIDE = "beside"


class Direction(StrEnum):
    """Which way a threshold becomes stricter."""

    UP = "up"
    DOWN = "down"


class Tightening(Struct, frozen=True):
    """Thresholds that never loosen from row to row of a table.

    Attributes:
        columns: the columns that are held, each with its direction; none for every column whose cells have a sign (`>=`, `<=`).
    """

    columns: Mapping[str, Direction] = field(default_factory=dict)


class Contract(Struct, frozen=True):
    """What the law wants of a file.

    Attributes:
        name: the policy's name for it.
        selector: the facts that are held.
        rule: code of the rule whose finding a broken contract is.
        schema: JSON Schema (draft 2020-12) that the facts must satisfy; None for no such demand.
        includes: values that must be among the facts (entries of a sequence, keys of a mapping), and keys with the value they must have.
        path_exists: every fact is a path to a tracked file or folder, relative to this; None for no such demand.
        tightens: how the rows of a TABLE become stricter; None for no such demand.
        same_as: other places that must hold the same set of values.
        within: other places; every value must stand in one of them.
        message: what the law says to whoever breaks it; "" for the rule's own words.
        severity: None keeps the rule's own.
        where: "path:line:column" in the policy; "" when it came from no file.
    """

    name: str
    selector: Selector
    rule: str = DEFAULT_RULE
    schema: Mapping[str, object] | bool | None = None
    includes: tuple[Scalar | tuple[str, Scalar], ...] = ()
    path_exists: PathBase | None = None
    tightens: Tightening | None = None
    same_as: tuple[Selector, ...] = ()
    within: tuple[Selector, ...] = ()
    message: str = ""
    severity: Severity | None = None
    where: str = ""
