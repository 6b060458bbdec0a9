"""The one way in which a packet's JSON is written: RFC 8785."""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.model.packet.refusal import Reason, Refused

JSON_BYTES_LIMIT = 64 << 20
"""How many bytes a JSON member of a packet may have."""

_VALUES_LIMIT = 2_000_000


def canonical(value: Any) -> bytes:
    """A value of mappings with string keys, lists, strings, booleans, None and integers below 2**53, as RFC 8785 writes it.

    A lone surrogate, which no UTF-8 can hold, becomes U+FFFD.
    """
    import rfc8785

    return rfc8785.dumps(_clean(value))


def parse_canonical(data: bytes, name: str) -> Any:
    """The value that canonical JSON stands for.

    Raises:
        Refused: it is no JSON, or not written in the one way; so no name is there twice, and no number is anything but an integer.
    """
    if sum(map(data.count, (b",", b"[", b"{"))) > _VALUES_LIMIT:
        raise Refused(Reason.TOO_LARGE, f"{name} holds more than {_VALUES_LIMIT} values")
    try:
        value = json.loads(data)
        again = canonical(value)
    except (ValueError, RecursionError):
        raise Refused(Reason.MALFORMED, f"{name} is not JSON as packets write it") from None
    if again != data:
        raise Refused(Reason.MALFORMED, f"{name} is not canonical JSON (RFC 8785)")
    return value


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode() if _has_surrogate(value) else value
    if isinstance(value, dict):
        return {str(_clean(key)): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
