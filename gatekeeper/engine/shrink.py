"""The next baseline: what is accepted is kept, what is mended may be dropped, what is new must be asked for."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct
from msgspec.structs import replace

from gatekeeper.engine.accept import baseline_of
from gatekeeper.model.errors import ConfigError
from gatekeeper.model.exception.waiver import Baseline, BaselineEntry
from gatekeeper.model.finding import Disposition
from gatekeeper.model.report import Report

# What the reader of the file takes, with room to spare.
ENTRIES_LIMIT = 15_000


class Plan(Struct, frozen=True):
    """What the next baseline holds, and how it differs from the one before; numbers of findings.

    Attributes:
        added: newly accepted.
        dropped: accepted before, no longer found, and taken out.
        refused: found, and not accepted.
        stale: accepted before, no longer found, and kept.
    """

    baseline: Baseline
    added: int = 0
    dropped: int = 0
    refused: int = 0
    stale: int = 0


def plan_baseline(report: Report, held: Baseline, *, accept_new: bool, prune: bool) -> Plan:
    """The baseline that follows from a report that was made under the one that is held.

    Raises:
        ConfigError: it would hold more than can be read again.
    """
    accepted = [one for one in report.findings if one.disposition is Disposition.BASELINED]
    new = baseline_of((one for one in report.findings if one.disposition is Disposition.ACTIVE), held.path)
    found = baseline_of(accepted, held.path)
    # Under their paths of today: an entry of a document that moved is found under another fingerprint than it is held.
    surplus = sum(entry.count for entry in held.entries) - len(accepted)
    kept = found if prune or not surplus else held
    entries = Counter({_key(entry): entry.count for entry in kept.entries})
    if accept_new:
        entries.update({_key(entry): entry.count for entry in new.entries})
    asked = sum(entry.count for entry in new.entries)
    ordered = sorted(
        (_entry(key, count) for key, count in entries.items()), key=lambda one: (one.path, one.code, one.fingerprint)
    )
    if len(ordered) > ENTRIES_LIMIT:
        hint = "mend or exclude what gives most of them first; `gatekeeper check` shows which"
        raise ConfigError(f"more than {ENTRIES_LIMIT:,} different findings would be accepted", hint, held.path)
    return Plan(
        replace(held, entries=tuple(ordered)),
        added=asked if accept_new else 0,
        dropped=surplus if prune else 0,
        refused=0 if accept_new else asked,
        stale=0 if prune else surplus,
    )


def _key(entry: BaselineEntry) -> tuple[str, str, str, str]:
    return (entry.fingerprint, entry.code, entry.path, entry.subject)


def _entry(key: tuple[str, str, str, str], count: int) -> BaselineEntry:
    return BaselineEntry(*key, count)
