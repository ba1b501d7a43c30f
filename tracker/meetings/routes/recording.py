"""Pages for logging and editing a meeting, and changing its status."""

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.calendar.holidays import queries as holidays
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.errors import NotFound, NotPossible
from tracker.core.forms import Hint
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label
from tracker.meetings import commands, policy, queries, rules
from tracker.meetings.forms import (
    MeetingForm,
    MoveForm,
    NewMeetingForm,
    RescheduleForm,
    planning_hints,
)
from tracker.meetings.models import Meeting
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.rules import MeetingStatus
from tracker.meetings.templates import queries as templates
from tracker.people import queries as people


def _offer(form: MeetingForm, meeting: Meeting | None = None) -> MeetingForm:
    form.source_type.offer_also(meeting.source_type if meeting else None)
    form.organiser_unit.offer(people.UNITS, gettext("not yet set"))
    return form


def _offer_rows(form: NewMeetingForm) -> NewMeetingForm:
    for entry in form.attendance.entries:
        entry.form.person.offer(people.PERSONS, gettext("Nobody named"))
        entry.form.position.offer(people.POSTS, gettext("No post of the register"))
    _offer(form)
    return form


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    form = NewMeetingForm(formdata=None, data={"classification": Classification.ORDINARY})
    return render_template("meetings/new.html", form=_offer_rows(form))


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    form = NewMeetingForm()
    if "use_template" in request.form:
        return _new_page(_filled(form)), HTTPStatus.UNPROCESSABLE_ENTITY
    if "add_rows" in request.form:
        form.add_rows()
        return _new_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _offer_rows(form).check_with_hints(lambda: _hints(form))
        meeting = commands.log_meeting(form.draft(), form.rows(), form.agenda.entries(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/new.html", form=form), status
    if meeting.status is MeetingStatus.SCHEDULED:
        flash(gettext("The meeting is planned. Prepare its agenda and participants."))
    else:
        flash(gettext("The meeting is recorded. Now enter what was said."))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


def _hints(form: MeetingForm, meeting: Meeting | None = None) -> list[Hint]:
    """Hints about this name and day; when editing, only if one of them changed."""
    name: str = form.name_id.data or ""
    day: date = form.date.data
    if meeting and (meeting.name_id, meeting.date) == (name, day):
        return []
    same = queries.same_name_on_day(name, day, except_id=meeting.id if meeting else None)
    off = holidays.days_off(day, day).get(day)
    return planning_hints(same, day, off, today=clock.today())


def _filled(form: NewMeetingForm) -> NewMeetingForm:
    if form.meeting_type.data is None:
        form.meeting_type.errors = [gettext("Choose the type of meeting first.")]
        return form
    template = templates.of_type(form.meeting_type.data)
    if template is None:
        form.meeting_type.errors = [
            gettext("There is no template for this type yet. Choose another type, or make one.")
        ]
        return form
    names = ("venue", "venue_detail", "city", "mode", "agenda")
    usual = {name: getattr(template, name) for name in names} | {"organiser_unit": template.organiser_unit_id}
    attendees, posts = [rules.parse_attendee(line) for line in template.posts], people.KnownPosts()
    form.fill(usual, [(attendee, posts.find(attendee.name)) for attendee in attendees])
    return form


def _new_page(form: NewMeetingForm) -> str:
    return render_template("meetings/new.html", form=_offer_rows(form))


@bp.get("/<row:meeting_id>/edit")
def edit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id)
    return render_template("meetings/edit.html", form=_offer(MeetingForm.of(meeting), meeting), meeting=meeting)


@bp.post("/<row:meeting_id>/edit")
@transactional
def update(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = _offer(MeetingForm(), meeting)
    try:
        form.check_with_hints(lambda: _hints(form, meeting), _offer(MeetingForm.of(meeting), meeting))
        commands.edit_meeting(meeting, form.draft(), form.agenda.entries(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/edit.html", form=form, meeting=meeting), status
    flash(gettext("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


def _step(code: str) -> MeetingStatus:
    if code not in {status.value for status in rules.MANUAL_STEPS}:
        raise NotFound
    return MeetingStatus(code)


def _step_form(to: MeetingStatus, **given: Any) -> MoveForm:
    form = (RescheduleForm if to is MeetingStatus.SCHEDULED else MoveForm)(**given)
    form.mark_required(to)
    return form


@bp.get("/<row:meeting_id>/move/<to>")
def move(meeting_id: int, to: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting, step = queries.meeting(meeting_id), _step(to)
    ensure(step in rules.manual_steps(meeting.status, meeting.date, clock.today()))
    return render_template("meetings/move.html", form=_step_form(step, formdata=None), meeting=meeting, to=step)


@bp.post("/<row:meeting_id>/move/<to>")
@transactional
def take_step(meeting_id: int, to: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting, step = queries.meeting(meeting_id, to_change=True), _step(to)
    form = _step_form(step)
    try:
        form.check()
        day = form.date.data if isinstance(form, RescheduleForm) else None
        commands.move_meeting(meeting, step, reason=form.reason.data, day=day, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/move.html", form=form, meeting=meeting, to=step), status
    flash(gettext("%(code)s is now “%(status)s”.", code=meeting.code, status=label(step)))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)
