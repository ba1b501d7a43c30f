"""Pages of the queue: one thing at a time."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.changes import queries as steering
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.rules import WEEK
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.reviews import commands, labels, queries, rules
from tracker.reviews.forms import DecisionForm, EscalateForm, ReassignForm, form_for
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.routes.blueprint import back, bp, open_to_me
from tracker.reviews.rules import Decision, ReviewStatus, Stop
from tracker.status import queries as answers


@bp.get("/<week>/queue")
def resume(week: str) -> ResponseReturnValue:
    review = open_to_me(week)
    last = queries.last_decided(review.id, me().account_id)
    stops = queries.stops(review.id)
    following = rules.next_to_settle(stops, last.id if last else None)
    if following is None or review.status is ReviewStatus.CLOSED:
        return back(review, "close")
    return _screen(review, queries.item(review.id, following), stops)


@bp.get("/<week>/queue/<row:item_id>")
def stop(week: str, item_id: int) -> ResponseReturnValue:
    review = open_to_me(week)
    return _screen(review, queries.item(review.id, item_id), queries.stops(review.id))


def _screen(
    review: Review, item: ReviewItem, stops: list[Stop], sent: tuple[Decision, DecisionForm] | None = None
) -> str:
    """One thing fills the screen, with a form for each decision; the one that came back is among them."""
    forms = {decision: form_for(item, decision) for decision in Decision}
    if sent:
        forms[sent[0]] = sent[1]
        forms |= {Decision.DONE: sent[1]} if sent[0] is Decision.GOES_ON else {}
    persons = people.person_choices()
    for form in forms.values():
        _offer(form, persons, say("not yet set"))
    about = _about_action(item.action) if item.action else _about_proposal(item)
    own = (one for one in about["answer"].facts.events if one.subject == item.thing.__tablename__)
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
        last_event=next(own, None),
        outcome=labels.outcome_of(item) if item.decision else None,
        evidence_hint=labels.evidence_hint(item.action) if item.action else None,
        quick_days=_quick_days(review, item),
        age=labels.age_of(item.weeks_open(review.held_on), item.sittings),
        today=clock.today(),
        keys=labels.KEYS,
        files=attachments.files_of(item.thing, me()).rows,
        may_edit=False,  # the chain shows its gaps; they are filled on the thing's own page
        **about,
        may_fill=False,
        may_decide=False,
        **({"form": sent[1]} if sent else {}),
    )


def _quick_days(review: Review, item: ReviewItem) -> list[tuple[date, str]]:
    """One week, two weeks and the end of the month, from the present date or, where that is over, from today."""
    present = item.action.due_on if item.action else item.proposal and item.proposal.revisit_on
    first = max(present or review.held_on, review.held_on, clock.today())
    off = holidays.days_off(first, first + 10 * WEEK)
    names = (say("one week"), say("two weeks"), say("end of month"))
    return list(zip(rules.quick_days(first, off), names, strict=True))


def _about_action(action: ActionItem) -> dict[str, Any]:
    """How an action stands, and the chain from the meeting to the target."""
    proposal = proposals.in_full(action.proposal_id) if action.proposal and action.proposal_id else None
    statement = meetings.statement_if_open(action.statement_id)
    return {
        "answer": answers.answer_about_action(action),
        "escalation": steering.latest_escalation(action),
        "proposal": proposal,
        "statement": statement,
        "meeting": meetings.named(action.meeting_id),
        "raised_in": meetings.named(proposal.raised_in_id if proposal else None),
    }


def _about_proposal(item: ReviewItem) -> dict[str, Any]:
    """How a proposal stands, and the chain from the meeting to the target."""
    proposal = proposals.in_full(item.thing.id)
    return {
        "answer": answers.answers_about([proposal])[proposal.id],
        "proposal": proposal,
        "escalation": steering.latest_escalation(item.thing),
        "raised_in": meetings.named(proposal.raised_in_id),
        "steps": [],
    }


def _offer(form: DecisionForm, persons: list[tuple[int, str]], nothing: str | None = None) -> None:
    """Fill the form's lists, where it has some."""
    if isinstance(form, ReassignForm):
        form.pic_id.offer(persons, nothing)
        form.unit_id.offer(people.unit_choices(), nothing)
    if isinstance(form, EscalateForm):
        form.position_id.offer(people.position_choices(), nothing)
        form.person_id.offer(persons, nothing)


def _decision(code: str) -> Decision:
    if code not in set(Decision):
        raise NotFound
    return Decision(code)


@bp.post("/<week>/queue/<row:item_id>/<decision>")
@transactional
def decide(week: str, item_id: int, decision: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    item, wanted = queries.item(review.id, item_id), _decision(decision)
    form = form_for(item, wanted, is_sent=True)
    _offer(form, people.person_choices() if isinstance(form, ReassignForm | EscalateForm) else [])
    status = form.judge(item)
    if status != HTTPStatus.OK:
        return _screen(review, item, queries.stops(review.id), (wanted, form)), status
    if item.decision is not None:  # decided by somebody else meanwhile, which this form has shown
        commands.undo(review, item, by=me(), at=clock.now())
    commands.decide(review, item, form.verdict_of(wanted), by=me(), at=clock.now())
    flash(say("%(code)s: %(outcome)s", code=item.thing.code, outcome=labels.outcome_of(item)))
    following = rules.next_to_settle(queries.stops(review.id), item.id)
    if following is None:
        return back(review, "close")
    return redirect(url_for(".stop", week=review.week, item_id=following), 303)


@bp.post("/<week>/undo/<row:item_id>")
@transactional
def undo(week: str, item_id: int) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    item = queries.item(review.id, item_id)
    commands.undo(review, item, by=me(), at=clock.now())
    flash(say("Decision undone: %(code)s is as before.", code=item.thing.code))
    return redirect(url_for(".stop", week=review.week, item_id=item.id), 303)
