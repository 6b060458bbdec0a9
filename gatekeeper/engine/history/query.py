"""Which items somebody asks for: by id, title or gate, however it is spelled."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from gatekeeper.link.status.identity import normal_key
from gatekeeper.model.subject import UNIT_WORDS

_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_MARK = re.compile(r"[*_`~]")


class Query(Struct, frozen=True):
    """An item or a gate as somebody names it.

    Attributes:
        plain: the name without letter case and surplus blanks.
        key: the normal form of the id that it is; None where it is none.
        needles: what must stand, in this form, in every text that has such an item.
    """

    text: str
    plain: str
    key: str | None
    needles: tuple[re.Pattern[str], ...]

    def wants(self, key: str | None, names: tuple[str, ...], gate: str) -> bool:
        """Whether an item with this key, these names (id, title) and this gate is meant."""
        if self.key is not None and key == self.key:
            return True
        if any(folded(name) == self.plain for name in names if name):
            return True
        return bool(gate) and (folded(gate) == self.plain or (self.key is not None and normal_key(gate) == self.key))

    def may_stand_in(self, data: bytes) -> bool:
        """False only where no item of a document of these bytes can be meant."""
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return True
        text = data.decode("utf-8", "replace")
        text = text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
        text = _MARK.sub("", text)
        return all(needle.search(text) for needle in self.needles)


def make_query(text: str) -> Query:
    """The query of what somebody typed."""
    plain, key = folded(text), normal_key(text)
    # The word for a unit may stand in a heading, or in another language; a number may have zeros before it.
    words = [word for word in _TOKENS.findall(plain) if word not in UNIT_WORDS]
    patterns = [rf"(?<!\d)0*{word.lstrip('0') or '0'}(?!\d)" if word.isdecimal() else re.escape(word) for word in words]
    if key is not None and patterns:
        # The parts of an id stand side by side; those of a title may have a link's address between them.
        patterns = [r"[\W_]{0,3}".join(patterns)]
    return Query(text, plain, key, tuple(map(re.compile, patterns)))


def folded(text: str) -> str:
    """A name as names are compared: letter case, width of letters and blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
