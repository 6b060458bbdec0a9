"""The claims of a page: counts, ratios, percentages, "all complete", commands that passed, digests and commits."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from gatekeeper.model.document import Claim
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page
from gatekeeper.parse.syntax.blocks import Block, Fence, Inline, ListItem, Table
from gatekeeper.parse.words.claim import Hints, find_claims
from gatekeeper.parse.words.reference import is_command

_PASSED = re.compile(
    r"[`*\s:(=\u2013\u2014→-]{0,12}(?P<word>pass(?:ed|es|ing)?|succeed(?:s|ed)?|green|ok|✅)\b", re.IGNORECASE
)


def collect_claims(page: Page, blocks: Iterable[Block]) -> list[Claim]:
    """The claims of a page in document order; what stands in code is no claim."""
    hints = Hints(page.text)
    claims = [claim for block in blocks for claim in _block_claims(page, block, hints)]
    return sorted(claims, key=lambda claim: (claim.span.start, claim.span.end))


def _block_claims(page: Page, block: Block, hints: Hints) -> Iterator[Claim]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield from _words_claims(page, cell, hints)
    elif not isinstance(block, Fence):
        yield from _words_claims(page, block, hints)
    if isinstance(block, ListItem):
        for child in block.children:
            yield from _block_claims(page, child, hints)


def _words_claims(page: Page, block: Block, hints: Hints) -> Iterator[Claim]:
    if block.text_start < 0 or block.text_start >= block.text_end:
        return
    starts: list[int] | None = None
    may_claim = hints.may_claim(block.text_start, block.text_end)
    for found in find_claims(page.text, block.text_start, block.text_end, hints.quantifiers) if may_claim else ():
        inside = None
        if block.inlines:
            starts = starts or [inline.start for inline in block.inlines]
            before = block.inlines[: bisect_left(starts, found.end)][-2:]  # a code span may lie inside of a link's text
            inside = next((inline for inline in before if found.start < inline.end), None)
        if inside is None or (inside.kind == "code" and found.kind in ("digest", "commit")):
            yield Claim(found.kind, page.text[found.start : found.end], Span(found.start, found.end), found.values)
    for inline in block.inlines:
        claim = _command_claim(page, block, inline) if inline.kind == "code" else None
        if claim is not None:
            yield claim


def _command_claim(page: Page, block: Block, code: Inline) -> Claim | None:
    """The claim that a command passed, where the words right after its code span say so."""
    match = _PASSED.match(page.text, code.end, block.text_end)
    command = page.text[code.inner_start : code.inner_end]
    if match is None or not is_command(command):
        return None
    span = Span(code.start, match.end())
    return Claim(
        "command", page.text[span.start : span.end], span, {"command": command, "result": match.group("word").lower()}
    )
