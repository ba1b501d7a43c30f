"""Pages of reviews: list, opening, figures, items, cancelling and closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, render_template, request
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
from tracker.core.errors import NotPossible
from tracker.core.office import office
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import day, gettext, in_words
from tracker.reviews import commands, formats, labels, policy, queries, rules
from tracker.reviews.commands import Plan
from tracker.reviews.forms import ItemFilterForm, OpenForm
from tracker.reviews.labels import Part
from tracker.reviews.models import Review
from tracker.reviews.routes.blueprint import back, bp, open_to_me, readable, week_named
from tracker.reviews.rules import Act, Movement, Order, QueueGroup, ReviewStatus


@bp.get("")
def index() -> ResponseReturnValue:
    may_review = policy.may_review(me())
    to_open = _week_to_open() if may_review else None
    return render_template(
        "reviews/index.html",
        page=queries.page_of_reviews(may_review, request.args.get("page")),
        may_review=may_review,
        current=queries.current_review() if may_review else None,
        to_open=to_open,
        opens_on=_days(to_open).opens_on if to_open else None,
        today=clock.today(),
    )


def _week_to_open() -> IsoWeek:
    this_week = week_of(clock.today())
    stored = queries.find_review(str(this_week))
    return this_week.next if stored and stored.status is ReviewStatus.CLOSED else this_week


@dataclass(frozen=True)
class _Days:
    planned: date
    opens_on: date
    #: Choices of the form: (value, label).
    offered: Sequence[tuple[str, str]]
    days_off: Mapping[date, Holiday]

    @property
    def warning(self) -> str | None:
        """Names the days off around a planned day off, and the nearest working days; None if it is a working day."""
        if not is_day_off(self.planned, self.days_off):
            return None
        before, after = previous_working_day(self.planned, self.days_off), next_working_day(self.planned, self.days_off)
        between = (before + offset * DAY for offset in range(1, (after - before).days))
        named = [
            f"{day(date_)} ({in_words(self.days_off[date_], 'name')})" for date_ in between if date_ in self.days_off
        ]
        return gettext(
            "Days off: %(days)s. The working days around them are %(before)s and %(after)s.",
            days="; ".join(named) or f"{day(self.planned)} ({gettext('weekend')})",
            before=day(before),
            after=day(after),
        )


def _days(week: IsoWeek) -> _Days:
    weekday, today = office().review_weekday, clock.today()
    off = holidays.days_off(week.monday - 2 * WEEK, week.sunday + 2 * WEEK)
    planned = rules.planned_day(week, weekday)

    def label_of(date_: date) -> str:
        remarks = [gettext("today") if date_ == today else None, gettext("planned day") if date_ == planned else None,
                   _day_off(date_, off)]  # fmt: skip
        text = ", ".join(remark for remark in remarks if remark)
        return f"{day(date_)} ({text})" if text else day(date_)

    offered = [(date_.isoformat(), label_of(date_)) for date_ in rules.days_to_offer(week, weekday, off, today)]
    return _Days(planned, rules.opens_on(week, weekday, off), offered, off)


def _day_off(date_: date, days_off: Mapping[date, Holiday]) -> str | None:
    if date_ in days_off:
        return in_words(days_off[date_], "name")
    return gettext("weekend") if is_day_off(date_, days_off) else None


@bp.get("/<week>/open")
def new(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    iso_week = week_named(week)
    days = _days(iso_week)
    form = OpenForm(formdata=None, data={"held_on": _suggested(days)})
    return render_template("reviews/new.html", form=form, week=iso_week, days=days)


def _suggested(days: _Days) -> date | None:
    offered = [date.fromisoformat(value) for value, _ in days.offered]
    return next((date_ for date_ in (clock.today(), days.planned, *offered) if date_ in offered), None)


@bp.post("/<week>/open")
@transactional
def create(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    iso_week = week_named(week)
    days, settings = _days(iso_week), current_settings()
    form = OpenForm()
    form.offered = [value for value, _ in days.offered]
    try:
        form.check()
        held_on = form.held_on.data
        plan = Plan(
            week=iso_week, held_on=held_on, weekday=office().review_weekday, days_off=days.days_off,
            patience=settings.review_patience, meeting=labels.meeting_draft(str(iso_week), held_on),
        )  # fmt: skip
        review = commands.open_review(plan, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("reviews/new.html", form=form, week=iso_week, days=days), status
    flash(gettext("Opened. The queue is frozen as it is now."))
    return back(review)


@bp.get("/<week>")
def show(week: str) -> ResponseReturnValue:
    review = readable(week)
    about = {"review": review, "figures": queries.figures(review.id), "movements": Movement, "groups": QueueGroup}
    if review.status is ReviewStatus.CLOSED:
        return render_template("reviews/report.html", **about, **_report(review))
    may_decide = policy.may_review(me()) and review.status is ReviewStatus.OPEN
    return render_template(
        "reviews/show.html",
        **about,
        may_review=may_decide,
        orders=Order,
        may_reopen=policy.may_review(me()) and review.status is ReviewStatus.CANCELLED,
        may_cancel=may_decide and not queries.has_decisions(review.id),
    )


#: Acts that the report counts even if there were none.
_ALWAYS_COUNTED = (Act.DONE, Act.REPORTED, Act.EXTENDED, Act.ESCALATED)


def _report(review: Review) -> dict[str, Any]:
    content = queries.frozen_content(review)
    for row in content["items"]:
        row |= labels.in_words(row)
    parts, counts = labels.parts_of(content), labels.acts_of(content)
    course = labels.course_of(content, queries.standings_after(review.previous) if review.previous else {})
    weeks = queries.trend(formats.WEEKS_REPORTED, until=review.week)
    return {
        "content": content, "parts": parts, "part_names": labels.PARTS, "asked": labels.by_unit(parts[Part.ASKED]),
        "course": course, "headline": labels.headline_of(content, course), "hours": labels.hours_of(review),
        "acts": [(act, counts[act]) for act in Act if counts[act] or act in _ALWAYS_COUNTED],
        "same_late": sum(row["queue_group"] == QueueGroup.OVERDUE for row in parts[Part.SAME]),
        "weeks": weeks, "series": formats.series_of(weeks), "names": labels.SERIES, "week_title": labels.week_title,
    }  # fmt: skip


@bp.get("/<week>/items")
def items(week: str) -> ResponseReturnValue:
    review, form = readable(week), ItemFilterForm()
    status = form.validation_status()
    page = (
        queries.items(review.id, form.filter(), request.args.get("page"))
        if status is HTTPStatus.OK
        else nothing_found()
    )
    return render_template(
        "reviews/items.html", review=review, form=form, page=page, outcome_of=labels.outcome_of,
        in_reviews=labels.in_reviews,
        may_decide=policy.may_review(me()) and review.status is ReviewStatus.OPEN,
    ), status  # fmt: skip


@bp.post("/<week>/cancel")
@transactional
def cancel(week: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    commands.cancel(review, labels.reason_of_cancelling(), by=me(), at=clock.now())
    flash(gettext("Cancelled. The review of this week can be opened again."))
    return back(review)


@bp.post("/<week>/close")
@transactional
def close(week: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    commands.close(review, labels.statements_of(queries.decided(review.id)), by=me(), at=clock.now())
    flash(gettext("Closed. The report is frozen and the minutes have been written."))
    return back(review)
