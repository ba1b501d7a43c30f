"""Kinds of matters that wait for somebody, in the order in which they are shown. Pure."""

from enum import StrEnum


class Matter(StrEnum):
    ESCALATION = "escalation"
    DECISION = "decision"
    CORRECTION = "correction"
    APPROVAL = "approval"
    TARGET_LINK = "target_link"
    DUE_DATE_REQUEST = "due_date_request"
    VERIFICATION = "verification"
    HAND_OVER = "hand_over"
    ATTRIBUTION = "attribution"
    DISPUTE = "dispute"
    RETURNED_MINUTES = "returned_minutes"
    OVERDUE = "overdue"
