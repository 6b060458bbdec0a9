"""A reference with another path in it, written as its author wrote the first one, and the fix that writes it."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from gatekeeper.model.document import Document, DocumentKind, EvidenceForm, EvidenceRef
from gatekeeper.model.fix.fix import Applicability, Edit, Fix
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.text import Span
from gatekeeper.rules.base import quoted

# What would end a link's target, or mean something else in it; letters of any language may stand as they are.
_OF_LINKS = frozenset(" ()<>\"'%#?\\^|`[]{}")
# What no path outside of a link can hold without ending its code span, table cell or string.
_BREAKING = re.compile(r"[`|<>\"\x00-\x1f\x7f\ud800-\udfff]")
_PLAIN = re.compile(r"[\w./@+-]+")
_UPWARDS = re.compile(r"/|(?:\.\./)+")
_LABEL_LIMIT = 300


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


def path_fix(
    document: Document, fact: EvidenceFact, new: str | None, description: str, *, is_safe: bool, with_label: bool = True
) -> Fix | None:
    """The fix that writes a reference as `new`, and a link's label too where that shows the path; None where it may not be written."""
    ref, source = fact.ref, document.source
    if new is None or new == ref.target or source.slice(ref.span) != ref.target:
        return None
    label = _label_edit(document, fact, new) if with_label and ref.form is EvidenceForm.LINK else None
    edits = (label, Edit.at(source, ref.span, new)) if label else (Edit.at(source, ref.span, new),)
    return Fix(description, Applicability.SAFE if is_safe else Applicability.UNSAFE, edits)


def case_fix(document: Document, fact: EvidenceFact) -> Fix | None:
    """The safe fix that writes a path in the letters in which it is tracked; None where several are."""
    if len(fact.paths) != 1:
        return None
    new = recased(document, fact, fact.paths[0])
    return path_fix(document, fact, new, f"write {quoted(new or '')}: it is tracked in these letters", is_safe=True)


def moved_fix(document: Document, fact: EvidenceFact, path: str) -> Fix | None:
    """The fix that names a file where git moved it.

    Safe where that is surely the same file. Not where lines of it are named, which may be others today; in a log, which tells what was under
    the names of its day; nor in words that only mention it. None where the line tells of the move itself.
    """
    source, ref = document.source, fact.ref
    if path in source.line_around(ref.span.start):
        return None
    is_log = document.kind is DocumentKind.PROGRESS_LOG or (
        bool(fact.items) and all(item.kind == "entry" for item in fact.items)
    )
    is_safe = fact.is_same_file and not ref.lines and not is_log and ref.is_offered
    new = respelled(document, fact, path)
    return path_fix(document, fact, new, f"write {quoted(new or path)}: git moved it there", is_safe=is_safe)


def alike_fix(document: Document, fact: EvidenceFact) -> Fix | None:
    """The unsafe fix that names the only tracked path that is spelled alike; None where there is none, or several."""
    if len(fact.similar) != 1 or fact.similar[0] in document.source.line_around(fact.ref.span.start):
        return None
    new = respelled(document, fact, fact.similar[0])
    why = f"write {quoted(new or fact.similar[0])}: the only path that is spelled alike"
    return path_fix(document, fact, new, why, is_safe=False)


def elsewhere_fix(document: Document, *facts: EvidenceFact) -> Fix | None:
    """The unsafe fix that writes paths of files that end alike in another folder whole; None unless each is the only one."""
    edits: list[Edit] = []
    for fact in facts:
        new = respelled(document, fact, fact.paths[0]) if len(fact.paths) == 1 else None
        fix = path_fix(document, fact, new, "", is_safe=False)
        if fix is None:
            return None
        edits += fix.edits
    edits.sort(key=lambda edit: edit.span)
    what = quoted(edits[-1].new) if len(facts) == 1 else f"{len(facts)} paths whole"
    return Fix(f"write {what}: the only path that ends alike", Applicability.UNSAFE, tuple(edits))


def unsafe(fix: Fix | None) -> Fix | None:
    """The same fix, to be looked at first."""
    return replace(fix, applicability=Applicability.UNSAFE) if fix is not None else None


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


def _label_edit(document: Document, fact: EvidenceFact, new: str) -> Edit | None:
    """The edit of a link's label that shows the target or its file's name; None where it says something else."""
    text, start, old = document.source.text, fact.ref.span.start, fact.ref.target
    opening = text.rfind("[", max(0, start - _LABEL_LIMIT), start)
    label = text[opening + 1 : start].removesuffix("<").removesuffix("](") if opening >= 0 else ""
    bare = label.strip("`")
    if not bare or text[opening + 1 + len(label) : start] not in ("](", "](<"):
        return None
    shown = {old: new, _name(old): _name(new)}.get(bare)
    if shown is None or shown == bare:
        return None
    at = opening + 1 + label.index(bare)
    return Edit.at(document.source, Span(at, at + len(bare)), shown)


def _name(target: str) -> str:
    return target.rstrip("/").rpartition("/")[2]
