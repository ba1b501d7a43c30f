"""The codes of the weekly review. Pure. Source: domain.md 4.3, S9 and S10."""

from enum import StrEnum


class ReviewStatus(StrEnum):
    """A sitting is open until it is closed for good, or cancelled: a cancelled one can be opened again."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class QueueGroup(StrEnum):
    """Why a thing is in the queue, in the order in which the queue is worked through."""

    OVERDUE = "overdue"
    DUE_BEFORE_NEXT = "due_before_next"
    UNASSIGNED = "unassigned"
    STALE = "stale"
    AWAITING_VERIFICATION = "awaiting_verification"
    BACK_FROM_DEFERRAL = "back_from_deferral"
    ONLY_SUBMITTED = "only_submitted"


class Movement(StrEnum):
    """What became of a thing since the last closed sitting; each thing is in exactly one."""

    DONE = "done"
    EXTENDED = "extended"
    SLIPPED_AGAIN = "slipped_again"
    NOT_MOVED = "not_moved"
    NEW = "new"
    RETURNED = "returned"
    MOVED = "moved"
    DROPPED = "dropped"


SLIPPED = frozenset({Movement.EXTENDED, Movement.SLIPPED_AGAIN})


class Decision(StrEnum):
    """What the sitting decides of one thing."""

    DONE = "done"
    GOES_ON = "goes_on"
    EXTEND = "extend"
    REASSIGN = "reassign"
    ESCALATE = "escalate"


class Act(StrEnum):
    """What a decision did to its item; one decision does different acts to actions and proposals."""

    DONE = "done"
    REPORTED = "reported"
    NOTED = "noted"
    DISCUSSED = "discussed"
    GOES_ON = "goes_on"
    DATED = "dated"
    EXTENDED = "extended"
    PUT_OFF = "put_off"
    REASSIGNED = "reassigned"
    ESCALATED = "escalated"


#: What leaves an action or proposal as it was.
CHANGES_NOTHING = frozenset({Act.GOES_ON, Act.NOTED})

NEEDS_REASON = frozenset({Decision.EXTEND, Decision.REASSIGN, Decision.ESCALATE})
