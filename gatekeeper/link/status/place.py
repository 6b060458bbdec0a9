"""Where in its document an item stands: its sections, the line that leads to its list, and who speaks there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gatekeeper.link.plan.own import titled_unit_of
from gatekeeper.link.status.identity import key_of, leading_key, slug_key
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
_VERDICT = re.compile(
    r"\W*(?:(?:overall|final|gesamt\w*|global|statut global|estado general|итогов\w+)\s+(?:status|assessment|result|verdict|outcome|decision|rating)"
    r"|(?:sprint|phase|gate|epic|milestone)?\s*verdict|gesamt(?:status|ergebnis)|总体(?:状态|结论)|总评)\b",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[\W_]+")
_NOBODY = frozenset(
    {"", "tbd", "todo", "unassigned", "none", "n-a", "engineering", "all", "everyone", "role", "project"}
)


def voices_of(document: Document) -> tuple[Voice, ...]:
    """One voice for each item of a document, in document order."""
    lines = document.source.text_lines()
    leads = _leads(lines)
    role, own = role_of(document), titled_unit_of(document)
    logs = _Logs(document)
    found: list[Voice] = []
    for item, sections in _placed(document.items, document.sections):
        number = document.source.line_of(item.span.start)
        line = lines[number - 1]
        shape = _shape(line, item)
        is_verdict = not item.id and _is_verdict(item, shape)
        key = own if is_verdict else _key(line, item, shape, sections)
        who = (role_in(item.owner) if item.owner else "") or role
        title = document.title or item.title if is_verdict else item.title
        in_log = logs.holds(item)
        found.append(Voice(document, item, key, who, shape, sections, leads[number - 1], in_log, title))
    return tuple(found)


class _Logs:
    """The entries of a document, by place."""

    def __init__(self, document: Document) -> None:
        self._is_log = document.kind is DocumentKind.PROGRESS_LOG
        spans = sorted(entry.span for entry in document.entries)
        self._starts = [span.start for span in spans]
        self._ends = list(accumulate((span.end for span in spans), max))

    def holds(self, item: WorkItem) -> bool:
        """Whether an item stands in an entry, below its first line; anywhere in a log."""
        before = bisect_left(self._starts, item.span.start)
        return self._is_log or (before > 0 and item.span.start < self._ends[before - 1])


def role_of(document: Document) -> str:
    """Who speaks in a document: its owner, else the role that a folder or the file's own name gives; "" for nobody."""
    if document.owner and (owner := role_in(document.owner)):
        return owner
    for part in reversed(document.path.casefold().split("/")):
        name = _slug(part.rpartition(".")[0] or part)
        if match := _JOB.match(name):
            return match["who"]
        if name in _ROLES:
            return name
    return ""


def role_in(name: str) -> str:
    """The role or person that a name gives, normalized; "" where it means nobody."""
    slug = _slug(name)
    return _ENDINGS.sub("", slug) if slug not in _NOBODY else ""


def line_of(document: Document, item: WorkItem) -> str:
    """The line on which an item begins."""
    return document.source.line_around(item.span.start)


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


def _leads(lines: Sequence[str]) -> list[str]:
    """For each line the nearest line above it that is neither blank nor part of a list or table, up to its heading."""
    leads: list[str] = []
    lead = ""
    for text in lines:
        leads.append(lead)
        if text.startswith("#"):
            lead = ""
        elif text.strip() and not _LISTED.match(text):
            lead = text.strip()
    return leads


def _key(line: str, item: WorkItem, shape: Shape, sections: tuple[str, ...]) -> str | None:
    """The normal form of an item's id; that of a row's title without one."""
    if item.id:
        return key_of(item) if _is_whole_id(line, item, sections) else slug_key(item.title)
    return leading_key(item.title) if shape is Shape.ROW else None


def _is_verdict(item: WorkItem, shape: Shape) -> bool:
    """Whether an item without an id is what its document says of the whole."""
    return shape in (Shape.HEADING, Shape.LINE) and bool(_VERDICT.match(item.title))


def _is_whole_id(line: str, item: WorkItem, sections: tuple[str, ...]) -> bool:
    """Whether an id is not the beginning of a longer one, as `US-035` of `US-035-builder`."""
    if not item.id or item.mark is None or item.mark.column is not None:
        return True
    return not any(_is_longer(text, item.id) for text in (line, *sections[-1:]))


def _is_longer(text: str, name: str) -> bool:
    """Whether the first place of an id in a text goes on with a letter or digit, after a dash or without."""
    at = text.find(name)
    if at < 0:
        return False
    rest = text[at + len(name) : at + len(name) + 2]
    sign = rest[1:2] if rest[:1] == "-" else rest[:1]
    return sign == "_" or sign.isalnum()


def _shape(line: str, item: WorkItem) -> Shape:
    text = line.lstrip(" >\t")
    if text.startswith("|") or (item.mark is not None and item.mark.column is not None):
        return Shape.ROW
    if text.startswith("#"):
        return Shape.HEADING
    return Shape.BOX if item.mark is not None and item.mark.raw.startswith("[") else Shape.LINE
