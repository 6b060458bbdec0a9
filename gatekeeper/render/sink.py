"""The one function that makes untrusted text harmless before a person's terminal sees it."""

from __future__ import annotations

import re

from gatekeeper.model.environment.secret import mask

# Unicode categories Cc (from DEL on), Cs, Zl, Zp and Cf, and Default_Ignorable_Code_Point. Kept: the emoji and text
# presentation selectors U+FE0E and U+FE0F, which status marks are full of, and the visible Arabic and Syriac signs of Cf.
HIDDEN = (
    "\x7f-\x9f\xad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The inside of a regular expression class: what hides, reorders or breaks text, the C0 controls apart."""

_UNSAFE = re.compile(f"[\x00-\x1f{HIDDEN}]")
_NOT_ASCII = re.compile(r"[^ -~]")
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def visible(text: str, *, ascii_only: bool = False) -> str:
    r"""The text with every control, bidirectional, invisible and line-breaking character and lone surrogate spelled out.

    Secrets are masked first. The result is one line; a second pass changes nothing. Backslashes stay as they are.

    Args:
        text: anything that a document, a path or a plugin said.
        ascii_only: whether to spell out everything else beyond ASCII too, for terminals that cannot show it.
    """
    return spelled(mask(text), ascii_only=ascii_only)


def spelled(text: str, *, ascii_only: bool = False) -> str:
    """The same without masking, for pages whose examples show what a secret looks like."""
    if text.isascii() and text.isprintable():
        return text
    return (_NOT_ASCII if ascii_only else _UNSAFE).sub(_spell, text)


def _spell(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if code < 0x100:
        return _SHORT.get(char, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
