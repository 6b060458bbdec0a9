"""Edits of text as edits of bytes: whatever is not edited stays as it is, to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gatekeeper.model.fix.fix import Edit
from gatekeeper.parse.syntax.source import decode_source

_BOM = b"\xef\xbb\xbf"


class Unfit(Exception):
    """Why a file cannot be edited, in words."""


def rewrite(path: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes with the edits made, whatever their line ends, byte order mark or trailing blanks.

    Raises:
        Unfit: the text's places are not those of the bytes, or an edit is not what its finding saw.
    """
    source, _ = decode_source(path, data)
    text = source.text
    # Spans count code points of the decoded text; only where it encodes to the very same bytes are they places in the file.
    if source.encoding != "utf-8" or (_BOM if source.bom else b"") + text.encode("utf-8", "replace") != data:
        raise Unfit("its bytes are not UTF-8")
    pieces, at = [_BOM if source.bom else b""], 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < at or text[edit.span.start : edit.span.end] != edit.old:
            raise Unfit("the text there is not what was found")
        if any(sign in edit.new or sign in edit.old for sign in "\r\n\0"):
            raise Unfit("the edit would change the lines of the file")
        pieces += [text[at : edit.span.start].encode(), _encoded(edit.new)]
        at = edit.span.end
    return b"".join([*pieces, text[at:].encode()])


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Unfit("what is to be written is not Unicode") from None


def overlaps(edits: Sequence[Edit], others: Iterable[Edit]) -> bool:
    """Whether any two edits touch the same text; those that begin or end where another one does are taken to."""
    return any(
        one.path == other.path and one.span.start <= other.span.end and other.span.start <= one.span.end
        for other in others
        for one in edits
    )
