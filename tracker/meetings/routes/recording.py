"""Pages for logging and editing a meeting, and changing its status."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label
from tracker.meetings import commands, policy, queries, rules
from tracker.meetings.forms import (
    MeetingForm,
    MoveForm,
    RescheduleForm,
    hints_about,
)
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.rules import MeetingStatus


@bp.get("/<row:meeting_id>/edit")
def edit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id)
    return render_template("meetings/edit.html", form=MeetingForm.of(meeting).offered(meeting), meeting=meeting)


@bp.post("/<row:meeting_id>/edit")
@transactional
def update(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = MeetingForm().offered(meeting)
    try:
        form.check_with_hints(lambda: hints_about(form, meeting), MeetingForm.of(meeting).offered(meeting))
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
    ensure(step in rules.manual_steps(meeting.status, meeting.date, clock.today(meeting.zone)))
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
