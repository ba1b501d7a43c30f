"""Routes for the agenda."""

from flask import jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import is_quiet
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import commands, policy
from tracker.meetings import queries as meetings
from tracker.meetings.live.forms import AgendaForm, AgendaItemForm, DiscussedForm
from tracker.meetings.live.routes.blueprint import bp
from tracker.meetings.live.routes.page import done, refused
from tracker.meetings.live.routes.parts import agenda_titles
from tracker.meetings.models import AgendaItem


@bp.post("/<row:meeting_id>/minutes/agenda")
@transactional
def add_agenda_item(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = AgendaForm()
    try:
        form.check()
        commands.add_agenda_item(meeting, form.item.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return refused(meeting, form, status)
    return done(meeting_id, "agenda")


@bp.post("/<row:meeting_id>/minutes/discussed")
@transactional
def note_discussed(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = DiscussedForm()
    form.agenda_item.offer(list(agenda_titles(meeting).items()), gettext("no agenda item"))
    try:
        form.check()
        item = next((item for item in meeting.agenda if item.id == form.agenda_item.data), None)
        commands.note_discussed(meeting, item, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return refused(meeting, form, status)
    return done(meeting_id, "agenda")


@bp.get("/minutes/agenda/<row:agenda_id>")
def edit_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = meetings.agenda_item(agenda_id)
    return _editor(item, AgendaItemForm.of(item))


def _editor(item: AgendaItem, form: AgendaItemForm) -> ResponseReturnValue:
    """For the script; without it, the page of the agenda item has the same form."""
    if not is_quiet():
        back = url_for(".show", meeting_id=item.meeting_id, _anchor="agenda")
        return redirect(url_for("meetings.edit_agenda_item", agenda_id=item.id, back=back))
    form.text.id = f"agenda-{item.id}-text"
    return jsonify(html=render_template("meetings/live/_agenda_editor.html", item=item, form=form))


@bp.post("/minutes/agenda/<row:agenda_id>")
@transactional
def rename_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = meetings.agenda_item(agenda_id, to_change=True)
    form = AgendaItemForm()
    try:
        form.check()
        commands.rename_agenda_item(item, form.text.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return refused(meetings.meeting(item.meeting_id), form, status)
    return done(item.meeting_id, "agenda")


@bp.post("/minutes/agenda/<row:agenda_id>/<any(up, down):way>")
@transactional
def move_agenda_item(agenda_id: int, way: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = meetings.agenda_item(agenda_id, to_change=True)
    agenda = item.meeting.agenda
    at = agenda.index(item)
    if way == "up" and at > 0:
        commands.move_agenda_item(item, before=agenda[at - 1], by=me(), at=clock.now())
    elif way == "down" and at < len(agenda) - 1:
        commands.move_agenda_item(item, after=agenda[at + 1], by=me(), at=clock.now())
    return done(item.meeting_id, "agenda")


@bp.post("/minutes/agenda/<row:agenda_id>/remove")
@transactional
def remove_agenda_item(agenda_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    item = meetings.agenda_item(agenda_id, to_change=True)
    commands.remove_agenda_item(item, by=me(), at=clock.now())
    return done(item.meeting_id, "agenda")
