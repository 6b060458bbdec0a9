"""YAML and JSON to items: records with a status, maps from name to status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatekeeper.model.data import DataKind, DataNode
from gatekeeper.model.document import EvidenceForm, EvidenceKind, EvidenceRef, WorkItem
from gatekeeper.model.status import Legend, LegendEntry, Status, StatusBasis, StatusMark
from gatekeeper.model.text import SourceText, Span
from gatekeeper.parse.shape.evidence import PROOF, make_ref
from gatekeeper.parse.words.reference import has_extension, parse_target
from gatekeeper.parse.words.vocabulary import Vocabulary

_STATUS = frozenset(
    "status state verdict outcome decision result estado statut статус состояние 状态 ステータス".split()
)
_ID = ("id", "key", "code", "ticket", "number", "story", "gate", "name")
_TITLE = tuple(
    "title name summary description text note titulo título nombre titel titre nom название 标题 名称".split()
)
# Below these keys stands configuration or a recorded answer, no work.
_NO_WORK = frozenset("env environment with vars scripts headers body request response payload properties".split())
_EVIDENCE = re.compile(
    r"(?:evidence|artifacts?|files?|links?|proof|references?|code_paths?|paths?|commands?|tests?|.*_(?:evidence|paths?|files?|commands?))$"
)
_MAP = re.compile(r".*status(?:es)?$|gates?$|.*progress$")
_NUMBERED = re.compile(r"(\d+(?:[-.]\d+)+)(?=-[a-z])")
_COMMENT_HEAD = re.compile(
    r"\b(?:status(?:es)?|legend|states?|estados?|leyenda|légende|statuts?|legende|tegnforklaring|статус\w*|легенда)\b[^.]*:?\s*$"
    r"|status definitions|状态|凡例|图例",
    re.IGNORECASE,
)
_COMMENT_TITLE = re.compile(r"\s*#\s*[A-Z][A-Z ]{4,}:\s*$")
_COMMENT_KIND = re.compile(r"\s*#\s*([^\W\d_]+)\s+status(?:es)?\s*:?\s*$", re.IGNORECASE)
_COMMENT_ENTRY = re.compile(r"\s*#\s*[-*]\s+['\"`]?([\w][\w -]{1,30}?)['\"`]?(?:\s*[:=]\s+(.+))?$")
# A record is a work item when it has a status and something that names it; a lone `status: ok` is not.


def iter_tree_items(source: SourceText, root: DataNode, vocabulary: Vocabulary) -> Iterator[WorkItem]:
    """The items of a data file in file order."""
    yield from _walk(source, root, vocabulary, None, None)


def find_comment_legend(source: SourceText, words: Vocabulary) -> Legend:
    """The legend that a YAML file gives in comments: `#   - drafted: story file created`, below one that speaks of status."""
    entries: dict[tuple[str, str], LegendEntry] = {}
    is_open, kind = False, ""
    for line in range(1, source.line_count() + 1):
        span = source.line_span(line)
        text = source.slice(span)
        if not text.lstrip().startswith("#"):
            is_open = False
        elif match := _COMMENT_ENTRY.match(text):
            meaning = _meaning(words, match.group(1), match.group(2))
            if is_open and meaning is not Status.UNKNOWN:
                start = span.start + match.start(1)
                entry = LegendEntry(match.group(1), meaning, Span(start, start + len(match.group(1))), kind)
                entries.setdefault((kind, entry.token), entry)
        elif _COMMENT_HEAD.search(text):
            named = _COMMENT_KIND.match(text)
            is_open, kind = True, named.group(1).casefold() if named else ""
        elif _COMMENT_TITLE.match(text):
            is_open = False
    return Legend(tuple(entries.values())) if len(entries) > 1 else Legend()


def _meaning(words: Vocabulary, token: str, said: str | None) -> Status:
    """What an entry means by itself, else by what is said of it; UNKNOWN for a bullet that is no status word and says nothing."""
    if said is None:
        return words.interpret(token)[0] if words.is_status(token) else Status.UNKNOWN
    meaning = words.interpret(token)[0]
    return meaning if meaning is not Status.UNKNOWN else words.interpret(said)[0]


def _walk(
    source: SourceText, node: DataNode, words: Vocabulary, key: DataNode | None, parent: str | None
) -> Iterator[WorkItem]:
    if node.kind is DataKind.SEQUENCE:
        for entry in node.entries:
            yield from _walk(source, entry, words, None, parent)
    if node.kind is not DataKind.MAPPING:
        return
    if key is not None and str(key.scalar).lower() in _NO_WORK:
        return
    found = _record(source, node, words, key, parent)
    if found is not None:
        yield found
        parent = found.id or found.title
    is_map = key is not None and bool(_MAP.match(str(key.scalar).lower()))
    for name, value in node.pairs:
        if is_map and value.kind is DataKind.STRING and (item := _pair(source, name, value, words, parent)) is not None:
            yield item
        elif value.kind in (DataKind.MAPPING, DataKind.SEQUENCE):
            yield from _walk(source, value, words, name, parent)


def _pair(
    source: SourceText, name: DataNode, value: DataNode, words: Vocabulary, parent: str | None
) -> WorkItem | None:
    """One `name: status` of a map; None where the value is no status word."""
    raw = str(value.scalar)
    if not words.is_status(raw):
        return None
    status, basis = words.interpret(raw)
    mark = StatusMark(raw, _inner(source, value), status, basis)
    words_of_name = str(name.scalar)
    number = _NUMBERED.match(words_of_name)
    span = Span(name.span.start, max(name.span.end, value.span.end))
    return WorkItem(
        "item", words_of_name, span, mark, status, number.group(1) if number else words_of_name, parent=parent
    )


def _record(
    source: SourceText, node: DataNode, words: Vocabulary, key: DataNode | None, parent: str | None
) -> WorkItem | None:
    pairs = {str(name.scalar).lower(): (name, value) for name, value in node.pairs}
    status_key = next((name for name in pairs if name in _STATUS or name.endswith("_status")), None)
    if status_key is None:
        return None
    name, value = pairs[status_key]
    if value.kind is not DataKind.STRING:
        return None
    item_id = next(
        (str(pairs[field][1].scalar) for field in _ID if field in pairs and pairs[field][1].scalar is not None), None
    )
    if key is not None and "id" not in pairs:
        item_id = str(key.scalar)
    title = next(
        (str(pairs[field][1].scalar) for field in _TITLE if field in pairs and pairs[field][1].scalar is not None), None
    )
    item_id = item_id or (str(key.scalar) if key is not None else None)
    raw = str(value.scalar)
    status, basis = words.interpret(raw)
    evidence = list(_evidence(source, node))
    if status is Status.UNKNOWN and has_extension(raw):
        status, basis = Status.DONE, StatusBasis.VOCABULARY  # the path of what was made stands for "done"
        evidence = [*_refs(source, value), *evidence]
    if (item_id is None and title is None) or (
        status is Status.UNKNOWN and not words.is_status(raw) and len(raw.split()) > 6
    ):
        return None
    mark = StatusMark(raw, _inner(source, value), status, basis)
    span = Span(name.span.start, max(name.span.end, value.span.end))
    return WorkItem(
        "item", title or item_id or "", span, mark, status, item_id, parent=parent, evidence=tuple(evidence)
    )


def _inner(source: SourceText, node: DataNode) -> Span:
    """The span of a scalar without its quotes."""
    start, end = node.span.start, node.span.end
    if end - start >= 2 and source.text[start] in "\"'" and source.text[end - 1] == source.text[start]:
        return Span(start + 1, end - 1)
    return node.span


def _evidence(source: SourceText, node: DataNode) -> Iterator[EvidenceRef]:
    for name, value in node.pairs:
        if _EVIDENCE.match(str(name.scalar).lower()):
            yield from _refs(source, value)


def _refs(source: SourceText, node: DataNode) -> Iterator[EvidenceRef]:
    if node.kind is DataKind.SEQUENCE:
        for entry in node.entries:
            yield from _refs(source, entry)
    elif node.kind is DataKind.MAPPING:
        for _, value in node.pairs:
            yield from _refs(source, value)
    elif node.kind is DataKind.STRING and node.scalar:
        text = str(node.scalar)
        target = parse_target(text)
        if target is not None and (target.kind in PROOF or target.kind is EvidenceKind.COMMAND):
            yield make_ref(target, text, _inner(source, node), EvidenceForm.DATA)
