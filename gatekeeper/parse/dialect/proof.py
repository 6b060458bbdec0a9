"""What a section offers as proof of its heading, by the labels that its lists stand under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.evidence import proof_in
from gatekeeper.parse.shape.page import Page, Section, plain
from gatekeeper.parse.syntax.blocks import Block, Fence, ListItem, Paragraph
from gatekeeper.parse.words.reference import is_command

_PROOF = re.compile(
    r"\b(?:evidence|files?|artifacts?|artefacts?|proof|references?|locations?|contracts?|attachments?|scripts?|probe"
    r"|test (?:file|evidence|plan|results?)s?|screenshots?|logs?|reports?|outputs?|links?|code|source|modified|created|packet|detail"
    r"|preuves?|evidencias?|nachweise?|bevis|fichiers?|archivos?|dateien)\b|证据|文件|エビデンス|証跡|файл|доказательств",
    re.IGNORECASE,
)
_NO_PROOF = re.compile(
    r"\b(?:acceptance|criteria|goals?|objective|dependenc(?:y|ies)|depends|next|plan|risks?|remaining|todo|prerequisites?|usage|example"
    r"|features?|scope|requirements?|requires|planned|blockers?|known issues|limitations|notes?|not (?:in|yet)|no changes|gaps?|governing"
    r"|run with|recommendation|configuration|inputs?)\b|验收|下一步",
    re.IGNORECASE,
)
_KINDS = "test|testing|code|implementation|validation|gate|supporting|key|primary|confirmation|release"
_STRICT = re.compile(
    r"[\d.)\W]*(?:(?:" + _KINDS + r")\s+)?(?:"
    r"(?:evidence|artifacts?|artefacts?|references|proof|attachments)(?:\s+(?:links?|list|index|bundle|created|produced)\b.*)?$"
    r"|file list\b|files? (?:modified|changed|created|touched|added|updated)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:\*\*)?([^*\n`]{2,60}?)(?:\*\*)?\s*[:：]?\s*(?:\*\*)?\s*$")
_LABEL_LENGTH = 72
_KEY = re.compile(r"\s*(?:\*\*)?([^*:：\n`]{2,48}?)(?:\*\*)?\s*[:：]\s*(?:\*\*)?\s*")


def page_proof(page: Page) -> list[EvidenceRef]:
    """What a whole page offers as proof of its one item: all that is not announced as something else."""
    found: dict[str, EvidenceRef] = {}
    for section in page.sections:
        if _weight(section.title) >= 0 or section.level <= 1:
            for ref in _blocks(page, section.blocks, set(), "" if section.level <= 1 else section.title, is_whole=True):
                found.setdefault(ref.target, ref)
    return list(found.values())


def fenced_command(page: Page, fence: Fence) -> EvidenceRef | None:
    """The command that a code fence begins with; None when its first line is none."""
    start = page.text.find("\n", fence.start, fence.end) + 1
    end = page.text.find("\n", start, fence.end)
    line = page.text[start:end].removeprefix("$ ") if 0 < start < end else ""
    start = end - len(line)
    if not is_command(line.rstrip()):
        return None
    return EvidenceRef(line.rstrip(), EvidenceKind.COMMAND, EvidenceForm.CODE, Span(start, start + len(line.rstrip())))


def section_proof(page: Page, section: Section, taken: set[int], *, is_whole: bool) -> list[EvidenceRef]:
    """What a section offers as proof of its own item, each target once, in order.

    Args:
        taken: start offsets of the list items that are items themselves; what they offer is theirs.
        is_whole: every reference below counts (a log entry, a section of an evidence pack), labels aside.
    """
    found: dict[str, EvidenceRef] = {}
    for ref in _walk(page, section, taken, is_whole=is_whole):
        found.setdefault(ref.target, ref)
    return list(found.values())


def _walk(page: Page, section: Section, taken: set[int], *, is_whole: bool) -> Iterator[EvidenceRef]:
    yield from _blocks(page, section.blocks, taken, "", is_whole=is_whole)
    for child in section.children:
        if child.unit is not None or (child.number is not None and section.level > 1):
            continue
        if section.level <= 1 and not is_whole:
            for part in child.walk():
                if _STRICT.match(part.title):
                    yield from _walk(page, part, taken, is_whole=True)
        else:
            yield from _child(page, child, taken, is_whole=is_whole)


def _child(page: Page, section: Section, taken: set[int], *, is_whole: bool) -> Iterator[EvidenceRef]:
    yield from _blocks(page, section.blocks, taken, section.title, is_whole=is_whole)
    for child in section.children:
        if child.unit is None:
            yield from _child(page, child, taken, is_whole=is_whole)


def _blocks(
    page: Page, blocks: Iterable[Block], taken: set[int], label: str, *, is_whole: bool
) -> Iterator[EvidenceRef]:
    heading = label
    for block in blocks:
        if isinstance(block, Paragraph):
            words = page.text[block.text_start : block.text_end].strip()
            match = _LABEL.fullmatch(words) if len(words) <= _LABEL_LENGTH else None
            if match is not None and (words.rstrip("* ").endswith((":", "：")) or words.startswith("**")):
                label = match.group(1)
                continue
            yield from _own(page, block, heading, is_whole=is_whole)
        elif isinstance(block, ListItem):
            yield from _item(page, block, taken, label, is_whole=is_whole)


def _item(page: Page, item: ListItem, taken: set[int], label: str, *, is_whole: bool) -> Iterator[EvidenceRef]:
    if item.start in taken:
        return
    yield from _own(page, item, label, is_whole=is_whole)
    words = plain(page.text[item.text_start : item.text_end]) if item.text_start >= 0 else ""
    below = words if words.endswith((":", "：")) and _weight(words) else label
    for child in item.children:
        if isinstance(child, ListItem):
            yield from _item(page, child, taken, below, is_whole=is_whole)
        elif isinstance(child, Paragraph):
            yield from _own(page, child, below, is_whole=is_whole)


def _weight(label: str) -> int:
    """1 for a label that announces proof, -1 for one that announces something else, 0 for neither."""
    if _NO_PROOF.search(label):
        return -1
    return 1 if _PROOF.search(label) else 0


def _own(page: Page, block: Block, label: str, *, is_whole: bool) -> Iterator[EvidenceRef]:
    """The references in a block's own words that its label, its key or their place at the head makes proof."""
    refs = proof_in(page, block)
    if not refs:
        return
    for ref in refs:
        line = max(block.text_start, page.text.rfind("\n", block.text_start, ref.span.start) + 1)
        key = _KEY.match(page.text, line, min(block.text_end, line + _LABEL_LENGTH))
        weight = (_weight(key.group(1)) if key else 0) or _weight(label)
        if ref.kind is EvidenceKind.URL and not is_whole and weight < 1:
            continue
        leads = ref.span.start - block.text_start <= 2 and ref.form is not EvidenceForm.BARE
        if is_whole or weight > 0 or (weight == 0 and leads and ref.kind is not EvidenceKind.PATTERN):
            yield ref
