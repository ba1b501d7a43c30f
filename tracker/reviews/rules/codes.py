"""The codes of the weekly review. Pure."""

from enum import StrEnum


class ReviewStatus(StrEnum):
    """A closed review stays closed; a cancelled one can be opened again."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class QueueGroup(StrEnum):
    """Why an item is in the queue; the queue is worked through in this order."""

    OVERDUE = "overdue"
    DUE_BEFORE_NEXT = "due_before_next"
    UNASSIGNED = "unassigned"
    STALE = "stale"
    AWAITING_VERIFICATION = "awaiting_verification"
    BACK_FROM_DEFERRAL = "back_from_deferral"
    ONLY_SUBMITTED = "only_submitted"


class Order(StrEnum):
    """In which order the queue is worked through."""

    REASON = "reason"
    UNIT = "unit"
    PIC = "pic"


class Movement(StrEnum):
    """How an action or proposal changed since the last closed review; exactly one applies."""

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
    DONE = "done"
    GOES_ON = "goes_on"
    EXTEND = "extend"
    REASSIGN = "reassign"
    ESCALATE = "escalate"


class Act(StrEnum):
    """What a decision did to its item, which differs between actions and proposals."""

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


#: Acts that leave the action or proposal unchanged.
CHANGES_NOTHING = frozenset({Act.GOES_ON, Act.NOTED})

NEEDS_REASON = frozenset({Decision.EXTEND, Decision.REASSIGN, Decision.ESCALATE})
