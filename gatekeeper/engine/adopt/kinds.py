"""Which kinds of documents a repository has, in as few patterns as are true."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from gatekeeper.engine.adopt.globs import Glob, exactly, find_globs, is_plain
from gatekeeper.engine.intake import Taken
from gatekeeper.model.adoption.proposal import KindGuess
from gatekeeper.model.document import Document, DocumentKind
from gatekeeper.model.status import Status
from gatekeeper.model.subject import UNIT_WORDS
from gatekeeper.parse.dialect.kind import is_told_by_title, kind_of_words, words_of_name
from gatekeeper.repo.patterns import compile_patterns

# A pattern of fewer is no shorter than the paths themselves; one whose words do not name the kind may be mere chance.
_LEAST_DOCUMENTS, _LEAST_BY_CHANCE = 3, 6
# Of what a pattern names, so many of a hundred must be sure by themselves; their neighbors bear out the rest.
_SURE_PERCENT = 75
# More than these nobody reads; what is not named keeps the kind that its contents give it.
_PATTERNS_LIMIT, _SINGLES_LIMIT, _UNSURE_LIMIT = 16, 12, 3
_UNSURE_LEAST_ITEMS = 5
# How many folders deep people still look first.
_NEAR = 2
# A key of YAML that stands on one line has at most 1024 characters, and each of these may take two.
_PATTERN_LENGTH = 400
_ORDER = tuple(DocumentKind)
# Kinds whose names in a title are seldom meant otherwise; a "plan" or a "report" may be many things.
_FIRM = (DocumentKind.TRACKER, DocumentKind.PROGRESS_LOG, DocumentKind.EVIDENCE_PACK, DocumentKind.CHECKLIST)
# Of permissions, of versions, of tests: a matrix is not always one of work.
_AMBIGUOUS = frozenset(("matrix", "complete"))
_PACKS = frozenset(("pack", "packs"))


class Known(Struct, frozen=True):
    """A file that was read.

    Attributes:
        kind: None where nothing in it says what it is for.
        is_sure: whether its title says its kind, or its dated entries do.
    """

    path: str
    document: Document
    kind: DocumentKind | None
    is_sure: bool


def known_files(taken: Iterable[Taken]) -> list[Known]:
    """The files that were read, in their order."""
    return [_known(one.document) for one in taken if one.document is not None]


def _known(document: Document) -> Known:
    kind = document.kind if document.has_content and document.kind is not DocumentKind.OTHER else None
    is_log = kind is DocumentKind.PROGRESS_LOG
    return Known(document.path, document, kind, kind is not None and (is_log or is_told_by_title(document)))


def guess_kinds(files: Sequence[Known]) -> tuple[tuple[KindGuess, ...], int]:
    """The kinds by pattern, and how many documents no sure pattern names.

    A pattern that is sure matches no file of another kind, nor one without any; what matches several is found by taking time and again the pattern
    that names most documents.
    """
    chosen = _cover(files)
    covered = {number for glob in chosen for number in glob.members}
    rest = [number for number, one in enumerate(files) if number not in covered and _is_worth_naming(one)]
    rest.sort(key=lambda number: _weight(files[number]))
    singles = [_single(files[number].path, number) for number in rest[:_SINGLES_LIMIT]]
    sure = _verified([_guess(glob, files) for glob in (*chosen, *singles)], files)
    named = sum(guess.documents for guess in sure)
    total = sum(one.document.has_content for one in files)
    return (*sorted(sure, key=_place), *_doubtful(files, covered)), total - named


def _doubtful(files: Sequence[Known], covered: Collection[int]) -> list[KindGuess]:
    """The weightiest documents of which only what is in them says a kind."""
    left = [one for number, one in enumerate(files) if one.kind and number not in covered and not _is_told_twice(one)]
    unsure = [one for one in left if _is_of_work(one) and not is_plain(one.path)]
    found = [_guess(_single(one.path, 0), [one], is_sure=False) for one in sorted(unsure, key=_weight)[:_UNSURE_LIMIT]]
    return sorted(found, key=_place)


def _is_of_work(one: Known) -> bool:
    """Whether most of what is in a document are units of work with ids, so that it is no comparison and no list of features."""
    items = one.document.items
    units = sum(item.id is not None or item.kind in UNIT_WORDS for item in items)
    is_data = one.path.casefold().endswith(".json")
    return len(items) >= _UNSURE_LEAST_ITEMS and units * 2 >= len(items) and not is_data


def _is_worth_naming(one: Known) -> bool:
    """Whether one document alone gets a line: its kind is sure, and one of those that are many things stands where people look first."""
    return _is_told_twice(one) and (one.kind in _FIRM or one.path.count("/") <= _NEAR)


def _is_told_twice(one: Known) -> bool:
    """Whether a document's title says its kind and its name ends with it, so that no feature of that name is meant."""
    words = words_of_name(one.path.rpartition(".")[0]).casefold().split()
    words = [word for word in words if not any(char.isdigit() for char in word)]
    if not one.is_sure or not words or is_plain(one.path) or words[-1] in _AMBIGUOUS:
        return False
    is_named = kind_of_words(words[-1]) is not None or words[-1] in _PACKS
    return is_named and one.kind in (kind_of_words(" ".join(words[-2:])), kind_of_words(words[-1]))


