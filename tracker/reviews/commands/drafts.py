"""Drafts that forms and pages pass to commands."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.calendar.holidays.rules import IsoWeek
from tracker.meetings.commands import MeetingDraft, StatementDraft, StatementLinks
from tracker.reviews import rules
from tracker.reviews.rules import Decision


@dataclass(frozen=True, kw_only=True)
class Plan:
    week: IsoWeek
    held_on: date
    #: The usual weekday of the review; Monday is 0.
    weekday: int = 0
    days_off: Container[date] = frozenset()
    #: How long a proposal may stay unanswered before it enters the queue.
    patience: timedelta
    meeting: MeetingDraft

    @property
    def planned_on(self) -> date:
        return rules.planned_day(self.week, self.weekday)

    @property
    def opens_on(self) -> date:
        return rules.opens_on(self.week, self.weekday, self.days_off)

    @property
    def next_on(self) -> date:
        return rules.next_review_on(self.week, self.weekday, self.held_on)


@dataclass(frozen=True)
class MinutesLine:
    """A statement for the minutes, with the account that took the decision."""

    account_id: int | None
    draft: StatementDraft
    about: StatementLinks


@dataclass(frozen=True, kw_only=True)
class DecisionDraft:
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
