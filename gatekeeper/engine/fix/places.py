"""Findings before and after edits: which are gone, and which are new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from gatekeeper.model.finding import Disposition, Finding
from gatekeeper.model.fix.fix import Edit
from gatekeeper.model.text import Position

Key = tuple[str, str, int, int, bool]
"""Code, path, line and column of a finding, and whether it counts."""


class Moved:
    """Where places stand once edits are made; edits keep lines, so that only columns move."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits: defaultdict[tuple[str, int], list[Edit]] = defaultdict(list)
        for edit in edits:
            self._edits[edit.path, edit.start.line].append(edit)

    def column(self, path: str, place: Position) -> int:
        """The column of a place afterwards; of one inside of an edit, where that begins."""
        column = place.column
        for edit in self._edits.get((path, place.line), ()):
            if edit.end.column <= place.column and edit.start != place:
                column += len(edit.new) - len(edit.old)
            elif edit.start.column < place.column:
                column -= place.column - edit.start.column
        return column

    def key(self, finding: Finding) -> Key:
        """A finding's key afterwards."""
        place = finding.location
        column = self.column(place.path, place.start)
        return finding.code, place.path, place.start.line, column, finding.disposition is Disposition.ACTIVE


def key_of(finding: Finding) -> Key:
    """A finding's key where it stands."""
    return Moved(()).key(finding)


def find_added(before: Iterable[Finding], after: Iterable[Finding], moved: Moved) -> list[Finding]:
    """The findings that were not there before, in order; one that was accepted and counts now is new too."""
    known = Counter(moved.key(finding) for finding in before)
    added = []
    for finding in after:
        key = key_of(finding)
        if known[key]:
            known[key] -= 1
        elif finding.disposition is Disposition.ACTIVE:
            added.append(finding)
    return added


def find_left(mended: Iterable[Finding], after: Iterable[Finding], moved: Moved) -> list[Finding]:
    """Those of the mended findings that are still there, in order."""
    there = {key_of(finding)[:-1] for finding in after}
    return [finding for finding in mended if moved.key(finding)[:-1] in there]
