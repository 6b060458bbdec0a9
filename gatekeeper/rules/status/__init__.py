"""ST: statuses as they are written, and statuses that contradict each other."""

from __future__ import annotations

from gatekeeper.rules.base import Rule
from gatekeeper.rules.status.ambiguous_marks import AmbiguousMarks
from gatekeeper.rules.status.blocked_without_reason import BlockedWithoutReason
from gatekeeper.rules.status.documents_disagree import DocumentsDisagree
from gatekeeper.rules.status.done_above_open import DoneAboveOpen
from gatekeeper.rules.status.done_before_evidence import DoneBeforeEvidence
from gatekeeper.rules.status.done_says_open import DoneSaysOpen
from gatekeeper.rules.status.final_status_differs import FinalStatusDiffers
from gatekeeper.rules.status.headline_done import HeadlineDone
from gatekeeper.rules.status.lane_not_signed import LaneNotSigned
from gatekeeper.rules.status.lanes_differ import LanesDiffer
from gatekeeper.rules.status.not_in_legend import NotInLegend
from gatekeeper.rules.status.not_stated import NotStated
from gatekeeper.rules.status.not_understood import NotUnderstood
from gatekeeper.rules.status.open_above_done import OpenAboveDone
from gatekeeper.rules.status.open_of_done_unit import OpenOfDoneUnit
from gatekeeper.rules.status.placeholder_left import PlaceholderLeft
from gatekeeper.rules.status.pointer_differs import PointerDiffers
from gatekeeper.rules.status.queued_above_started import QueuedAboveStarted
from gatekeeper.rules.status.started_above_queued import StartedAboveQueued
from gatekeeper.rules.status.transition_not_allowed import TransitionNotAllowed
from gatekeeper.rules.status.two_statuses import TwoStatuses

RULES: tuple[type[Rule], ...] = (
    NotInLegend,
    NotUnderstood,
    TwoStatuses,
    DocumentsDisagree,
    DoneAboveOpen,
    QueuedAboveStarted,
    OpenAboveDone,
    StartedAboveQueued,
    DoneSaysOpen,
    HeadlineDone,
    BlockedWithoutReason,
    AmbiguousMarks,
    PlaceholderLeft,
    OpenOfDoneUnit,
    PointerDiffers,
    FinalStatusDiffers,
    NotStated,
    LanesDiffer,
    LaneNotSigned,
    DoneBeforeEvidence,
    TransitionNotAllowed,
)
