"""The claims of data: figures under keys that name a measure, and what its strings say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import Claim, WorkItem
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.words.claim import find_claims
from gatekeeper.parse.words.figure import STATES, is_measure, label_of_key

# What a string of data says of code and history stands in other people's records more often than in a team's own words.
_SAID = frozenset(("ratio", "percent", "count", "tests", "all", "results", "figure"))
_STRING_LIMIT = 4000
# Parts into which findings and issues are told: keys that name no thing by themselves.
_GRADES = frozenset("critical blocker high major medium moderate low minor info nit trivial warning".split())


def collect_data_claims(source: SourceText, root: DataNode, items: Iterable[WorkItem] = ()) -> list[Claim]:
    """The claims of a tree of data in document order; each knows the item of whose record it is a direct part.

    Args:
        items: the tree's own items.
    """
    starts = {item.span.start for item in items}
    claims = (claim for claim in _walk(source, root, starts))
    return sorted(claims, key=lambda claim: claim.span)


def _walk(source: SourceText, root: DataNode, starts: set[int]) -> Iterator[Claim]:
    waiting: list[tuple[DataNode, str, int | None]] = [(root, "", None)]
    while waiting:
        node, above, item = waiting.pop()
        if node.kind is DataKind.SEQUENCE:
            waiting.extend((entry, above, item) for entry in node.entries)
        elif node.kind is DataKind.STRING:
            yield from _said(source, node, item)
        elif node.kind is DataKind.MAPPING:
            own = next((name.span.start for name, _ in node.pairs if name.span.start in starts), None)
            for name, value in node.pairs:
                label = label_of_key(str(name.scalar))
                if value.kind is DataKind.NUMBER:
                    yield from _figure(source, name, value, label, above, own)
                else:
                    waiting.append((value, label, own))


def _figure(
    source: SourceText, name: DataNode, value: DataNode, label: str, above: str, item: int | None
) -> Iterator[Claim]:
    """The figure under a key; a key that says only which part is counted takes its noun from the key above it."""
    full = f"{above} {label}" if above and (label in STATES or label in _GRADES) else label
    number = value.scalar
    if is_measure(full) and isinstance(number, int) and not isinstance(number, bool) and number >= 0:
        span = Span(name.span.start, max(name.span.end, value.span.end))
        yield Claim("figure", source.slice(span), span, {"label": full, "count": number}, item)


def _said(source: SourceText, node: DataNode, item: int | None) -> Iterator[Claim]:
    if len(node.span) > _STRING_LIMIT:
        return
    for found in find_claims(source.text, node.span.start, node.span.end):
        if found.kind in _SAID:
            span = Span(found.start, found.end)
            yield Claim(found.kind, source.slice(span), span, found.values, item)
