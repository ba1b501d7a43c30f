"""Two weekly reviews of the illustrative year: enough to show a report, a comparison and what was carried over."""

from datetime import datetime, time, timedelta
from itertools import cycle

from tracker.accounts import queries as accounts
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.clock import JAKARTA
from tracker.holidays.rules import IsoWeek, week_of
from tracker.people import queries as people
from tracker.reviews import commands, labels, queries, rules
from tracker.reviews.commands import Plan, Verdict
from tracker.reviews.rules import Decision

SETTLED = 24
TURNS = (Decision.GOES_ON, Decision.EXTEND, Decision.GOES_ON, Decision.ESCALATE, Decision.GOES_ON, Decision.DONE)


def hold() -> None:
    """Hold the sittings of the last two weeks, as the demo's reviewer."""
    account = accounts.account_named("penelaah")
    assert account  # noqa: S101  # the demo has just opened it
    this_week = week_of(clock.today())
    for week in (this_week.previous.previous, this_week.previous):
        _sitting(week, accounts.as_actor(account))


def _sitting(week: IsoWeek, reviewer: Actor) -> None:
    at, monday = datetime.combine(week.monday, time(9), JAKARTA), week.monday
    plan = Plan(week=week, held_on=monday, next_on=rules.next_review_on(week, 0, monday), patience=timedelta(weeks=1),
                meeting=labels.meeting_draft(str(week), monday))  # fmt: skip
    review = commands.open_review(plan, by=reviewer, at=at)
    turns, leader = (
        cycle(TURNS),
        next(number for number, title in people.position_choices() if title.startswith("Direktur Jenderal")),
    )
    for stop in queries.stops(review.id)[:SETTLED]:
        at += timedelta(minutes=1)
        verdict = Verdict(
            decision=next(turns), reason="Menunggu data dari daerah (ilustrasi)", due_on=monday + timedelta(days=25),
            position_id=leader,
        )  # fmt: skip
        item = queries.item(review.id, stop.item_id)
        if verdict.decision is Decision.EXTEND and item.action is None:
            continue
        commands.decide(review, item, verdict, by=reviewer, at=at)
    said = labels.statements_of(queries.decided(review.id))
    commands.close(review, said, by=reviewer, at=at + timedelta(minutes=1))
