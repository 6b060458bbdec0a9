"""What the words around a claim tell: whether it is said in earnest, what it counts, and of whom it speaks."""

from __future__ import annotations

import re

from gatekeeper.link.claim.view import View
from gatekeeper.model.document import Claim
from gatekeeper.model.status import Status

_NOT_MEANT = re.compile(
    r"\b(?:must|should|shall|will|would|could|needs?|to be|until|unless|once|when|if|before|after|marked|ensure|goals?|targets?|expect(?:ed|s)?|"
    r"plan(?:s|ned)?|estimated?|todo|at least|at most|minimum|maximum|up to|require[sd]?|not all|almost|nearly|not every|"
    r"assum(?:e|es|ing)|would be|definition of done|exit rule|exit criteria|entry criteria|acceptance rule)\b|[≥≤]|[<>]=?\s*\d",
    re.IGNORECASE,
)
_RULE_TITLE = re.compile(
    r"\b(?:definition of done|exit|entry|rules?|polic(?:y|ies)|goals?|targets?|guidelines?|how to|next|roadmap|recommend\w*|plan(?:ned)?|options?|"
    r"estimates?|projected|proposal|template|example|instructions?|convention)\b",
    re.IGNORECASE,
)
_SINGULAR = {"criteria": "criterion", "deliverables": "item"}
UNIT_KINDS = frozenset("chunk gate phase epic sprint story milestone".split())
"""Kinds of work that have ids of their own."""
_GENERAL_KINDS = frozenset("task item requirement criterion step check point feature action entry row truth".split())


def is_meant(view: View, claim: Claim) -> bool:
    """Whether a claim is a statement of fact: no goal, condition or instruction, and no item that is still open."""
    if _NOT_MEANT.search(view.around(claim)):
        return False
    item = view.item_at(claim.span.start)
    if item is not None:
        return item.status is Status.DONE or view.is_heading(claim.span.start)
    section = view.section_at(claim.span.start)
    return section is None or not _RULE_TITLE.search(section.title)


def kind_of(noun: str) -> str:
    """The kind of item that a noun counts ("unit tests" -> "test", "tasks" -> "task"); "" for no noun."""
    head = noun.split()[-1].casefold() if noun.split() else ""
    if head in _SINGULAR or not head.endswith("s") or head.endswith("ss"):
        return _SINGULAR.get(head, head)
    return f"{head[:-3]}y" if head.endswith("ies") and len(head) > 4 else head[:-1]


def is_general(kind: str) -> bool:
    """Whether a noun of this kind may stand for whatever is listed."""
    return kind in _GENERAL_KINDS


def qualifiers(noun: str) -> list[str]:
    """The words before a noun that narrow it down."""
    filler = {
        "the",
        "of",
        "our",
        "planned",
        "required",
        "defined",
        "listed",
        "these",
        "those",
        "v1",
        "remaining",
        "mandatory",
    }
    numbers = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
    words = noun.casefold().split()[:-1]
    return [word for word in words if word not in filler | numbers and not word.isdigit()]
