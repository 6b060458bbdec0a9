"""What a value is, without saying it: empty, a placeholder, a secret, of the type and within the range that the law demands."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from gatekeeper.model.environment.fact import Breach, ValueState
from gatekeeper.model.environment.law import EnvironmentLaw, KeyLaw, ValueType

_VALUE_LIMIT = 4096
_DIGITS_LIMIT = 40
_BOOLEANS = frozenset({"true", "false", "1", "0", "yes", "no", "on", "off"})
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s]+")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?:([^\s/@]*)@)?(\[[^\]\s]*\]|[^\s/:?#@]*)")
_LOCAL = re.compile(
    r"localhost|[^.]+|127\.[0-9.]+|0\.0\.0\.0|\[::1\]|host\.docker\.internal|.*\.(?:local|localhost|internal|test|invalid|example)"
    r"|(?:.*\.)?example\.(?:com|org|net)",
    re.IGNORECASE,
)
# How issuers begin the keys that they give out.
_ISSUED = re.compile(
    r"(?:sk-|sk_live_|sk_test_|rk_live_|rk_test_|whsec_|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AKIA|ASIA|AIza|ya29\.|npm_|pypi-|SG\.|eyJ|hf_|dop_v1_)"
    r"[A-Za-z0-9_\-.+/=]{12,}|-----BEGIN [A-Z ]*PRIVATE KEY"
)
_HEX = re.compile(r"[0-9a-fA-F]{32,}")
_TOKEN = re.compile(r"[A-Za-z0-9_\-.+/=~!@#$%^&*:]{16,}")
_WORDS = re.compile(r"[-_.\s:/+]+")
_WORD = re.compile(r"[A-Za-z]+|[0-9]{1,4}|v[0-9]{1,2}|[A-Za-z]{2,}[0-9]{1,4}")
_LEAST_ENTROPY = 3.3
_FEW_SIGNS = 2
_REPEATED_LEAST = 4
_ZEROS_LEAST = 12
_TYPES = {
    ValueType.INTEGER: "a whole number",
    ValueType.NUMBER: "a number",
    ValueType.BOOLEAN: "true or false (or 1, 0, yes, no, on, off)",
    ValueType.URL: "a URL",
}


class ValueJudge:
    """What a law makes of values."""

    def __init__(self, law: EnvironmentLaw) -> None:
        self._law = law
        self._keys = {key.name: key for key in law.keys}
        self._placeholders = tuple(pattern.casefold() for pattern in law.placeholders)

    def state(self, value: str) -> ValueState:
        """Whether a value is one."""
        if not value.strip():
            return ValueState.EMPTY
        return ValueState.PLACEHOLDER if self._is_placeholder(value) else ValueState.SET

    def is_secret_name(self, name: str) -> bool:
        """Whether the law, or else the name, says that the value is secret."""
        key = self._keys.get(name)
        if key is not None and key.secret is not None:
            return key.secret
        word = name.upper()
        return _matches(word, self._law.secrets) and not _matches(word, self._law.public)

    def is_secret(self, name: str, value: str) -> bool:
        """Whether a value is secret and seems to be a real one.

        Where the law itself says that a variable is secret, everything but a placeholder is. Where only the name says so, the value must look
        like a key that somebody was given: a word such as `postgres` is what everybody's own machine has.
        """
        if self.state(value) is not ValueState.SET or not self.is_secret_name(name):
            return False
        value = value.strip()
        address = _ADDRESS.match(value)
        if address is not None:
            return self._has_password(address[1] or "", address[2] or "")
        key = self._keys.get(name)
        return (key is not None and key.secret is True) or _looks_issued(value)

    def breaches(self, name: str, value: str) -> tuple[Breach, ...]:
        """The demands of the law that a value does not meet; none for what is empty or a placeholder."""
        key = self._keys.get(name)
        if key is None or self.state(value) is not ValueState.SET:
            return ()
        return tuple(_iter_breaches(key, value))

    def switches(self, name: str, value: str) -> frozenset[str]:
        """The variables that this value makes required."""
        return frozenset(
            key.name
            for key in self._law.keys
            if any(one.name == name and value in one.values for one in key.required_when)
        )

    def _is_placeholder(self, value: str) -> bool:
        word = value.strip().casefold()
        is_number = _NUMBER.fullmatch(word[:_DIGITS_LIMIT]) is not None
        few, least = (1, _ZEROS_LEAST) if is_number else (_FEW_SIGNS, _REPEATED_LEAST)
        if len(word) >= least and len(set(word) - set("-_. ")) <= few:
            return True
        return len(word) <= _VALUE_LIMIT and _matches(word, self._placeholders)

    def _has_password(self, user: str, host: str) -> bool:
        """Whether an address carries a password to somewhere else than the machine it is used on."""
        password = user.partition(":")[2]
        if not password or _LOCAL.fullmatch(host):
            return False
        return not self._is_placeholder(password) and password.casefold() != user.partition(":")[0].casefold()


def _matches(word: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(word, pattern) for pattern in patterns)


def _looks_issued(value: str) -> bool:
    """Whether a value looks like a key that a machine made."""
    if _ISSUED.match(value) or _HEX.fullmatch(value):
        return True
    if not _TOKEN.fullmatch(value) or not any(map(str.isdigit, value)) or not any(map(str.isalpha, value)):
        return False
    parts = [part for part in _WORDS.split(value) if part]
    return not all(_WORD.fullmatch(part) for part in parts) and _entropy(value) >= _LEAST_ENTROPY


def _entropy(text: str) -> float:
    """Bits a character (Shannon)."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values())


def _iter_breaches(key: KeyLaw, value: str) -> Iterator[Breach]:
    word = value.strip()
    if not _is_of(key.type, word):
        yield Breach("type", "the value is of another type", _TYPES[key.type])
    elif key.minimum is not None and float(word) < key.minimum:
        yield Breach("minimum", f"the value is less than {_number(key.minimum)}", f"{_number(key.minimum)} or more")
    elif key.maximum is not None and float(word) > key.maximum:
        yield Breach("maximum", f"the value is more than {_number(key.maximum)}", f"{_number(key.maximum)} or less")
    if key.enum and value not in key.enum:
        yield Breach("enum", "the value is not among those allowed", f"one of {', '.join(key.enum)}")
    if key.pattern and not _compiled(key.pattern)(value):
        yield Breach("pattern", "the value does not match the pattern", f"a value that matches {key.pattern}")


def _is_of(kind: ValueType, word: str) -> bool:
    if kind is ValueType.STRING:
        return True
    if kind is ValueType.BOOLEAN:
        return word.lower() in _BOOLEANS
    if kind is ValueType.URL:
        return bool(_URL.fullmatch(word))
    pattern = _INTEGER if kind is ValueType.INTEGER else _NUMBER
    return len(word) <= _DIGITS_LIMIT and bool(pattern.fullmatch(word))


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Callable[[str], Any]:
    import re2

    match: Callable[[str], Any] = re2.compile(pattern).fullmatch
    return match
