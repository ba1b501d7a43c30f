"""Pages of the weekly review: its sittings, opening one, its queue, closing it."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.models import ActionItem
from tracker.answers import queries as answers
from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import day, in_words, say
from tracker.holidays import queries as holidays
from tracker.holidays.rules import WEEK, IsoWeek, parse_week, week_of
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.reviews import commands, formats, labels, policy, queries, rules
from tracker.reviews.commands import Plan
from tracker.reviews.forms import DecisionForm, EscalateActionForm, ItemFilterForm, OpenForm, ReassignForm, form_for
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.rules import Decision, Movement, QueueGroup, ReviewStatus
from tracker.steering import queries as steering

bp = Blueprint("reviews", __name__, url_prefix="/reviews")
blueprints = (bp,)
#: A year of sittings.
WEEKS_SHOWN = 53


def _week(text: str) -> IsoWeek:
    found = parse_week(text)
    if found is None:
        raise NotFound
    return found


def _readable(week: str, *, to_change: bool = False) -> Review:
    """The sitting of this week, for somebody who may read it."""
    review = queries.review(str(_week(week)), to_change=to_change)
    ensure(policy.may_read(me(), review))
    return review


def _back(review: Review, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for(".show", week=review.week, _anchor=anchor), 303)


# --- Sittings ---


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
    days, warning = _days(_week(week))
    form = OpenForm(formdata=None, data={"held_on": None})
    return render_template("reviews/new.html", form=form, week=_week(week), days=days, warning=warning)


@bp.post("/<week>/open")
@transactional
def create(week: str) -> ResponseReturnValue:
    ensure(policy.may_review(me()))
    wanted = _week(week)
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
    return _back(review)


@bp.get("/trends")
def trends() -> ResponseReturnValue:
    weeks = queries.trend(WEEKS_SHOWN)
    series = {name: [getattr(one, name) for one in weeks] for name in ("open", "overdue", "done", "slipped")}
    drawing = formats.lines([one.week for one in weeks], series) if len(weeks) > 1 else None
    return render_template("reviews/trends.html", weeks=weeks, drawing=drawing, names=labels.SERIES)


@bp.get("/compare")
def compare() -> ResponseReturnValue:
    known = [one.week for one in queries.trend(WEEKS_SHOWN)]
    pair = [request.args.get("one") or (known[-2] if len(known) > 1 else None),
            request.args.get("other") or (known[-1] if known else None)]  # fmt: skip
    if None in pair:
        return render_template("reviews/compare.html", known=known, pair=pair, sides=[], rows=[], movements=Movement)
    sides = [_readable(week or "") for week in pair]
    ensure(all(one.status is ReviewStatus.CLOSED for one in sides))
    frozen = [{one["code"]: one for one in queries.frozen(side)["items"]} for side in sides]
    return render_template(
        "reviews/compare.html",
        known=known,
        pair=pair,
        sides=[queries.figures(side.id) for side in sides],
        rows=[(code, *(side.get(code) for side in frozen)) for code in sorted(frozen[0] | frozen[1])],
        movements=Movement,
        state_of=labels.state_of,
        codes=labels.code_of,
    )


@bp.get("/<week>")
def show(week: str) -> ResponseReturnValue:
    review = _readable(week)
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
    review, form = _readable(week), ItemFilterForm()
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.items(review.id, form.filter(), request.args.get("page"))
    return render_template(
        "reviews/items.html", review=review, form=form, page=page, outcome_of=labels.outcome_of
    ), status


# --- The queue ---


def _open_to_me(week: str, *, to_change: bool = False) -> Review:
    """The sitting of this week, for somebody who may decide in it."""
    ensure(policy.may_review(me()))
    return _readable(week, to_change=to_change)


@bp.get("/<week>/queue")
def resume(week: str) -> ResponseReturnValue:
    review = _open_to_me(week)
    last = queries.last_decided(review.id, me().account_id)
    following = rules.next_to_settle(queries.stops(review.id), last.id if last else None)
    if following is None or review.status is ReviewStatus.CLOSED:
        return _back(review, "close")
    return _screen(review, queries.item(review.id, following))


@bp.get("/<week>/queue/<row:item_id>")
def stop(week: str, item_id: int) -> ResponseReturnValue:
    review = _open_to_me(week)
    return _screen(review, queries.item(review.id, item_id))


def _screen(review: Review, item: ReviewItem, sent: tuple[Decision, DecisionForm] | None = None) -> str:
    """One thing fills the screen, with a form for each decision; the one that came back is among them."""
    forms = {decision: form_for(item, decision) for decision in Decision}
    if sent:
        forms[sent[0]] = sent[1]
        forms |= {Decision.DONE: sent[1]} if sent[0] is Decision.GOES_ON else {}
    for form in forms.values():
        _offer(form, say("not yet set"))
    stops = queries.stops(review.id)
    place = [one.item_id for one in stops].index(item.id)
    mine = queries.last_decided(review.id, me().account_id)
    return render_template(
        "reviews/stop.html",
        review=review,
        item=item,
        forms=forms,
        place=place + 1,
        count=len(stops),
        settled=sum(one.is_settled for one in stops),
        previous=stops[place - 1].item_id if place else None,
        following=stops[place + 1].item_id if place + 1 < len(stops) else None,
        mine=mine,
        last_event=queries.last_event(item),
        outcome=labels.outcome_of(item) if item.decision else None,
        today=clock.today(),
        keys=labels.KEYS,
        files=attachments.files_of(item.thing, me()).rows,
        may_edit=False,  # the chain shows its gaps; they are filled on the thing's own page
        **(_about_action(item.action) if item.action else _about_proposal(item)),
        **({"form": sent[1]} if sent else {}),
    )


def _about_action(action: ActionItem) -> dict[str, Any]:
    """How an action stands, and the chain from the meeting to the target."""
    proposal = proposals.in_full(action.proposal_id) if action.proposal and action.proposal_id else None
    statement = meetings.statement(action.statement_id) if action.statement_id else None
    return {
        "answer": answers.answer_about_action(action),
        "escalation": steering.latest_escalation(action.id),
        "proposal": proposal,
        "statement": statement,
        "meeting": statement.meeting if statement else meetings.named(proposal.raised_in_id if proposal else None),
    }


def _about_proposal(item: ReviewItem) -> dict[str, Any]:
    """How a proposal stands, and the chain from the meeting to the target."""
    proposal = proposals.in_full(item.thing.id)
    return {
        "answer": answers.answers_about([proposal])[proposal.id],
        "proposal": proposal,
        "raised_in": meetings.named(proposal.raised_in_id),
        "steps": [],
    }


def _offer(form: DecisionForm, nothing: str | None = None) -> None:
    """Fill the form's lists, where it has some."""
    persons = people.person_choices() if isinstance(form, ReassignForm | EscalateActionForm) else []
    if isinstance(form, ReassignForm):
        form.pic_id.offer(persons, nothing)
        form.unit_id.offer(people.unit_choices(), nothing)
    if isinstance(form, EscalateActionForm):
        form.position_id.offer(people.position_choices(), nothing)
        form.person_id.offer(persons, nothing)


