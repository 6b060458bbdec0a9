"""Key lines: `**Status:** Done`, `Gate: CI/CD gate`, `- Decision: GO`, also with the value on the next line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.parse.shape.page import Page, Section
from gatekeeper.parse.syntax.blocks import Block, ListItem, Paragraph

# `**Key:** value`, `**Key**: value`, `Key: value`; a key is short, holds no sentence and no path.
_KEY = re.compile(
    r"[ \t]*(?:>[ \t]*)*(?:[-*+•][ \t]+)?(?P<open>\*\*|__|`|\*|_)?(?P<key>[^\W\d_][^:：*`|\n\[\]()]{0,47}?)[ \t]*"
    r"(?(open)(?:[:：][ \t]*(?P=open)|(?P=open)[ \t]*[:：]|[:：](?=[^\n]*(?P=open)[ \t]*$))|[:：](?=[ \t\r\n]|$|[^/\x00-\x7f]))[ \t]*(?P<value>[^\n\r]*)"
)
_STATUS_KEYS = frozenset(
    "status state verdict outcome decision result progress disposition estado statut état statu stato статус состояние 状态 狀態 状態 ステータス 状況 stand "
    "zustand situação".split()
)
_STATUS_WORDS = frozenset(
    "estado statut état statu stato статус состояние 状态 狀態 ステータス 状況 zustand situação".split()
)
_STATUS_TAILS = (" status", " state", " decision", " verdict", " outcome", " 状态")
# Every key that anybody asks for holds one of these in lower case; a quick look before the whole pattern runs.
_HINT = re.compile(
    r"stat|verdict|outcome|decision|result|progress|disposition|go.?/|gate|sprint|story|epic|phase|milestone|stand|situa|estado"
    r"|owner|role|author|respons|lead|dri|assignee|maintainer|verantwort|ansvar|[^\x00-\x7f]"
)
_KEY_LENGTH = 72
_OWNER_KEYS = frozenset(
    "owner role author responsible lead dri assignee maintainer 负责人 ответственный verantwortlich responsable responsável ansvarlig 担当 担当者".split()
)


class KeyLine(Struct, frozen=True):
    """One line that gives a value under a key; offsets of the line and of the value in the text."""

    key: str
    value: str
    start: int
    end: int
    value_start: int
    value_end: int
    block: Block

    @property
    def is_status(self) -> bool:
        """Whether the key announces a status."""
        return is_status_key(self.key)

    @property
    def is_plain_status(self) -> bool:
        """Whether the key is the word for status itself, so that any value is one; a "decision" may decide something else."""
        return self.key.endswith(("status", "state")) or self.key in _STATUS_WORDS

    @property
    def is_owner(self) -> bool:
        """Whether the key announces who owns the document or item."""
        return self.key in _OWNER_KEYS


def is_status_key(key: str) -> bool:
    """Whether a key or a short heading announces a status; `key` is folded and stripped."""
    if key in _STATUS_KEYS or key.endswith(_STATUS_TAILS):
        return not key.startswith(("http ", "exit ", "return ", "response "))
    return key in ("go/no-go", "go/no go", "go / no-go", "go/no-go decision")


def iter_key_lines(page: Page, section: Section) -> Iterator[KeyLine]:
    """The key lines of a section's own blocks, list items at the top level included, in document order."""
    for block, following in zip(section.blocks, [*section.blocks[1:], None], strict=False):
        if isinstance(block, Paragraph | ListItem) and block.text_start >= 0:
            for line in block_key_lines(page, block):
                yield (
                    _with_bullet(page, line, following) if not line.value and isinstance(following, ListItem) else line
                )


def _with_bullet(page: Page, line: KeyLine, item: ListItem) -> KeyLine:
    """The line with the status that the first bullet below it is: `Status:` over `- PASS`."""
    start, end = item.text_start, item.text_end
    if not line.is_status or start < 0 or not page.vocabulary.is_status(page.text[start:end]):
        return line
    return replace(line, value=page.text[start:end], start=item.start, end=end, value_start=start, value_end=end)


def block_key_lines(page: Page, block: Block) -> Iterator[KeyLine]:
    """The key lines in a block's own words."""
    text = page.text
    start, end = block.text_start, block.text_end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found = _key_line(page, block, start, stop, end)
        if found is not None:
            yield found
            start = max(stop, found.value_end)
            start = text.find("\n", start, end) + 1 or end
        else:
            start = stop + 1


def _key_line(page: Page, block: Block, start: int, stop: int, end: int) -> KeyLine | None:
    text = page.text
    colon = text.find(":", start, stop)
    if colon < 0 and (colon := text.find("：", start, stop)) < 0:
        return None
    if _HINT.search(text[start : min(colon, start + _KEY_LENGTH)].lower()) is None:
        return None
    match = _KEY.match(text, start, stop)
    if match is None:
        return None
    key = " ".join(match.group("key").split()).casefold()
    value_start, value_end = match.span("value")
    line_start = match.start("open") if match.group("open") else match.start("key")
    if not match.group("value").strip() and stop < end and is_status_key(key):
        # T10: the value stands on the line after its label
        value_start = stop + 1
        value_end = text.find("\n", value_start, end)
        value_end = end if value_end < 0 else value_end
        line_start = value_start
    while value_end > value_start and text[value_end - 1] in " \t\r\\":
        value_end -= 1
    while value_start < value_end and text[value_start] in " \t":
        value_start += 1
    return KeyLine(key, text[value_start:value_end], line_start, max(stop, value_end), value_start, value_end, block)
