"""The fixes of references: where git moved a file, in which letters it is tracked, what a link must say, what may have been meant."""

from __future__ import annotations

import re
from posixpath import join, normpath
from urllib.parse import unquote

from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind, EvidenceForm
from gatekeeper.model.fix.fix import Applicability, Edit, Fix
from gatekeeper.model.project import EvidenceFact
from gatekeeper.model.text import Span
from gatekeeper.rules.base import quoted
from gatekeeper.rules.evidence._respell import name_of, recased, respelled

_LABEL_LIMIT = 300
_SLIP = 0.95
_PUT_AWAY = re.compile(
    r"(?:^|[/._-])(?:archived?|attic|backups?|bak|deprecated|legacy|obsolete|old|orig|removed|trash|unused)(?=[/._-]|$)",
    re.IGNORECASE,
)
_DOCUMENTS = frozenset(("md", "markdown", "mdx", "txt", "rst", "adoc", "pdf"))
# Names that nearly every folder has.
_USUAL = re.compile(
    r"(?:readme|index|main|mod|__init__|app|page|layout|route|config|settings|types?|utils?|helpers?|package|pyproject|requirements|setup|changelog"
    r"|license|conftest|dockerfile|makefile|schema|models?|views?|urls|constants)\b",
    re.IGNORECASE,
)


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

    Safe where that is surely the same file. Not where it was put away (`src/a.py.bak`, `legacy/a.py`), where lines of it are named, which may be
    others today, in a log, which tells what was under the names of its day, nor in words that only mention it. None where the line tells of the
    move itself.
    """
    source, ref = document.source, fact.ref
    if path in source.line_around(ref.span.start):
        return None
    is_log = document.kind is DocumentKind.PROGRESS_LOG or (
        bool(fact.items) and all(item.kind == "entry" for item in fact.items)
    )
    is_safe = (
        fact.is_same_file and not _is_put_away(ref.path or "", path) and not ref.lines and not is_log and ref.is_offered
    )
    new = respelled(document, fact, path)
    return path_fix(document, fact, new, f"write {quoted(new or path)}: git moved it there", is_safe=is_safe)


def alike_fix(document: Document, fact: EvidenceFact) -> Fix | None:
    """The unsafe fix that names the only tracked path that is spelled alike; None where there is none, or several."""
    if len(fact.similar) != 1 or fact.similar[0] in document.source.line_around(fact.ref.span.start):
        return None
    if not _is_misspelled(fact.ref.path or "", fact.similar[0]):
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


def _is_put_away(old: str, new: str) -> bool:
    """Whether a file was moved to where files are kept that count no more; a document that is archived still says what it said."""
    endings = [name_of(path).rpartition(".")[2].casefold() for path in (old, new)]
    if "." in name_of(old) and endings[0] != endings[1]:
        return True
    is_kept = _PUT_AWAY.search(new) is not None and _PUT_AWAY.search(old) is None
    return is_kept and endings[1] not in _DOCUMENTS


def _is_misspelled(old: str, new: str) -> bool:
    """Whether two paths have one name in different folders, unless many files are called so; or names in one folder that differ in a slip."""
    first, second = name_of(old), name_of(new)
    if first == second:
        return _USUAL.match(first) is None
    if re.findall(r"\d+", first) != re.findall(r"\d+", second) or old.rpartition("/")[0] not in (
        "",
        new.rpartition("/")[0],
    ):
        return False
    from difflib import SequenceMatcher

    if sorted(first) == sorted(second):
        return True
    is_short = max(len(first), len(second)) <= _LABEL_LIMIT
    return is_short and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _SLIP


def _label_edit(document: Document, fact: EvidenceFact, new: str) -> Edit | None:
    """The edit of a link's label that shows the target or its file's name; None where it says something else."""
    text, start, old = document.source.text, fact.ref.span.start, fact.ref.target
    opening = text.rfind("[", max(0, start - _LABEL_LIMIT), start)
    label = text[opening + 1 : start].removesuffix("<").removesuffix("](") if opening >= 0 else ""
    bare = label.strip("`")
    if not bare or text[opening + 1 + len(label) : start] not in ("](", "](<"):
        return None
    # A word without an ending may be just a word.
    former, today = (name_of(unquote(target.partition("#")[0])) for target in (old, new))
    names = {former: today} if "." in former else {}
    folder = document.path.rpartition("/")[0]
    former, today = (normpath(join(folder, unquote(target.partition("#")[0]))) for target in (old, new))
    shown = {**names, former: today, old: new}.get(bare)
    if shown is None or shown == bare:
        return None
    at = opening + 1 + label.index(bare)
    return Edit.at(document.source, Span(at, at + len(bare)), shown)
