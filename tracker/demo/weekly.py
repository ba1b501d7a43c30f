"""Two weekly reviews and the work between them: reports, a comparison, and items carried over."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle

from tracker.accounts import queries as accounts
from tracker.actions import commands as actions
from tracker.actions import policy
from tracker.actions import queries as action_queries
from tracker.actions.commands import Promise, Report
from tracker.actions.models import ActionItem
from tracker.actions.queries import ActionFilter
from tracker.actions.rules import ActionStatus
from tracker.audit.queries import parts_of
from tracker.calendar.holidays.rules import DAY, IsoWeek
from tracker.core.actor import Actor
from tracker.demo.calendar import Calendar, at
from tracker.meetings.rules import SourceType
from tracker.people import queries as people
from tracker.reviews import commands, labels, queries, rules
from tracker.reviews.commands import DecisionDraft, Plan
from tracker.reviews.rules import Decision

SETTLED = 24
#: Number of the newest open actions considered for work between the sittings.
DONE_BETWEEN = 80
TURNS = (Decision.GOES_ON, Decision.EXTEND, Decision.GOES_ON, Decision.ESCALATE, Decision.GOES_ON, Decision.DONE)


#: Reasons for postponing or escalating, in turn.
REASONS = ("Data dari kantor wilayah belum lengkap", "Menunggu jawaban tertulis instansi terkait",
           "Perlu keputusan tentang tambahan tenaga")  # fmt: skip


def hold_sittings(calendar: Calendar) -> None:
    account = accounts.account_named("penelaah")
    assert account  # noqa: S101  # the demo has just opened it
    reviewer, (before, last) = accounts.as_actor(account), calendar.sittings
    _sitting(*before, calendar, reviewer)
    _work(at(calendar.on(before[1] + 3 * DAY), 14), calendar, reviewer)
    _sitting(*last, calendar, reviewer)


def _work(moment: datetime, calendar: Calendar, reviewer: Actor) -> None:
    """Between the sittings some actions are finished, some progress, some are postponed, one is cancelled."""
    on = moment.date()
    open_actions = [
        action_queries.in_full(row.id) for row in action_queries.matching_open(ActionFilter(), on, DONE_BETWEEN)
    ]
    of = {status: [action for action in open_actions if action.status is status] for status in ActionStatus}
    for action in [row for row in of[ActionStatus.AWAITING_VERIFICATION] if _may_be_verified(row, reviewer)][:6]:
        actions.move_action(action, ActionStatus.COMPLETED, reason=None, evidence=None, by=reviewer, at=moment)
    for action in of[ActionStatus.NOT_STARTED][:5]:
        report = Report(on=on, progress_note="Rapat persiapan sudah dilaksanakan.", percent=20)
        actions.report_progress(action, report, by=reviewer, at=moment)
    day = calendar.due(on + 16 * DAY)
    for action in [
        row for row in of[ActionStatus.IN_PROGRESS] if row.due_on and row.due_on < day and _may_be_dated(row, reviewer)
    ][:4]:
        later = Promise(due_on=day, reason="Menunggu pencairan anggaran", agreed_by=reviewer.name)
        actions.move_due_date(action, later, by=reviewer, at=moment)
    reason = "Sudah tercakup dalam pekerjaan unit lain"
    given_up = [row for row in of[ActionStatus.IN_PROGRESS] if not parts_of(reviewer, row)][-1]
    actions.move_action(given_up, ActionStatus.CANCELLED, reason=reason, evidence=None, by=reviewer, at=moment)


def _may_be_dated(action: ActionItem, reviewer: Actor) -> bool:
    return policy.may_move_due_date(reviewer, action, parts_of(reviewer, action))


def _may_be_verified(action: ActionItem, reviewer: Actor) -> bool:
    return policy.may_verify(reviewer, parts_of(reviewer, action)) and action_queries.has_evidence(action)


def _sitting(week: IsoWeek, held_on: date, calendar: Calendar, reviewer: Actor) -> None:
    moment, due_on = at(held_on, 9), calendar.due(held_on + 25 * DAY)
    meeting = replace(labels.meeting_draft(str(week), held_on), source_type=SourceType.ILLUSTRATION)
    plan = Plan(week=week, held_on=held_on, patience=timedelta(weeks=1), days_off=calendar.days_off, meeting=meeting)
    review = commands.open_review(plan, by=reviewer, at=moment)
    decisions_in_turn, reasons, leader = (
        cycle(TURNS),
        cycle(REASONS),
        next(number for number, title in people.post_choices() if title.startswith("Direktur Jenderal")),
    )
    for stop in queries.stops(review.id)[:SETTLED]:
        moment += timedelta(minutes=1)
        verdict = DecisionDraft(
            decision=(decision := next(decisions_in_turn)), due_on=due_on, position_id=leader,
            reason=next(reasons) if decision in rules.NEEDS_REASON else None,
        )  # fmt: skip
        item = queries.item(review.id, stop.item_id)
        action = item.action
        if verdict.decision is Decision.EXTEND and action is None:
            continue
        if verdict.decision is Decision.EXTEND and action and not _may_be_dated(action, reviewer):
            verdict = replace(verdict, decision=Decision.GOES_ON)
        if verdict.decision is Decision.DONE and action and action.status is ActionStatus.AWAITING_VERIFICATION:
            verdict = verdict if _may_be_verified(action, reviewer) else replace(verdict, decision=Decision.GOES_ON)
        commands.decide(review, item, verdict, by=reviewer, at=moment)
    statements = labels.statements_of(queries.decided(review.id))
    commands.close(review, statements, by=reviewer, at=moment + timedelta(minutes=1))
