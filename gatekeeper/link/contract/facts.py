"""The facts of one file as demands see them, and how a violation is told of them."""

from __future__ import annotations

from msgspec import Struct

from gatekeeper.link.contract.code.literal import is_open
from gatekeeper.model.contract.fact import Place, Violation, ViolationKind
from gatekeeper.model.contract.law import Extractor, Selector
from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.text import SourceText, Span


class Facts(Struct, frozen=True):
    """What a selector took out of one file.

    Attributes:
        node: the values.
    """

    selector: Selector
    source: SourceText
    node: DataNode

    @property
    def name(self) -> str:
        """How a message names the whole."""
        return str(self.selector)

    @property
    def subject(self) -> str:
        """What tells a violation of the whole from others."""
        return f"{self.selector.extractor} {self.selector.name}"

    def violation(
        self,
        kind: ViolationKind,
        message: str,
        expected: str,
        span: Span,
        subject: str,
        related: tuple[Place, ...] = (),
    ) -> Violation:
        """A violation at a place of the file."""
        return Violation(kind, message, expected, Place(self.source, span), subject, related)

    def broken(
        self, message: str, expected: str, span: Span, subject: str, related: tuple[Place, ...] = ()
    ) -> Violation:
        """A violation of facts that are wrong."""
        return self.violation(ViolationKind.BROKEN, message, expected, span, subject, related)

    def unjudged(self, node: DataNode, label: str, subject: str) -> Violation:
        """A violation of a value, or of what is hidden in one, that only running the code would tell."""
        hidden = (list_hidden(node) or [node])[0]
        what = str(hidden.scalar) if hidden.kind is DataKind.COMPUTED else "a value that cannot be told"
        if hidden is node:
            why = (
                "which is not followed"
                if self.selector.extractor is Extractor.DATA
                else "whose value only running the code would tell"
            )
            message = f"{label} is {what}, {why}"
        else:
            message = f"{label} holds {what}, so that what is in it cannot be told"
        return self.violation(ViolationKind.UNJUDGED, message, "write it as a literal", hidden.span, subject)

    @property
    def is_open(self) -> bool:
        """Whether there may be more facts than are written."""
        return is_open(self.node) or any(entry.kind is DataKind.COMPUTED for entry in self.node.entries)


def list_hidden(node: DataNode) -> list[DataNode]:
    """The nodes in a value that are computed, itself among them."""
    found, stack = [], [node]
    while stack:
        one = stack.pop()
        if one.kind is DataKind.COMPUTED:
            found.append(one)
        stack.extend(reversed(one.entries))
        stack.extend(part for pair in reversed(one.pairs) for part in reversed(pair))
    return found


def members(node: DataNode) -> tuple[DataNode, ...]:
    """The known values that a set is made of: entries of a list, keys of a mapping, or the one value itself."""
    if node.kind is DataKind.MAPPING:
        return tuple(key for key, _ in node.pairs if key.kind is not DataKind.COMPUTED)
    if node.kind is DataKind.SEQUENCE:
        return tuple(entry for entry in node.entries if entry.kind is not DataKind.COMPUTED)
    return () if node.kind in (DataKind.COMPUTED, DataKind.NULL) else (node,)
