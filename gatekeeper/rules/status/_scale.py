"""What statuses can hold together, how firmly a status is written, and whether two items are about one thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from gatekeeper.model.finding import Finding, Location, Severity
from gatekeeper.model.status import Status, StatusBasis
from gatekeeper.model.subject import Shape, Voice
from gatekeeper.model.text import Span
from gatekeeper.rules.base import quoted

NOT_STARTED = (Status.QUEUED, Status.READY)
STARTED = (Status.IN_PROGRESS, Status.PARTIAL, Status.REVIEW)
_FIRM = (StatusBasis.CONFIGURATION, StatusBasis.LEGEND, StatusBasis.VOCABULARY)
_TAIL = re.compile(r"\s[\u2013\u2014-]\s|[(;\uff08]")
_DONE_SIGN = re.compile(r"\[\s*[xX]\s*\]|[\u2705\u2713\u2714\u2611]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_PHRASE = re.compile(
    r"\W*(?:ready[ _-](?:for|to)|not yet|to be|work in|waiting (?:for|on)|in der|en cours|en curso|em andamento)\b",
    re.IGNORECASE,
)
_STATUS_COLUMN = re.compile(
    r"stat|stand|progress|done|complet|result|verdict|outcome|estado|статус|状态|进度|ステータス|進捗"
)
_RATIO = re.compile(r"(?<![\d./])(\d+)\s*/\s*(\d+)(?![\d/])")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s?%")
_NOTHING = re.compile(r"[^\w.]*0(?:[.,]0+)?\s?%")
_WISH = re.compile(
    r"\b(?:goals?|targets?|forecast|expected|projected|projection|prediction|if|would|ziel\w*|objectifs?|objetivos?)\b|目标|цел[ьи]\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\W*(?:yes|no|y|n|ja|nein|oui|non|sí|si|sim|não|да|нет|nei|required|optional|recommended|mandatory|是|否|はい|いいえ)\W*$",
    re.IGNORECASE,
)
_BOX = re.compile(r"[\[(（]\s*[\])）]$|[\u2610\u2b1c\u25a1]$")
_WORD = re.compile(r"[^\W\d_]{3,}|[\u3040-\u9fff]{2}")
_EMPTY_WORDS = frozenset(
    "the and for with from into this that all status complete completed done progress pending sprint phase epic story gate chunk"
    " task milestone step stage feature item closeout report summary tracker evidence plan implementation".split()
)


def is_explicit(voice: Voice) -> bool:
    """Whether the status is a box, a sign in a status column, or a word or two: no sentence, no measure, no heading of a list."""
    mark = voice.item.mark
    if mark is None or mark.basis not in _FIRM or (_is_share(mark.raw) and not _is_nothing(voice)):
        return False
    head = _TAIL.split(mark.raw)[0]
    words = _LETTERS.findall(head)
    if not words:
        return mark.raw.startswith("[") or mark.column is None or bool(_STATUS_COLUMN.search(mark.column))
    is_known = mark.basis is not StatusBasis.VOCABULARY or bool(_PHRASE.match(head))
    return len(words) <= (4 if is_known else 2)


def _is_nothing(voice: Voice) -> bool:
    """Whether the status is that nothing has begun, as "0%"."""
    mark = voice.item.mark
    return mark is not None and mark.status is Status.QUEUED and bool(_NOTHING.match(mark.raw))


def is_answer(voice: Voice) -> bool:
    """Whether the words answer a question, or say how much a thing is needed, and not how it stands."""
    return voice.item.mark is not None and _ANSWER.match(voice.item.mark.raw) is not None


def is_worded(voice: Voice) -> bool:
    """Whether the status is a box or has words; a lone sign in front of a line may be an ornament."""
    mark = voice.item.mark
    return mark is not None and (
        mark.raw.startswith("[") or bool(_LETTERS.search(mark.raw) or _is_nothing(voice)) or mark.column is not None
    )


def is_ornament(voice: Voice) -> bool:
    """Whether the status is a lone sign that begins a heading, as `## ✅ Checklist`."""
    if voice.shape is not Shape.HEADING or voice.item.mark is None or is_worded(voice):
        return False
    source = voice.document.source
    start = source.line_span(voice.line).start
    return not _LETTERS.search(source.slice(Span(start, max(start, voice.item.mark.span.start))))


def is_wish(voice: Voice) -> bool:
    """Whether the item stands under a goal or forecast: `Friday target: E2 done`."""
    return any(_WISH.search(text) for text in (voice.lead, *voice.sections[-2:]))


def is_done(voice: Voice) -> bool:
    """Whether the status is done, and not `8/23 completed` or `46 % complete`."""
    mark = voice.item.mark
    return voice.item.status is Status.DONE and mark is not None and not _is_share(mark.raw)


def _is_share(raw: str) -> bool:
    ratio, percent = _RATIO.search(raw), _PERCENT.search(raw)
    return bool(ratio and ratio[1] != ratio[2]) or bool(percent and float(percent[1].replace(",", ".")) < 100)


def is_box(voice: Voice) -> bool:
    """Whether the status is an empty checkbox, which says no more than "not done"."""
    return voice.item.mark is not None and bool(_BOX.match(voice.item.mark.raw))


def has_done_sign(voice: Voice) -> bool:
    """Whether a tick stands in the status words."""
    return voice.item.mark is not None and bool(_DONE_SIGN.search(voice.item.mark.raw))


def strength(voice: Voice) -> int:
    """How much a status claims: 3 for done, 2 for begun, 1 for stopped, 0 for not started."""
    status = voice.item.status
    return 3 if status is Status.DONE else 2 if status in STARTED else 0 if status in NOT_STARTED else 1


def differ(voices: Sequence[Voice]) -> bool:
    """Whether some claim more than others."""
    return len({strength(voice) for voice in voices}) > 1


def agreement(one: Voice, other: Voice, least: int = 1) -> bool | None:
    """Whether two titles speak of the same, with at least so many words in common; None when one of them says nothing."""
    mine, theirs = _content(one), _content(other)
    if not mine or not theirs:
        return None
    shared, smaller = len(mine & theirs), min(len(mine), len(theirs))
    return shared >= max(least, min(2, smaller)) and shared * 2 >= smaller


def name_of(voice: Voice) -> str:
    """An item's id, with its kind where the id is a bare number, else its title, in backticks."""
    item = voice.item
    if item.id and item.id.isdigit() and item.kind != "item":
        return f"{item.kind} {quoted(item.id)}"
    return quoted(voice.item.id or voice.item.title or voice.item.kind)


