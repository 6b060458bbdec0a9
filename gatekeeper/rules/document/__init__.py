"""DC: what keeps a document from being read as its author meant it."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.document.double_encoded import DoubleEncoded
from gatekeeper.rules.document.not_utf8 import NotUtf8
from gatekeeper.rules.document.placeholder_tree import PlaceholderTree
from gatekeeper.rules.document.structure_doubtful import StructureDoubtful
from gatekeeper.rules.document.too_large import TooLarge
from gatekeeper.rules.document.unreadable_document import UnreadableDocument

RULES: tuple[type[Rule], ...] = (
    NotUtf8,
    DoubleEncoded,
    TooLarge,
    UnreadableDocument,
    StructureDoubtful,
    PlaceholderTree,
)
