"""Who may make things more or less secret, and let others in."""

from collections.abc import Sequence

from tracker.core.actor import Actor, Classification, Role, both
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole


@both
def may_classify(actor: Actor) -> bool:
    """Change a classification: the secretariat, which keeps the record, and the decision maker."""
    return actor.has(Role.SECRETARIAT, Role.DECISION_MAKER)


@both
def may_set(actor: Actor, before: Classification, after: Classification) -> bool:
    """Raising is for both; declassifying is a decision."""
    return may_classify(actor) and (after.rank > before.rank or actor.has(Role.DECISION_MAKER))


@both
def may_let_in(actor: Actor, attendance: Sequence[Attendance]) -> bool:
    """Let an account into a meeting by name, and take that back: the secretariat, and the chair of that meeting."""
    chairs = (row for row in attendance if row.role is AttendanceRole.CHAIR)
    is_chair = actor.person_id is not None and any(row.person_id == actor.person_id for row in chairs)
    return is_chair or actor.has(Role.SECRETARIAT)
