"""What the repository says of one reference: where it leads, and what stands there."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.link.glob import fixed_folder, has_magic, match_glob
from gatekeeper.link.listing import Listing, is_same_text
from gatekeeper.link.paths import (
    folder_before,
    folder_of,
    has_scheme,
    is_askable,
    is_foreign,
    is_site_route,
    is_system_path,
    is_variable,
    iter_spellings,
    join_path,
    name_of,
)
from gatekeeper.link.similar import Suggestions
from gatekeeper.link.targets import Targets
from gatekeeper.model.document import Document, EvidenceForm, EvidenceKind, EvidenceRef, WorkItem
from gatekeeper.model.project import EvidenceBasis, EvidenceFact, EvidenceState

_STARS_LIMIT = 20
_MODULE_ENDS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".vue", ".svelte", ".py", ".rb", ".php", ".dart")
# How many paths a run holds against globs; globs after that stay unchecked, so that no document can make a run endless.
_GLOB_COMPARISONS = 3_000_000


class _Place(Struct, frozen=True):
    """Where a path leads."""

    state: EvidenceState
    basis: EvidenceBasis = EvidenceBasis.NONE
    paths: tuple[str, ...] = ()
    ignored: bool = False
    renamed_to: str | None = None
    is_same_file: bool = False
    was_deleted: bool = False
    similar: tuple[str, ...] = ()


class _Reading(Struct, frozen=True):
    """One way to read a path: the repo-relative path it would be, and the base that makes it so."""

    path: str
    basis: EvidenceBasis


class Resolver:
    """Resolves references against one tree."""

    def __init__(self, listing: Listing, targets: Targets, *, with_hints: bool = True) -> None:
        """A resolver; without hints nobody is told where what is missing went, or what is spelled alike, which takes long."""
        self._with_hints = with_hints
        self._listing = listing
        self._targets = targets
        self._suggestions = Suggestions(listing)
        self._globs_left = _GLOB_COMPARISONS
        self._places: dict[tuple[str, str | None, EvidenceKind, bool], _Place] = {}
        self._steps: tuple[Callable[[_Reading], _Place | None], ...] = (
            self._tracked,
            self._behind,
            self._untracked,
            self._miscased,
            self._on_disk,
        )

    def resolve(
        self, document: Document, ref: EvidenceRef, items: tuple[WorkItem, ...] = (), look_inside: bool = True
    ) -> EvidenceFact:
        """The fact of one reference, which these items offer as evidence; `look_inside` asks for what stands in the target too."""
        if ref.kind is EvidenceKind.ANCHOR and ref.path is None:
            return self._own_anchor(document, ref, items)
        place = self._place(folder_of(document.path), ref)
        if place.basis in (EvidenceBasis.SUFFIX, EvidenceBasis.NONE):
            place = self._beside(document, ref) or place
        fact = EvidenceFact(
            document.path,
            ref,
            place.state,
            place.basis,
            place.paths,
            ignored=place.ignored,
            renamed_to=place.renamed_to,
            is_same_file=place.is_same_file,
            was_deleted=place.was_deleted,
            similar=place.similar,
            items=items,
        )
        if place.state is EvidenceState.FOUND and look_inside and not self._listing.is_skeleton:
            return self._looked_into(fact)
        return fact

    def _own_anchor(self, document: Document, ref: EvidenceRef, items: tuple[WorkItem, ...]) -> EvidenceFact:
        found = self._targets.has_anchor(document.path, ref.anchor) if ref.anchor else None
        return EvidenceFact(
            document.path,
            ref,
            EvidenceState.FOUND,
            EvidenceBasis.RELATIVE,
            (document.path,),
            anchor_found=found,
            items=items,
        )

    def _beside(self, document: Document, ref: EvidenceRef) -> _Place | None:
        """The place of a bare name in the folder of the path that its line names before it: `src/a.ts`, `b.ts`; None without one."""
        folder = folder_before(document.source.text, ref.span.start) if ref.path and "/" not in ref.path else None
        if folder is None or ref.form is EvidenceForm.LINK or ref.kind is not EvidenceKind.PATH:
            return None
        for base in ("", folder_of(document.path)):
            path = join_path(base, f"{folder}/{ref.path}")
            if path is not None and self._listing.is_tracked(path):
                return _Place(EvidenceState.FOUND, EvidenceBasis.BESIDE, (path,))
        return None

    def _place(self, folder: str, ref: EvidenceRef) -> _Place:
        is_link = ref.form is EvidenceForm.LINK
        key = (folder, ref.path, ref.kind, is_link)
        if key not in self._places:
            self._places[key] = self._find_place(folder, ref, is_link)
        return self._places[key]

    def _find_place(self, folder: str, ref: EvidenceRef, is_link: bool) -> _Place:
        path = ref.path
        if path is None or not ref.kind.is_path_like or is_variable(path) or (is_link and has_scheme(path)):
            return _Place(EvidenceState.UNCHECKED)
        if path.count("*") > _STARS_LIMIT:
            return _Place(EvidenceState.UNCHECKED)
        readings = self._readings(folder, path, is_link)
        if not readings:
            return _Place(EvidenceState.UNCHECKED if is_link and is_site_route(path) else EvidenceState.OUTSIDE)
        for step in self._steps:
            for reading in readings:
                if place := step(reading):
                    return place
        if is_system_path(path) and not self._listing.is_tracked(path.strip("/").partition("/")[0]):
            return _Place(EvidenceState.OUTSIDE)
        if not is_link and ref.kind is not EvidenceKind.DIRECTORY and self._may_be_words(readings[0].path):
            return _Place(EvidenceState.UNCHECKED)
        if ref.kind is EvidenceKind.PATH and any(self._is_module(reading.path) for reading in readings):
            return _Place(EvidenceState.UNCHECKED)
        return self._missing(readings)

    def _may_be_words(self, path: str) -> bool:
        """Whether `a/b` may be two words and not a path: no file extension, and no folder of that name at the root."""
        first, slash, _ = path.partition("/")
        return (
            bool(slash)
            and "." not in name_of(path)
            and not self._listing.is_tracked(first)
            and not self._listing.is_untracked(first)
        )

    def _is_module(self, path: str) -> bool:
        """Whether a path without extension is how code imports a file that stands there: `src/views/Berth` for `src/views/Berth.tsx`."""
        return "." not in name_of(path) and any(self._listing.is_tracked(f"{path}{end}") for end in _MODULE_ENDS)

    def _readings(self, folder: str, path: str, is_link: bool) -> list[_Reading]:
        """Every reading that stays in the repository: a link is read from its document's folder first, all else from the root."""
        bases = [("", EvidenceBasis.ROOT), (folder, EvidenceBasis.RELATIVE)]
        if is_foreign(path) or all(join_path(base, path.replace("\\", "/")) is None for base, _ in bases):
            return []
        if is_link:
            bases.reverse()
        spelled = (
            (join_path(base, spelling), basis) for spelling in iter_spellings(path, is_link) for base, basis in bases
        )
        readings: dict[str, _Reading] = {}
        for joined, basis in spelled:
            if joined is not None:
                readings.setdefault(joined, _Reading(joined, basis))
        return list(readings.values())

    def _tracked(self, reading: _Reading) -> _Place | None:
        if self._listing.is_tracked(reading.path):
            return _Place(EvidenceState.FOUND, reading.basis, (reading.path,))
        if not has_magic(reading.path):
            return None
        if self._globs_left < 0:
            return _Place(EvidenceState.UNCHECKED)
        hits = self._match(reading.path)
        return _Place(EvidenceState.FOUND, EvidenceBasis.GLOB, hits) if hits else None

    def _match(self, pattern: str) -> tuple[str, ...]:
        """The tracked files that a pattern matches, else the tracked folders."""
        fixed = fixed_folder(pattern)
        files = self._listing.files_below(fixed)
        self._globs_left -= len(files)
        return match_glob(pattern, files) or match_glob(pattern, self._listing.folders_below(fixed))

    def _behind(self, reading: _Reading) -> _Place | None:
        return _Place(EvidenceState.UNCHECKED) if self._listing.is_behind(reading.path) else None

    def _untracked(self, reading: _Reading) -> _Place | None:
        is_there = self._listing.is_untracked(reading.path)
        if not is_there and has_magic(reading.path):
            is_there = bool(match_glob(reading.path, sorted(self._listing.tree.untracked)))
        return _Place(EvidenceState.UNTRACKED, reading.basis, (reading.path,)) if is_there else None

    def _miscased(self, reading: _Reading) -> _Place | None:
        hits = self._listing.find_folded(reading.path)
        if len(hits) == 1 and is_same_text(hits[0], reading.path):
            return _Place(EvidenceState.FOUND, reading.basis, hits)
        state = EvidenceState.MISSING if len(hits) == 1 else EvidenceState.AMBIGUOUS
        return _Place(state, EvidenceBasis.CASE, hits) if hits else None

    def _on_disk(self, reading: _Reading) -> _Place | None:
        tree = self._listing.tree
        if has_magic(reading.path) or not is_askable(reading.path) or not tree.is_present(reading.path):
            return None
        if not tree.has_git:
            return _Place(EvidenceState.FOUND, reading.basis, (reading.path,))
        return _Place(EvidenceState.UNTRACKED, reading.basis, (reading.path,), ignored=True)

    def _missing(self, readings: list[_Reading]) -> _Place:
        """Nothing stands there: where it went, where something ends alike, or what is spelled alike."""
        if self._with_hints and (renamed := self._suggestions.find_renamed(one.path for one in readings)):
            return _Place(EvidenceState.MISSING, renamed_to=renamed[0], is_same_file=renamed[1])
        for reading in readings:
            hits = self._ending(reading.path)
            if hits:
                state = EvidenceState.MISSING if len(hits) == 1 else EvidenceState.AMBIGUOUS
                return _Place(state, EvidenceBasis.SUFFIX, hits)
        if not self._with_hints or has_magic(readings[0].path):
            return _Place(EvidenceState.MISSING)
        similar = self._suggestions.find_similar(readings[0].path)
        deleted = next((one.path for one in readings if self._suggestions.was_deleted(one.path)), None)
        if deleted is not None:
            # It was no slip; a file of its name may have taken its place.
            similar = tuple(path for path in similar if name_of(path) == name_of(deleted))
        return _Place(EvidenceState.MISSING, was_deleted=deleted is not None, similar=similar)

    def _ending(self, path: str) -> tuple[str, ...]:
        """The tracked paths that end like this one."""
        return self._match(f"**/{path}") if has_magic(path) else self._listing.find_ending(path)

    def _looked_into(self, fact: EvidenceFact) -> EvidenceFact:
        """The fact with what stands in its targets."""
        if all(self._listing.is_empty(path) for path in fact.paths):
            return replace(fact, state=EvidenceState.EMPTY)
        if len(fact.paths) > 1 or fact.paths[0] not in self._listing.tree.files:
            return fact
        path, ref = fact.paths[0], fact.ref
        if self._targets.is_form(path):
            return replace(fact, state=EvidenceState.TEMPLATE)
        if not (ref.lines or ref.anchor or ref.tests):
            return fact
        return replace(
            fact,
            line_count=self._targets.line_count(path) if ref.lines else None,
            anchor_found=self._targets.has_anchor(path, ref.anchor) if ref.anchor else None,
            missing_tests=self._targets.missing_tests(path, ref.tests),
        )
