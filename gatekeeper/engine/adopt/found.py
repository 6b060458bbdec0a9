"""Words, gates and owners that documents use, as the policy file could name them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from msgspec.structs import replace

from gatekeeper.engine.gate.exceptions import VERDICT_CODES
from gatekeeper.engine.gate.facts import gate_facts
from gatekeeper.engine.select import select_rules
from gatekeeper.model.adoption.proposal import GateGuess, OwnersFound, WordGuess
from gatekeeper.model.document import Document
from gatekeeper.model.errors import PolicyError
from gatekeeper.model.finding import Finding, Severity
from gatekeeper.model.gate.fact import GateFact
from gatekeeper.model.gate.law import GateLaw, Named
from gatekeeper.model.project import Project, Tree
from gatekeeper.parse.words.vocabulary import load_shipped, normal
from gatekeeper.policy.policy import Policy
from gatekeeper.rules.base import ProjectRule
from gatekeeper.rules.registry import FAMILIES

_NOT_UNDERSTOOD = "ST002"
_LIKENESS, _LIKE_LENGTH = 0.84, 6
_WORDS_LIMIT, _GATES_LIMIT, _OWNERS_LIMIT = 10, 40, 6
# What stands once is a word of its team only where it is short, and where few such stand about.
_ONCE_WORDS, _ONCE_LIMIT, _PHRASE_WORDS = 2, 6, 4
# Of fewer items with an owner, and of a smaller share in a hundred, nothing can be told.
_OWNED_LEAST, _OWNED_PERCENT = 10, 25
_NOBODY = re.compile(r"[^\W\d_]{2}")
_PLACEHOLDERS = frozenset(
    ("tbd", "tba", "tbc", "none", "unassigned", "nobody", "owner", "todo", "unknown", "na", "n/a")
)
_ALIAS_LENGTH = 60
# A gate that so many documents name, or that closes a unit of work, is one that people rely on.
_DOCUMENTS_LEAST = 2


def guess_words(findings: Iterable[Finding]) -> tuple[WordGuess, ...]:
    """The words in places of statuses that mean nothing to the tool, the most frequent first."""
    every: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.code == _NOT_UNDERSTOOD:
            every[normal(finding.subject) or finding.subject].append(finding)
    few = len(every) <= _ONCE_LIMIT
    groups = {key: found for key, found in every.items() if _is_word(key, len(found), few=few)}
    ranked = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
    return tuple(_word(key, found) for key, found in ranked[:_WORDS_LIMIT])


def _is_word(key: str, times: int, *, few: bool) -> bool:
    """Whether words may be a status of a team, and no sentence."""
    length = len(key.split())
    if key == "status":
        return False
    return length <= _PHRASE_WORDS if times > 1 else few and length <= _ONCE_WORDS


def _word(key: str, found: Sequence[Finding]) -> WordGuess:
    shipped = load_shipped().words
    # What begins otherwise may mean the opposite: "unavailable" is not "available".
    likely = [word for word in shipped if word[:2] == key[:2]] if len(key) >= _LIKE_LENGTH else []
    near = get_close_matches(key, likely, 1, _LIKENESS)
    return WordGuess(
        word=found[0].subject,
        times=len(found),
        documents=len({one.location.path for one in found}),
        first=found[0].location,
        like=near[0] if near else "",
        status=shipped[near[0]] if near else None,
    )


def guess_gates(project: Project, policy: Policy, tree: Tree, today: str) -> tuple[tuple[GateGuess, ...], bool]:
    """The gates in their order, and whether their units or numbers give that order.

    They are sure where documents rely on them, and where naming them in the law changes no verdict.
    """
    facts = project.known_gates
    if not facts or len(facts) > _GATES_LIMIT:
        return (), False
    guesses = [_gate(fact) for fact in facts]
    sure = [guess for guess in guesses if guess.is_sure]
    if len(sure) * 2 <= len(guesses):
        # Half of an order is none.
        sure, guesses = [], [replace(guess, is_sure=False) for guess in guesses]
    if sure and not _is_neutral(sure, project, policy, tree, today):
        bare = [replace(guess, unit="", aliases=()) for guess in sure]
        kept = bare if _is_neutral(bare, project, policy, tree, today) else []
        by_name = {guess.name: guess for guess in kept}
        guesses = [by_name.get(guess.name, replace(guess, is_sure=False)) for guess in guesses]
    return tuple(guesses), len(guesses) > 1 and all(_has_place(guess) for guess in guesses)


def _gate(fact: GateFact) -> GateGuess:
    gate = fact.gate
    documents = len({place.path for place in gate.places})
    # Where two plans have a gate of one name, the policy could not tell them apart.
    is_one = all(gate.name.casefold() != alias.casefold() for alias in gate.aliases) and not gate.name.endswith(")")
    return GateGuess(
        name=gate.name,
        unit=gate.unit,
        # Of a numbered gate they are its titles, and its number is enough.
        aliases=tuple(alias for alias in gate.aliases if len(alias) <= _ALIAS_LENGTH) if gate.unit else (),
        owner=gate.owner,
        documents=documents,
        is_sure=is_one and (documents >= _DOCUMENTS_LEAST or bool(gate.unit)),
    )


def _has_place(guess: GateGuess) -> bool:
    return any(char.isdigit() for char in guess.unit or guess.name)


def _is_neutral(guesses: Sequence[GateGuess], project: Project, policy: Policy, tree: Tree, today: str) -> bool:
    """Whether gates in the law leave all that is told of gates as it is."""
    laws = tuple(
        GateLaw(one.name, "", one.aliases, Named(one.unit, "") if one.unit else None, one.owner) for one in guesses
    )
    names = [name.casefold() for one in guesses for name in (one.name, *one.aliases)]
    if len(set(names)) < len(names):
        return False
    try:
        facts = gate_facts(project, replace(policy, gates=laws), tree, today)
    except PolicyError:
        return False
    return len(facts) == len(project.known_gates) and _told(replace(project, gates=facts)) == _told(project)


def _told(project: Project) -> set[tuple[str, str, int, Severity]]:
    """What is told of verdicts of gates: code, path, line and severity."""
    rules = [rule for rule in select_rules(FAMILIES["gate"], Policy()) if rule.info.code in VERDICT_CODES]
    found = (one for rule in rules if isinstance(rule, ProjectRule) for one in rule.check(project))
    return {(one.code, one.location.path, one.location.start.line, one.severity) for one in found}


def find_owners(documents: Sequence[Document]) -> OwnersFound:
    """Who answers for items, by how many."""
    within = [document for document in documents if any(_is_somebody(item.owner) for item in document.items)]
    counts = Counter(
        item.owner for document in within for item in document.items if item.owner and _is_somebody(item.owner)
    )
    items = sum(len(document.items) for document in within)
    if counts.total() < _OWNED_LEAST or counts.total() * 100 < _OWNED_PERCENT * items:
        return OwnersFound()
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return OwnersFound(
        owners=tuple(ranked[:_OWNERS_LIMIT]),
        named=sum(counts.values()),
        items=items,
        others=max(0, len(ranked) - _OWNERS_LIMIT),
    )


def _is_somebody(owner: str | None) -> bool:
    """Whether words in the place of an owner name one: no placeholder, no sign, no status."""
    if not owner or _NOBODY.search(owner) is None:
        return False
    return normal(owner) not in _PLACEHOLDERS and normal(owner) not in load_shipped().words
