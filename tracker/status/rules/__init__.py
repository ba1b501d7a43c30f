"""Rules for responsibility and status. Pure."""

from tracker.status.rules.holders import (
    UNDECIDED,
    Change,
    Charge,
    Holder,
    HolderKind,
    Moment,
    Responsibility,
    changes,
    days_by_holder,
    holder_of_action,
    holder_of_proposal,
    is_step,
    over_time,
    overtakes,
    responsibilities,
    working,
)
from tracker.status.rules.standings import (
    ActionStanding,
    EffectOnTarget,
    IndicatorStanding,
    Measured,
    MeetingStanding,
    Proposer,
    Standing,
)
from tracker.status.rules.telling import SILENT_DAYS, echoes, is_told

#: Default thresholds for unanswered proposals.
AFTER_MEETINGS, AFTER_DAYS = 2, 60

__all__ = [
    "AFTER_DAYS",
    "AFTER_MEETINGS",
    "SILENT_DAYS",
    "UNDECIDED",
    "ActionStanding",
    "Change",
    "Charge",
    "EffectOnTarget",
    "Holder",
    "HolderKind",
    "IndicatorStanding",
    "Measured",
    "MeetingStanding",
    "Moment",
    "Proposer",
    "Responsibility",
    "Standing",
    "changes",
    "days_by_holder",
    "echoes",
    "holder_of_action",
    "holder_of_proposal",
    "is_step",
    "is_told",
    "over_time",
    "overtakes",
    "responsibilities",
    "working",
]  # fmt: skip
