"""Pages of the queue, one per item."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.changes import queries as changes
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.rules import WEEK
from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import me
from tracker.core.transactions import take_back, transactional
from tracker.core.wording import gettext, ngettext
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.proposals import queries as proposals
from tracker.reviews import commands, labels, queries, rules
from tracker.reviews.commands import DecisionDraft
from tracker.reviews.forms import DecisionForm, UnmovedForm, form_for, offer_choices
from tracker.reviews.models import Review, ReviewItem
from tracker.reviews.routes.blueprint import back, bp, open_to_me
from tracker.reviews.rules import Decision, Movement, Order, ReviewStatus, Stop
from tracker.status import queries as status_queries
from tracker.targets import queries as targets


def _order() -> Order:
    """As the address says; the next addresses repeat it."""
    asked = request.args.get("by", "")
    return Order(asked) if asked in set(Order) else Order.REASON


def _by() -> str | None:
    order = _order()
    return None if order is Order.REASON else order


@bp.get("/<week>/queue")
def resume(week: str) -> ResponseReturnValue:
    review = open_to_me(week)
    last = queries.last_decided(review.id, me().account_id)
    stops = queries.stops(review.id, _order())
    following = rules.next_to_settle(stops, last.id if last else None)
    if following is None or review.status is ReviewStatus.CLOSED:
        return back(review, "close")
    return _screen(review, queries.item(review.id, following), stops)


@bp.get("/<week>/queue/<row:item_id>")
def stop(week: str, item_id: int) -> ResponseReturnValue:
    review = open_to_me(week)
    return _screen(review, queries.item(review.id, item_id), queries.stops(review.id, _order()))


def _screen(
    review: Review, item: ReviewItem, stops: list[Stop], sent: tuple[Decision, DecisionForm] | None = None
) -> str:
    """The page of an item with a form for each decision, including the one that was `sent` with errors."""
    forms = {decision: form_for(item, decision) for decision in Decision}
    if sent:
        forms[sent[0]] = sent[1]
        forms |= {Decision.DONE: sent[1]} if sent[0] is Decision.GOES_ON else {}
    for form in forms.values():
        offer_choices(form, gettext("not yet set"))
    about = _about_action(item.action) if item.action else _about_proposal(item)
    own_events = (row for row in about["answer"].facts.events if row.subject == item.subject.__tablename__)
    place = [row.item_id for row in stops].index(item.id)
    last_own = queries.last_decided(review.id, me().account_id)
    together = queries.count_decided_with(last_own) if last_own else 0
    return render_template(
        "reviews/stop.html",
        review=review,
        item=item,
        forms=forms,
        place=place + 1,
        count=len(stops),
        settled=sum(row.is_settled for row in stops),
        previous=stops[place - 1].item_id if place else None,
        following=stops[place + 1].item_id if place + 1 < len(stops) else None,
        last_own=last_own,
        together=together,
        last_event=next(own_events, None),
        outcome=labels.outcome_of(item) if item.decision else None,
        evidence_hint=labels.evidence_hint(item.action) if item.action else None,
        quick_days=_quick_days(review, item),
        age=labels.age_of(item.weeks_open(review.held_on), item.sittings),
        today=clock.today(),
        keys=labels.KEYS,
        by=_by(),
        order=_order(),
        orders=Order,
        unmoved_count=_unmoved_count(review, item),
        files=attachments.files_of(item.subject, me()).rows,
        may_edit=False,  # gaps of the chain are filled on the page of the action or proposal
        **about,
        may_fill=False,
        may_decide=False,
        **({"form": sent[1]} if sent else {}),
    )


def _unmoved_count(review: Review, item: ReviewItem) -> int:
    """How many unmoved items its PIC has, if it is one of them."""
    pic_id = item.action.pic_id if item.action else None
    is_one = item.movement is Movement.NOT_MOVED and item.decision is None
    return queries.count_unmoved_of(review.id, pic_id) if pic_id and is_one else 0


def _quick_days(review: Review, item: ReviewItem) -> list[tuple[date, str]]:
    """(day, name) of the days that `rules.quick_days` offers, counted from the current due date or from today."""
    current = item.action.due_on if item.action else item.proposal and item.proposal.revisit_on
    first = max(current or review.held_on, review.held_on, clock.today())
    off = holidays.days_off(first, first + 10 * WEEK)  # until the end of the next month
    names = (gettext("one week"), gettext("two weeks"), gettext("end of month"))
    return list(zip(rules.quick_days(first, off), names, strict=True))


def _about_action(action: ActionItem) -> dict[str, Any]:
    proposal = proposals.in_full(action.proposal_id) if action.proposal and action.proposal_id else None
    statement = meetings.statement_or_none(action.statement_id)
    return {
        "answer": status_queries.answer_about_action(action),
        "escalation": changes.latest_escalation(action),
        "proposal": proposal,
        "statement": statement,
        "meeting": meetings.meeting_or_none(action.meeting_id),
        "raised_in": meetings.meeting_or_none(proposal.raised_in_id if proposal else None),
    }


def _about_proposal(item: ReviewItem) -> dict[str, Any]:
    proposal = proposals.in_full(item.subject.id)
    return {
        "answer": status_queries.answers_about([proposal])[proposal.id],
        "proposal": proposal,
        "escalation": changes.latest_escalation(item.subject),
        "raised_in": meetings.meeting_or_none(proposal.raised_in_id),
        "measured": targets.measured([link.target_id for link in proposal.target_links]),
        "steps": [],
    }


def _decision(code: str) -> Decision:
    if code not in set(Decision):
        raise NotFound
    return Decision(code)


@bp.post("/<week>/queue/<row:item_id>/<decision>")
@transactional
def decide(week: str, item_id: int, decision: str) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    item, kind = queries.item(review.id, item_id), _decision(decision)
    form = form_for(item, kind, is_sent=True)
    offer_choices(form)
    try:
        form.check_item(item)
        if item.decision is not None:  # decided meanwhile by somebody else; the form has shown that
            commands.undo(review, item, by=me(), at=clock.now())
        commands.decide(review, item, form.draft(kind), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()  # the earlier decision may have been undone already
        review = open_to_me(week)
        stops = queries.stops(review.id, _order())
        return _screen(review, queries.item(review.id, item_id), stops, (kind, form)), status
    flash(gettext("%(code)s: %(outcome)s", code=item.subject.code, outcome=labels.outcome_of(item)))
    following = rules.next_to_settle(queries.stops(review.id, _order()), item.id)
    if following is None:
        return back(review, "close")
    return redirect(url_for(".stop", week=review.week, item_id=following, by=_by()), 303)


@bp.post("/<week>/undo/<row:item_id>")
@transactional
def undo(week: str, item_id: int) -> ResponseReturnValue:
    review = open_to_me(week, to_change=True)
    item = queries.item(review.id, item_id)
    items = queries.decided_with(item) if "together" in request.form else [item]
    for decided in items:
        commands.undo(review, decided, by=me(), at=clock.now())
    if len(items) > 1:
        flash(ngettext("%(num)d decision undone.", "%(num)d decisions undone.", len(items)))
    else:
        flash(gettext("Decision undone: %(code)s is as before.", code=item.subject.code))
    return redirect(url_for(".stop", week=review.week, item_id=item.id, by=_by()), 303)


@bp.get("/<week>/unmoved/<row:person_id>")
def unmoved(week: str, person_id: int) -> ResponseReturnValue:
    review, person = open_to_me(week), people.person(person_id)
    items = queries.unmoved_of(review.id, person.id)
    return _unmoved_page(review, person, items, UnmovedForm.of(items))


def _unmoved_page(review: Review, person: Person, items: Sequence[ReviewItem], form: UnmovedForm) -> str:
    return render_template(
        "reviews/unmoved.html", review=review, person=person, items=items, form=form, by=_by(), today=clock.today()
    )


@bp.post("/<week>/unmoved/<row:person_id>")
@transactional
def continue_unmoved(week: str, person_id: int) -> ResponseReturnValue:
    review, person = open_to_me(week, to_change=True), people.person(person_id)
    items, form = queries.unmoved_of(review.id, person.id), UnmovedForm()
    try:
        form.check_items(items)
        at = clock.now()  # the same for all, so that they are undone together
        for item in items:
            commands.decide(review, item, DecisionDraft(decision=Decision.GOES_ON), by=me(), at=at)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        review = open_to_me(week)
        return _unmoved_page(review, person, queries.unmoved_of(review.id, person.id), form), status
    sentence = ngettext("%(who)s: %(num)d item continues", "%(who)s: %(num)d items continue", len(items),
                        who=person.full_name)  # fmt: skip
    flash(sentence)
    return redirect(url_for(".resume", week=review.week, by=_by()), 303)
