"""Who may change classifications and grant access by name."""

from collections.abc import Sequence

from tracker.core.actor import Actor, Classification, Role, both
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole


@both
def may_classify(actor: Actor) -> bool:
    return actor.has(Role.SECRETARIAT, Role.DECISION_MAKER)


@both
def may_set(actor: Actor, before: Classification, after: Classification) -> bool:
    """Both may raise a classification; only the decision maker may lower one."""
    return may_classify(actor) and (after.rank > before.rank or actor.has(Role.DECISION_MAKER))


@both
def may_grant_access(actor: Actor, attendance: Sequence[Attendance]) -> bool:
    chairs = (row for row in attendance if row.role is AttendanceRole.CHAIR)
    is_chair = actor.person_id is not None and any(row.person_id == actor.person_id for row in chairs)
    return is_chair or actor.has(Role.SECRETARIAT)
