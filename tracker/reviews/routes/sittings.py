"""Pages of sittings: all of them, opening one, its figures and things, closing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.models import Holiday
from tracker.calendar.holidays.rules import (
    DAY,
    WEEK,
    IsoWeek,
    is_day_off,
    next_working_day,
    previous_working_day,
    week_of,
)
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.transactions import transactional
from tracker.core.wording import day, in_words, say, short_day
from tracker.reviews import commands, formats, labels, policy, queries, rules
from tracker.reviews.commands import Plan
from tracker.reviews.forms import ItemFilterForm, OpenForm
from tracker.reviews.models import Review
from tracker.reviews.routes.blueprint import back, bp, open_to_me, readable, week_named
from tracker.reviews.rules import Movement, QueueGroup, ReviewStatus


@bp.get("")
def index() -> ResponseReturnValue:
    may_review = policy.may_review(me())
    to_open = _to_open() if may_review else None
    return render_template(
        "reviews/index.html",
        page=queries.page_of_reviews(may_review, request.args.get("page")),
        may_review=may_review,
        open_one=queries.open_one() if may_review else None,
        to_open=to_open,
        opens_on=_days(to_open).opens_on if to_open else None,
        today=clock.today(),
    )


def _to_open() -> IsoWeek:
    """The present week, or the next one when this week's sitting was held already."""
    this_week = week_of(clock.today())
    known = queries.known(str(this_week))
    return this_week.next if known and known.status is ReviewStatus.CLOSED else this_week


@dataclass(frozen=True)
class _Days:
    """The days on which a sitting can be held."""

    planned: date
    opens_on: date
    #: What can be chosen: (value, words).
    offered: Sequence[tuple[str, str]]
    days_off: Mapping[date, Holiday]

    @property
    def warning(self) -> str | None:
        """Where the planned day is a day off: the days off around it, and the working days before and after them."""
        if not is_day_off(self.planned, self.days_off):
            return None
        before, after = previous_working_day(self.planned, self.days_off), next_working_day(self.planned, self.days_off)
        between = (before + number * DAY for number in range(1, (after - before).days))
        named = [f"{day(one)} ({in_words(self.days_off[one], 'name')})" for one in between if one in self.days_off]
        return say(
            "Days off: %(days)s. The working days around them are %(before)s and %(after)s.",
            days="; ".join(named) or f"{day(self.planned)} ({say('weekend')})", before=day(before), after=day(after),
        )  # fmt: skip


def _days(week: IsoWeek) -> _Days:
    weekday, today = current_app.extensions["settings"].review_weekday, clock.today()
    off = holidays.days_off(week.monday - 2 * WEEK, week.sunday + 2 * WEEK)
    planned = rules.planned_day(week, weekday)

    def in_words_of(one: date) -> str:
        marks = [say("today") if one == today else None, say("planned day") if one == planned else None,
                 _day_off(one, off)]  # fmt: skip
        told = ", ".join(mark for mark in marks if mark)
        return f"{day(one)} ({told})" if told else day(one)

    offered = [(one.isoformat(), in_words_of(one)) for one in rules.days_to_offer(week, weekday, off, today)]
    return _Days(planned, rules.opens_on(week, weekday, off), offered, off)


def _day_off(one: date, days_off: Mapping[date, Holiday]) -> str | None:
    if one in days_off:
        return in_words(days_off[one], "name")
    return say("weekend") if is_day_off(one, days_off) else None


@bp.get("/<week>/open")
def new(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    wanted = week_named(week)
    days = _days(wanted)
    form = OpenForm(formdata=None, data={"held_on": _suggested(days)})
    return render_template("reviews/new.html", form=form, week=wanted, days=days)


def _suggested(days: _Days) -> date | None:
    """Today where the sitting can be held today, else the planned day where that is over."""
    offered = [date.fromisoformat(value) for value, _ in days.offered]
    return next((one for one in (clock.today(), days.planned, *offered) if one in offered), None)


@bp.post("/<week>/open")
@transactional
def create(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    wanted = week_named(week)
    days, settings = _days(wanted), current_app.extensions["settings"]
    form = OpenForm()
    form.offered = [value for value, _ in days.offered]
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("reviews/new.html", form=form, week=wanted, days=days), status
    held_on = form.held_on.data
    plan = Plan(
        week=wanted, held_on=held_on, weekday=settings.review_weekday, days_off=days.days_off,
        patience=settings.review_patience, meeting=labels.meeting_draft(str(wanted), held_on),
    )  # fmt: skip
    review = commands.open_review(plan, by=me(), at=clock.now())
    flash(say("Opened. The queue is frozen as it is now."))
    return back(review)


@bp.get("/<week>")
def show(week: str) -> ResponseReturnValue:
    review = readable(week)
    may_decide = policy.may_review(me()) and review.status is ReviewStatus.OPEN
    return render_template(
        "reviews/show.html",
        review=review,
        figures=queries.figures(review.id),
        movements=Movement,
        groups=QueueGroup,
        may_review=may_decide,
        may_reopen=policy.may_review(me()) and review.status is ReviewStatus.CANCELLED,
        may_cancel=may_decide and not queries.has_decisions(review.id),
        **_report(review),
    )


def _report(review: Review) -> dict[str, Any]:
    """What a closed sitting decided."""
    if review.status is not ReviewStatus.CLOSED:
        return {"content": None}
    content = queries.frozen(review)
    return {
        "content": content, "parts": labels.parts_of(content), "part_names": labels.PARTS,
        "headline": labels.headline_of(content), "report": labels.report_of, "in_sittings": labels.in_sittings,
        "drawing": formats.drawing_of(queries.trend(formats.WEEKS_REPORTED, until=review.week)),
        "names": labels.SERIES, "drawn": formats.DRAWN,
        "due_of": lambda row: short_day(due) if (due := labels.due_of(row)) else None,
    }  # fmt: skip


@bp.get("/<week>/items")
def items(week: str) -> ResponseReturnValue:
    review, form = readable(week), ItemFilterForm()
    status = form.verdict()
    page = (
        queries.items(review.id, form.filter(), request.args.get("page"))
        if status is HTTPStatus.OK
        else nothing_found()
    )
    return render_template(
        "reviews/items.html", review=review, form=form, page=page, outcome_of=labels.outcome_of,
        in_sittings=labels.in_sittings,
        may_decide=policy.may_review(me()) and review.status is ReviewStatus.OPEN,
    ), status  # fmt: skip


@bp.post("/<week>/cancel")
@transactional
def cancel(week: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    commands.cancel(review, labels.reason_of_cancelling(), by=me(), at=clock.now())
    flash(say("Cancelled. The review of this week can be opened again."))
    return back(review)


@bp.post("/<week>/close")
@transactional
def close(week: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    commands.close(review, labels.statements_of(queries.decided(review.id)), by=me(), at=clock.now())
    flash(say("Closed. The report is frozen and the minutes have been written."))
    return back(review)
