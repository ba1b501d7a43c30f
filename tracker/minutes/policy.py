"""Who may submit, return, approve and correct minutes."""

from collections.abc import Sequence, Set

from tracker.audit.rules import Part
from tracker.core.actor import Actor, Role, both, lent
from tracker.meetings.models import Attendance
from tracker.meetings.rules import AttendanceRole


@both
def may_submit(actor: Actor) -> bool:
    """The secretariat; also for corrections."""
    return actor.has(Role.SECRETARIAT)


@both
def may_record_signed_copy(actor: Actor, had: Set[Part]) -> bool:
    """The secretariat, except the account that submitted these minutes. `had` are the actor's parts in the meeting."""
    return may_submit(actor) and Part.SUBMITTED not in had


@lent
def may_approve(actor: Actor, attendance: Sequence[Attendance], had: Set[Part]) -> bool:
    """The chair of the meeting, unless they submitted the minutes themselves."""
    return may_return(actor, attendance) and Part.SUBMITTED not in had


@lent
def may_return(actor: Actor, attendance: Sequence[Attendance]) -> bool:
    return actor.person_id is not None and any(
        row.role is AttendanceRole.CHAIR and row.person_id == actor.person_id for row in attendance
    )
