"""What becomes of a claim once it is held against what can be counted, read or looked up."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.document import Claim
from gatekeeper.model.text import Span


class ClaimVerdict(StrEnum):
    """How a claim stands."""

    VERIFIED = "verified"
    ASSERTED = "asserted"
    REFUTED = "refuted"


class ClaimBasis(StrEnum):
    """What a claim was held against."""

    NONE = "none"
    LIST = "list"
    OPEN_ITEMS = "open-items"
    FIGURE = "figure"
    DONE = "done"
    PERCENT = "percent"
    LINES = "lines"
    TESTS = "tests"
    COMMAND = "command"
    DIGEST = "digest"
    COMMIT = "commit"
    ANCESTRY = "ancestry"
    MADE_FOR = "made-for"
    REPORT = "report"
    PARTS = "parts"
    STARTED = "started"
    TRACKER = "tracker"
    UNREADABLE = "unreadable"


class ClaimSource(Struct, frozen=True):
    """A place that confirms or denies a claim.

    Attributes:
        path: the document or file.
        span: the place in it; None for the file as a whole.
        text: what stands there, on one line, as written; "" for a file.
    """

    path: str
    span: Span | None = None
    text: str = ""


class ClaimFact(Struct, frozen=True):
    """What can be said of one claim of one document.

    Attributes:
        document: path of the document that claims.
        found: the numbers and names that were found instead, by name; they are the claim's own when it holds.
        target: the file, command or commit that was looked up; "" where the document itself is the source.
        sources: where it was found, in order.
        is_firm: whether both sides are explicit and about the same named thing.
        repeats: place of an earlier claim of this document that says the same and is refuted by the same; None when this one is the first.
    """

    document: str
    claim: Claim
    verdict: ClaimVerdict = ClaimVerdict.ASSERTED
    basis: ClaimBasis = ClaimBasis.NONE
    found: Mapping[str, int | float | str] = field(default_factory=dict)
    target: str = ""
    sources: tuple[ClaimSource, ...] = ()
    is_firm: bool = False
    repeats: Span | None = None
