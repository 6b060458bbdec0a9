"""Where in its document an item stands: its sections, the line that leads to its list, and who speaks there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.link.status.identity import key_of
from gatekeeper.model.document import Document, DocumentKind, Section, WorkItem
from gatekeeper.model.subject import Shape, Voice

_LISTED = re.compile(r"\s*(?:[-*+]\s|[|>]|\d+[.)]\s)|\s{2,}\S")
_JOB = re.compile(
    r"(?:^|.*?-)?(?P<who>[a-z]+(?:-[a-z]+){0,2})-(?:engineer|developer|architect|designer|analyst|tester|lead|team|squad|agent)(?:-|$)"
)
_ROLES = frozenset(
    "frontend backend devops sre devops-sre qa qa-release security security-compliance data-platform platform mobile design infra"
    " infrastructure ai-runtime ml data".split()
)
_ENDINGS = re.compile(r"-(?:engineer|engineering|developer|team|lead|lane|agent|squad)s?$")
_NOT_WORDS = re.compile(r"[\W_]+")
_NOBODY = frozenset(
    {"", "tbd", "todo", "unassigned", "none", "n-a", "engineering", "all", "everyone", "role", "project"}
)


def voices_of(document: Document) -> tuple[Voice, ...]:
    """One voice for each item of a document, in document order."""
    leads = _leads(document)
    role = role_of(document)
    logs = [entry.span for entry in document.entries]
    is_log = document.kind is DocumentKind.PROGRESS_LOG
    return tuple(
        Voice(
            document,
            item,
            key_of(item) if _is_whole_id(document, item, sections) else None,
            _slug(item.owner) if item.owner and _slug(item.owner) not in _NOBODY else role,
            _shape(document, item),
            sections,
            leads[document.source.position(item.span.start).line - 1],
            is_log or any(log.start < item.span.start < log.end for log in logs),
        )
        for item, sections in _placed(document.items, document.sections)
    )


def role_of(document: Document) -> str:
    """Who speaks in a document: its owner, else the role that a folder or the file's own name gives; "" for nobody."""
    if document.owner and (owner := _slug(document.owner)) not in _NOBODY:
        return _ENDINGS.sub("", owner)
    for part in reversed(document.path.casefold().split("/")):
        name = _slug(part.rpartition(".")[0] or part)
        if match := _JOB.match(name):
            return match["who"]
        if name in _ROLES:
            return name
    return ""


def line_of(document: Document, item: WorkItem) -> str:
    """The line on which an item begins."""
    return document.source.slice(document.source.line_span(document.source.position(item.span.start).line))


def _slug(text: str) -> str:
    return _NOT_WORDS.sub("-", text.casefold()).strip("-")


def _placed(items: Sequence[WorkItem], sections: Sequence[Section]) -> Iterator[tuple[WorkItem, tuple[str, ...]]]:
    """Each item with the titles of the sections around it."""
    waiting = list(reversed([section for section in sections if section.level]))
    around: list[Section] = []
    for item in sorted(items, key=lambda one: one.span):
        while waiting and waiting[-1].span.start <= item.span.start:
            around.append(waiting.pop())
            around = [section for section in around if section.span.end > around[-1].span.start]
        around = [section for section in around if section.span.end > item.span.start]
        yield item, tuple(section.title for section in around)


def _leads(document: Document) -> list[str]:
    """For each line the nearest line above it that is neither blank nor part of a list or table, up to its heading."""
    leads: list[str] = []
    lead = ""
    source = document.source
    for number in range(1, len(source.line_starts()) + 1):
        leads.append(lead)
        text = source.slice(source.line_span(number))
        if text.startswith("#"):
            lead = ""
        elif text.strip() and not _LISTED.match(text):
            lead = text.strip()
    return leads


def _is_whole_id(document: Document, item: WorkItem, sections: tuple[str, ...]) -> bool:
    """Whether an id is not the beginning of a longer one, as `US-035` of `US-035-builder`."""
    if not item.id or item.mark is None or item.mark.column is not None:
        return True
    texts = (line_of(document, item), *sections[-1:])
    longer = re.compile(re.escape(item.id) + r"[-_]?\w")
    return not any(longer.match(text, text.find(item.id)) for text in texts if item.id in text)


def _shape(document: Document, item: WorkItem) -> Shape:
    text = line_of(document, item).lstrip(" >\t")
    if text.startswith("|") or (item.mark is not None and item.mark.column is not None):
        return Shape.ROW
    if text.startswith("#"):
        return Shape.HEADING
    return Shape.BOX if item.mark is not None and item.mark.raw.startswith("[") else Shape.LINE
