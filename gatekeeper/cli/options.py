"""What the shared flags said."""

from __future__ import annotations

import sys

from msgspec import Struct

from gatekeeper.cli.stream.terminal import is_terminal, style_of
from gatekeeper.render.style import Style


class Options(Struct, frozen=True):
    """What the shared flags said.

    Attributes:
        output: file for the result; None or "-" for stdout.
        config: policy file; None looks for one at the root.
        root: folder of the repository; None finds it from the current folder.
        verbosity: below 0 for quiet, above for more.
    """

    format: str
    output: str | None
    config: str | None
    root: str | None
    color: str
    verbosity: int

    @property
    def is_data(self) -> bool:
        """Whether the result is for machines."""
        return self.format == "json"

    @property
    def is_on_screen(self) -> bool:
        """Whether a person watches the result come."""
        return self.output in (None, "-") and is_terminal(sys.stdout)

    def style(self) -> Style:
        """How the result looks where it goes."""
        return style_of(self.color, to_file=self.output not in (None, "-"))
