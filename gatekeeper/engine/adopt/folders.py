"""Folders whose documents do not tell how the work stands: forms, other people's, copies, what is over, what tests need."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gatekeeper.engine.adopt.globs import exactly
from gatekeeper.engine.adopt.kinds import Known
from gatekeeper.model.adoption.proposal import FolderGuess, FolderReason
from gatekeeper.model.document import Document
from gatekeeper.repo.patterns import compile_patterns

_NAMES = {
    FolderReason.TEMPLATES: "template templates _template _templates boilerplate boilerplates skeleton skeletons scaffold scaffolds",
    FolderReason.VENDORED: "vendored _vendor third-party thirdparty external externals upstream",
    FolderReason.ARCHIVE: (
        "archive archives archived _archive _archived old _old deprecated obsolete legacy attic history backup backups"
        " archiv arkiv archivio archivo arquivo архив"
    ),
    FolderReason.FIXTURES: "fixture fixtures __fixtures__ testdata test-data test_data __snapshots__ examples example samples sample demo",
}
_REASONS = {name: reason for reason, names in _NAMES.items() for name in names.split()}
# Names that other people's code alone stands under.
_SURELY_VENDORED = frozenset(("vendored", "_vendor", "third-party", "thirdparty"))
_COPY_WORDS = frozenset("copy copies kopie copie copia backup backups bak mirror export snapshot old archive".split())
# Of the documents below, so many of a hundred must be forms, or stand elsewhere too.
_FORMS_PERCENT, _COPIES_PERCENT = 80, 80
_COPIES_LEAST = 3
# A document of which there are more copies is one that a tool puts everywhere.
_TWINS_MOST = 6
_SMALL_BYTES = 200


def guess_folders(files: Sequence[Known]) -> tuple[FolderGuess, ...]:
    """The folders with documents that may better be left out, by path; of nested ones the outermost."""
    documents = [one.document for one in files if one.document.has_content]
    below = _by_folder(document.path for document in documents)
    by_path = {document.path: document for document in documents}
    found = {
        folder: _named(folder, reason, [by_path[path] for path in below[folder]])
        for folder, reason in _iter_named(below)
    }
    for copy in _iter_copies(documents, below):
        if not any(f"{copy.folder}/".startswith(f"{other}/") for other in found):
            found[copy.folder] = copy
    outermost = (found[folder] for folder in sorted(found) if not _is_inside(folder, found))
    return tuple(guess for guess in outermost if compile_patterns([guess.pattern])(f"{guess.folder}/x"))


def _is_inside(folder: str, others: Iterable[str]) -> bool:
    return any(folder != other and folder.startswith(f"{other}/") for other in others)


def _by_folder(paths: Iterable[str]) -> dict[str, list[str]]:
    """Every folder but the root, with what lies in it and below."""
    below: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        parts = path.split("/")
        for depth in range(1, len(parts)):
            below["/".join(parts[:depth])].append(path)
    return below


def _iter_named(below: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, FolderReason]]:
    for folder in below:
        reason = _REASONS.get(folder.rpartition("/")[2].casefold())
        if reason is not None:
            yield folder, reason


def _named(folder: str, reason: FolderReason, documents: Sequence[Document]) -> FolderGuess:
    forms = sum(document.blanks > 0 or document.is_template for document in documents)
    is_sure = reason is FolderReason.VENDORED and folder.rpartition("/")[2].casefold() in _SURELY_VENDORED
    if reason is FolderReason.TEMPLATES:
        is_sure = forms * 100 >= _FORMS_PERCENT * len(documents)
    return FolderGuess(
        folder=folder,
        pattern=exactly(f"{folder}/"),
        reason=reason,
        documents=len(documents),
        items=sum(len(document.items) for document in documents),
        forms=forms if reason is FolderReason.TEMPLATES else 0,
        is_sure=is_sure,
    )


def _iter_copies(documents: Sequence[Document], below: Mapping[str, Sequence[str]]) -> Iterator[FolderGuess]:
    """The folders nearly all of whose documents stand byte for byte in another folder too, under the same names."""
    pairs: Counter[tuple[str, str]] = Counter()
    for twins in _twins(documents):
        for first in twins:
            for second in twins:
                if first < second and (roots := _roots(first, second)) is not None:
                    pairs[roots] += 1
    items = {document.path: len(document.items) for document in documents}
    for (one, two), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
        copy, original = _which(one, two)
        mine = below.get(copy, ())
        if copy and count >= _COPIES_LEAST and count * 100 >= _COPIES_PERCENT * len(mine):
            yield FolderGuess(
                folder=copy,
                pattern=exactly(f"{copy}/"),
                reason=FolderReason.COPY,
                documents=len(mine),
                items=sum(items[path] for path in mine),
                original=original,
                is_sure=_is_called_copy(copy) and not _is_called_copy(original),
            )


def _twins(documents: Sequence[Document]) -> Iterator[list[str]]:
    """Paths of documents with equal bytes, a few each."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.source.sha256 and len(document.source.text) >= _SMALL_BYTES:
            groups[document.source.sha256].append(document.path)
    return (paths for paths in groups.values() if 1 < len(paths) <= _TWINS_MOST)


def _roots(first: str, second: str) -> tuple[str, str] | None:
    """The two folders below which two paths read alike; None where even their names differ."""
    one, two = first.split("/"), second.split("/")
    same = 0
    while same < min(len(one), len(two)) and one[-1 - same] == two[-1 - same]:
        same += 1
    if not same:
        return None
    return "/".join(one[: len(one) - same]), "/".join(two[: len(two) - same])


def _which(one: str, two: str) -> tuple[str, str]:
    """Which of two folders is the copy, and which the original: by its name, else the deeper one, else the later one."""
    first, second = sorted(
        (one, two), key=lambda folder: (_is_called_copy(folder), folder.count("/") + bool(folder), folder)
    )
    return second, first


def _is_called_copy(folder: str) -> bool:
    name = folder.rpartition("/")[2].casefold()
    return any(word in _COPY_WORDS for word in name.replace("_", "-").replace(".", "-").replace(" ", "-").split("-"))
