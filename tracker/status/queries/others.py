"""Status of meetings and indicators, from rows already loaded for their pages."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal, TargetLink
from tracker.proposals.rules import AWAITING_DECISION, LinkState, ProposalStatus
from tracker.status.rules import IndicatorStanding, Measured, MeetingStanding
from tracker.targets.models import Indicator
from tracker.targets.queries import is_superseded
from tracker.targets.rules import Polarity, is_reached


def about_meeting(
    meeting: Meeting, raised: Sequence[Proposal], actions: Sequence[ActionItem], *, decisions: int, minutes: StrEnum,
    today: date,
) -> MeetingStanding:  # fmt: skip
    """Requires loaded attendance."""
    chair = meetings.chair_of(meeting.attendance)
    return MeetingStanding(
        held_on=meeting.date,
        status=meeting.status,
        chair=(chair.person.full_name if chair.person else chair.post_as_written) if chair else None,
        proposals=len(raised),
        undecided=sum(row.status in AWAITING_DECISION for row in raised),
        decisions=decisions,
        actions=len(actions),
        finished=sum(row.status is ActionStatus.COMPLETED for row in actions),
        late=sum(row.is_overdue(today) for row in actions),
        minutes=minutes,
    )


def about_indicator(
    indicator: Indicator, links: Sequence[TargetLink], actions: Sequence[ActionItem]
) -> IndicatorStanding:
    """Requires loaded values, document, and proposals of the links."""
    touching = {link.proposal for link in links if link.state is not LinkState.REJECTED}
    return IndicatorStanding(
        state=indicator.state,
        is_superseded=is_superseded(indicator),
        unit=indicator.unit_of_measure,
        latest=_measured(indicator),
        lacking=indicator.lacking,
        proposals=len(touching),
        realised=sum(row.status is ProposalStatus.REALISED for row in touching),
        actions=len(actions),
        finished=sum(row.status is ActionStatus.COMPLETED for row in actions),
    )


def _measured(indicator: Indicator) -> Measured | None:
    latest = indicator.latest
    if latest is None:
        return None
    deviation = latest.deviation(indicator.polarity)
    return Measured(
        period=f"{latest.period.code} {latest.year}",
        target=latest.target_value,
        upper=latest.target_upper,
        actual=latest.actual_value,
        achievement=latest.achievement(indicator.polarity),
        deviation=deviation,
        is_range=indicator.polarity is Polarity.RANGE and latest.target_upper is not None,
        is_reached=is_reached(deviation, indicator.polarity),
    )
