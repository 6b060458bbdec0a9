"""Files on their way in: read, parsed, and kept or set aside with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.model.document import Document, DocumentKind, Problem, ProblemKind
from gatekeeper.model.errors import UnreadableError
from gatekeeper.model.project import Tree
from gatekeeper.model.report import Input, InputState
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.reader import ParseSettings, parse_document
from gatekeeper.policy.policy import Policy
from gatekeeper.repo.discover import is_candidate, iter_candidates
from gatekeeper.repo.patterns import compile_patterns

NO_CONTENT = "carries no status, evidence or gate content"
THE_LAW = "the policy in force"
THE_WAIVERS = "the list of waivers"
THE_BASELINE = "the baseline of accepted findings"

# Above what the parser takes, so that it can say how large a file is; still bounded.
READ_BYTES_LIMIT = 16 << 20
"""How many bytes of a file are read at most."""
_DATA = (".yml", ".yaml", ".json")
_MARKDOWN = (".md", ".markdown", ".mdx")
_SIGNS = re.compile(
    rb"(?<![a-z])(?:status|evidence|gates?|sprints?|milestones?|backlog|checklist|tracker)(?![a-z])", re.IGNORECASE
)
_TEMPLATE_MARKS = (b"{{", b"{%", b"<%")
_ALWAYS = frozenset({ProblemKind.TOO_LARGE, ProblemKind.NOT_UTF8, ProblemKind.UNREADABLE})
_UNREAD = _ALWAYS | {
    ProblemKind.BINARY,
    ProblemKind.MALFORMED_DATA,
    ProblemKind.TOO_COMPLEX,
    ProblemKind.LINE_TOO_LONG,
}


Parse = Callable[[str, bytes, ParseSettings], Document]
"""What `parse_document` does."""


class Taken(Struct, frozen=True):
    """One file that was looked at.

    Attributes:
        entry: what became of it.
        document: what was read of it, content or not; None when it was not to be read.
        is_named: whether somebody asked for just this file, by argument or by the policy's `documents`.
    """

    entry: Input
    document: Document | None = None
    is_named: bool = False


def iter_taken(
    tree: Tree,
    paths: tuple[str, ...],
    policy: Policy,
    watch: Callable[[str], None],
    proposed: Policy | None = None,
    parse: Parse = parse_document,
) -> Iterator[Taken]:
    """Every file that is looked at, in path order; `watch` is told of each before it is read.

    The files of the law are no documents, nor are those of a law that is only `proposed`. `parse` may remember what it parsed before.
    """
    laws = {**_laws(policy), **_laws(proposed or policy)}
    kind_of = _kinds(policy)
    for candidate in iter_candidates(tree, paths, policy.exclude):
        path = candidate.path
        reason = candidate.reason or laws.get(path, "")
        if reason:
            yield Taken(Input(path, InputState.SET_ASIDE, reason))
            continue
        watch(path)
        kind = kind_of(path)
        settings = ParseSettings(policy.statuses, kind)
        yield _take(tree, path, settings, parse, is_named=path in paths or kind is not None)


def settings_by_path(policy: Policy) -> Callable[[str], ParseSettings | None]:
    """How a document of any tree is read under a law, by its path; None for what is no document, whatever it holds."""
    laws, kind_of, is_excluded = _laws(policy), _kinds(policy), compile_patterns(policy.exclude)

    @lru_cache(maxsize=65536)
    def find(path: str) -> ParseSettings | None:
        if not is_candidate(path) or path in laws or is_excluded(path):
            return None
        return ParseSettings(policy.statuses, kind_of(path))

    return find


def _laws(policy: Policy) -> dict[str, str]:
    """The files of a law, and what each is."""
    sources = {source.name: THE_LAW for source in policy.sources}
    return {policy.baseline: THE_BASELINE, policy.waivers.file: THE_WAIVERS, **sources}


def _kinds(policy: Policy) -> Callable[[str], DocumentKind | None]:
    """The kind that a law gives a path."""
    kinds = [(compile_patterns([glob]), kind) for glob, kind in policy.documents]
    return lambda path: next((kind for is_meant, kind in reversed(kinds) if is_meant(path)), None)


def _take(tree: Tree, path: str, settings: ParseSettings, parse: Parse, *, is_named: bool) -> Taken:
    try:
        data = tree.read(path, READ_BYTES_LIMIT)
    except UnreadableError as error:
        data, document = b"", _unread(path, settings.kind, error.message)
    else:
        document = parse(path, data, settings)
    entry = _account(document)
    if not document.has_content:
        problems = tuple(problem for problem in document.problems if is_named or _matters(path, problem.kind, data))
        document = replace(document, problems=_only_unread(problems), links=())
    return Taken(entry, document, is_named)


def _unread(path: str, kind: DocumentKind | None, reason: str) -> Document:
    problem = Problem(ProblemKind.UNREADABLE, Span(0, 0), reason)
    return Document(SourceText(path, ""), kind or DocumentKind.OTHER, problems=(problem,))


def _only_unread(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems that may have kept content from being seen."""
    return tuple(problem for problem in problems if problem.kind in _UNREAD)


def _matters(path: str, kind: ProblemKind, data: bytes) -> bool:
    """Whether a problem of a file in which no content was found, and which nobody named, is worth a finding.

    Repositories are full of large data and of templates that end in `.yml`: these must not give a false alarm.
    """
    suffix = path.lower()
    if not suffix.endswith(_DATA) and kind in _ALWAYS:
        return True
    if suffix.endswith(_MARKDOWN) and kind is ProblemKind.BINARY:
        return True
    if kind is ProblemKind.TOO_LARGE or any(mark in data for mark in _TEMPLATE_MARKS):
        return False
    # UTF-16 writes every other byte as NUL.
    return _SIGNS.search(data.replace(b"\0", b"")) is not None


def _account(document: Document) -> Input:
    """What becomes of a file that was read, or that could not be."""
    if document.has_content:
        kind, digest = document.kind.value, document.source.sha256
        return Input(document.path, InputState.PARSED, document.kind_reason, kind, digest, len(document.items))
    unread = _only_unread(document.problems)
    if unread:
        return Input(document.path, InputState.UNREADABLE, unread[0].detail)
    return Input(document.path, InputState.SET_ASIDE, NO_CONTENT, sha256=document.source.sha256)
