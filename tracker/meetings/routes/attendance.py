"""Pages for the rows of an attendance list."""

from dataclasses import replace
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotAccepted, NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import commands, policy, queries, rules
from tracker.meetings.forms import (
    AttendanceForm,
)
from tracker.meetings.invitations import queries as invitations
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.queries import Seating
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, Question
from tracker.people import queries as people


def _offer_row(form: AttendanceForm, meeting: Meeting) -> None:
    if not rules.takes_minutes(meeting.status, meeting.date, clock.today(meeting.zone)):
        form.status.members = list(rules.POSSIBLE_BEFORE_THE_DAY)
    form.person.offer(people.PERSONS, gettext("Nobody named"))
    form.position.offer(people.POSTS, gettext("No post of the register"))


@bp.get("/<row:meeting_id>/attendance/new")
def new_attendance(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id)
    has_begun = rules.takes_minutes(meeting.status, meeting.date, clock.today(meeting.zone))
    status = AttendanceStatus.PRESENT if has_begun else AttendanceStatus.EXPECTED
    form = AttendanceForm(formdata=None, data={"role": AttendanceRole.PARTICIPANT, "status": status})
    _offer_row(form, meeting)
    return render_template("meetings/attendance_new.html", form=form, meeting=meeting)


@bp.post("/<row:meeting_id>/attendance/new")
@transactional
def add_attendance(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = AttendanceForm()
    _offer_row(form, meeting)
    try:
        form.check()
        seating = _seating(form, meeting, None)
        commands.add_attendance(
            meeting, commands.draft_of(meeting, seating, by=me(), at=clock.now()), by=me(), at=clock.now()
        )
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/attendance_new.html", form=form, meeting=meeting), status
    flash(gettext("Saved."))
    return redirect(url_for(".people_present", meeting_id=meeting.id), 303)


def _seating(form: AttendanceForm, meeting: Meeting, row: Attendance | None) -> Seating:
    """Whom the form names. A row of its own may name anybody who has no other row on this list.

    Raises `NotAccepted` if the form has to ask who is meant.
    """
    commands.ensure_one_chair(meeting, form.role.data, row)  # before anybody new is put into the register
    answer = form.seat_answer(is_same_person=row is not None and row.person_id == form.person.data)
    title = people.title_of_position(form.position.data) if form.position.data else None
    seating = queries.Seats(meeting, clock.today(meeting.zone)).seating(form.attendee(title), answer)
    position_id = form.position.data or seating.position_id
    other = None if seating.row is row else seating.row
    questions = seating.questions - {Question.SECOND_ROW}
    if other is not None and not answer.is_second_row:
        questions |= {Question.SECOND_ROW}
    seating = replace(seating, position_id=position_id, row=other, questions=questions)
    if questions:
        form.ask(seating, form.name_meant())
        raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
    return seating


@bp.get("/attendance/<row:row_id>/edit")
def edit_attendance(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id)
    form, given = AttendanceForm.of(row), invitations.answer_to_take_over(row)
    if given is not None:
        form.suggest(given.represented_by, given.reason, given.status)
    _offer_row(form, row.meeting)
    return render_template("meetings/attendance_edit.html", form=form, row=row, meeting=row.meeting, given=given)


@bp.post("/attendance/<row:row_id>/edit")
@transactional
def update_attendance(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    meeting = queries.meeting(row.meeting_id)
    form = AttendanceForm()
    _offer_row(form, meeting)
    stored = AttendanceForm.of(row)
    _offer_row(stored, meeting)
    try:
        form.check(stored)
        seating = _seating(form, meeting, row)
        draft = commands.draft_of(meeting, seating, by=me(), at=clock.now())
        commands.edit_attendance(row, draft, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        page = render_template("meetings/attendance_edit.html", form=form, row=row, meeting=meeting, given=None)
        return page, status
    flash(gettext("Saved."))
    return redirect(url_for(".people_present", meeting_id=meeting.id), 303)


@bp.post("/attendance/<row:row_id>/remove")
@transactional
def remove_attendance(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    commands.remove_attendance(row, by=me(), at=clock.now())
    flash(gettext("Removed."))
    return redirect(url_for(".people_present", meeting_id=row.meeting_id), 303)


@bp.post("/attendance/<row:row_id>/holder/<row:holding_id>")
@transactional
def accept_holder(row_id: int, holding_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    holdings = people.holders_on(row.meeting.date, [row.position_id or 0]).get(row.position_id or 0, [])
    holding = next((holding for holding in holdings if holding.id == holding_id), None)
    if holding is None:
        raise NotFound
    commands.accept_holder(row, holding, by=me(), at=clock.now())
    flash(gettext("Saved."))
    return redirect(url_for(".people_present", meeting_id=row.meeting_id), 303)
