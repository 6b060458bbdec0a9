"""References in a piece of text: code spans, links, URLs and bare paths, in order of appearance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef, TestName
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.page import Page
from gatekeeper.parse.syntax.blocks import Block, Inline, ListItem, Table
from gatekeeper.parse.words.offer import is_made, is_next_of, judge_offer
from gatekeeper.parse.words.reference import Target, parse_target

_URL = re.compile(r"https?://[^\s<>|`\"'\]]+[^\s<>|`\"'\].,;:!?)]")
_PATH = re.compile(
    r"(?<![\w/.@:`\\~-])(?:\.{1,2}/|~?/)?(?:[\w@.+\-]+/)+(?:[\w@.+*\-]+\.[A-Za-z0-9]{1,10}(?::\d+(?:[-\u2013]\d+)?)?(?:#[\w-]+)?|(?=[\s),;|]|$))"
)
_FILE = re.compile(r"(?<![\w/.@:`\\-])[\w][\w.+\-]*\.[A-Za-z0-9]{1,8}(?::\d+(?:[-\u2013]\d+)?)?(?![\w/(])")
_LEADING_FILE = re.compile(r"(?:\*\*)?([\w][\w.+\-]{0,120}\.[A-Za-z0-9]{1,8})(?:\*\*)?(?:\s+[-\u2013\u2014]|\s*:)\s")
_COMMIT = re.compile(
    r"(?<![\w/.-])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}(?![\w/.-])|(?<!\w)PR\s?#?\d+|(?<![\w/&])#\d+\b"
)
# What every commit, pull request and issue has; quick looks before the whole pattern runs.
_DIGIT, _HEX = re.compile(r"\d"), re.compile(r"[0-9a-f]{7}")
_SEE = re.compile(
    r"\b(?:see|cf\.?|details in|described in|refer to|siehe|voir|véase|ver|se også|см\.)\s*:?\s*(?:also\s+)?[*_(]*$",
    re.IGNORECASE,
)
_THREAD = re.compile(r"https?://[^/]+/[^/]+/[^/]+/(?:issues|pull|pulls|merge_requests)/\d+")
_SHA = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{7,40}$")
_PR = re.compile(r"^PR\s?#?")
_TEST_PATH = re.compile(r"(?:^|[/._-])(?:tests?|specs?|e2e|__tests__)(?:[/._-]|$)", re.IGNORECASE)

PROOF = frozenset(
    {
        EvidenceKind.PATH,
        EvidenceKind.DIRECTORY,
        EvidenceKind.GLOB,
        EvidenceKind.PATTERN,
        EvidenceKind.URL,
        EvidenceKind.COMMAND,
    }
)


_BARE = PROOF - {EvidenceKind.COMMAND}


def iter_refs(
    page: Page, start: int, end: int, inlines: Iterable[Inline], *, bare: str = "url"
) -> Iterator[EvidenceRef]:
    """The references between two offsets, in order.

    Args:
        inlines: the code spans and links that may lie there.
        bare: what counts outside of code spans and links: "url", "path" (URLs and paths with a slash), "file" (file names
            too) or "any" (folders too)
    """
    cursor = start
    last: EvidenceRef | None = None
    for inline in inlines:
        if inline.start < cursor or inline.end > end:
            continue  # outside of the range, or a code span inside of a link's text
        beside = page.text[cursor : inline.start] if last is not None else ""
        ref = _inline_ref(page, inline)
        if last is not None and ref is None and inline.kind == "code" and _is_beside(beside, has_test=bool(last.tests)):
            last = _with_test(page, last, inline)
        else:
            if last is not None:
                yield last
            yield from _bare_refs(page, cursor, inline.start, bare)
            last = ref
        cursor = inline.end
    if last is not None:
        yield last
    yield from _bare_refs(page, cursor, end, bare)


def proof_in(page: Page, block: Block, *, bare: str = "url") -> Sequence[EvidenceRef]:
    """What the own words of a block offer as proof: paths, patterns, URLs and commands.

    Kept by the page: an item, its section and the entry of a log around it all ask for it.
    """
    if block.text_start < 0:
        return ()
    if not block.inlines and bare == "url" and page.text.find("://", block.text_start, block.text_end) < 0:
        return ()
    key = (block.text_start, block.text_end, bare)
    known = page.offers.get(key)
    if known is None:
        refs = iter_refs(page, block.text_start, block.text_end, block.inlines, bare=bare)
        known = page.offers[key] = tuple(weigh_offers(page, block.text_start, refs))
    return known


def leading_file(page: Page, start: int, end: int) -> list[EvidenceRef]:
    """The bare file name that an item begins with and a dash or colon follows: `02-01-PLAN.md — the client`; at most one."""
    match = _LEADING_FILE.match(page.text, start, end)
    target = parse_target(match.group(1)) if match is not None else None
    if match is None or target is None or target.kind is not EvidenceKind.PATH:
        return []
    return [make_ref(target, match.group(1), Span(*match.span(1)), EvidenceForm.BARE)]


def weigh_offers(page: Page, start: int, refs: Iterable[EvidenceRef]) -> Iterator[EvidenceRef]:
    """The references that the words from `start` on offer or mention, without asides and what is said to be gone."""
    made: EvidenceRef | None = None
    for ref in refs:
        if ref.kind not in PROOF or _is_aside(page, ref):
            continue
        is_offered = judge_offer(page.text, start, ref)
        is_next = made is not None and is_next_of(page.text, made, ref)
        if is_offered is not None:
            yield ref if is_offered or is_next else replace(ref, is_offered=False)
        made = ref if is_offered is not None and (is_next or (is_offered and is_made(page.text, start, ref))) else None


def _is_aside(page: Page, ref: EvidenceRef) -> bool:
    """Whether a reference points elsewhere instead of proving: an issue's URL, "see [design](...)"."""
    if ref.kind is EvidenceKind.URL:
        return _THREAD.match(ref.target) is not None
    if ref.form is not EvidenceForm.LINK:
        return False
    opening = page.text.rfind("[", max(0, ref.span.start - 400), ref.span.start)
    return opening >= 0 and _SEE.search(page.text, max(0, opening - 24), opening) is not None


