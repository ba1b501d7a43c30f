"""Actions of the illustrative year that are kept on course: dates asked for and answered, what holds up, what is next."""

from datetime import datetime

from tracker.accounts import queries as accounts
from tracker.actions import commands as actions
from tracker.actions import queries
from tracker.actions.commands import Promise
from tracker.actions.models import ActionItem
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import ActionStatus as A
from tracker.actions.rules import HoldKind
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.holidays.rules import DAY, WEEK
from tracker.steering import commands
from tracker.steering.commands import HoldDraft

#: So many of the newest open actions are looked at for some that fit.
SOME = 60
#: How many days from today the dates are that were agreed last: one is today, some are due soon.
DUE_IN = (0, 2, 6, 13, 20)


def steer() -> None:
    """Ask, answer, hold and agree, as the demo's person in charge and its reviewer."""
    pic, reviewer = _actor("pic"), _actor("penelaah")
    still = queries.fitting(ActionFilter(), clock.today(), SOME)
    dated = [queries.in_full(one.id) for one in still if one.due_on and one.status is not A.AWAITING_VERIFICATION]
    own = [action for action in dated if action.pic_id == pic.person_id]
    others = [action for action in dated if action.pic_id not in {pic.person_id, reviewer.person_id}]
    yesterday = clock.now() - DAY
    _ask(own[0], own[1], pic, reviewer, yesterday)
    _hold(others[0], others[1], reviewer, yesterday)
    for action, days in zip(others[2:], DUE_IN, strict=False):
        later = Promise(
            due_on=clock.today() + days * DAY, reason="Jadwal disepakati ulang (ilustrasi)", agreed_by=reviewer.name
        )
        actions.move_due_date(action, later, by=reviewer, at=yesterday)


def _actor(username: str) -> Actor:
    account = accounts.account_named(username)
    assert account  # noqa: S101  # the demo has opened it
    return accounts.as_actor(account)


def _ask(waiting: ActionItem, answered: ActionItem, pic: Actor, reviewer: Actor, at: datetime) -> None:
    """Two other dates are asked for; one is granted, one waits for its answer."""
    later, reason = clock.today() + 3 * WEEK, "Data dari daerah belum lengkap (ilustrasi)"
    commands.ask_due_date(waiting, later, reason, by=pic, at=at)
    asked = commands.ask_due_date(answered, later, reason, by=pic, at=at)
    db.session.flush()
    commands.grant_request(answered, asked, "Perpanjangan terakhir (ilustrasi)", by=reviewer, at=clock.now())


def _hold(blocked: ActionItem, waiting: ActionItem, reviewer: Actor, at: datetime) -> None:
    """One action is blocked, another waits for somebody outside."""
    since = clock.today() - WEEK
    why = HoldDraft(kind=HoldKind.BLOCKED, waiting_for="Pagu anggaran (ilustrasi)", since=since, reason="Revisi DIPA")
    commands.hold(blocked, why, by=reviewer, at=at)
    outside = HoldDraft(kind=HoldKind.WAITING_OUTSIDE, waiting_for="Kementerian Luar Negeri (ilustrasi)", since=since)
    commands.hold(waiting, outside, by=reviewer, at=at)
