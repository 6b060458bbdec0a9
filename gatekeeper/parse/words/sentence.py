"""What a sentence in a status place says, by the signals in it: achieved, still open, for whom, how much of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.model.status import Status

_WORD = re.compile(r"[\w/'-]+")
# What is absent and not missed: "without issues", "no known regressions", "no user enumeration vulnerability"; "no error handling" is missed.
_HARMLESS = re.compile(
    r"\b(?:no|without|zero|0)\s+(?:(?:known|open|remaining|outstanding|new|further|major|critical|blocking|any)\s+)*"
    r"(?:(?!(?:about|against|for|from|in|of|on|that|to|with)\b)[\w-]{1,40}\s+){0,2}(?:issues?|regressions?|errors?"
    r"|blockers?|gaps?|problems?|failures?|bugs?|findings?|conflicts?|warnings?|defects?|incidents?|vulnerabilit(?:y|ies)|leaks?|violations?|mismatch(?:es)?"
    r"|discrepanc(?:y|ies)|drift|follow-?ups?|action|changes?)\b(?!\s+(?:bound|check|handl|log|messag|page|report|test|track)\w*)"
)
# A sentence whose achievement stands among its first words speaks of the whole ("implemented with tests").
_HEAD_WORDS = 2


def sentence_meaning(text: str, signals: Mapping[str, frozenset[str]], head: Status | None) -> Status | None:
    """The status that a sentence amounts to; None when it gives no signal.

    Args:
        text: what follows the head words, normalized; the whole sentence when `head` is None.
        head: DONE when the words before `text` said so; None when they said nothing.
    """
    words = _WORD.findall(_HARMLESS.sub("", text))
    found = [bool(signals[name].intersection(words)) for name in ("open", "review", "negation", "part", "whole")]
    is_open, is_review, is_negated, is_part, is_whole = found
    done_at = next((index for index, word in enumerate(words) if word in signals["done"]), None)
    is_done = head is Status.DONE or done_at is not None
    if "ready" in words and (is_review or not signals["trial"].isdisjoint(words)):
        return Status.PARTIAL if is_done else Status.REVIEW
    if is_open or is_negated:
        return _open_meaning(
            is_done=is_done, is_review=is_review, is_negated=is_negated and not is_open, is_late=_is_late(text, signals)
        )
    if head is Status.DONE:
        return Status.PARTIAL if is_part else Status.DONE
    if is_part:
        return Status.PARTIAL
    if done_at is None:
        return None
    return Status.DONE if is_whole or done_at < _HEAD_WORDS else Status.PARTIAL


def _is_late(text: str, signals: Mapping[str, frozenset[str]]) -> bool:
    """Whether something is said before the part that is still open: "modeled in memory; UI missing"."""
    head, mark, _ = text.partition(";")
    return bool(mark) and signals["open"].isdisjoint(_WORD.findall(head))


def _open_meaning(*, is_done: bool, is_review: bool, is_negated: bool, is_late: bool) -> Status | None:
    if is_negated:
        return Status.PARTIAL if is_done else None
    if is_review and is_done:
        return Status.REVIEW
    return Status.PARTIAL if is_done or is_late else Status.QUEUED
