"""Secrets that untrusted text quotes, made unreadable by their shape before anything leaves."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from msgspec import Struct

_NAMES = (
    r"(?:pass(?:word|wd|phrase|code)|pwd|secret|token|credential|(?:api|access|private|auth|account|signing|encryption|client)[_-]?key)s?"
    r"(?:[_-]?(?:key|base|value|[0-9]{1,3}))?"
)
_VALUE = r"\"[^\"\n]{4,}\"|'[^'\n]{4,}'|`[^`\n]{4,}`|[^\s\"'`|<>,;()\]]{4,}"
# What stands where a secret would: a reference to one, a word that says what is there, what is masked already.
_REFERENCE = (
    r"(?i)(?:[$<{%\[*]|(?:process\.|import\.|os\.|env\.|secrets\.|vars\.|config\.|settings\.)|.{0,64}\*{4}$"
    r"|(?:true|false|none|null|nil|undefined|required|optional|unset|empty|missing|redacted|hidden|masked|yes|todo|tbd|done|string|str|bytes)\W*$"
    r"|(?:.{0,32}[-_.])?(?:your|example|sample|placeholder|dummy|change-?_?(?:me|this|it))(?:[-_.].{0,32})?$)"
)
# What documents name behind a colon, and code behind an equals sign: paths, numbers, dates and versions; ids behind a colon alone.
_PATH = r"\.{0,2}/?(?:[\w@.-]{1,64}/){0,16}[\w@.-]{1,64}\.[A-Za-z]{1,5}|\.{0,2}/?(?:[\w@.-]{1,64}/){1,16}"
_NUMBER = r"[#v]?[0-9][0-9.,:%x_/+-]*[a-z]{0,3}"
# What code takes from elsewhere: `token: input.inviteToken`.
_MEMBER = r"[A-Za-z_$]+(?:\??\.[A-Za-z_$]+)+"
_ID = r"[A-Z]{1,8}-[0-9][0-9A-Za-z.]{0,8}|[A-Z]{1,3}[0-9.]{1,4}"
_LEAST_BARE = 6
_LEAST_KINDS = 2
_KINDS = ("[a-z]", "[A-Z]", "[0-9]", r"[^\w.:/@#-]")
_MOST_SLASHES = 6


def _is_assigned(match: re.Match[str]) -> bool:
    """Whether a value behind `=` or `:` is one; behind a colon prose goes on, unless the value is quoted or looks made."""
    name, value = match[1], match[2].strip("\"'`")
    is_called = match.string[match.end() : match.end() + 1] == "(" and value[-1:].isidentifier()
    if is_called or not value or re.match(_REFERENCE, value) or re.fullmatch(_PATH, value):
        return False
    if match[2] == value and re.fullmatch(_MEMBER, value):
        return False
    if re.fullmatch(_NUMBER, value):
        return name[:1] in "pP" and "=" in name
    if match[2] != value or "=" in name:
        return True
    is_long = len(value) >= _LEAST_BARE and not value.isalpha() and not re.fullmatch(_ID, value)
    return is_long and sum(bool(re.search(kind, value)) for kind in _KINDS) >= _LEAST_KINDS


def _is_key_line(match: re.Match[str]) -> bool:
    """Whether a line as long as those in files of keys holds all kinds of characters, unlike digests and paths."""
    line = match[2]
    return all(re.search(kind, line) for kind in _KINDS[:3]) and line.count("/") < _MOST_SLASHES


class _Shape(Struct, frozen=True):
    """How one kind of secret looks.

    Attributes:
        hints: words in lower case and with `_` for `-`, one of which stands in every text that the pattern matches; none for any text.
        pattern: a regular expression; its first group stays, its second is the secret.
        judge: whether a match is one.
        least: how long a text is at least that holds one.
    """

    hints: tuple[str, ...]
    pattern: str
    judge: Callable[[re.Match[str]], bool] = lambda match: True
    least: int = 12


_SHAPES = (
    _Shape(("private key",), r"(?s)(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)(.*?)(?=-----END|\Z)"),
    _Shape(
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat_", "k_live_", "k_test_", "whsec_", "dop_v1_"),
        r"((?i:gh[pousr][_-]|github[_-]pat[_-]|glpat[_-]|[sr]k[_-](?:live|test)[_-]|whsec[_-]|dop[_-]v1[_-]))([A-Za-z0-9][A-Za-z0-9_-]{3,})",
    ),
    _Shape(("xox",), r"((?i:xox[abeprs]-))([A-Za-z0-9][A-Za-z0-9-]{7,})"),
    _Shape(("akia", "asia"), r"(?<![A-Za-z0-9])((?i:AKIA)|ASIA(?=[A-Z]{0,16}[0-9]))([A-Z0-9]{8,}|[a-z0-9]{8,})"),
    _Shape(
        ("eyj", "aiza", "ya29."),
        r"(?<![A-Za-z0-9])(eyJ|AIza|ya29\.)([A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]{1,4096}){0,2})",
    ),
    _Shape(
        ("sk_", "npm_", "hf_", "sg.", "pypi_"),
        r"(?<![A-Za-z0-9_-])(sk-(?:proj-|ant-|live-|or-)?|npm_|hf_|SG\.|pypi-)(?=[a-z_-]{0,64}[A-Z0-9])([A-Za-z0-9][A-Za-z0-9_-]{11,}(?:\.[A-Za-z0-9_-]{8,64})?)",
    ),
    _Shape(
        ("hooks.slack.com", "api/webhooks"),
        r"(hooks\.slack\.com/services/|/api/webhooks/)([A-Za-z0-9][A-Za-z0-9/_-]{7,})",
    ),
    _Shape(("://",), r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s/:@]{0,128}:)([^\s/@]{1,256})(?=@)"),
    _Shape(
        ("bearer", "basic"), r"((?i:bearer|basic)[ \t]{1,4})((?=[A-Za-z._~+/=-]{0,256}[0-9])[A-Za-z0-9._~+/=-]{16,})"
    ),
    _Shape(
        ("pass", "pwd", "secret", "token", "credential", "key"),
        rf"((?i:{_NAMES})[\"'`\]*]{{0,3}}[ \t]{{0,4}}(?:=>|:=|={{1,3}}|:)[ \t*]{{0,4}})({_VALUE})",
        _is_assigned,
        least=8,
    ),
    _Shape((), r"(?<![\w/+.-])()([A-Za-z0-9+/]{64}(?:[A-Za-z0-9+/]{6}){0,2})(?![\w/+.-])", _is_key_line, least=64),
)
_HINTS = tuple(hint for shape in _SHAPES for hint in shape.hints)
_LEAST = min(shape.least for shape in _SHAPES)
_LONG = min(shape.least for shape in _SHAPES if not shape.hints)
# What Base64 is written with becomes one letter, so that a run of it is a word to look for.
_RUN = b"+" * _LONG
_RUNNING = bytes(
    ord("+") if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "+/") else 0 for code in range(256)
)


def mask(text: str) -> str:
    """The text with an asterisk for every character of what looks like a key, a token, a password or a private key; equally long.

    What it is stays readable: an issuer's prefix, the name in front of `=` or `:`, the first line of a private key. Words that only speak of a
    secret stay, and references to one, as `${TOKEN}`.
    """
    length = len(text)
    if length < _LEAST:
        return text
    # Names of people and roles are compared with `-` for `_`, and told so.
    folded = text.lower().replace("-", "_")
    for hint in _HINTS:
        if hint in folded:
            break
    else:
        return text if length < _LONG or not _has_run(text) else _apply(text, "")
    return _apply(text, folded)


def _has_run(text: str) -> bool:
    """Whether so many characters of a line of a key stand in a row; what is not Latin-1 becomes a question mark, which is none of them."""
    return _RUN in text.encode("latin-1", "replace").translate(_RUNNING)


def _apply(text: str, folded: str) -> str:
    for number, shape in enumerate(_SHAPES):
        if len(text) >= shape.least and (not shape.hints or any(hint in folded for hint in shape.hints)):
            text = _pattern(number).sub(partial(_hide, shape.judge), text)
    return text


@cache
def _pattern(number: int) -> re.Pattern[str]:
    # Compiled when first needed: most runs meet no hint.
    return re.compile(_SHAPES[number].pattern)


def _hide(judge: Callable[[re.Match[str]], bool], match: re.Match[str]) -> str:
    return match[1] + re.sub(r"\S", "*", match[2]) if judge(match) else match[0]
