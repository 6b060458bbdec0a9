"""Words that belong to gates: what a heading says that its section is for, and where somebody signs."""

from __future__ import annotations

import re
from functools import lru_cache

from gatekeeper.model.document import SectionRole
from gatekeeper.parse.words.vocabulary import load_shipped, normal

_BRACKET = re.compile(r"[(\[（]")
_WORD = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"^[\W\d]+")
# A heading says what its section is for; a sentence speaks of something.
_WORDS_LIMIT = 7
_LENGTH_LIMIT = 80


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: _pattern(words) for name, words in load_shipped().gates.items()}


def _pattern(words: frozenset[str]) -> re.Pattern[str]:
    """Any of the words; one in letters of East Asia may stand inside of another."""
    ordered = sorted(filter(None, map(normal, words)), key=len, reverse=True)
    plain = "|".join(re.escape(word) for word in ordered if word[0] < "\u3000")
    dense = "|".join(re.escape(word) for word in ordered if word[0] >= "\u3000")
    return re.compile(rf"(?<!\w)(?:{plain})(?!\w)" + (f"|{dense}" if dense else ""))


@lru_cache(maxsize=1)
def _signers() -> tuple[str, ...]:
    return tuple(sorted(word.casefold() for word in load_shipped().gates["signer"]))


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The first words of everything that gives a section its role or a document its name: a quick look before the patterns."""
    kinds = (*(role.value for role in SectionRole), "checkpoint")
    words = (normal(word) for kind in kinds for word in load_shipped().gates[kind])
    return frozenset(word.split(" ")[0].split("'")[0].split("/")[0] for word in words)


@lru_cache(maxsize=4096)
def role_of(title: str) -> SectionRole | None:
    """What a heading says that its section is for; None for any other."""
    words = _heading_words(title)
    if not words:
        return None
    return next((role for role in SectionRole if _is_role(role, words)), None)


def _is_role(role: SectionRole, words: str) -> bool:
    """Whether the words are of this role; "approval workflow" and "decision log" tell of something else."""
    pattern, head = _patterns()[role.value], _BRACKET.split(words, maxsplit=1)[0].strip()
    if role is SectionRole.CRITERIA:
        return bool(pattern.search(words))
    found = list(pattern.finditer(head))
    return bool(found) and found[-1].end() == len(head) and (role is SectionRole.SIGN_OFF or found[0].start() == 0)


def is_checkpoint(title: str) -> bool:
    """Whether the title of a document says that it is a checkpoint by itself."""
    words = _heading_words(title)
    return bool(words) and _patterns()["checkpoint"].search(words) is not None


def is_label(kind: str, words: str) -> bool:
    """Whether a header or label is one of the words of a kind: "signer", "signature", "day", "signee"."""
    return _patterns()[kind].fullmatch(_NUMBER.sub("", normal(words))) is not None


def has_signer(text: str) -> bool:
    """Whether a label after which somebody signs stands anywhere in a text; a quick look."""
    lowered = text.casefold()
    return any(word in lowered for word in _signers())


def _heading_words(title: str) -> str:
    """A heading's words as they are compared; "" for one that cannot say what its section is for."""
    if len(title) > _LENGTH_LIMIT or (title.isascii() and _heads().isdisjoint(_WORD.findall(title.casefold()))):
        return ""
    words = _NUMBER.sub("", normal(title))
    return words if len(words.split()) <= _WORDS_LIMIT else ""