def said(voice: Voice) -> str:
    """An item's status words in backticks."""
    return quoted(voice.item.mark.raw if voice.item.mark else voice.item.status.value)


def share_of(some: list[Voice], parts: list[Voice]) -> str:
    """`its only part is`, `all its 3 parts are`, `1 of its 3 parts is`."""
    if len(some) == len(parts):
        return "its only part is" if len(parts) == 1 else f"all its {len(parts)} parts are"
    return f"{len(some)} of its {len(parts)} parts {'is' if len(some) == 1 else 'are'}"


def lines_of(voices: list[Voice]) -> str:
    """`line 4` or `lines 4, 9, 12 and 3 more`."""
    numbers = [str(voice.line) for voice in voices]
    shown = ", ".join(numbers[:6]) + (f" and {len(numbers) - 6} more" if len(numbers) > 6 else "")
    return f"line{'s' if len(numbers) > 1 else ''} {shown}"


def span_of(voice: Voice) -> Span:
    """The span of an item's status words, else of the item."""
    return voice.item.mark.span if voice.item.mark else voice.item.span


def place_of(voice: Voice, message: str = "") -> Location:
    """The location of an item's status."""
    return Location.at(voice.document.source, span_of(voice), message)


def weighed(finding: Finding, severity: Severity) -> Finding:
    """The finding with another severity than its rule's usual one."""
    return replace(finding, severity=severity)


def _content(voice: Voice) -> set[str]:
    """The words of a title that say what the item is about."""
    return {word for word in _WORD.findall(voice.title.casefold()) if word not in _EMPTY_WORDS}
