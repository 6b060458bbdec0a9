"""What became of a contract, and what reads the files for it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from gatekeeper.model.contract.law import Contract
from gatekeeper.model.data import DataNode
from gatekeeper.model.document import Document
from gatekeeper.model.text import SourceText, Span


class ContractState(StrEnum):
    """What became of a contract."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class ViolationKind(StrEnum):
    """In which way a contract is not met: the facts are wrong, are not there, or cannot be judged."""

    BROKEN = "broken"
    ABSENT = "absent"
    UNJUDGED = "unjudged"


class Place(Struct, frozen=True):
    """A span of a file, with what stands there."""

    source: SourceText
    span: Span
    message: str = ""


class Violation(Struct, frozen=True):
    """One way in which one file does not meet a contract.

    Attributes:
        message: what was read and what was expected, one clause without a final dot.
        expected: what would meet the contract, as an instruction.
        place: where; a file that is not there is an empty text.
        subject: what tells it from its neighbors: a key, a value, a title.
        related: the other side, where there is one.
    """

    kind: ViolationKind
    message: str
    expected: str
    place: Place
    subject: str
    related: tuple[Place, ...] = ()


class ContractFact(Struct, frozen=True):
    """What the repository says of one contract.

    Attributes:
        state: UNKNOWN when nothing is broken or absent, but something could not be judged.
        reason: why it is not MET, of the first violation; "" for MET.
        files: the files that were asked, sorted.
        violations: all of them, by file and place.
    """

    contract: Contract
    state: ContractState
    reason: str = ""
    files: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = ()


class OutlineSection(Struct, frozen=True):
    """A section of a Markdown page with the values that stand in it.

    Attributes:
        title: plain words, with the number they may have ("2.1 Thresholds").
        words: the title without number and decoration.
        level: 1 to 6.
        heading: the heading's line.
        entries: the items of its lists, those of its subsections too, as strings: the code span or bold words that an item begins with, else all its words.
        tables: its tables, each a sequence of mappings from column to the cell's words.
    """

    title: str
    words: str
    level: int
    heading: Span
    entries: tuple[DataNode, ...] = ()
    tables: tuple[DataNode, ...] = ()


class Reader(Protocol):
    """What reads files of data and of text; the corridor hands it on, so that rooms stay apart."""

    def decode(self, path: str, data: bytes) -> SourceText:
        """The text of a file; never raises."""

    def read_data(self, source: SourceText) -> tuple[DataNode | None, str]:
        """The value that a YAML, JSON or TOML file holds; None and why not."""

    def read_document(self, path: str, data: bytes) -> Document:
        """A document as it is parsed, whether or not it carries status; never raises."""

    def read_outline(self, source: SourceText) -> tuple[OutlineSection, ...]:
        """The sections of a Markdown page in document order."""
