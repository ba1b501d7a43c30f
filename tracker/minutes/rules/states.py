"""States of minutes (draf → diajukan → disahkan), and what must be present to submit them. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class MinutesState(StrEnum):
    DRAFT = "draft"
    CORRECTING = "correcting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


S = MinutesState
#: The states that may follow each state.
NEXT: dict[MinutesState, frozenset[MinutesState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.CORRECTING: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.APPROVED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.APPROVED: frozenset({S.CORRECTING}),
}
#: States in which the minutes cannot be edited.
LOCKED = frozenset({S.SUBMITTED, S.APPROVED})


class Lack(StrEnum):
    NAME = "name"
    DATE = "date"
    VENUE = "venue"
    CHAIR = "chair"
    MINUTE_TAKER = "minute_taker"
    ATTENDANCE = "attendance"
    STATEMENT = "statement"


def lacking(content: Mapping[str, Any]) -> list[Lack]:
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
