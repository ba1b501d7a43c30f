"""Who may do what with minutes."""

from collections.abc import Sequence

from tracker.core.actor import Actor, Role, both, lent
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole


@both
def may_submit(actor: Actor) -> bool:
    """The secretariat submits, corrects, and records what was signed on paper."""
    return actor.has(Role.SECRETARIAT)


@lent
def may_decide(actor: Actor, attendance: Sequence[Attendance]) -> bool:
    """The chair of that very meeting returns or approves."""
    return actor.person_id is not None and any(
        row.role is AttendanceRole.CHAIR and row.person_id == actor.person_id for row in attendance
    )
