"""Bytes to SourceText: decoding, line ends, and the damage that earlier decodings did."""

from __future__ import annotations

import hashlib
import re

from gatekeeper.model.document import Problem, ProblemKind
from gatekeeper.model.text import Newline, SourceText, Span

_BOM = b"\xef\xbb\xbf"
# Two bytes of UTF-8 (lead and continuation) read as Windows-1252 or Windows-1254: a lead byte's letter and a letter
# that stands for 0x80-0xBF. One such pair can be honest French or Turkish; a run of kinds is not.
# A lead byte of UTF-8 read as Windows-1252, with as many continuation bytes read the same way.
_CONTINUED = (
    "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014"
    "\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
_MOJIBAKE = re.compile(
    f"(?:[\u00c2\u00c3\u00d0\u00d1]{_CONTINUED}|\u00e2[\u0080-\u00bf\u20ac\u02c6\u02dc\u0152\u0153\u0161\u2020\u201e\u2022\u0178\u2018\u2019\u2013\u2014\u203a]"
    f"|[\u00e3-\u00e9\u00ef]{_CONTINUED}{{2}}|[\u00f0\u011f][\u0178\u009f])"
)


def decode_source(path: str, data: bytes) -> tuple[SourceText, tuple[Problem, ...]]:
    """The text of a file and what was wrong with its bytes; never raises.

    Bytes that are not UTF-8 are decoded as UTF-16 where a byte order mark says so, else as Windows-1252 with
    replacement characters, so that what can be read is read.
    """
    body = data.removeprefix(_BOM)
    encoding, problems = "utf-8", []
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"
        text = data.decode(encoding, "replace")
        bad = min(error.start, len(text)) if encoding == "cp1252" else 0
        detail = f"byte 0x{body[error.start]:02x} at offset {error.start + len(data) - len(body)} is not UTF-8; read as {encoding}"
        problems.append(Problem(ProblemKind.NOT_UTF8, Span(bad, min(bad + 1, len(text))), detail))
    damage = None if encoding != "utf-8" or text.isascii() else find_mojibake(text)
    if damage is not None:
        written = text[damage.start : damage.end]
        detail = (
            f"{written!r} is UTF-8 that was read as Windows text and encoded again; it stands for {repair(written)!r}"
        )
        problems.append(Problem(ProblemKind.MOJIBAKE, damage, detail))
    source = SourceText(
        path=path,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        blob_id=hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest(),
        newline=_newline(text),
        bom=data.startswith(_BOM),
        encoding=encoding,
        mojibake=damage is not None,
    )
    return source, tuple(problems)


def _newline(text: str) -> Newline:
    crlf = text.count("\r\n")
    lf, cr = text.count("\n") - crlf, text.count("\r") - crlf
    kinds = [kind for kind, count in ((Newline.CRLF, crlf), (Newline.LF, lf), (Newline.CR, cr)) if count]
    if not kinds:
        return Newline.NONE
    return kinds[0] if len(kinds) == 1 else Newline.MIXED


def find_mojibake(text: str) -> Span | None:
    """The first double-encoded word; None where the text is as its author wrote it."""
    for match in _MOJIBAKE.finditer(text):
        end = match.end()
        while end < len(text) and not text[end].isspace() and not text[end].isascii():
            end += 1
        word = text[match.start() : end]
        if repair(word) != word:
            return Span(match.start(), end)
    return None


def repair(text: str) -> str:
    """The text with double encoding undone; unchanged where there is none."""
    if text.isascii() or _MOJIBAKE.search(text) is None:
        return text
    for codec in ("cp1252", "cp1254"):
        try:
            return text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
    import ftfy

    return ftfy.fix_encoding(text)
