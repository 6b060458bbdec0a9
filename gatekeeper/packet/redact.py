"""What a packet must not hold: blanked out before anything is hashed, and said so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum
from typing import Any

from gatekeeper.model.environment.secret import mask
from gatekeeper.model.packet.refusal import Reason, Refused

SCAN_BYTES_LIMIT = 8 << 20
"""Larger files are not looked through for secrets, and therefore not embedded."""

_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_KEPT_NAMES = re.compile(
    r"(?:\.env(?:\.(?!example|sample|template|dist|defaults?|schema).*)?|.*\.env|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|\.npmrc|\.netrc|\.pypirc|\.pgpass|\.htpasswd|.*\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk))",
    re.IGNORECASE,
)


def is_kept_out(path: str) -> bool:
    """Whether a file is never packed, by its name: environment files, keys, files of passwords."""
    return _KEPT_NAMES.fullmatch(path.rpartition("/")[2]) is not None


class Redactor:
    """Blanks out secrets: what looks like one, and the values that it is told of."""

    def __init__(self, values: Collection[str] = ()) -> None:
        """Takes values of the environment, each at least 6 characters, wherever they stand."""
        longest_first = sorted(
            (value for value in set(values) if len(value) >= 6), key=lambda value: (-len(value), value)
        )
        self._values = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def text(self, text: str) -> str:
        """The text with an asterisk for every character of a secret; equally long."""
        if self._values is not None:
            text = self._values.sub(lambda match: re.sub(r"\S", "*", match[0]), text)
        return mask(text)

    def value(self, value: Any) -> Any:
        """A JSON value with each of its texts, names of members included, so treated; members of enumerations are our own words."""
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.value(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value

    def data(self, data: bytes, path: str) -> tuple[bytes, tuple[tuple[str, int], ...]]:
        """The bytes of a file, equally many, and (kind, 1-based line) of each line on which something was blanked out.

        Raises:
            Refused: a secret stays however often it is blanked out.
        """
        encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "latin-1")
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            encoding = "latin-1"
            text = data.decode(encoding)
        # A character of UTF-8 is several of Latin-1, and none of these is part of what a secret looks like.
        blanked = self.text(text)
        if blanked == text:
            return data, ()
        if self.text(blanked) != blanked:
            raise Refused(Reason.SECRET, "what looks like a secret stays after it was blanked out", path)
        return blanked.encode(encoding), tuple(_iter_changes(text, blanked))

    def check(self, data: bytes, name: str) -> None:
        """Makes sure that something that is about to be sealed holds no value of the environment.

        Raises:
            Refused: it does.
        """
        if self._values is not None and self._values.search(data.decode("utf-8", "replace")):
            raise Refused(Reason.SECRET, "it would hold a value of the environment", name)


def _iter_changes(before: str, after: str) -> Iterator[tuple[str, int]]:
    """The lines that differ; only newlines part lines, so that a line is what an editor calls so in nearly every file."""
    for number, (one, other) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True), 1):
        if one != other:
            yield "secret", number
