"""The head of a policy source, which says what it builds upon: `extends` and `params`."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    Tag,
    model_validator,
)

from gatekeeper.policy.faults import listed, remedy
from gatekeeper.policy.section import BY_SHAPE, LIST, MAPPING, OR_NO_ENTRIES, OR_NO_NAMES, SCALAR, Section, fault

PACKS = ("default", "strict", "ai-runtime", "env")
"""The packs that are shipped, in the order of a list for people."""

_FILE_ENDS = (".yml", ".yaml", ".json")


def is_file_name(word: str) -> bool:
    """Whether a word of `extends` names a file and not a pack."""
    return "/" in word or word.endswith(_FILE_ENDS)


def _pack(word: object) -> object:
    if isinstance(word, str) and word not in PACKS:
        hint = remedy(word, PACKS, "use one of these packs, or `file:` and a path")
        raise fault(f"read {{read}} as a pack, expected one of {listed(PACKS)}", hint)
    return word


def _file(path: object) -> object:
    if not isinstance(path, str):
        return path
    hint = "write its path relative to this file"
    if "://" in path:
        raise fault(
            "read {read} as a file of law; nothing is fetched from elsewhere", "copy the file into the repository"
        )
    if not path.endswith(_FILE_ENDS) or path.startswith("/") or "\\" in path or "\0" in path or ":" in path:
        raise fault("read {read} as a file of law, expected a relative path that ends in .yml, .yaml or .json", hint)
    return path


def _word(word: object) -> object:
    return _file(word) if isinstance(word, str) and is_file_name(word) else _pack(word)


def _digest(word: object) -> object:
    if isinstance(word, str) and len(word) == 64 and set(word) <= set("0123456789abcdef"):
        return word
    raise fault(
        "read {read} as a digest, expected SHA-256 in 64 hexadecimal digits", "`gatekeeper policy show` tells it"
    )


class ExtendsEntry(Section):
    """Law to build upon, pinned to its bytes by a digest."""

    what = "an entry of extends"

    pack: Annotated[StrictStr | None, BeforeValidator(_pack)] = Field(
        default=None, description="Name of a shipped pack.", json_schema_extra={"enum": list(PACKS)}
    )
    file: Annotated[StrictStr | None, BeforeValidator(_file)] = Field(
        default=None,
        description="Path of a policy file, relative to this one.",
        json_schema_extra={"pattern": r"\.(yml|yaml|json)$"},
    )
    sha256: Annotated[StrictStr | None, BeforeValidator(_digest)] = Field(
        default=None,
        description="Digest that the pack's or file's bytes must have; another one is refused.",
        json_schema_extra={"pattern": "^[0-9a-f]{64}$"},
    )

    @model_validator(mode="after")
    def _names_one(self) -> ExtendsEntry:
        if (self.pack is None) == (self.file is None):
            raise fault('expected either "pack" or "file"', "name one of the two")
        return self


class Parameter(Section):
    """What a pack wants to be told by whoever adopts it."""

    what = "a parameter"

    description: StrictStr = Field(default="", description="What it is for.")
    default: StrictStr | StrictBool | StrictInt | StrictFloat | list[Any] | None = Field(
        default=None, description="Its value where the adopting file gives none; without it the adopting file must."
    )


_Entry = Annotated[
    Annotated[StrictStr, BeforeValidator(_word), Tag(SCALAR)] | Annotated[ExtendsEntry, Tag(MAPPING)], BY_SHAPE
]
_Param = Annotated[
    Annotated[StrictStr | StrictBool | StrictInt | StrictFloat | None, Tag(SCALAR)]
    | Annotated[list[Any], Tag(LIST)]
    | Annotated[Parameter, Tag(MAPPING)],
    BY_SHAPE,
]


def _several(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def _param_name(name: str) -> str:
    if not name.replace("-", "_").isidentifier() or not name.isascii():
        raise fault("read {read} as the name of a parameter", "use letters, digits, _ and -, a letter first")
    return name


Extends = Annotated[tuple[_Entry, ...], BeforeValidator(_several), OR_NO_ENTRIES]
Params = Annotated[dict[Annotated[str, BeforeValidator(_param_name)], _Param], OR_NO_NAMES]


class PolicyHead(Section):
    """The part of a policy that is read first; what else the file holds is not looked at here."""

    model_config = ConfigDict(extra="ignore")

    what = "a policy"

    extends: Extends = ()
    params: Params = Field(default={})
