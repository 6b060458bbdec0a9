"""What stands in the files that evidence names: lines, anchors, test names, blank forms. Each file is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from gatekeeper.link.anchors import find_anchors, has_anchor
from gatekeeper.link.blank_form import is_blank_form
from gatekeeper.link.named_tests import iter_missing_names
from gatekeeper.model.document import Document, TestName
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree

_READ_LIMIT = 8 << 20
_FORM_LIMIT = 64 << 10
_PROSE = (".md", ".markdown", ".txt")
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_GENERATED = re.compile(r"\{%|\{\{|^\.\. include|^!INCLUDE|^--8<--", re.MULTILINE)
_TEST_FILE = re.compile(
    r"(?:^|[/._-])(?:tests?|specs?|__tests__|e2e|cypress|features?)(?:[/._-]|$)|(?:^|/)test|Tests?\.\w+$|Spec\.\w+$"
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Targets:
    """Looks into tracked files; None everywhere means that nothing can be said."""

    def __init__(self, documents: Iterable[Document], tree: Tree) -> None:
        self._documents = {document.path: document for document in documents}
        self._tree = tree
        self._text = lru_cache(maxsize=16)(self._read)
        self._anchors = lru_cache(maxsize=256)(self._find_anchors)
        self._is_form = lru_cache(maxsize=4096)(self._judge_form)

    def line_count(self, path: str) -> int | None:
        """How many lines a file has; None when it cannot be read."""
        text = self._text(path)
        if text is None:
            return None
        unified = text.replace("\r\n", "\n").replace("\r", "\n")
        return unified.count("\n") + (not unified.endswith("\n") and bool(unified))

    def has_anchor(self, path: str, anchor: str) -> bool | None:
        """Whether a Markdown file has an anchor; None for other files and for pages that are put together from parts."""
        anchors = self._anchors(path) if path.lower().endswith(_MARKDOWN) else None
        return None if anchors is None else has_anchor(anchors, anchor)

    def missing_tests(self, path: str, tests: Iterable[TestName]) -> tuple[str, ...]:
        """The names of tests that do not stand in a test file; none for other files, for empty and for unreadable ones."""
        names = [test.name for test in tests] if _TEST_FILE.search(path) else []
        text = self._text(path) if names else None
        return tuple(iter_missing_names(text, names)) if text else ()

    def is_form(self, path: str) -> bool:
        """Whether a Markdown or text file is a form that nobody has filled in."""
        return path.lower().endswith(_PROSE) and self._is_form(path)

    def _judge_form(self, path: str) -> bool:
        text = self._text(path)
        return text is not None and len(text) < _FORM_LIMIT and is_blank_form(text)

    def _find_anchors(self, path: str) -> frozenset[str] | None:
        document, text = self._documents.get(path), self._text(path)
        if text is None or _GENERATED.search(text):
            return None
        return find_anchors(text) | frozenset(document.anchors if document else ())

    def _read(self, path: str) -> str | None:
        document = self._documents.get(path)
        if document is not None and document.source.text:
            return document.source.text
        try:
            data = self._tree.read(path, _READ_LIMIT)
        except UnreadableError:
            return None
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig", "replace")
