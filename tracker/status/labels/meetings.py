"""The status sentence of a meeting."""

from collections.abc import Callable, Mapping

from tracker.core.wording import gettext, label, ngettext, short_day
from tracker.meetings.rules import MeetingStatus
from tracker.status.labels.clauses import finished
from tracker.status.rules import MeetingStanding

M = MeetingStatus


def clauses_of(standing: MeetingStanding) -> list[str]:
    clauses = [_BY_STATUS[standing.status](standing)]
    if standing.status not in {M.HELD, M.CLOSED}:
        return clauses
    minutes = gettext("minutes: %(state)s", state=label(standing.minutes).lower())
    return [*clauses, _proposals(standing), _decisions(standing.decisions), _actions(standing), minutes]


def _held(standing: MeetingStanding) -> str:
    day = short_day(standing.held_on)
    if standing.chair is None:
        return gettext("Held on %(day)s (chair not recorded)", day=day)
    return gettext("Held on %(day)s, chaired by %(who)s", day=day, who=standing.chair)


_BY_STATUS: Mapping[MeetingStatus, Callable[[MeetingStanding], str]] = {
    M.SCHEDULED: lambda standing: gettext("Scheduled for %(day)s", day=short_day(standing.held_on)),
    M.HELD: _held,
    M.CLOSED: _held,
    M.POSTPONED: lambda standing: gettext("Postponed, planned before for %(day)s", day=short_day(standing.held_on)),
    M.CANCELLED: lambda standing: gettext("Cancelled, planned before for %(day)s", day=short_day(standing.held_on)),
}


def _proposals(standing: MeetingStanding) -> str:
    if not standing.proposals:
        return gettext("no proposal yet")
    if not standing.undecided:
        return ngettext("%(num)d proposal, decided", "%(num)d proposals, all decided", standing.proposals)
    return ngettext(
        "%(num)d proposal, %(open)d not decided yet", "%(num)d proposals, %(open)d not decided yet", standing.proposals,
        open=standing.undecided,
    )  # fmt: skip


def _decisions(count: int) -> str:
    return ngettext("%(num)d decision", "%(num)d decisions", count) if count else gettext("no decision yet")


def _actions(standing: MeetingStanding) -> str:
    done = finished(standing.finished, standing.actions)
    return gettext("%(done)s (%(late)d overdue)", done=done, late=standing.late) if standing.late else done
