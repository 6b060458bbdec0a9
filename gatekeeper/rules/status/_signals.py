"""Words beside a done mark that say it is not done, judged by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = re.compile(r"`[^`\n]*`|\]\([^)\n]*\)|https?://\S+")
_ASIDES = re.compile(r"[(\[（【]([^()\[\]（）【】]{3,90})[)\]）】]")
_TAILS = re.compile(
    r"(?:\s[\u2013\u2014-]{1,2}\s|[;；|])\s*([^()\[\]|;；\u2013\u2014]{3,90}?)(?=\s[\u2013\u2014-]{1,2}\s|[;；|(\[.]|$)"
)
_WORK = (
    r"(?:\w+[- ]){0,2}(?:review|approval|sign[- ]?offs?|test(?:s|ing)?|verification|validation|deploy(?:ment)?|merge|confirmation|qa|uat|release"
    r"|fix(?:es)?|decision|feedback|evidence|rollout|integration|implementation|proof|audit|measurement|run|migration|clean-?up|docs?|documentation)\b"
)
_BEGINS = re.compile(
    r"(?:still |currently |but |however,? |though |status:? )*(?:"
    rf"pending(?:\s*$| {_WORK}| from | on )|awaiting (?:{_WORK}|the )|waiting (?:for|on) "
    r"|to be (?:done|tested|verified|confirmed|implemented|completed|written|added|wired|merged|deployed)\b"
    r"|todo(?:\s*$|:)|to do\s*$|tbd\b|wip\b|work in progress|in progress\s*$|not yet\b|untested\b|not tested\b|unverified\b|not verified\b"
    r"|not (?:implemented|started|done|complete[d]?|finished|deployed|wired|merged|run|working|executed)\b"
    r"|incomplete\b|code[- ](?:ready|complete)\b|simulated(?:\s*$|/| only| for now| locally)|mocked (?:for now|only)|stub(?:bed)?\s*$|stub only"
    r"|placeholders?\s*$|placeholder (?:only|for now|until)"
    r"|(?:ready|needs?|requires?) (?:for )?(?:user |manual |real )?(?:testing|verification|review|qa|validation)\b"
    r"|in-memory (?:only|for (?:now|v\d|mvp|the (?:moment|demo)))\b"
    r"|à faire|en attente|non testée?|pas encore|reste à|pendiente|por hacer|sin probar|todavía no|ausstehend|noch (?:nicht|offen)|ungetestet"
    r"|pendente|a fazer|ainda não|ожида\w+|не готово|не проверено|ещё не|待(?:测试|完成|验证|确认|办|审)|未(?:完成|测试|开始|实现|验证)|進行中|进行中"
    r")",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"(?!no |zero |0 |without )(?:[\w/&-]+ ){{0,3}}(?:ui|{_WORK}) (?:is |are )?(?:still )?(?:pending|to be done|not done|tbd|missing|outstanding)\s*$",
    re.IGNORECASE,
)
_LOUD = re.compile(r"\b(?:PENDING|UNTESTED|TODO|NOT TESTED|NOT DONE|CODE READY)\b(?!-| ?(?:[a-z]|\u2192|->|=|/))")
# `(to do, in progress, done)` lists what there is to choose from.
_STATUS = re.compile(
    r"(?:to ?do|in progress|done|doing|review|pending|complete[d]?|blocked|backlog|open|closed|approved|rejected|failed|active)$",
    re.IGNORECASE,
)
# A state that an item is about: `on status: CANCELLED`, `the label (DONE)`, `replace ✅ and ❌`.
_NOUN = re.compile(
    r"(?P<which>\w+)\W{1,3}(?:labels?|status(?:es)?|states?|badges?|buttons?|columns?|tags?|chips?|icons?|markers?|emojis?|symbols?"
    r"|estados?|statuts?|etiquetas?|статус\w*)\W*$",
    re.IGNORECASE,
)
_OF_ITSELF = frozenset("current final overall task item test implementation work story its".split())
_JOINS = re.compile(r"(?:\b(?:and|or|with|by|to|as|und|oder|et|ou|y|и|или)|[/,&])\s*$", re.IGNORECASE)
_ONE_WORD = re.compile(r"\s*[^\W\d_]+(?:[-_][^\W\d_]+)*\s*$")
_ENUMERATION = re.compile(r"[,/;|、，]|\s(?:and|or|und|oder|et|ou|y|o|и|или)\s")
# So far a bracket, a sign or a noun may stand from the words that it explains.
_AROUND = 120
_SIGNS = re.compile(r"[✅✓✔☑❌✗✘🚫]")
_DENIED = re.compile(
    r"\b(?:no|none|nothing|zero|0|never|without|not|aucun\w*|sin|kein\w*)\b[^.;]{0,20}$", re.IGNORECASE
)
_SHOUTED = (
    r"PENDING|BLOCKED|PARTIAL|MISMATCH(?:ES)?|UNTESTED|UNVERIFIED|INCOMPLETE|TODO|FAIL(?:ED|ING|S)?"
    r"|NOT (?:TESTED|RUN|DONE|READY|STARTED|VERIFIED|MET|YET)|NO[- ]GO"
)
# `tracker_status=PARTIAL`: words for work, not for orders, jobs and payments, which are PENDING or FAILED by design.
_FIELD = re.compile(
    r"(?<![\w.-])[\w.-]*(?:status|state|verdict|outcome)[\w.-]*\s?(?:=|:)=?\s?[\"'`]?(?P<word>PARTIAL|BLOCKED|MISMATCH|UNTESTED|INCOMPLETE|TODO|NO[-_]GO"
    r"|NOT[-_ ](?:STARTED|TESTED|RUN|DONE))\b(?!\s*(?:->|=>|→|/|\||,\s*[A-Z]{4}))"
)
_WHOLE = re.compile(rf"(?:{_SHOUTED})(?: [A-Z][A-Z-]+){{0,4}}(?:[:!.]|$)")
_CUT = re.compile(r"[;()\[\]|.\n]|<br\s*/?>|\s[\u2013\u2014-]\s")
_MOVES = re.compile(r"->|=>|→|\b[A-Z]{4,}/[A-Z]{4,}")


def find_open_words(text: str) -> str | None:
    """The words on a done item's line that say it is open: in brackets, or after a dash or semicolon; None without such words.

    Mere presence says nothing: `pending queue implemented` and `(no pending items)` are the names of things that are done.
    """
    plain = _CODE.sub(lambda match: " " * len(match[0]), text)
    for aside, is_bracket in _iter_asides(plain):
        begins = _BEGINS.match(aside)
        if begins or _ENDS.match(aside) or (is_bracket and _is_loud(aside)):
            return aside
    return None


def is_name(text: str, start: int, end: int, least: int = 2) -> bool:
    """Whether the status words between two offsets are what the text is about, and not how the thing stands.

    They are where they follow "the label", "on status" or "and", where two opposite signs stand, or in a bracket of at least so many single words.
    """
    before = text[max(0, start - _AROUND) : start].rstrip(" *_`\"'([:（【")
    noun = _NOUN.search(before)
    if (noun and noun["which"].casefold() not in _OF_ITSELF) or _JOINS.search(before):
        return True
    if _SIGNS.search(text, start, end):
        return len(set(_SIGNS.findall(text, max(0, start - _AROUND), end + _AROUND))) > 1
    first, last = max(0, start - _AROUND), end + _AROUND
    opens = max(text.rfind("(", first, end), text.rfind("[", first, end))
    closes = min(
        (at for at in (text.find(")", opens + 1, last), text.find("]", opens + 1, last)) if at >= 0), default=-1
    )
    listed = _ENUMERATION.split(text[opens + 1 : closes]) if 0 <= opens < closes and start <= closes else []
    return len(listed) >= least and all(_ONE_WORD.match(part) for part in listed)


def _iter_asides(text: str) -> Iterator[tuple[str, bool]]:
    for match in _ASIDES.finditer(text):
        parts = [part.strip(" *_~") for part in re.split(r"[,;/]\s+", match[1])]
        if sum(bool(_STATUS.match(part)) for part in parts) < 2 and not is_name(text, *match.span(), least=3):
            yield from ((part, True) for part in parts)
    for match in _TAILS.finditer(_ASIDES.sub(" ", text)):
        yield match[1].strip(" *_~"), False


def _is_loud(aside: str) -> bool:
    found = _LOUD.search(aside)
    return found is not None and not _DENIED.search(aside[: found.start()])


def find_shouted(cell: str, title: str) -> str | None:
    """The open or failed status in capitals that a cell of a done row gives, in a field or as a clause of its own; None without one.

    A word that the row's title has too is what the row is about; so is one of several that a thing passes through.
    """
    field = _FIELD.search(cell)
    if field and field["word"].casefold() not in title.casefold():
        return field[0].strip(" `\"'")
    plain = _CODE.sub(lambda match: " " * len(match[0]), cell)
    if _MOVES.search(plain):
        return None
    for clause in _CUT.split(plain):
        words = clause.strip(" *_~:⏳⚠❌🔴🟡\ufe0f")
        if _WHOLE.fullmatch(words) and words.split()[0].casefold() not in title.casefold():
            return words
    return None
