"""The agenda and the attendance list of a meeting."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged
from tracker.api.routes.blueprint import operation
from tracker.api.schemas.meetings import AgendaItem, Attendance
from tracker.core import clock
from tracker.core.errors import NotAccepted
from tracker.core.pages import ensure, me
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands, policy, queries, rules
from tracker.meetings.forms import AgendaItemForm, AttendanceForm
from tracker.meetings.live.forms import AgendaForm
from tracker.meetings.models import Attendance as Row
from tracker.meetings.models import Meeting
from tracker.meetings.queries import Seating
from tracker.meetings.rules import Question
from tracker.people import queries as people

M = ApiFeature.MEETINGS


@operation("GET", "/agenda/<row:agenda_id>", summary=_l("An item of an agenda"), feature=M, answers=AgendaItem)
def show_agenda_item(agenda_id: int) -> AgendaItem:
    return AgendaItem.of(queries.agenda_item(agenda_id))


@operation(
    "POST", "/meetings/<row:meeting_id>/agenda", summary=_l("Add an item at the end of an agenda"), feature=M,
    answers=AgendaItem, takes=AgendaForm, shown_by=show_agenda_item, example={"item": "Lain-lain"},
)  # fmt: skip
def add_agenda_item(meeting_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = filled(AgendaForm)
    with refusing(form):
        form.check()
        item = commands.add_agenda_item(meeting, form.item.data or "", by=me(), at=clock.now())
    return {"agenda_id": item.id}


@operation(
    "PATCH", "/agenda/<row:agenda_id>", summary=_l("Reword, move or set aside an item of an agenda"), feature=M,
    answers=AgendaItem, takes=AgendaItemForm, shown_by=show_agenda_item, is_guarded=True,
    example={"set_aside": "deferred"},
)  # fmt: skip
def change_agenda_item(agenda_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    item = queries.agenda_item(agenda_id, to_change=True)
    ensure_unchanged(show_agenda_item(agenda_id))
    agenda = item.meeting.agenda
    before = agenda[agenda.index(item) - 1] if agenda.index(item) else None
    others = {other.id: other for other in agenda if other is not item}
    form = filled(AgendaItemForm, AgendaItemForm.of(item, before))
    form.after.offer([(other.id, other.text) for other in others.values()])
    by_and_at: Any = {"by": me(), "at": clock.now()}
    with refusing(form):
        form.check()
        commands.rename_agenda_item(item, form.text.data or "", **by_and_at)
        if form.set_aside.data is not item.set_aside:
            commands.set_aside_agenda_item(item, form.set_aside.data, **by_and_at)
        if form.after.data != (before.id if before else None):
            beside: Any = {"after": others[form.after.data]} if form.after.data else {"before": agenda[0]}
            commands.move_agenda_item(item, **beside, **by_and_at)
    return {"agenda_id": agenda_id}


@operation("DELETE", "/agenda/<row:agenda_id>", summary=_l("Take an item off an agenda"), feature=M,
           answers=AgendaItem, is_guarded=True)  # fmt: skip
def remove_agenda_item(agenda_id: int) -> None:
    ensure(policy.may_log(me()))
    item = queries.agenda_item(agenda_id, to_change=True)
    ensure_unchanged(show_agenda_item(agenda_id))
    commands.remove_agenda_item(item, by=me(), at=clock.now())


@operation("GET", "/attendance/<row:row_id>", summary=_l("A row of an attendance list"), feature=M,
           answers=Attendance)  # fmt: skip
def show_attendance(row_id: int) -> Attendance:
    meeting = queries.meeting(queries.attendance(row_id).meeting_id)
    return Attendance.of(next(row for row in meeting.attendance if row.id == row_id))


def _offer(form: AttendanceForm, meeting: Meeting) -> AttendanceForm:
    if not rules.takes_minutes(meeting.status, meeting.date, clock.today(meeting.zone)):
        form.status.members = list(rules.POSSIBLE_BEFORE_THE_DAY)
    form.person.offer(people.PERSONS)
    form.position.offer(people.POSTS)
    form.asked_about.data = form.name_meant()  # a program answers what it was asked about this name
    return form


def _seating(form: AttendanceForm, meeting: Meeting, row: Row | None) -> Seating:
    """Whom the body names. Raises `NotAccepted` if it has to say who is meant."""
    commands.ensure_one_chair(meeting, form.role.data, row)
    answer = form.seat_answer(is_same_person=row is not None and row.person_id == form.person.data)
    title = people.title_of_position(form.position.data) if form.position.data else None
    seating = queries.Seats(meeting, clock.today(meeting.zone)).seating(form.attendee(title), answer)
    other = None if seating.row is row else seating.row
    questions = seating.questions - {Question.SECOND_ROW}
    if other is not None and not answer.is_second_row:
        questions |= {Question.SECOND_ROW}
    position_id = form.position.data or seating.position_id
    seating = replace(seating, position_id=position_id, row=other, questions=questions)
    if questions:
        form.ask(seating, form.name_meant())
        raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
    return seating


@operation(
    "POST", "/meetings/<row:meeting_id>/attendance", summary=_l("Put somebody on the attendance list"), feature=M,
    answers=Attendance, takes=AttendanceForm, shown_by=show_attendance, example={"person": 1, "status": "present"},
)  # fmt: skip
def add_attendance(meeting_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = _offer(filled(AttendanceForm), meeting)
    with refusing(form):
        form.check()
        draft = commands.draft_of(meeting, _seating(form, meeting, None), by=me(), at=clock.now())
        row = commands.add_attendance(meeting, draft, by=me(), at=clock.now())
    return {"row_id": row.id}


@operation(
    "PATCH", "/attendance/<row:row_id>", summary=_l("Change a row of an attendance list"), feature=M,
    answers=Attendance, takes=AttendanceForm, shown_by=show_attendance, is_guarded=True,
    example={"status": "absent", "note": "Dinas luar"},
)  # fmt: skip
def change_attendance(row_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    ensure_unchanged(show_attendance(row_id))
    meeting = queries.meeting(row.meeting_id)
    form = _offer(filled(AttendanceForm, _offer(AttendanceForm.of(row), meeting)), meeting)
    with refusing(form):
        form.check()
        draft = commands.draft_of(meeting, _seating(form, meeting, row), by=me(), at=clock.now())
        commands.edit_attendance(row, draft, by=me(), at=clock.now())
    return {"row_id": row_id}


@operation("DELETE", "/attendance/<row:row_id>", summary=_l("Take a row off an attendance list"), feature=M,
           answers=Attendance, is_guarded=True)  # fmt: skip
def remove_attendance(row_id: int) -> None:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    ensure_unchanged(show_attendance(row_id))
    commands.remove_attendance(row, by=me(), at=clock.now())
