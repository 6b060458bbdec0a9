"""What the law demands of what documents say: which things are meant, and what must be true of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.finding import Severity


class What(StrEnum):
    """What is selected; the value is the word of a policy, and the name of the thing in an expression."""

    ITEM = "item"
    DOCUMENT = "document"
    ENTRY = "entry"
    EVIDENCE = "evidence"
    CLAIM = "claim"


_ITEM = ("id", "kind", "title", "status", "raw_status", "basis", "gate", "parent", "refs", "owner", "evidence")
_PLACE = ("path", "line", "column")

FIELDS: Mapping[What, tuple[str, ...]] = {
    What.ITEM: (*_PLACE, *_ITEM),
    What.DOCUMENT: (
        *("path", "kind", "kind_reason", "title", "owner", "sha256", "encoding"),
        *("legend", "items", "entries", "claims", "problems"),
    ),
    What.ENTRY: ("path", "line", "title", "date", "number", "artifacts", "validations", "next"),
    What.EVIDENCE: (*_PLACE, "target", "kind", "state", "item"),
    What.CLAIM: (*_PLACE, "kind", "text", "values", "verdict"),
}
"""The fields of each thing: those of `parse --format json`, its document's path, and what the repository says of it."""

PATTERNS: Mapping[What, tuple[str, ...]] = {
    What.ITEM: ("id", "title", "gate", "owner", "parent"),
    What.DOCUMENT: ("title", "owner"),
    What.ENTRY: ("title",),
    What.EVIDENCE: ("target", "state", "id", "gate", "owner"),
    What.CLAIM: ("text", "verdict"),
}
"""The fields by which things are selected with a regular expression; `id`, `gate` and `owner` of evidence are its item's."""

PER = ("document", "gate", "owner", "parent", "kind", "status")
"""By what things may be counted."""


class Select(Struct, frozen=True):
    """Which things are meant; all that is given must hold.

    Attributes:
        paths: gitignore patterns of their documents; none for all.
        documents: kinds of their documents; none for all.
        kinds: their own kinds; none for all.
        statuses: status of the item, or of the item that offers the evidence; none for all.
        patterns: field -> regular expression of RE2 that is found somewhere in it; a field without value is not meant.
    """

    what: What = What.ITEM
    paths: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    patterns: Mapping[str, str] = field(default_factory=dict)


class Count(Struct, frozen=True):
    """How many of the selected things there must be.

    Attributes:
        least: None for no such bound.
        most: None for no such bound.
        per: one of `PER`: the bounds hold for each value that any thing of this kind has in these documents; "" for all together.
    """

    least: int | None = None
    most: int | None = None
    per: str = ""


class Example(Struct, frozen=True):
    """Documents, and the findings that they must give.

    Attributes:
        given: path -> text.
        expect: lines such as `docs/plan.md:3 ACME001`, in any order.
        only: codes of the rules whose findings are compared; none for all.
        today: ISO 8601 date that counts as today; "" for the day of the run.
        where: "path:line:column" of the example.
    """

    name: str
    given: Mapping[str, str]
    expect: tuple[str, ...] = ()
    only: frozenset[str] = frozenset()
    today: str = ""
    where: str = ""


class Assertion(Struct, frozen=True):
    """What the law demands of every selected thing; at least one of `schema`, `cel` and `count` is given.

    Attributes:
        code: three or more letters and a number ("ACME001").
        name: kebab case.
        schema: JSON Schema (draft 2020-12) that each thing must satisfy; None for no such demand.
        cel: expression of CEL that must be true of each thing; "" for no such demand.
        message: with `{field}` for what the thing says; "" for words of the tool's own.
        where: "path:line:column" in the policy, or "pack:name:line:column".
        places: key -> place of what stands under it.
        file: path of the policy that is in force, where what is missing everywhere is told.
    """

    code: str
    name: str
    severity: Severity = Severity.WARNING
    select: Select = field(default_factory=Select)
    schema: Mapping[str, object] | bool | None = None
    cel: str = ""
    count: Count | None = None
    message: str = ""
    examples: tuple[Example, ...] = ()
    where: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
