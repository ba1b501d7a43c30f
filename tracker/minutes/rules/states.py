"""Where minutes stand, and what submitting them needs. Pure.

Source: domain.md 7.3, «Minutes (draf → diajukan → disahkan)».
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class MinutesState(StrEnum):
    """Where the minutes of a meeting stand."""

    DRAFT = "draft"
    CORRECTING = "correcting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


S = MinutesState
#: From each state, those that may follow. A returned text is edited and submitted again.
NEXT: dict[MinutesState, frozenset[MinutesState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.CORRECTING: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.APPROVED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.APPROVED: frozenset({S.CORRECTING}),
}
#: In these nobody edits.
LOCKED = frozenset({S.SUBMITTED, S.APPROVED})


class Lack(StrEnum):
    """What minutes can lack when they are submitted."""

    NAME = "name"
    DATE = "date"
    VENUE = "venue"
    CHAIR = "chair"
    MINUTE_TAKER = "minute_taker"
    ATTENDANCE = "attendance"
    STATEMENT = "statement"


def lacking(content: Mapping[str, Any]) -> list[Lack]:
    """All that is missing from this content, in the order of the form; nothing when it may be submitted."""
    roles = {row["role"] for row in content["attendance"]}
    has = {
        Lack.NAME: content["meeting"]["name_id"],
        Lack.DATE: content["meeting"]["date"],
        Lack.VENUE: content["meeting"]["venue"],
        Lack.CHAIR: "chair" in roles,
        Lack.MINUTE_TAKER: "minute_taker" in roles,
        Lack.ATTENDANCE: content["attendance"],
        Lack.STATEMENT: content["statements"],
    }
    return [lack for lack in Lack if not has[lack]]
