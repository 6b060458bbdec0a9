"""CL: claims that lists, other figures, files, history or reports deny, and runs that nothing backs."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.claim.all_with_open import AllWithOpen
from gatekeeper.rules.claim.command_undefined import CommandUndefined
from gatekeeper.rules.claim.commit_outside import CommitOutside
from gatekeeper.rules.claim.commit_unknown import CommitUnknown
from gatekeeper.rules.claim.count_differs import CountDiffers
from gatekeeper.rules.claim.digest_differs import DigestDiffers
from gatekeeper.rules.claim.evidence_commit import EvidenceCommit
from gatekeeper.rules.claim.figures_disagree import FiguresDisagree
from gatekeeper.rules.claim.lines_differ import LinesDiffer
from gatekeeper.rules.claim.not_begun_with_begun import NotBegunWithBegun
from gatekeeper.rules.claim.parts_differ import PartsDiffer
from gatekeeper.rules.claim.percent_differs import PercentDiffers
from gatekeeper.rules.claim.remainder_under_done import RemainderUnderDone
from gatekeeper.rules.claim.report_refutes import ReportRefutes
from gatekeeper.rules.claim.report_unreadable import ReportUnreadable
from gatekeeper.rules.claim.run_without_source import RunWithoutSource
from gatekeeper.rules.claim.tests_differ import TestsDiffer
from gatekeeper.rules.claim.tracker_differs import TrackerDiffers

RULES: tuple[type[Rule], ...] = (
    CountDiffers,
    AllWithOpen,
    FiguresDisagree,
    RemainderUnderDone,
    PercentDiffers,
    LinesDiffer,
    TestsDiffer,
    CommandUndefined,
    DigestDiffers,
    CommitUnknown,
    ReportRefutes,
    ReportUnreadable,
    RunWithoutSource,
    TrackerDiffers,
    NotBegunWithBegun,
    PartsDiffer,
    CommitOutside,
    EvidenceCommit,
)
