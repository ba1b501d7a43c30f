"""Actions that are managed: due-date requests and their answers, holds, and next steps."""

from tracker.accounts import queries as accounts
from tracker.actions import commands as actions
from tracker.actions import queries
from tracker.actions.changes import commands
from tracker.actions.changes.commands import HoldDraft
from tracker.actions.commands import Promise
from tracker.actions.models import ActionItem
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import ActionStatus as A
from tracker.actions.rules import HoldKind
from tracker.calendar.holidays.rules import DAY, WEEK
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.demo.calendar import Calendar, at

#: Number of the newest open actions among which suitable ones are chosen.
SOME = 60
#: Days from today to the due dates agreed last: one is today, some are soon.
DUE_IN = (0, 2, 6, 13, 20)


def steer(calendar: Calendar) -> None:
    pic, reviewer = _actor("pic"), _actor("penelaah")
    open_actions = queries.matching_open(ActionFilter(), calendar.today, SOME)
    dated = [
        queries.in_full(row.id) for row in open_actions if row.due_on and row.status is not A.AWAITING_VERIFICATION
    ]
    own = [action for action in dated if action.pic_id == pic.person_id]
    others = [action for action in dated if action.pic_id not in {pic.person_id, reviewer.person_id}]
    _ask(own[0], own[1], calendar, pic, reviewer)
    _hold(others[0], others[1], calendar, reviewer)
    for action, days in zip(others[2:], DUE_IN, strict=False):
        due_on = calendar.due(calendar.today + days * DAY)
        later = Promise(due_on=due_on, reason="Jadwal disepakati ulang dengan unit", agreed_by=reviewer.name)
        actions.move_due_date(action, later, by=reviewer, at=at(calendar.yesterday, 15))


def _actor(username: str) -> Actor:
    account = accounts.account_named(username)
    assert account  # noqa: S101  # the demo has opened it
    return accounts.as_actor(account)


def _ask(waiting: ActionItem, answered: ActionItem, calendar: Calendar, pic: Actor, reviewer: Actor) -> None:
    later, moment = calendar.due(calendar.today + 3 * WEEK), at(calendar.yesterday)
    commands.ask_due_date(waiting, later, "Data dari dua provinsi belum lengkap", by=pic, at=moment)
    request = commands.ask_due_date(answered, later, "Pengajar berhalangan pada jadwal semula", by=pic, at=moment)
    db.session.flush()
    commands.grant_request(answered, request, "Perpanjangan terakhir", by=reviewer, at=at(calendar.yesterday, 15))


def _hold(blocked: ActionItem, waiting: ActionItem, calendar: Calendar, reviewer: Actor) -> None:
    since, moment = calendar.ago(7), at(calendar.yesterday)
    budget = HoldDraft(kind=HoldKind.BLOCKED, waiting_for="Pagu anggaran", since=since, reason="Revisi DIPA")
    commands.hold(blocked, budget, by=reviewer, at=moment)
    outside = HoldDraft(kind=HoldKind.WAITING_OUTSIDE, waiting_for="Kementerian Dalam Negeri", since=since)
    commands.hold(waiting, outside, by=reviewer, at=moment)
