"""Pages for editing, removing and carrying over agenda items."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import commands, policy, queries
from tracker.meetings.forms import AgendaItemForm, CarryForm
from tracker.meetings.models import AgendaItem
from tracker.meetings.routes.blueprint import bp


def _redirect_to(meeting_id: int) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=meeting_id, _anchor="statements"), 303)


def _previous_item(item: AgendaItem) -> AgendaItem | None:
    place = item.meeting.agenda.index(item)
    return item.meeting.agenda[place - 1] if place else None


def _offer(form: AgendaItemForm, item: AgendaItem) -> AgendaItemForm:
    agenda = enumerate(item.meeting.agenda, 1)
    others = [(other.id, f"{number}. {other.text}") for number, other in agenda if other is not item]
    form.after.offer(others, gettext("At the beginning"))
    return form


def _page(form: AgendaItemForm, item: AgendaItem) -> str:
    papers = attachments.papers_of(item.meeting).get(item.id, [])
    return render_template("meetings/agenda_item_edit.html", form=form, item=item, meeting=item.meeting, papers=papers)


@bp.get("/agenda/<row:agenda_id>/edit")
def edit_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = queries.agenda_item(agenda_id)
    return _page(_offer(AgendaItemForm.of(item, _previous_item(item)), item), item)


@bp.post("/agenda/<row:agenda_id>/edit")
@transactional
def update_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = queries.agenda_item(agenda_id, to_change=True)
    form, meeting_id = _offer(AgendaItemForm(), item), item.meeting_id
    try:
        form.check()
        by_and_at: Any = {"by": me(), "at": clock.now()}
        commands.rename_agenda_item(item, form.text.data or "", **by_and_at)
        if form.set_aside.data is not item.set_aside:
            commands.set_aside_agenda_item(item, form.set_aside.data, **by_and_at)
        before = _previous_item(item)
        if form.after.data != (before.id if before else None):
            others = {other.id: other for other in item.meeting.agenda}
            beside: Any = {"after": others[form.after.data]} if form.after.data else {"before": item.meeting.agenda[0]}
            commands.move_agenda_item(item, **beside, **by_and_at)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form, item), status
    flash(gettext("Saved."))
    return _redirect_to(meeting_id)


@bp.post("/agenda/<row:agenda_id>/remove")
@transactional
def remove_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = queries.agenda_item(agenda_id, to_change=True)
    meeting_id = item.meeting_id
    commands.remove_agenda_item(item, by=me(), at=clock.now())
    flash(gettext("Removed. The statements under it are kept."))
    return _redirect_to(meeting_id)


def _carry_page(form: CarryForm, item: AgendaItem) -> str:
    return render_template("meetings/agenda_item_carry.html", form=form, item=item, meeting=item.meeting)


@bp.get("/agenda/<row:agenda_id>/carry")
def choose_where_to_carry(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item, form = queries.agenda_item(agenda_id), CarryForm(formdata=None)
    form.to.offer(queries.LATER_MEETINGS, than=item.meeting_id)
    return _carry_page(form, item)


@bp.post("/agenda/<row:agenda_id>/carry")
@transactional
def carry_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item, form = queries.agenda_item(agenda_id, to_change=True), CarryForm()
    form.to.offer(queries.LATER_MEETINGS, than=item.meeting_id)
    try:
        form.check()
        commands.carry_agenda_item(item, queries.meeting(form.to.data, to_change=True), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _carry_page(form, item), status
    flash(gettext("Carried over."))
    return _redirect_to(item.meeting_id)
