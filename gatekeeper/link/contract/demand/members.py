"""The demands `includes`, `same-as` and `within`: facts as a set of values, held against values and against other places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gatekeeper.link.contract.code.literal import nearest
from gatekeeper.link.contract.facts import Facts, members
from gatekeeper.model.contract.fact import Place, Violation
from gatekeeper.model.contract.law import Contract, Extractor
from gatekeeper.model.data import DataKind, DataNode, Scalar

_LISTED_LIMIT = 8
_TELLING_LENGTH = 4


def check_includes(contract: Contract, facts: Facts) -> Iterator[Violation]:
    """Values that the facts lack, and pairs that they have otherwise."""
    known = [node.scalar for node in members(facts.node)]
    for wanted in contract.includes:
        if isinstance(wanted, tuple):
            yield from _check_pair(facts, *wanted)
        elif not _holds(known, wanted):
            yield _missing(facts, wanted, known)


def _check_pair(facts: Facts, key: str, wanted: Scalar) -> Iterator[Violation]:
    found = facts.node.find(key) if facts.node.kind is DataKind.MAPPING else None
    if found is None:
        yield _missing(facts, key, [node.scalar for node in members(facts.node)])
    elif found.kind is DataKind.COMPUTED:
        yield facts.unjudged(found, f"`{key}`", key)
    elif found.kind in (DataKind.MAPPING, DataKind.SEQUENCE) or not _same(found.scalar, wanted):
        read = "no plain value" if found.pairs or found.entries else f"`{_word(found.scalar)}`"
        message = f"`{key}` is {read}, expected `{_word(wanted)}`"
        yield facts.broken(message, f"make it `{_word(wanted)}`", found.span, key)


def _missing(facts: Facts, wanted: Scalar, known: Iterable[Scalar]) -> Violation:
    word = _word(wanted)
    if facts.is_open:
        return facts.unjudged(facts.node, f"`{word}` is not seen, and {facts.name}", word)
    nouns = {Extractor.STRINGS: "the code has no string", Extractor.SECTIONS: "the page has no section"}
    lacks = nouns.get(facts.selector.extractor, f"{facts.name} lacks")
    elsewhere = _elsewhere(facts, word) or nearest(word, map(_word, known))
    return facts.broken(f"{lacks} `{word}`{elsewhere}", f"add `{word}`", facts.node.span, word)


def _elsewhere(facts: Facts, word: str) -> str:
    """Words that say where a missing value stands without counting: in a comment, in prose, in another section."""
    if facts.selector.extractor in (Extractor.DATA, Extractor.CONSTANT) or len(word) < _TELLING_LENGTH:
        return ""
    at = facts.source.text.find(word)
    beyond = facts.source.text[at + len(word) : at + len(word) + 1]
    if at < 0 or beyond.isalnum() or beyond == "_":
        return ""
    return f"; its words in line {facts.source.position(at).line} do not count there"


def check_same(facts: Facts, others: tuple[Facts, ...]) -> Iterator[Violation]:
    """For each other place that does not hold the same set of values one violation, placed there."""
    for other in others:
        ours, theirs = _by_word(facts), _by_word(other)
        lacking = [word for word in ours if word not in theirs]
        extra = [word for word in theirs if word not in ours]
        if other.is_open or facts.is_open:
            unsure = other if other.is_open else facts
            if lacking or extra:
                yield unsure.unjudged(unsure.node, unsure.name, unsure.subject)
            continue
        if lacking or extra:
            yield _difference(facts, other, lacking, extra)


def _difference(facts: Facts, other: Facts, lacking: list[str], extra: list[str]) -> Violation:
    where = f"{facts.name} of `{facts.source.path}`"
    parts = [f"lacks {_listed(lacking)}"] if lacking else []
    parts += [f"has {_listed(extra)} too"] if extra else []
    theirs = _by_word(other)
    span = theirs[extra[0]].span if extra and not lacking else other.node.span
    ours = _by_word(facts)
    side = ours[lacking[0]].span if lacking else facts.node.span
    related = (Place(facts.source, side, f"{facts.name} has {_listed(list(ours))}"),)
    message = f"{other.name} {' and '.join(parts)}, unlike {where}"
    return other.broken(message, "make both hold the same values", span, f"{where} {other.subject}", related)


def check_within(facts: Facts, others: tuple[Facts, ...]) -> Iterator[Violation]:
    """Values that stand in none of the other places."""
    known = {word for other in others for word in _by_word(other)}
    is_open = any(other.is_open for other in others)
    names = " or ".join(f"{other.name} of `{other.source.path}`" for other in others[:3])
    related = tuple(Place(other.source, other.node.span, other.name) for other in others[:3])
    for word, node in _by_word(facts).items():
        if word in known:
            continue
        if is_open:
            unsure = next(other for other in others if other.is_open)
            yield unsure.unjudged(unsure.node, unsure.name, word)
            continue
        message = f"`{word}` does not stand in {names}{nearest(word, known)}"
        yield facts.broken(message, "name one that does, or add it there", node.span, word, related)
    if facts.is_open:
        yield facts.unjudged(facts.node, facts.name, facts.subject)


def _by_word(facts: Facts) -> Mapping[str, DataNode]:
    """The values by how they are written; of equal ones the first."""
    found: dict[str, DataNode] = {}
    for node in members(facts.node):
        found.setdefault(_word(node.scalar), node)
    return found


def _holds(known: list[Scalar], wanted: Scalar) -> bool:
    return any(_same(one, wanted) for one in known)


def _same(one: Scalar, other: Scalar) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _word(value: Scalar) -> str:
    return {True: "true", False: "false", None: "null"}[value] if isinstance(value, bool | None) else str(value)


def _listed(words: list[str]) -> str:
    shown = ", ".join(f"`{word[:60]}`" for word in words[:_LISTED_LIMIT])
    return shown + (f" and {len(words) - _LISTED_LIMIT} more" if len(words) > _LISTED_LIMIT else "")