def _decision(code: str) -> Decision:
    if code not in set(Decision):
        raise NotFound
    return Decision(code)


@bp.post("/<week>/queue/<row:item_id>/<decision>")
@transactional
def decide(week: str, item_id: int, decision: str) -> ResponseReturnValue:
    review = _open_to_me(week, to_change=True)
    item, wanted = queries.item(review.id, item_id), _decision(decision)
    form = form_for(item, wanted, is_sent=True)
    _offer(form)
    status = form.judge(item)
    if status != HTTPStatus.OK:
        return _screen(review, item, (wanted, form)), status
    commands.decide(review, item, form.verdict_of(wanted), by=me(), at=clock.now())
    flash(say("%(code)s: %(outcome)s", code=item.thing.code, outcome=labels.outcome_of(item)))
    following = rules.next_to_settle(queries.stops(review.id), item.id)
    if following is None:
        return _back(review, "close")
    return redirect(url_for(".stop", week=review.week, item_id=following), 303)


@bp.post("/<week>/undo/<row:item_id>")
@transactional
def undo(week: str, item_id: int) -> ResponseReturnValue:
    review = _open_to_me(week, to_change=True)
    item = queries.item(review.id, item_id)
    commands.undo(review, item, by=me(), at=clock.now())
    flash(say("Undone: %(code)s has its former values again.", code=item.thing.code))
    return redirect(url_for(".stop", week=review.week, item_id=item.id), 303)


# --- Closing ---


@bp.post("/<week>/close")
@transactional
def close(week: str) -> ResponseReturnValue:
    review = _open_to_me(week, to_change=True)
    commands.close(review, labels.statements_of(queries.decided(review.id)), by=me(), at=clock.now())
    flash(say("Closed. The report is frozen, and the minutes are written."))
    return _back(review)