def proof_below(page: Page, blocks: Iterable[Block], *, bare: str = "url") -> list[EvidenceRef]:
    """What blocks and everything nested in them offer as proof, each target once."""
    found: dict[str, EvidenceRef] = {}
    for block in blocks:
        if isinstance(block, Table):
            continue
        parts = block.walk() if isinstance(block, ListItem) else (block,)
        for part in parts:
            for ref in proof_in(page, part, bare=bare):
                found.setdefault(ref.target, ref)
    return list(found.values())


def find_refs(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Commits and pull requests between two offsets, in order."""
    text = page.text[start:end]
    if _DIGIT.search(text) is None or not ("#" in text or "PR" in text or _HEX.search(text)):
        return ()
    return tuple(_PR.sub("#", match.group(0)) for match in _COMMIT.finditer(text))


def make_ref(target: Target, text: str, span: Span, form: EvidenceForm) -> EvidenceRef:
    """A reference from its target and its place."""
    tests: tuple[TestName, ...] = ()
    if target.test:
        at = span.end - len(target.test)
        tests = (TestName(target.test, Span(at, span.end)),)
    return EvidenceRef(text, target.kind, form, span, target.path, target.anchor, target.lines, tests)


def _inline_ref(page: Page, inline: Inline) -> EvidenceRef | None:
    text = page.text[inline.inner_start : inline.inner_end]
    if not text or inline.kind == "image":
        return None
    target = parse_target(text, is_link=inline.kind == "link")
    if target is None:
        return None
    form = EvidenceForm.LINK if inline.kind == "link" else EvidenceForm.CODE
    return make_ref(target, text, Span(inline.inner_start, inline.inner_end), form)


def _is_beside(between: str, *, has_test: bool) -> bool:
    """Whether what stands between two code spans makes the second a qualifier of the first: `path` (`a test`, `another`)."""
    mark = between.strip()
    return mark in ("(", "::") or (has_test and mark in (",", "and", ";", ", and"))


def _with_test(page: Page, ref: EvidenceRef, inline: Inline) -> EvidenceRef:
    """The reference with a test name, where the file is a test and the words read like a test's name."""
    name = page.text[inline.inner_start : inline.inner_end]
    if ref.kind is not EvidenceKind.PATH or ref.path is None or not _TEST_PATH.search(ref.path):
        return ref
    if " " not in name and not name.startswith("test_"):
        return ref
    test = TestName(name, Span(inline.inner_start, inline.inner_end))
    return EvidenceRef(ref.target, ref.kind, ref.form, ref.span, ref.path, ref.anchor, ref.lines, (*ref.tests, test))


def _bare_refs(page: Page, start: int, end: int, bare: str) -> Iterator[EvidenceRef]:
    text = page.text
    if end - start < 4:
        return
    matches = list(_URL.finditer(text, start, end)) if text.find("://", start, end) >= 0 else []
    if (bare != "url" and text.find(".", start, end) >= 0) or (bare != "url" and text.find("/", start, end) >= 0):
        matches += _PATH.finditer(text, start, end)
        matches += _FILE.finditer(text, start, end) if bare in ("file", "any") else ()
    cursor = start
    for match in sorted(matches, key=lambda found: (found.start(), -found.end())):
        if match.start() < cursor:
            continue
        if match.start() > start and text[match.start() - 1] == ")" and match.group(0).startswith("/"):
            cursor = match.end()  # the rest of `app/(group)/page.tsx`, whose begin is no bare word
            continue
        if match.group(0).startswith("~/."):
            cursor = match.end()  # where a program keeps its settings for a user; nobody offers it as proof in passing
            continue
        word = match.group(0).rstrip(".,;:")
        target = parse_target(word)
        if target is not None and target.kind in _BARE and (target.kind is not EvidenceKind.DIRECTORY or bare == "any"):
            yield make_ref(target, word, Span(match.start(), match.start() + len(word)), EvidenceForm.BARE)
            cursor = match.end()


def find_links(page: Page, blocks: Iterable[Block]) -> Iterator[EvidenceRef]:
    """Every Markdown link of a document that is not a URL, in document order; references in code do not count."""
    for block in _all_blocks(blocks):
        for inline in block.inlines:
            if inline.kind == "link" and inline.inner_end > inline.inner_start:
                ref = _inline_ref(page, inline)
                if ref is not None and ref.kind is not EvidenceKind.URL:
                    yield ref


def _all_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield from row.cells
        elif isinstance(block, ListItem):
            yield block
            yield from _all_blocks(block.children)
        else:
            yield block
