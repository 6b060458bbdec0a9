"""The one way in which a packet's JSON is written: RFC 8785, for values whose only numbers are integers."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import msgspec

from gatekeeper.model.packet.refusal import Reason, Refused

JSON_BYTES_LIMIT = 64 << 20
"""How many bytes a JSON member of a packet may have."""

_VALUES_LIMIT = 2_000_000
# Integers that every reader of JSON holds exactly (RFC 8785 §3.2.2.3, by way of IEEE 754).
_INTEGERS = 1 << 53
_BEYOND_BMP = re.compile(rb"[\xf0-\xf4]")


def canonical(value: Any) -> bytes:
    """A value of mappings with string keys, lists, strings, booleans, None and integers below 2**53, as RFC 8785 writes it.

    A lone surrogate, which no UTF-8 can hold, becomes a question mark.
    """
    try:
        data = msgspec.json.encode(value, order="sorted")
    except (UnicodeEncodeError, OverflowError):
        # A lone surrogate, or a number that is then refused.
        return _dump(_ordered(value)).encode("utf-8", "replace")
    # Only there does the order of UTF-16 code units differ from that of code points (RFC 8785 §3.2.3).
    return _dump(_ordered(value)).encode() if _BEYOND_BMP.search(data) else data


def parse_canonical(data: bytes, name: str) -> Any:
    """The value that canonical JSON stands for.

    Raises:
        Refused: it is no JSON, or not written in the one way; so no name is there twice, and no number is anything but an integer.
    """
    if sum(map(data.count, (b",", b"[", b"{"))) > _VALUES_LIMIT:
        raise Refused(Reason.TOO_LARGE, f"{name} holds more than {_VALUES_LIMIT} values")
    try:
        value = json.loads(data.decode(), parse_float=_refuse, parse_constant=_refuse, parse_int=_integer)
        again = canonical(value)
    except (ValueError, RecursionError):
        raise Refused(Reason.MALFORMED, f"{name} is not JSON as packets write it") from None
    if again != data:
        raise Refused(Reason.MALFORMED, f"{name} is not canonical JSON (RFC 8785)")
    return value


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: str(name).encode("utf-16-be", "surrogatepass"))
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(one) for one in value] if isinstance(value, list | tuple) else value


def _integer(digits: str) -> int:
    # Before it is made a number: of very many digits that takes long, or is an error of its own.
    if len(digits) > len(str(_INTEGERS)) + 1 or abs(int(digits)) >= _INTEGERS:
        _refuse(digits)
    return int(digits)


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"{number[:20]} is no integer below 2**53")
