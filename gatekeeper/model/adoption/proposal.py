"""What was found of a repository that its policy file could say, each thing with the facts behind it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from gatekeeper.model.document import DocumentKind
from gatekeeper.model.finding import Location
from gatekeeper.model.status import Status


class KindGuess(Struct, frozen=True):
    """Documents of one kind under one pattern.

    Attributes:
        pattern: as in .gitignore; it matches nothing of another kind.
        documents: how many it matches.
        by_title: how many of them name the kind in their title; the rest say it by what is in them.
        items: how many items they have, of which `known` have a status that is understood.
        entries: how many entries of logs.
        is_sure: whether it is proposed as law; otherwise only what is in them speaks for the kind, and that is little.
    """

    pattern: str
    kind: DocumentKind
    documents: int
    by_title: int = 0
    items: int = 0
    known: int = 0
    entries: int = 0
    is_sure: bool = True


class FolderReason(StrEnum):
    """Why a folder may better be left out."""

    TEMPLATES = "templates"
    VENDORED = "vendored"
    COPY = "copy"
    ARCHIVE = "archive"
    FIXTURES = "fixtures"


class FolderGuess(Struct, frozen=True):
    """A folder whose documents may not tell how the work stands.

    Attributes:
        folder: repo-relative, without a slash at its end.
        pattern: it and all below it, as in .gitignore.
        documents: how many documents with content lie in it, with `items` items.
        forms: TEMPLATES only: how many of them have blanks to fill in.
        original: COPY only: the folder that holds the same documents.
        findings: how many errors and warnings stand in it; (0, 0) where it was left out, as nobody looked.
        is_sure: whether it is proposed as law.
    """

    folder: str
    pattern: str
    reason: FolderReason
    documents: int
    items: int = 0
    forms: int = 0
    original: str = ""
    findings: tuple[int, int] = (0, 0)
    is_sure: bool = False


class WordGuess(Struct, frozen=True):
    """Words in the place of a status that mean nothing to the tool.

    Attributes:
        word: as it stands first.
        times: how often it stands, in `documents` documents.
        first: where it stands first.
        like: a known word that is spelled nearly so; "" without one.
        status: what that one means; None without one.
    """

    word: str
    times: int
    documents: int
    first: Location
    like: str = ""
    status: Status | None = None


class GateGuess(Struct, frozen=True):
    """A gate that documents know.

    Attributes:
        unit: the unit of work that it closes ("Sprint 5"); "" without one.
        aliases: other names that documents give it.
        owner: whom documents name; "" for nobody.
        documents: how many name it.
        is_sure: whether it is proposed as law.
    """

    name: str
    unit: str = ""
    aliases: tuple[str, ...] = ()
    owner: str = ""
    documents: int = 0
    is_sure: bool = False


class OwnersFound(Struct, frozen=True):
    """Who answers for items.

    Attributes:
        owners: name and how many items it has, most first; not all of them where there are many.
        named: how many items name somebody, of `items` in the documents in which any does.
        others: how many more names there are.
    """

    owners: tuple[tuple[str, int], ...] = ()
    named: int = 0
    items: int = 0
    others: int = 0


class EnvironmentGuess(Struct, frozen=True):
    """Files that declare variables.

    Attributes:
        examples: their patterns as in .gitignore, one for each.
        names: how many variables files and code know.
        errors: how many errors its rules give today; likewise warnings and notes.
        is_sure: whether it is proposed as law, which it is where nothing is wrong today.
    """

    examples: tuple[str, ...]
    names: int
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    is_sure: bool = False


class RuntimeGuess(Struct, frozen=True):
    """A page and a source file that look like the guard rails of an AI runtime.

    Attributes:
        playbook: the page; `heading` is the section that speaks for it, at `line` (1-based).
        kinds: the kinds of failure that it lists, as written.
        source: the source file with a constant of thresholds; "" where none was found.
        constant: that constant's name; "" without one.
    """

    playbook: str
    heading: str
    line: int
    kinds: tuple[str, ...] = ()
    source: str = ""
    constant: str = ""


class Proposal(Struct, frozen=True):
    """What a policy file of a repository could say.

    Attributes:
        kinds: those that are sure first, each part by kind and pattern.
        unlisted: how many documents no sure pattern names; their kind is decided by what is in them at each run.
        folders: those that are sure first, each part by path.
        words: the most frequent first.
        gates: in their order.
        are_gates_ordered: whether their numbers or units give that order.
        documents: how many documents with content there are, what is left out apart, with `items` items.
        unreadable: how many files could not be read.
        looked: how many files were looked at.
    """

    kinds: tuple[KindGuess, ...] = ()
    unlisted: int = 0
    folders: tuple[FolderGuess, ...] = ()
    words: tuple[WordGuess, ...] = ()
    gates: tuple[GateGuess, ...] = ()
    are_gates_ordered: bool = False
    owners: OwnersFound = OwnersFound()
    environment: EnvironmentGuess | None = None
    runtime: RuntimeGuess | None = None
    documents: int = 0
    items: int = 0
    unreadable: int = 0
    looked: int = 0
