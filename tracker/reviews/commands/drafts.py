"""What the commands of a weekly review are given."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.holidays.rules import IsoWeek
from tracker.meetings.commands import MeetingDraft
from tracker.reviews.rules import Decision


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is settled when a sitting is opened."""

    week: IsoWeek
    held_on: date
    next_on: date
    #: How long a proposal may stay unanswered before the review asks for it.
    patience: timedelta
    meeting: MeetingDraft


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the sitting decides of one thing."""

    decision: Decision
    reason: str | None = None
    note: str | None = None
    evidence: str | None = None
    due_on: date | None = None
    agreed_by: str | None = None
    pic_id: int | None = None
    unit_id: int | None = None
    position_id: int | None = None
    person_id: int | None = None
