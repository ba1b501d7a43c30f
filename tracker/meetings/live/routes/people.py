"""Routes for the attendance list and speakers."""

from dataclasses import replace
from http import HTTPStatus

from flask import get_template_attribute, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotAccepted, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import is_quiet
from tracker.core.transactions import transactional
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands as meeting_commands
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.live import commands
from tracker.meetings.live.forms import RollCallForm, SeatForm
from tracker.meetings.live.routes.blueprint import bp
from tracker.meetings.live.routes.page import done, problems_of, refused
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.queries import Seating
from tracker.meetings.rules import Question, parse_attendee, parse_attendees


@bp.post("/<row:meeting_id>/minutes/roll-call")
@transactional
def call(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = RollCallForm()
    try:
        form.check()
        for seating in _called(meeting, form):
            meeting_commands.seat(meeting, seating, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        questions = get_template_attribute("components/questions.html", "questions")
        return refused(meeting, form, status, questions=questions(form, with_hidden=True) if is_quiet() else None)
    return done(meeting_id, "roll-call")


def _called(meeting: Meeting, form: RollCallForm) -> list[Seating]:
    """People named in a line of the roll-call. Raises `NotAccepted` if the form has to ask who is meant."""
    attendees = parse_attendees(form.attendee.data or "")
    seats = meetings.Seats(meeting, clock.today(meeting.zone))
    seatings = [seats.seating(attendee, form.answer(attendee.name)) for attendee in attendees]
    if not seatings:
        raise NotPossible(_l("Enter a name or a post."), field="attendee")
    for seating in seatings:
        meeting_commands.ensure_one_chair(meeting, seating.attendee.role, seating.row)
    if len(seatings) == 1:
        form.ask(seatings[0], attendees[0].name)
    elif any(seating.questions for seating in seatings):
        raise NotPossible(
            _l("Some of these names are not clear. Write one at a time, or paste them as a list."), field="attendee"
        )
    if form.meant.errors or form.held.errors or form.again.errors:
        raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
    return seatings


@bp.post("/minutes/roll-call/<row:row_id>/present")
@transactional
def note_present(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = meetings.attendance(row_id, to_change=True)
    meeting_commands.note_present(row, by=me(), at=clock.now())
    return done(row.meeting_id, "roll-call")


@bp.post("/<row:meeting_id>/minutes/roll-call/everybody")
@transactional
def note_everybody_present(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    meeting_commands.note_everybody_present(meeting, by=me(), at=clock.now())
    return done(meeting_id, "roll-call")


@bp.post("/<row:meeting_id>/minutes/roll-call/everybody/undo")
@transactional
def undo_everybody_present(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    meeting_commands.undo_everybody_present(meeting, by=me(), at=clock.now())
    return done(meeting_id, "roll-call")


@bp.get("/minutes/lines/<row:statement_id>/seat")
def ask_speaker(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    if line.speaker_id or not line.speaker_note:
        return done(line.meeting_id, f"line-{line.id}")
    meeting, form = meetings.meeting(line.meeting_id), SeatForm(formdata=None)
    form.ask(_speaker(meeting, line, form), line.speaker_note or "")
    return render_template("meetings/live/seat.html", form=form, meeting=meeting, line=line)


@bp.post("/minutes/lines/<row:statement_id>/seat")
@transactional
def seat_speaker(statement_id: int) -> ResponseReturnValue:
    """The screen cannot answer questions: if there are any, it opens the page that asks them."""
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    meeting, form = meetings.meeting(line.meeting_id), SeatForm()
    try:
        form.check()
        seating = _speaker(meeting, line, form)
        if seating.questions:
            form.ask(seating, line.speaker_note or "")
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
        commands.seat_speaker(line, meeting, seating, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        if is_quiet():
            ask = url_for("live.ask_speaker", statement_id=line.id)
            return jsonify(outcome="refused", problems=problems_of(form), ask=ask), status
        return render_template("meetings/live/seat.html", form=form, meeting=meeting, line=line), status
    return done(line.meeting_id, f"line-{line.id}")


def _speaker(meeting: Meeting, line: Statement, form: SeatForm) -> Seating:
    """The speaker named by a line. Someone already on the list gets no second row: the line is linked to theirs."""
    name = line.speaker_note or ""
    seating = meetings.Seats(meeting, clock.today(meeting.zone)).seating(parse_attendee(name), form.answer(name))
    return replace(seating, questions=seating.questions - {Question.SECOND_ROW})
