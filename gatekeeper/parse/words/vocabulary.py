"""What status words mean: the configuration first, then the document's legend, then the shipped vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from gatekeeper.data import shipped
from gatekeeper.model.status import LegendEntry, Status, StatusBasis
from gatekeeper.parse.syntax.source import repair
from gatekeeper.parse.words.sentence import sentence_meaning

_MARKUP = re.compile(r"\*\*|__|`|~~|<[^<>]{1,40}>|\\")
# Pictures at the head of a text that mean nothing to the vocabulary: "🚀 Active".
_SYMBOLS = re.compile(r"^[\u2190-\u2bff\u3000-\u303f\U0001f000-\U0001faff\s]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DASHES = re.compile(r"[\s_\-\u2010-\u2015]+")
_EDGE = " .,:;!()[]|·•*→"
_SELECTORS = str.maketrans("", "", "\ufe0e\ufe0f\u200d\u200b")
_BOX = re.compile(r"\[([^\[\]\n]{0,8})\]")
_PERCENT = re.compile(r"~?(\d{1,3})(?:\.\d+)?\s?%(?:\s*(?:complete[d]?|done|finished))?$")
_RATIO = re.compile(
    r"(\d{1,6})\s?(?:/|of)\s?(\d{1,6})\b(?!/)\s*(?:[a-z]+\s)?(?:complete[d]?|done|finished|passed|passing|implemented)\b"
)
_PIECES = re.compile(r"(?:;|(?<=\s)[-|/→+]\s|[\u2013\u2014]|\.\s|,\s|:\s|\(|\))\s*+")
_OR = re.compile(r"\s(?:or|oder|ou|или|\|)\s")
_AND = re.compile(r"\s(?:&|\+|and|und|et|y|и|og)\s")
# How many words a status phrase of the vocabulary can have at the head of a longer text.
_PHRASE_WORDS = 4
# Of a longer text the head alone is read.
_SENTENCE = 1000
# No status by itself is longer, marks of Markdown included.
_LONGEST = 80


class _Shipped(Struct, frozen=True):
    words: Mapping[str, Status]
    marks: Mapping[str, Status]
    boxes: Mapping[str, Status]
    signals: Mapping[str, frozenset[str]]
    decoration: frozenset[str]
    pointers: Mapping[str, tuple[str, ...]]
    gates: Mapping[str, frozenset[str]]


@lru_cache(maxsize=16384)
def normal(text: str) -> str:
    """A token as it is compared: no marks of Markdown, one blank for every run of blanks and dashes, case folded."""
    if not text.isascii():
        text = repair(text).translate(_SELECTORS)
    if "<" in text:
        text = _BREAK.sub("; ", text)
    if "*" in text or "`" in text or "_" in text or "~" in text or "<" in text or "\\" in text:
        text = _MARKUP.sub("", text)
    return _DASHES.sub(" ", text).strip(_EDGE).casefold()


@lru_cache(maxsize=1)
def load_shipped() -> _Shipped:
    """The shipped vocabulary, read once."""
    import yaml

    tree = yaml.load(shipped("policies", "vocabulary.yml").read_text("utf-8"), Loader=yaml.CBaseLoader)

    def turned(part: str) -> dict[str, Status]:
        return {normal(word) or word: Status(name) for name, words in tree[part].items() for word in words}

    boxes = {word.translate(_SELECTORS): Status(name) for name, words in tree["boxes"].items() for word in words}
    signals = {name: frozenset(words) for name, words in tree["signals"].items()}
    pointers = {name: tuple(words) for name, words in tree["pointers"].items()}
    gates = {name: frozenset(words) for name, words in tree["gates"].items()}
    return _Shipped(turned("statuses"), turned("marks"), boxes, signals, frozenset(tree["decoration"]), pointers, gates)


@lru_cache(maxsize=1)
def mark_pattern() -> re.Pattern[str]:
    """A pattern for one status mark that is no decoration, its variation selector included."""
    known = load_shipped()
    marks = sorted((mark for mark in known.marks if mark not in known.decoration), key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, marks)) + ")\ufe0f?")


class Vocabulary:
    """What a document's status words mean.

    Args:
        configured: words of the configuration and their statuses; they win.
        legend: what the document defines; it wins over the shipped words.
    """

    def __init__(self, configured: Mapping[str, Status], legend: Iterable[LegendEntry] = ()) -> None:
        self.configured = _table((word, status) for word, status in configured.items())
        meanings: dict[str, Status] = {}
        for entry in legend:
            meanings.setdefault(entry.token, entry.status)
        self.legend = _table(meanings.items())
        self.shipped = load_shipped()
        self._has_own = bool(self.configured or self.legend)
        self._known: dict[str, tuple[Status, StatusBasis]] = {}
        self._plain: dict[str, bool] = {}

    def interpret(self, raw: str) -> tuple[Status, StatusBasis]:
        """The meaning of words that stand in a status place, and what gave it; (UNKNOWN, NONE) when nothing did."""
        if not self._has_own:
            return _shipped_status(raw)
        found = self._known.get(raw)
        if found is None:
            found = self._known[raw] = self._interpret(raw)
        return found

    def _interpret(self, raw: str) -> tuple[Status, StatusBasis]:
        if len(raw) > _SENTENCE:
            raw = raw[:_SENTENCE]
        if (match := _BOX.fullmatch(raw.strip())) is not None:
            ticked = self.box(match.group(1))
            if ticked[0] is not Status.UNKNOWN:
                return ticked
        word = normal(raw) or raw.strip().casefold()
        for table, basis in ((self.configured, StatusBasis.CONFIGURATION), (self.legend, StatusBasis.LEGEND)):
            if table and (found := _look_up(table, word)) is not None:
                return found, basis
        meaning = self._shipped_meaning(word)
        return (Status.UNKNOWN, StatusBasis.NONE) if meaning is None else (meaning, StatusBasis.VOCABULARY)

    def is_status(self, raw: str) -> bool:
        """Whether the words are a status by themselves: no prose, nothing guessed."""
        if not self._has_own:
            return _is_shipped_status(raw)
        found = self._plain.get(raw)
        if found is None:
            found = self._plain[raw] = len(raw) <= _LONGEST and self._is_status(raw)
        return found

    def _is_status(self, raw: str) -> bool:
        word = normal(raw)
        if len(word) < 2 and "[" in raw:
            return _BOX.fullmatch(raw.strip()) is not None
        tables = (self.configured, self.legend, self.shipped.words, self.shipped.marks)
        if any(word in table for table in tables):
            return True
        if _PERCENT.fullmatch(word):
            return True
        if len(both := _AND.split(word)) == 2 and all(any(one in table for table in tables) for one in both):
            return True
        mark, rest = self._split_mark(word)
        return mark is not None and (
            not rest or bool(_PERCENT.fullmatch(rest)) or any(rest in table for table in tables)
        )

    def box(self, inside: str) -> tuple[Status, StatusBasis]:
        """The meaning of a checkbox token, given what stands between its brackets."""
        bare = (repair(inside) if not inside.isascii() else inside).translate(_SELECTORS).strip()
        token = f"[{bare or ' '}]".casefold()
        for table, basis in ((self.configured, StatusBasis.CONFIGURATION), (self.legend, StatusBasis.LEGEND)):
            found = table.get(token, table.get(bare) if bare else None)
            if found is not None:
                return found, basis
        status = self.shipped.boxes.get(bare, self.shipped.boxes.get(bare.casefold()))
        return (Status.UNKNOWN, StatusBasis.NONE) if status is None else (status, StatusBasis.VOCABULARY)

    def _split_mark(self, word: str) -> tuple[Status | None, str]:
        """The status of a mark at either end of a text, and the text without it."""
        if word.isascii():
            return None, word
        marks = self.shipped.marks
        if word[0] in marks:
            return marks[word[0]], word[1:].strip(_EDGE)
        if word[-1] in marks:
            return marks[word[-1]], word[:-1].strip(_EDGE)
        return None, word

    def _shipped_meaning(self, word: str) -> Status | None:
        words = self.shipped.words
        if (found := words.get(word)) is not None:
            return found
        mark, rest = self._split_mark(word)
        if not rest:
            return mark
        if mark is None and not rest[0].isascii():
            rest = _SYMBOLS.sub("", rest) or rest
            if (found := words.get(rest)) is not None:
                return found
        if (match := _PERCENT.fullmatch(rest)) is not None:
            return _percent_status(int(match.group(1)))
        if (match := _RATIO.match(rest)) is not None and int(match.group(1)) < int(match.group(2)):
            return Status.IN_PROGRESS if int(match.group(1)) else Status.QUEUED
        if (found := words.get(rest)) is not None:
            return found
        if len(either := _OR.split(rest, maxsplit=1)) == 2 and all(one.strip(_EDGE) in words for one in either):
            return None  # a choice that nobody made
        pieces = [piece for piece in map(str.strip, _PIECES.split(rest)) if piece]
        head, length = words.get(pieces[0].strip(_EDGE)) if pieces else None, len(pieces[0]) if pieces else 0
        if head is None:
            head, length = _head_phrase(rest, words, self.shipped.signals["weak"])
        if head is None:
            head, length = _tail_phrase(rest, words), len(rest)
        if head is not None and head is not Status.DONE:
            return head
        tail = rest if head is None else rest[length:]
        meaning = sentence_meaning(tail, self.shipped.signals, head)
        return meaning if meaning is not None else (head if head is not None else mark)


# Most documents have no words of their own, and the same words in their status places.
@lru_cache(maxsize=1)
def _plain_vocabulary() -> Vocabulary:
    return Vocabulary({})


@lru_cache(maxsize=16384)
def _shipped_status(raw: str) -> tuple[Status, StatusBasis]:
    return _plain_vocabulary()._interpret(raw)


@lru_cache(maxsize=16384)
def _is_shipped_status(raw: str) -> bool:
    return len(raw) <= _LONGEST and _plain_vocabulary()._is_status(raw)


def _head_phrase(text: str, words: Mapping[str, Status], weak: frozenset[str]) -> tuple[Status | None, int]:
    """The status phrase at the head of a text and its length; a single weak word ("open", "new") is none."""
    parts = text.split(" ", _PHRASE_WORDS)
    for count in range(min(_PHRASE_WORDS, len(parts)), 0, -1):
        phrase = " ".join(parts[:count])
        found = words.get(phrase.strip(_EDGE))
        if found is not None and not (count == 1 and (phrase.strip(_EDGE) in weak or len(phrase.strip(_EDGE)) < 4)):
            return found, len(phrase)
    return None, 0


def _tail_phrase(text: str, words: Mapping[str, Status]) -> Status | None:
    """The status phrase of two words or more that ends a short text: "phase 3 in progress"."""
    parts = text.split(" ")
    if len(parts) > 5:
        return None
    return next((words[tail] for count in (3, 2) if (tail := " ".join(parts[-count:])) in words), None)


def _percent_status(percent: int) -> Status:
    if percent == 0:
        return Status.QUEUED
    return Status.DONE if percent >= 100 else Status.IN_PROGRESS


def _table(entries: Iterable[tuple[str, Status]]) -> dict[str, Status]:
    """Tokens by every spelling they may be met in: whole, as a checkbox, the mark alone, the words alone."""
    whole: dict[str, Status] = {}
    parts: dict[str, set[Status]] = {}
    for token, status in entries:
        if (box := _BOX.fullmatch(token.strip())) is not None:
            bare = (repair(box.group(1)) if not token.isascii() else box.group(1)).translate(_SELECTORS).strip()
            whole[f"[{bare or ' '}]".casefold()] = status
            continue
        word = normal(token)
        whole[word] = status
        if (match := mark_pattern().match(word)) is not None:
            for part in (match.group(0), word[match.end() :].strip(_EDGE)):
                if part:
                    parts.setdefault(part, set()).add(status)
    for part, statuses in parts.items():
        if len(statuses) == 1:
            whole.setdefault(part, next(iter(statuses)))
    return whole


def _look_up(table: Mapping[str, Status], word: str) -> Status | None:
    """A token's status; a longer text counts when it begins with a token and goes on after a break."""
    if word in table:
        return table[word]
    best = ""
    for token in table:
        if len(token) > len(best) and word.startswith(token) and not word[len(token)].isalnum():
            rest = word[len(token) :]
            if not token[-1].isalnum() or rest.lstrip()[:1] in "(-;:.,|/[" or rest[0] in "(;:.,|/[":
                best = token
    return table[best] if best else None
