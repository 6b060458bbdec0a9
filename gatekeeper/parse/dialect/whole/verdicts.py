"""Lines that say how a whole stands in the end, besides the items: a final state, an approval, a status line at the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from gatekeeper.model.document import Verdict
from gatekeeper.model.status import Status, StatusBasis, StatusMark
from gatekeeper.model.text import Span
from gatekeeper.parse.shape.keylines import KeyLine, iter_key_lines
from gatekeeper.parse.shape.marks import value_mark
from gatekeeper.parse.shape.page import Page, line_end
from gatekeeper.parse.syntax.blocks import Block, Paragraph

_FINAL = re.compile(
    r"[ \t>*_#✅🎉]*(?i:final (?:state|status|verdict|result|outcome)|endstand|gesamtstatus|état final|statut final|estado final|resultado final"
    r"|итоговый статус|финальный статус|最终状态|最終状態)[*_ \t]*(?:[:：]|\s?[\u2013\u2014-]\s)[*_ \t]*(?P<value>\S[^\n]*)"
)
# `**APPROVED FOR DEPLOYMENT** ✅`: a line of its own, in capitals.
_CLEARED = re.compile(
    r"(?:[ \t>*_]|[^\x00-\x7f])*(?P<value>(?:APPROVED|CLEARED) FOR (?:[A-Z]+ ){0,3}(?:DEPLOYMENT|PRODUCTION|RELEASE|LAUNCH|GO-LIVE)"
    r"|(?:PROJECT|BUILD|IMPLEMENTATION|ALL (?:PHASES|TASKS|SPRINTS|STORIES|WORK)) (?:IS |ARE )?(?:COMPLETED?|DONE|FINISHED))(?:[*_ \t!.]|[^\x00-\x7f])*$"
)
_CLOSING = re.compile(
    r"^\W*(?:\d+[.)]?\s*)?(?:(?:overall |final )?(?:conclusions?|closing|wrap[- ]?up)|final \w+|fazit|schluss\w*|conclusión|conclusiones"
    r"|conclusão|заключение|итоги?)\b|结论|总结|結論|まとめ",
    re.IGNORECASE,
)
_OVERALL = frozenset(
    f"{word}status"
    for word in ("", "final ", "overall ", "project ", "current ", "plan ", "implementation ", "phase ", "sprint ")
) | {"state", "estado", "statut", "stand", "статус", "状态", "ステータス", "overall state", "final state"}
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|[=═─━\u00e2\u0090\u2022]{5,}.*)\r?$")
_DENIES = re.compile(
    r"\b(?:not|no|never|almost|nearly|partial\w*|half|mostly|nicht|pas|no está|не)\b|\d", re.IGNORECASE
)
_WORDS_LIMIT = 6
# The foot of a page: what stands below its last rule, at most so many lines from the end.
_FOOT_LINES = 12


def iter_verdicts(page: Page, *, has_front: bool) -> Iterator[Verdict]:
    """The verdicts of a page in document order.

    Args:
        has_front: whether the front matter gives the document a status, so that a status line below the title is a second one.
    """
    foot = _foot(page)
    for at, section in enumerate(page.sections):
        units = tuple(one.unit.id for one in section.ancestors() if one.unit is not None)
        is_closing = section.level > 1 and not units and any(_CLOSING.search(one.title) for one in section.ancestors())
        is_head = has_front and section.level <= 1 and at < 2
        for line in iter_key_lines(page, section):
            is_foot = line.start >= foot
            if line.key in _OVERALL and (is_closing or is_head or is_foot) and (mark := _mark(page, line)):
                yield Verdict(mark, () if is_foot else units)
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.text_start >= 0:
                yield from _lines(page, block, units)


def _mark(page: Page, line: KeyLine) -> StatusMark | None:
    mark = value_mark(page, line.value_start, line.value_end)
    return mark if mark is not None and mark.status is not Status.UNKNOWN else None


def _lines(page: Page, block: Block, units: tuple[str, ...]) -> Iterator[Verdict]:
    """The final states and approvals in a paragraph."""
    start = block.text_start
    while 0 <= start < block.text_end:
        end = min(line_end(page.text, start), block.text_end)
        if final := _FINAL.match(page.text, start, end):
            mark = value_mark(page, final.start("value"), end)
            if mark is not None and (mark.status is not Status.UNKNOWN or _ends_done(page, mark.raw)):
                yield Verdict(replace(mark, status=Status.DONE) if _ends_done(page, mark.raw) else mark, units)
        elif cleared := _CLEARED.match(page.text, start, end):
            place = Span(*cleared.span("value"))
            yield Verdict(StatusMark(cleared["value"], place, Status.DONE, StatusBasis.VOCABULARY), units)
        start = page.text.find("\n", start, block.text_end) + 1 or block.text_end


def _ends_done(page: Page, words: str) -> bool:
    """Whether a few words end in one for done and deny nothing: `enterprise build complete`."""
    parts = words.rstrip(" .!*").split()
    is_short = 0 < len(parts) <= _WORDS_LIMIT and not _DENIES.search(words)
    return is_short and page.vocabulary.interpret(parts[-1])[0] is Status.DONE


def _foot(page: Page) -> int:
    """Where the foot of a page begins: below its last rule near its end; its length where there is none."""
    text, at = page.text, len(page.text.rstrip())
    for _ in range(_FOOT_LINES):
        start = text.rfind("\n", 0, at) + 1
        if _RULE.match(text[start:at]):
            return at
        if start == 0:
            break
        at = start - 1
    return len(text)
