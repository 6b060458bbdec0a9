"""The sentence below a table that tells its results, `2 verified, 1 questionable`, held against the words in its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.link.claim.source.columns import read_heads, read_rows
from gatekeeper.link.claim.view import View, one_line
from gatekeeper.model.claim import ClaimBasis, ClaimFact, ClaimSource, ClaimVerdict
from gatekeeper.model.document import Claim, Group
from gatekeeper.model.text import Span

_LABEL = re.compile(
    r"[\W_]*(?:\w+ )?(?:summary|coverage|results?|totals?|outcome|verdict|tally|status)\b[\s*_]*:", re.IGNORECASE
)
_PART = re.compile(
    r"(?<![\w./-])(?P<n>\d{1,4})(?:\s*(?:/|of)\s*(?P<of>\d{1,4}))?\s+(?P<words>[A-Za-z]+(?:\s+[A-Za-z]+){0,6})"
)
_RESULT = re.compile(
    r"not\s+(?:done|met|started|verified|implemented|applicable)|verif\w+|question\w+|fals(?:e|ely)\b|pass(?:ed|es|ing)?\b|fail(?:ed|s|ing|ures?)?\b"
    r"|partial(?:ly)?\b|missing|complet\w+|done\b|implement\w+|pending|blocked|open\b|closed|skipped|waived|resolved|fixed|unverified|incomplete",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"[\W_]*(?:verif|complet|done\b|pass|implemented|yes\b|met\b|fixed|resolved|closed|ok\b)|[\W_]{0,4}(?:✅|✓|✔|☑)"
    r"(?!.*\b(?:not|partial|fail|missing))",
    re.IGNORECASE,
)
_BOX = re.compile(r"^\s*\[[ xX~-]\]\s*")
_MARKED = re.compile(r"\bmarked\b.*", re.IGNORECASE)
_STEM = 4
_BELOW = 3
_LIKENESS = 0.75
_SIGNS = "*_`✅✓✔☑❌✗⚠\ufe0f🟡🔴⏳🔄 \t"


class _Part(Struct, frozen=True):
    """One part of such a sentence: how many, of how many (0 where it does not say), with which results, and where."""

    count: int
    whole: int
    results: frozenset[str]
    span: Span


class Columns:
    """What the columns of a document's tables say, each table read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._facts: dict[int, ClaimFact] | None = None
        self._done: dict[int, frozenset[tuple[int, int]]] = {}

    def judge(self, claim: Claim) -> ClaimFact | None:
        """What the column says whose words a sentence's parts use; None for other claims."""
        if self._facts is None:
            tables = (group for group in self._view.groups if group.kind == "table" and group.count >= 2)
            found = (fact for table in tables for fact in self._of_table(table))
            self._facts = {fact.claim.span.start: fact for fact in found}
        return self._facts.get(claim.span.start)

    def extra(self) -> Iterator[ClaimFact]:
        """The facts of parts that are no claims of the document by themselves."""
        known = {claim.span.start for claim in self._view.document.claims}
        yield from (fact for start, fact in (self._facts or {}).items() if start not in known)

    def pairs(self, group: Group) -> frozenset[tuple[int, int]]:
        """(done, rows) by each column of a table whose cells begin with words for done."""
        known = self._done.get(group.span.start)
        if known is None:
            rows = [cells for _, cells in read_rows(self._view, group)]
            width = max(map(len, rows), default=0)
            counts = (
                sum(at < len(row) and _DONE.match(_BOX.sub("", row[at])) is not None for row in rows)
                for at in range(width)
            )
            known = self._done[group.span.start] = frozenset((count, len(rows)) for count in counts)
        return known

    def _of_table(self, table: Group) -> Iterator[ClaimFact]:
        parts = self._parts(table)
        if len(parts) < 2 or any(not part.results for part in parts):
            return
        rows = [cells for _, cells in read_rows(self._view, table)]
        part_of = {result: part for part in parts for result in part.results}
        width = max(map(len, rows), default=0)
        columns = {at: [_result_of(row[at]) if at < len(row) else "" for row in rows] for at in range(width)}
        covered = [at for at, words in columns.items() if all(word in part_of for word in words)]
        heads = read_heads(self._view, table)
        named = [
            at
            for at in covered
            if at < len(heads) and {_stem(word) for word in _RESULT.findall(heads[at])} & set(part_of)
        ]
        if len(named or covered) != 1:
            return
        column = columns[(named or covered)[0]]
        counts = Counter(part_of[word].span for word in column)
        stated = sum(part.count for part in parts)
        sizes = {stated, *(part.whole for part in parts if part.whole)}
        is_sure = len(rows) in sizes
        # A result that no cell has may be another column's, unless the parts are as many as the rows.
        off = [one for one in parts if one.count != counts[one.span] and (counts[one.span] or stated == len(rows))]
        if not off:
            yield self._fact(parts[0], counts[parts[0].span], rows, ClaimVerdict.VERIFIED, table)
        elif is_sure or any(_is_near(size, len(rows)) for size in sizes):
            yield self._fact(off[0], counts[off[0].span], rows, ClaimVerdict.REFUTED, table, is_firm=is_sure)

    def _parts(self, table: Group) -> Sequence[_Part]:
        """The parts of the sentence within three lines below a table, where one begins with a label for results."""
        view = self._view
        last = view.line_of(max(table.span.end - 1, table.span.start))
        for line in range(last + 1, min(last + _BELOW, view.source.line_count()) + 1):
            span = view.source.line_span(line)
            text = view.source.slice(span)
            if _LABEL.match(text):
                return _distinct([_part(match, span.start) for match in _PART.finditer(text)])
        return []

    def _fact(
        self,
        part: _Part,
        found: int,
        rows: Sequence[list[str]],
        verdict: ClaimVerdict,
        table: Group,
        *,
        is_firm: bool = False,
    ) -> ClaimFact:
        view = self._view
        start = part.span.start
        claims = (one for one in view.document.claims if one.span.start == start and one.kind in ("count", "ratio"))
        own = Claim("count", view.source.slice(part.span), part.span, {"count": part.count, "of": ""})
        line = view.line_at(table.span.start)
        return ClaimFact(
            view.document.path,
            next(claims, own),
            verdict,
            ClaimBasis.LIST,
            {"total": len(rows), "done": found, "what": "rows"},
            sources=(ClaimSource(view.document.path, line, one_line(view.source.slice(line))),),
            is_firm=is_firm,
        )


def _part(match: re.Match[str], offset: int) -> _Part:
    words = _MARKED.sub("", match["words"])  # "falsely marked complete" is false
    results = frozenset(_stem(word) for word in _RESULT.findall(words))
    span = Span(offset + match.start(), offset + match.end())
    return _Part(int(match["n"]), int(match["of"] or 0), results, span)


def _distinct(parts: list[_Part]) -> list[_Part]:
    """The parts that tell a result, without results that several of them tell (`verified complete`, `falsely marked complete`)."""
    uses = Counter(result for part in parts for result in part.results)
    return [
        replace(part, results=frozenset(result for result in part.results if uses[result] == 1))
        for part in parts
        if part.results
    ]


def _is_near(one: int, other: int) -> bool:
    return min(one, other) >= _LIKENESS * max(one, other)


def _result_of(cell: str) -> str:
    """The result with which a cell begins, as a stem; "" where it begins with something else."""
    text = _BOX.sub("", cell).lstrip(_SIGNS)
    match = _RESULT.match(text)
    return _stem(match[0]) if match is not None else ""


def _stem(word: str) -> str:
    words = word.casefold().split()
    return " ".join([*words[:-1], words[-1][:_STEM]])
