"""How output looks: color, width and the characters that the terminal can show."""

from __future__ import annotations

from msgspec import Struct

from gatekeeper.model.finding import Severity
from gatekeeper.render.sink import visible

# Select Graphic Rendition parameters (ECMA-48 §8.3.117).
_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "1;32",
    "strong": "1",
    "gutter": "1;34",
    "help": "1;36",
    "faint": "2",
}


class Style(Struct, frozen=True):
    """What the reader's terminal can do.

    Attributes:
        color: whether to write ANSI escape sequences; without it the output holds none.
        width: columns of the terminal.
        unicode: whether characters beyond ASCII can be shown; without it the output is pure ASCII.
    """

    color: bool = False
    width: int = 80
    unicode: bool = True

    def show(self, text: str) -> str:
        """Untrusted text, harmless and in characters that the terminal has."""
        return visible(text, ascii_only=not self.unicode)

    def paint(self, role: str, text: str) -> str:
        """Harmless text in the color of its role; unchanged without color.

        Args:
            role: a severity's value, or "good", "strong", "gutter", "help", "faint".
            text: what `show` gave, or words of our own.
        """
        return f"\x1b[{_CODES[role]}m{text}\x1b[0m" if self.color and text else text

    @property
    def ellipsis(self) -> str:
        """The mark of a cut."""
        return "…" if self.unicode else "..."

    @property
    def arrow(self) -> str:
        """The mark between words and what they mean."""
        return "→" if self.unicode else "->"

    def severity(self, severity: Severity, code: str) -> str:
        """A finding's severity and code, as in `error[EV001]`."""
        return self.paint(severity.value, f"{severity.value}[{self.show(code)}]")
