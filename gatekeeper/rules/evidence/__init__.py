"""EV: what is wrong with the proof that a document offers."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.evidence.anchor_missing import AnchorMissing
from gatekeeper.rules.evidence.blank_template import BlankTemplate
from gatekeeper.rules.evidence.case_differs import CaseDiffers
from gatekeeper.rules.evidence.done_without_evidence import DoneWithoutEvidence
from gatekeeper.rules.evidence.empty import Empty
from gatekeeper.rules.evidence.evidence_open import EvidenceOpen
from gatekeeper.rules.evidence.lines_missing import LinesMissing
from gatekeeper.rules.evidence.link_missing import LinkMissing
from gatekeeper.rules.evidence.machine_path import MachinePath
from gatekeeper.rules.evidence.mention_missing import MentionMissing
from gatekeeper.rules.evidence.named_test_missing import NamedTestMissing
from gatekeeper.rules.evidence.outside_repository import OutsideRepository
from gatekeeper.rules.evidence.probable import Probable
from gatekeeper.rules.evidence.root_only import RootOnly
from gatekeeper.rules.evidence.target_missing import TargetMissing
from gatekeeper.rules.evidence.untracked import Untracked
from gatekeeper.rules.evidence.words_only import WordsOnly

RULES: tuple[type[Rule], ...] = (
    TargetMissing,
    CaseDiffers,
    OutsideRepository,
    Untracked,
    Empty,
    BlankTemplate,
    LinesMissing,
    AnchorMissing,
    RootOnly,
    NamedTestMissing,
    DoneWithoutEvidence,
    Probable,
    LinkMissing,
    MentionMissing,
    EvidenceOpen,
    MachinePath,
    WordsOnly,
)
