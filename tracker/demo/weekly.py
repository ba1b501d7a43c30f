"""Two weekly reviews of the illustrative year and the work between them: reports, a comparison, what was carried over."""

from datetime import datetime, time, timedelta
from itertools import cycle

from tracker.accounts import queries as accounts
from tracker.actions import commands as actions
from tracker.actions import queries as actions_asked
from tracker.actions.commands import Promise, Report
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import ActionStatus
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.holidays.rules import DAY, IsoWeek, week_of
from tracker.people import queries as people
from tracker.reviews import commands, labels, queries, rules
from tracker.reviews.commands import Plan, Verdict
from tracker.reviews.rules import Decision

SETTLED = 24
#: So many of the newest open actions are looked at for what was done between the sittings.
DONE_BETWEEN = 80
TURNS = (Decision.GOES_ON, Decision.EXTEND, Decision.GOES_ON, Decision.ESCALATE, Decision.GOES_ON, Decision.DONE)


def hold() -> None:
    """Hold the sittings of the last two weeks, as the demo's reviewer."""
    account = accounts.account_named("penelaah")
    assert account  # noqa: S101  # the demo has just opened it
    reviewer, last = accounts.as_actor(account), week_of(clock.today()).previous
    _sitting(last.previous, reviewer)
    _work(datetime.combine(last.previous.monday + 3 * DAY, time(14), JAKARTA), reviewer)
    _sitting(last, reviewer)


def _work(at: datetime, reviewer: Actor) -> None:
    """Between two sittings some things are done, some move on, some are put off, one is given up."""
    still = [actions_asked.in_full(one.id) for one in actions_asked.fitting(ActionFilter(), at.date(), DONE_BETWEEN)]
    of = {status: [one for one in still if one.status is status] for status in ActionStatus}
    for action in of[ActionStatus.AWAITING_VERIFICATION][:6]:
        actions.move_action(action, ActionStatus.COMPLETED, reason=None, evidence=None, by=reviewer, at=at)
    for action in of[ActionStatus.NOT_STARTED][:5]:
        told = Report(on=at.date(), progress_note="Rapat persiapan sudah dilaksanakan (ilustrasi).", percent=20)
        actions.report_progress(action, told, by=reviewer, at=at)
    for action in [one for one in of[ActionStatus.IN_PROGRESS] if one.due_on][:4]:
        later = Promise(due_on=at.date() + timedelta(days=16), reason="Menunggu anggaran (ilustrasi)")
        actions.move_due_date(action, later, by=reviewer, at=at)
    why = "Sudah tercakup pekerjaan lain (ilustrasi)"
    given_up = of[ActionStatus.IN_PROGRESS][-1]
    actions.move_action(given_up, ActionStatus.CANCELLED, reason=why, evidence=None, by=reviewer, at=at)


def _sitting(week: IsoWeek, reviewer: Actor) -> None:
    at, monday = datetime.combine(week.monday, time(9), JAKARTA), week.monday
    plan = Plan(week=week, held_on=monday, patience=timedelta(weeks=1),
                meeting=labels.meeting_draft(str(week), monday))  # fmt: skip
    review = commands.open_review(plan, by=reviewer, at=at)
    turns, leader = (
        cycle(TURNS),
        next(number for number, title in people.position_choices() if title.startswith("Direktur Jenderal")),
    )
    for stop in queries.stops(review.id)[:SETTLED]:
        at += timedelta(minutes=1)
        verdict = Verdict(
            decision=(decision := next(turns)), due_on=monday + timedelta(days=25), position_id=leader,
            reason="Menunggu data dari daerah (ilustrasi)" if decision in rules.NEEDS_REASON else None,
        )  # fmt: skip
        item = queries.item(review.id, stop.item_id)
        if verdict.decision is Decision.EXTEND and item.action is None:
            continue
        commands.decide(review, item, verdict, by=reviewer, at=at)
    said = labels.statements_of(queries.decided(review.id))
    commands.close(review, said, by=reviewer, at=at + timedelta(minutes=1))
