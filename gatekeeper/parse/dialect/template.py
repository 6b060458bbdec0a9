"""Forms: how much of a document waits to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gatekeeper.model.document import WorkItem
from gatekeeper.model.status import Status
from gatekeeper.parse.shape.page import Page

# A label without a value, or with a placeholder or an unmade choice; a box without text; an empty table row.
_PLACEHOLDER = r"<[^<>\n]+>|\{\{?[^{}\n]+\}?\}|_{3,}|TBD|TODO|\.\.\.|…|YYYY-MM-DD|(?:\[ ?\][^\[\]\n]+){2,}"
_BLANK = re.compile(
    r"^[ \t]*+(?:(?:(?:[-*+]|\d+[.)])[ \t]*+)?(?:\[ ?\][ \t\r]*|(?:\*\*)?[^:：\r\n|`]{2,60}[:：](?:\*\*)?[ \t]*+(?:(?:"
    + _PLACEHOLDER
    + r")[ \t]*+)?\r?)|\|(?:[ \t]*+\|)+[ \t\r]*)$",
    re.MULTILINE,
)
# How a blank line ends, unless it offers a choice of boxes.
_ENDS = (":", "：", "**", "|", "]", ">", "}", "___", "TBD", "TODO", "...", "…", "DD", " ", "\t", "\r")
# What may follow a label that is no blank: something nested, a list, a table, a fence.
_BELOW = re.compile(r"[ \t]+\S|[ \t]*(?:[-*+|]|\d+[.)])\s|```")
_TITLE = re.compile(
    r"\btemplate\b|\bskeleton\b|\bform\b|<[^<>]+>|模板|テンプレート|vorlage|plantilla|modèle", re.IGNORECASE
)
# A form: at least this many blanks, and more blanks than filled items.
_LEAST = 4


def count_blanks(page: Page) -> int:
    """How many lines wait for a value: `Owner:` with nothing after it and no list below, `- [ ]` without text."""
    text = page.text
    count = 0
    for match in _blank_lines(text):
        following = text[match.end() : match.end() + 200].lstrip("\r\n")
        is_label = match.group(0).rstrip().endswith(":") and _BELOW.match(following) is not None
        count += not is_label or _BLANK.match(following.split("\n", 1)[0]) is not None
    return count


def _blank_lines(text: str) -> Iterator[re.Match[str]]:
    """The lines that hold no value, by place; the pattern is slow, so that lines that end like none of them are passed over."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.endswith(_ENDS) or "[ ]" in line or "[]" in line:
            match = _BLANK.match(text, start, end)
            if match is not None:
                yield match
        start = end + 1


def is_template(page: Page, items: Sequence[WorkItem], blanks: int) -> bool:
    """Whether the document is a form that nobody has filled in."""
    if blanks < _LEAST:
        return False
    if sum(len(item.evidence) for item in items) >= blanks:
        return False
    filled = sum(item.status not in (Status.UNKNOWN, Status.QUEUED) for item in items)
    return filled == 0 and (blanks > 2 * len(items) or bool(_TITLE.search(page.title or "")))
