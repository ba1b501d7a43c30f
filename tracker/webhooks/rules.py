"""What is told to whom, how often sending is tried, and when an endpoint is switched off. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum


class HookKind(StrEnum):
    """The type of a message, as receivers read it."""

    MEETING_PLANNED = "meeting.planned"
    MEETING_HELD = "meeting.held"
    MEETING_POSTPONED = "meeting.postponed"
    MEETING_CANCELLED = "meeting.cancelled"
    MINUTES_APPROVED = "meeting.minutes_approved"
    PROPOSAL_MADE = "proposal.made"
    PROPOSAL_DECIDED = "proposal.decided"
    PROPOSAL_MOVED = "proposal.status_changed"
    ACTION_ASSIGNED = "action.assigned"
    ACTION_REPORTED = "action.reported"
    ACTION_DUE_MOVED = "action.due_date_moved"
    ACTION_VERIFIED = "action.verified"
    ACTION_ENDED = "action.ended"
    VALUE_SET = "indicator.value_recorded"
    #: Sent when the owner of an endpoint asks for it.
    PING = "ping"


#: The message that an event causes, by (subject, verb). A meeting that is recorded counts as moved to its first status.
KINDS = {
    ("meeting", "moved_scheduled"): HookKind.MEETING_PLANNED,
    ("meeting", "moved_held"): HookKind.MEETING_HELD,
    ("meeting", "moved_postponed"): HookKind.MEETING_POSTPONED,
    ("meeting", "moved_cancelled"): HookKind.MEETING_CANCELLED,
    ("meeting", "minutes_approved"): HookKind.MINUTES_APPROVED,
    ("proposal", "proposed"): HookKind.PROPOSAL_MADE,
    ("proposal", "moved_approved"): HookKind.PROPOSAL_DECIDED,
    ("proposal", "moved_rejected"): HookKind.PROPOSAL_DECIDED,
    ("proposal", "moved_deferred"): HookKind.PROPOSAL_DECIDED,
    ("proposal", "moved_under_discussion"): HookKind.PROPOSAL_MOVED,
    ("proposal", "moved_in_follow_up"): HookKind.PROPOSAL_MOVED,
    ("proposal", "moved_realised"): HookKind.PROPOSAL_MOVED,
    ("proposal", "moved_not_actionable"): HookKind.PROPOSAL_MOVED,
    ("proposal", "moved_merged"): HookKind.PROPOSAL_MOVED,
    ("proposal", "moved_withdrawn"): HookKind.PROPOSAL_MOVED,
    ("action_item", "assigned"): HookKind.ACTION_ASSIGNED,
    ("action_item", "reassigned"): HookKind.ACTION_ASSIGNED,
    ("action_item", "progress_reported"): HookKind.ACTION_REPORTED,
    ("action_item", "due_date_moved"): HookKind.ACTION_DUE_MOVED,
    ("action_item", "moved_completed"): HookKind.ACTION_VERIFIED,
    ("action_item", "moved_not_actionable"): HookKind.ACTION_ENDED,
    ("action_item", "moved_cancelled"): HookKind.ACTION_ENDED,
    ("indicator", "value_set"): HookKind.VALUE_SET,
    ("indicator", "value_corrected"): HookKind.VALUE_SET,
}  # fmt: skip
#: What an endpoint can subscribe to.
OFFERED = tuple(kind for kind in HookKind if kind is not HookKind.PING)


def kind_of(subject: str, verb: str, to_state: str | None) -> HookKind | None:
    return KINDS.get((subject, f"moved_{to_state}" if verb == "logged" else verb))


class EndpointState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    #: After long failure, or because the receiver asked for it.
    OFF = "off"
    ENDED = "ended"


class OffCause(StrEnum):
    """Why an endpoint was switched off without its owner."""

    FAILING = "failing"
    #: The receiver answered that it wants no more messages.
    GONE = "gone"


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


MOST_ENDPOINTS = 10
LONGEST_ADDRESS = 1000
#: How long a message is also signed with the former secret after a new one was made.
FORMER_SECRET_LASTS = timedelta(days=1)
#: Pauses after each failure: a little more than three days in all. After the last one the delivery has failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 600, 840, 1200, 1440))
#: After a failure nothing else is sent to the endpoint for so long, so that one that is slow does not hold up others.
REST = timedelta(minutes=1)
#: An endpoint to which nothing could be delivered for so long is switched off.
LONGEST_FAILURE = timedelta(days=3)
#: Settled deliveries are kept for so long.
KEPT = timedelta(days=30)


def after_failure(attempts: int, at: datetime) -> datetime | None:
    """The time of the next attempt after this many failures; None to give up."""
    return at + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def is_hopeless(failing_since: datetime | None, at: datetime) -> bool:
    return failing_since is not None and at - failing_since >= LONGEST_FAILURE
