"""Bytes to Document: decode, read the syntax, run the recognizers, decide the kind. Never raises on any bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind, Problem, ProblemKind
from gatekeeper.model.status import Status
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.dialect.approvals import find_decisions, iter_approvals
from gatekeeper.parse.dialect.claims import collect_claims
from gatekeeper.parse.dialect.data_claims import collect_data_claims
from gatekeeper.parse.dialect.directives import hide_directives, page_directives, tree_directives
from gatekeeper.parse.dialect.items import collect_items, one_a_line
from gatekeeper.parse.dialect.kind import decide_kind
from gatekeeper.parse.dialect.log import is_log, iter_entries
from gatekeeper.parse.dialect.places import iter_places
from gatekeeper.parse.dialect.structure import iter_groups, iter_sections
from gatekeeper.parse.dialect.template import count_blanks, is_template
from gatekeeper.parse.dialect.whole.leftovers import iter_leftovers
from gatekeeper.parse.dialect.whole.pointers import iter_pointers, iter_tree_pointers
from gatekeeper.parse.dialect.whole.verdicts import iter_verdicts
from gatekeeper.parse.shape.evidence import find_links
from gatekeeper.parse.shape.front import find_front_matter, read_front_matter
from gatekeeper.parse.shape.keylines import iter_key_lines
from gatekeeper.parse.shape.legend import find_legend
from gatekeeper.parse.shape.page import Page, build_sections
from gatekeeper.parse.shape.trees import find_comment_legend, iter_tree_items
from gatekeeper.parse.syntax.anchors import heading_anchors
from gatekeeper.parse.syntax.blocks import Block, Fence, Paragraph
from gatekeeper.parse.syntax.data import parse_data
from gatekeeper.parse.syntax.markdown import find_structure_problems, parse_markdown
from gatekeeper.parse.syntax.source import decode_source
from gatekeeper.parse.words.gate import is_checkpoint
from gatekeeper.parse.words.identity import find_gate_name
from gatekeeper.parse.words.vocabulary import Vocabulary

BYTES_LIMIT = 2 * 1024 * 1024
LINE_LIMIT = 100_000
_DATA = (".yml", ".yaml", ".json")
_NAME = re.compile(r"[^/]+$")


class ParseSettings(Struct, frozen=True):
    """What the configuration says of a document.

    Attributes:
        statuses: words of the team and what they mean; they win over the document's legend.
        kind: the kind that the configuration gives; None to decide by content.
    """

    statuses: Mapping[str, Status] = field(default_factory=dict)
    kind: DocumentKind | None = None


_PLAIN = ParseSettings()


def parse_document(path: str, data: bytes, settings: ParseSettings = _PLAIN) -> Document:
    """What one file says. Whatever cannot be read stands in `Document.problems`."""
    refused = _refuse(path, data)
    if refused is not None:
        return refused
    source, problems = decode_source(path, data)
    parse = _parse_tree if path.lower().endswith(_DATA) else _parse_page
    document = parse(source, settings)
    if settings.kind is not None:
        document = replace(document, kind=settings.kind, kind_reason="the configuration")
    return replace(document, problems=tuple(problems) + document.problems) if problems else document


def _refuse(path: str, data: bytes) -> Document | None:
    """An empty document with the problem, for bytes that are not to be parsed."""
    kind, detail = None, ""
    if len(data) > BYTES_LIMIT:
        kind, detail = ProblemKind.TOO_LARGE, f"{len(data):,} bytes; documents are read up to {BYTES_LIMIT:,}"
    elif b"\0" in data[:8192] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        kind, detail = ProblemKind.BINARY, "holds NUL bytes, so it is no text"
    elif len(data) > LINE_LIMIT and max(map(len, data.split(b"\n"))) > LINE_LIMIT:
        kind, detail = ProblemKind.LINE_TOO_LONG, f"has a line of more than {LINE_LIMIT:,} bytes"
    if kind is None:
        return None
    source, _ = decode_source(path, data[:0])
    return Document(source, problems=(Problem(kind, Span(0, 0), detail),))


def _parse_tree(source: SourceText, settings: ParseSettings) -> Document:
    root, problems = parse_data(source)
    problems = tuple(problem for problem in problems if problem.kind is not ProblemKind.ALIAS)
    if root is None:
        return Document(source, problems=problems)
    written = source
    source, comments = hide_directives(source, root)
    legend = find_comment_legend(source, Vocabulary(settings.statuses))
    vocabulary = Vocabulary(settings.statuses, legend.entries)
    items = tuple(one_a_line(source, iter_tree_items(source, root, vocabulary)))
    kind, reason = decide_kind(_file_words(source.path), items, (), legend, is_template=False, is_data=True)
    title = root.find("title") or root.find("name") or root.find("project")
    words = str(title.scalar) if title is not None and title.scalar is not None else None
    claims = tuple(collect_data_claims(source, root, items)) if items else ()
    directives = tree_directives(written, source, comments)
    return Document(
        source,
        kind,
        reason,
        words,
        legend=legend,
        items=items,
        claims=claims,
        pointers=tuple(iter_tree_pointers(root)),
        problems=problems,
        directives=directives,
    )


def _file_words(path: str) -> str:
    match = _NAME.search(path)
    return re.sub(r"[-_.]+", " ", match.group(0)) if match else ""


def _parse_page(source: SourceText, settings: ParseSettings) -> Document:
    written = source
    source, comments = hide_directives(source)
    blocks = parse_markdown(source.text)
    if source.path.lower().endswith(".txt"):
        blocks = [_unindented(block) for block in blocks]
    sections = build_sections(source, blocks)
    page = Page(source, Vocabulary(settings.statuses), sections)
    legend, skip = find_legend(page)
    page.vocabulary = Vocabulary(settings.statuses, legend.entries)
    _read_head(page)
    root, front_problems = find_front_matter(page, blocks)
    front = read_front_matter(page, root) if root is not None else []
    entries = tuple(iter_entries(page)) if is_log(page) else ()
    items = tuple(collect_items(page, entries, skip, front))
    title = page.title or _file_words(source.path)
    blank = count_blanks(page)
    template = is_template(page, items, blank)
    if template:
        items = tuple(item for item in items if item.mark is not None)
    kind, reason = decide_kind(title, items, entries, legend, is_template=template)
    return Document(
        source=source,
        kind=kind,
        kind_reason=reason,
        title=page.title,
        owner=page.owner,
        legend=legend,
        items=items,
        entries=entries,
        claims=(*(collect_data_claims(source, root, front) if root is not None else ()), *collect_claims(page, blocks)),
        sections=tuple(iter_sections(page)),
        groups=tuple(iter_groups(page)),
        places=tuple(iter_places(page)),
        links=tuple(find_links(page, blocks)),
        anchors=heading_anchors([section.title for section in sections if section.heading is not None]),
        pointers=(*(iter_tree_pointers(root) if root is not None else ()), *iter_pointers(page)),
        verdicts=tuple(sorted(iter_verdicts(page, has_front=bool(front)), key=lambda verdict: verdict.mark.span)),
        leftovers=tuple(iter_leftovers(page)),
        problems=(*front_problems, *find_structure_problems(source.text, blocks)),
        blanks=blank,
        is_template=template,
        directives=page_directives(written, source, comments, blocks),
        approvals=tuple(iter_approvals(page)),
        decisions=tuple(find_decisions(source, items)),
        is_checkpoint=is_checkpoint(title),
    )


def _unindented(block: Block) -> Block:
    """A block of plain text, where an indented line is text and no code."""
    if not isinstance(block, Fence) or not block.is_indented:
        return block
    return Paragraph(block.start, block.end, block.start, block.end)


def _read_head(page: Page) -> None:
    """Gate, owner and sprint that the lines under a document's title give for all of it."""
    for section in page.sections[:2]:
        for line in iter_key_lines(page, section):
            value = line.value.strip("`* ")
            if line.key in ("gate", "gate name") and value:
                page.gate = value
            elif line.is_owner and value and page.owner is None:
                page.owner = value
            elif line.key in ("sprint", "story id", "epic", "phase", "milestone") and value and len(value) < 40:
                page.unit_id = page.unit_id or re.split(r"\s[-\u2013\u2014]\s", value)[0].strip()
    first = next((section for section in page.sections if section.heading is not None), None)
    if page.gate is None and first is not None:
        page.gate = find_gate_name(first.title)
