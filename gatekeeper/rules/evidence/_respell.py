"""A reference with another path in it, written as its author wrote the first one, and the fix that writes it."""

from __future__ import annotations

import re
from urllib.parse import quote

from gatekeeper.model.document import Document, EvidenceForm, EvidenceRef
from gatekeeper.model.project import EvidenceFact

# What would end a link's target, or mean something else in it; letters of any language may stand as they are.
_OF_LINKS = frozenset(" ()<>\"'%#?\\^|`[]{}")
# What no path outside of a link can hold without ending its code span, table cell or string.
_BREAKING = re.compile(r"[`|<>\"\x00-\x1f\x7f\ud800-\udfff]")
_PLAIN = re.compile(r"[\w./@+-]+")
_UPWARDS = re.compile(r"/|(?:\.\./)+")


def respelled(document: Document, fact: EvidenceFact, path: str) -> str | None:
    """The reference's text with `path` in place of its own path; None when the text cannot be rewritten safely.

    A link is written relative to its document's folder, and so is what was written so; all else from the repository root.
    """
    ref = fact.ref
    if not ref.path or "\\" in ref.target:
        return None
    is_link = ref.form is EvidenceForm.LINK and not ref.path.startswith("/")
    is_beside = "/" not in ref.path and path.rpartition("/")[0] == document.path.rpartition("/")[0]
    new = relative_to(document.path, path) if is_link or is_beside or ref.path.startswith("../") else path
    if ref.path.endswith("/"):
        new += "/"
    return _with_path(ref, f"/{new}" if ref.path.startswith("/") else new)


def recased(document: Document, fact: EvidenceFact, path: str) -> str | None:
    """The reference's text in the letters of `path`, from which its own differs in letter case alone; None when it cannot be rewritten safely."""
    ref = fact.ref
    if not ref.path or "\\" in ref.target:
        return None
    upwards = match[0] if (match := _UPWARDS.match(ref.path)) else ""
    rest = ref.path[len(upwards) :]
    bare = rest.rstrip("/")
    tail = path[len(path) - len(bare) :] if len(bare) <= len(path) else ""
    if not bare or tail.casefold() != bare.casefold():
        return respelled(document, fact, path)
    return _with_path(ref, upwards + tail + rest[len(bare) :])


def relative_to(document_path: str, path: str) -> str:
    """A repo-relative path as a link in a document must write it."""
    here, there = document_path.split("/")[:-1], path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def _with_path(ref: EvidenceRef, new: str) -> str | None:
    """The reference's text with a path as it is to be written; None when that would not be read as one."""
    old = ref.path or ""
    is_encoded = ref.target.count(old) != 1
    spelled = quote(old) if is_encoded else old
    if ref.target.count(spelled) != 1 or _BREAKING.search(new):
        return None
    if is_encoded:
        new = quote(new)
    elif ref.form is EvidenceForm.LINK:
        new = "".join(quote(sign) if sign in _OF_LINKS and sign not in ref.target else sign for sign in new)
    elif ref.form is not EvidenceForm.CODE and not _PLAIN.fullmatch(new):
        return None
    before, _, after = ref.target.partition(spelled)
    return f"{'' if new.startswith('../') and before == './' else before}{new}{after}"


def name_of(target: str) -> str:
    """The last segment of a path, whatever slash ends it."""
    return target.rstrip("/").rpartition("/")[2]