def _single(path: str, number: int) -> Glob:
    return Glob(exactly(path), "", 0, (number,))


def _weight(one: Known) -> tuple[object, ...]:
    """What is named first: what is seldom meant otherwise, near the root, with many items."""
    return (one.kind not in _FIRM, one.path.count("/"), -len(one.document.items), one.path)


def _cover(files: Sequence[Known]) -> list[Glob]:
    """The patterns that name most, one after the other, until none names enough that is new."""
    globs = [glob for glob in find_globs([one.path for one in files], _LEAST_DOCUMENTS) if _is_true(glob, files)]
    open_ = {number for number, one in enumerate(files) if one.is_sure}
    chosen: list[Glob] = []
    while len(chosen) < _PATTERNS_LIMIT:
        gains = {glob: sum(number in open_ for number in glob.members) for glob in globs}
        globs = [glob for glob, gain in gains.items() if gain >= _LEAST_DOCUMENTS]
        if not globs:
            break
        best = min(globs, key=lambda glob: (-gains[glob], glob.rank, len(glob.pattern), glob.pattern))
        chosen.append(best)
        open_ -= set(best.members)
    return chosen


def _is_true(glob: Glob, files: Sequence[Known]) -> bool:
    """Whether all that a pattern names is of one kind, most of it for sure, and not by mere chance."""
    kinds = {files[number].kind for number in glob.members}
    if len(kinds) > 1 or None in kinds:
        return False
    sure = sum(files[number].is_sure for number in glob.members)
    is_named = not glob.words or kind_of_words(words_of_name(glob.words)) in kinds
    return sure * 100 >= _SURE_PERCENT * len(glob.members) and (is_named or len(glob.members) >= _LEAST_BY_CHANCE)


def _guess(glob: Glob, files: Sequence[Known], *, is_sure: bool = True) -> KindGuess:
    mine = [files[number].document for number in glob.members]
    items = [item for document in mine for item in document.items]
    return KindGuess(
        pattern=glob.pattern,
        kind=mine[0].kind,
        documents=len(mine),
        by_title=sum(map(is_told_by_title, mine)),
        items=len(items),
        known=sum(item.status is not Status.UNKNOWN for item in items),
        entries=sum(len(document.entries) for document in mine),
        is_sure=is_sure,
    )


def _verified(guesses: Sequence[KindGuess], files: Sequence[Known]) -> list[KindGuess]:
    """The guesses whose pattern names just what it was made of; names that no pattern can hold drop out."""
    found = []
    for guess in guesses:
        if len(guess.pattern) > _PATTERN_LENGTH:
            continue
        is_meant = compile_patterns([guess.pattern])
        meant = [one for one in files if is_meant(one.path)]
        if len(meant) == guess.documents and all(one.kind is guess.kind for one in meant):
            found.append(guess)
    return found


def _place(guess: KindGuess) -> tuple[int, str]:
    return _ORDER.index(guess.kind), guess.pattern
