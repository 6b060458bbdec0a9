"""What a run comes to once exceptions are counted in: all that the rules about exceptions and about the law may see."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from gatekeeper.model.exception.waiver import Baseline, BaselineEntry, WaiverFault, WaiverLaw, WaiverUse
from gatekeeper.model.finding import Finding, Location


class ChangeKind(StrEnum):
    """In what way a change makes the law weaker."""

    RULE = "rule"
    SETTING = "setting"
    WAIVER = "waiver"
    BASELINE = "baseline"
    SCOPE = "scope"


class LawChange(Struct, frozen=True):
    """One way in which the law in the work tree is weaker than the one of the trusted commit.

    Attributes:
        what: the rule, key, waiver or entry that changes.
        before: what the trusted commit says; "" when it says nothing.
        after: what the work tree says; "" when it says nothing any more.
        location: where the work tree says it, or the file that no longer does.
    """

    kind: ChangeKind
    what: str
    before: str
    after: str
    location: Location


class Settlement(Struct, frozen=True):
    """Settled findings, and what became of every exception.

    Attributes:
        findings: in the report's order, with dispositions.
        law: what is asked of waivers.
        waivers: by place; where only a part of the tree was checked, those that have to do with it.
        faults: what was meant as a waiver and is none, by place; likewise.
        baseline: the one in force.
        stale: entries of the baseline that accept more than is found, each with the surplus as its count; empty unless all was checked.
        changes: how the change that is checked weakens the law; empty without a trusted commit.
        trusted: the commit whose law is in force, as the user named it; "" without one.
        is_whole: whether the whole tree was checked, so that what covers nothing is known to be unused.
        today: ISO 8601 date that counts as today; "" when nobody said.
    """

    findings: tuple[Finding, ...] = ()
    law: WaiverLaw = field(default_factory=WaiverLaw)
    waivers: tuple[WaiverUse, ...] = ()
    faults: tuple[WaiverFault, ...] = ()
    baseline: Baseline = field(default_factory=Baseline)
    stale: tuple[BaselineEntry, ...] = ()
    changes: tuple[LawChange, ...] = ()
    trusted: str = ""
    is_whole: bool = True
    today: str = ""
