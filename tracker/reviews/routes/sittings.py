"""Pages of sittings: all of them, opening one, its figures and things, closing it."""

from http import HTTPStatus

from flask import current_app, flash, render_template, request
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import day, in_words, say
from tracker.holidays import queries as holidays
from tracker.holidays.rules import WEEK, IsoWeek, week_of
from tracker.reviews import commands, labels, policy, queries, rules
from tracker.reviews.commands import Plan
from tracker.reviews.forms import ItemFilterForm, OpenForm
from tracker.reviews.routes.blueprint import back, bp, open_to_me, readable, week_named
from tracker.reviews.rules import Movement, QueueGroup, ReviewStatus


@bp.get("")
def index() -> ResponseReturnValue:
    may_review = policy.may_review(me())
    return render_template(
        "reviews/index.html",
        page=queries.page_of_reviews(may_review, request.args.get("page")),
        may_review=may_review,
        open_one=queries.open_one() if may_review else None,
        to_open=_to_open() if may_review else None,
    )


def _to_open() -> IsoWeek:
    """The present week, or the next one when this week's sitting was held already."""
    this_week = week_of(clock.today())
    return this_week.next if queries.known(str(this_week)) else this_week


def _days(week: IsoWeek) -> tuple[list[tuple[str, str]], str | None]:
    """The days to offer for a sitting, and a warning where the habitual one is a day off."""
    habit = rules.planned_day(week, current_app.extensions["settings"].review_weekday)
    off = holidays.days_off(habit - 2 * WEEK, habit + 2 * WEEK)
    offered = rules.days_to_offer(week, current_app.extensions["settings"].review_weekday, off)
    warning = None
    if habit not in offered:
        named = [f"{day(one)} ({in_words(off[one], 'name')})" for one in rules.days_between(*offered) if one in off]
        warning = say("Days off: %(days)s.", days="; ".join(named) or f"{day(habit)} ({say('weekend')})")
    return [(one.isoformat(), day(one)) for one in offered], warning


@bp.get("/<week>/open")
def new(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    days, warning = _days(week_named(week))
    form = OpenForm(formdata=None, data={"held_on": None})
    return render_template("reviews/new.html", form=form, week=week_named(week), days=days, warning=warning)


@bp.post("/<week>/open")
@transactional
def create(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    wanted = week_named(week)
    days, warning = _days(wanted)
    form = OpenForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("reviews/new.html", form=form, week=wanted, days=days, warning=warning), status
    held_on, settings = form.held_on.data, current_app.extensions["settings"]
    plan = Plan(
        week=wanted, held_on=held_on, next_on=rules.next_review_on(wanted, settings.review_weekday, held_on),
        patience=settings.review_patience, meeting=labels.meeting_draft(str(wanted), held_on),
    )  # fmt: skip
    review = commands.open_review(plan, by=me(), at=clock.now())
    flash(say("Opened. The queue is frozen as it is now."))
    return back(review)


@bp.get("/<week>")
def show(week: str) -> ResponseReturnValue:
    review = readable(week)
    return render_template(
        "reviews/show.html",
        review=review,
        figures=queries.figures(review.id),
        movements=Movement,
        groups=QueueGroup,
        may_review=policy.may_review(me()) and review.status is ReviewStatus.OPEN,
        content=queries.frozen(review) if review.status is ReviewStatus.CLOSED else None,
        report=labels.report_of,
    )


@bp.get("/<week>/items")
def items(week: str) -> ResponseReturnValue:
    review, form = readable(week), ItemFilterForm()
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.items(review.id, form.filter(), request.args.get("page"))
    return render_template(
        "reviews/items.html", review=review, form=form, page=page, outcome_of=labels.outcome_of
    ), status


@bp.post("/<week>/close")
@transactional
def close(week: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    commands.close(review, labels.statements_of(queries.decided(review.id)), by=me(), at=clock.now())
    flash(say("Closed. The report is frozen, and the minutes are written."))
    return back(review)
