"""Status sentence of an action."""

from collections.abc import Callable, Mapping

from tracker.actions.rules import ActionStatus, days_late
from tracker.core import clock
from tracker.core.wording import gettext, ngettext, short_day
from tracker.people import queries as people
from tracker.status.labels.clauses import explained, holder_name, waiting
from tracker.status.rules import ActionStanding

A = ActionStatus


def clauses_of(standing: ActionStanding) -> list[str]:
    return [
        _assigned(standing),
        _due(standing),
        _BY_STATUS[standing.status](standing),
        waiting(standing.responsibility) if standing.is_open else "",
    ]


def _assigned(standing: ActionStanding) -> str:
    values = {"day": short_day(standing.assigned_on), "who": holder_name(standing.assignee)}
    if standing.assignee is None:
        return gettext("Agreed on %(day)s (no owner yet)", **values)
    return gettext("Assigned to %(who)s on %(day)s", **values)


def _due(standing: ActionStanding) -> str:
    if standing.due_on is None:
        return gettext("due date not yet set")
    clause = gettext("due on %(day)s", day=short_day(standing.due_on))
    if standing.times_moved:
        moved = ngettext("moved once", "moved %(num)d times", standing.times_moved)
        clause = gettext("%(clause)s (%(moved)s)", clause=clause, moved=moved)
    late = days_late(standing.status, standing.due_on, people.day_in_unit(standing.unit_id, clock.today()))
    if late:
        return clause + ", " + ngettext("%(num)d day late", "%(num)d days late", late)
    return clause


def _in_progress(standing: ActionStanding) -> str:
    if standing.percent is None:
        return gettext("in progress")
    return gettext("in progress, %(percent)d%% complete", percent=standing.percent)


_BY_STATUS: Mapping[ActionStatus, Callable[[ActionStanding], str]] = {
    A.NOT_STARTED: lambda _: gettext("not started"),
    A.IN_PROGRESS: _in_progress,
    A.AWAITING_VERIFICATION: lambda _: gettext("reported as finished, not verified yet"),
    A.COMPLETED: lambda standing: gettext("finished and verified on %(day)s", day=short_day(standing.status_since)),
    A.NOT_ACTIONABLE: lambda standing: explained(
        gettext("found not possible to follow up on %(day)s", day=short_day(standing.status_since)), standing.reason
    ),
    A.CANCELLED: lambda standing: explained(
        gettext("cancelled on %(day)s", day=short_day(standing.status_since)), standing.reason
    ),
}
