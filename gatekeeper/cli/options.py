"""What the shared flags said."""

from __future__ import annotations

import os
import sys

from msgspec import Struct

from gatekeeper.cli.stream.terminal import is_terminal, style_of
from gatekeeper.render.style import Style
from gatekeeper.repo.kept.cache import Cache, user_folder


class Options(Struct, frozen=True):
    """What the shared flags said.

    Attributes:
        output: file for the result; None or "-" for stdout.
        config: policy file; None looks for one at the root.
        root: folder of the repository; None finds it from the current folder.
        verbosity: below 0 for quiet, above for more.
        no_cache: whether nothing that an earlier run found may be used or kept.
        files: other forms of the result, each with its file.
    """

    format: str
    output: str | None
    config: str | None
    root: str | None
    color: str
    no_cache: bool
    verbosity: int
    files: tuple[tuple[str, str], ...] = ()

    @property
    def is_data(self) -> bool:
        """Whether the result is for machines."""
        return self.format == "json"

    @property
    def is_on_screen(self) -> bool:
        """Whether a person watches the result come."""
        return not self.is_to_file and is_terminal(sys.stdout)

    @property
    def targets(self) -> tuple[str, ...]:
        """The files that the result goes to."""
        return tuple(file for file in (self.output, *(file for _, file in self.files)) if file not in (None, "-", ""))

    @property
    def is_to_file(self) -> bool:
        """Whether the result goes to a file."""
        return self.output not in (None, "-")

    def cache(self) -> Cache:
        """What earlier runs found; nothing from a folder of the repository, which may hold what a stranger put there."""
        folder = "" if self.no_cache else user_folder(os.environ)
        if not folder:
            return Cache("")
        # Not above: most runs of other commands look at no cache.
        from gatekeeper.repo.worktree import top_of

        try:
            place = os.path.realpath(self.root or os.curdir)
        except (OSError, ValueError):
            return Cache("")
        return Cache(folder).outside(top_of(place) or place)

    def style(self) -> Style:
        """How the result looks where it goes."""
        return style_of(self.color, to_file=self.is_to_file)

    def style_for(self, target: str) -> Style:
        """How a form looks in a file of its own; never colored unless color is asked for."""
        return style_of(self.color, to_file=bool(target))


def count_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
