"""The one screen of the live minutes. Every answer is the whole page; the script takes the changed parts from it."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock, once
from tracker.core.actor import Classification
from tracker.core.fields import LONGEST_TEXT
from tracker.core.forms import PageForm
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.live import commands, labels, queries, rules
from tracker.live.forms import AgendaForm, ChangeForm, LineForm, Offered, RollCallForm, SeatForm, TypingForm
from tracker.live.models import TypedLine
from tracker.live.rules import Understood
from tracker.meetings import commands as meeting_commands
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries import Seating
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Question,
    StatementKind,
    takes_minutes,
    understand_attendee,
    understand_attendees,
)
from tracker.people import queries as people
from tracker.search import queries as search
from tracker.series import queries as series
from tracker.targets import queries as targets

bp = Blueprint("live", __name__, url_prefix="/meetings")
blueprints = (bp,)


@bp.get("/<row:meeting_id>/minutes")
def show(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return _page(meetings.meeting(meeting_id, to_show=True))


def _page(
    meeting: Meeting, form: PageForm | None = None, changed: Statement | None = None, read: Understood | None = None
) -> str:
    """The screen, with the one form that came back, if any, among the fresh ones."""
    minutes = queries.minutes_of(meeting)
    typed = queries.being_typed(meeting.id, me().account_id) if me().behind is None else []  # theirs alone
    changes = {line.id: _offer(ChangeForm.of(line), meeting, line) for line in minutes.lines}
    if changed and isinstance(form, ChangeForm):
        changes[changed.id] = form
    line_form = form if isinstance(form, LineForm) else _line_form(typed[0] if typed else None)
    offered = _offered(meeting, line_form, read, minutes.lines, every_target=True)
    line_form.offer(offered, read)
    return render_template(
        "live/show.html",
        meeting=meeting,
        minutes=minutes,
        changes=changes,
        line_form=line_form,
        offered=offered,
        read=read,
        typed=typed[1:],
        roll_call=form if isinstance(form, RollCallForm) else RollCallForm(formdata=None),
        agenda_form=form if isinstance(form, AgendaForm) else AgendaForm(formdata=None),
        names=queries.names_to_offer(meeting),
        expected=_may_come(meeting),
        marked=meetings.marked_all_at_once(meeting),
        open_items=series.open_items(meeting),
        may_keep_locally=meeting.classification is Classification.ORDINARY,
        keys=labels.KEYS,
        marks=labels.MARKS,
        role_marks=labels.ROLE_MARKS,
        **({"form": form} if form else {}),
    )


def _may_come(meeting: Meeting) -> list[Attendance]:
    """Those expected, once the day of the meeting has come."""
    if not takes_minutes(meeting.status, meeting.date, clock.today()):
        return []
    return [row for row in meeting.attendance if row.status is AttendanceStatus.EXPECTED]


def _line_form(typed: TypedLine | None) -> LineForm:
    about = request.args.get("about", "")
    return LineForm(
        formdata=None,
        data={
            "earlier": f"same:{about}" if about.isdecimal() else None,
            **({"line": typed.text, "once": typed.key} if typed else {}),
        },
    )


def _offer(form: ChangeForm, meeting: Meeting, line: Statement) -> ChangeForm:
    """The form of one line among many: its fields have ids of their own, and the speakers are those on the list."""
    for field in form:
        field.id = f"line-{line.id}-{field.name}"
    form.speaker.offer(meetings.speaker_choices(meeting), say("Nobody on the list"))
    return form


def _back(meeting_id: int, anchor: str) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=meeting_id, _anchor=anchor), 303)


def _read(meeting: Meeting, form: LineForm) -> Understood:
    line, meant = (form.line.data or "")[:LONGEST_TEXT], form.meant()
    return rules.understand(
        line,
        said_on=meeting.date,
        people=queries.people_known_to(meeting, line),
        targets=queries.targets_known(line, meant.target_id),
        meant=meant,
        references=queries.references_in(line, form.chosen().same_id),
    )


def _offered(
    meeting: Meeting,
    form: LineForm,
    read: Understood | None,
    lines: Sequence[Statement] = (),
    *,
    every_target: bool = False,
) -> Offered:
    """What the chips offer. Every target only where the page is shown, not at each pause in typing."""
    origins = queries.origins_of_action(lines, form.agenda_item.data)
    return Offered(
        speakers=meetings.speaker_choices(meeting),
        targets=targets.target_choices() if every_target or form.target.data else (),
        agenda=[(item.id, item.text) for item in meeting.agenda],
        origins=[(origin.id, origin.words) for origin in origins],
        origin=next((origin.words for origin in origins if origin.is_next), say("the meeting as a whole")),
        authorities=people.position_choices() if form.authority.data or (read and read.decision) else (),
    )


@bp.get("/<row:meeting_id>/minutes/understood")
def understood(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = LineForm(formdata=request.args, meta={"csrf": False})
    form.offer(_offered(meeting, form, None), None)
    form.validate()
    read = _read(meeting, form)
    lines = meetings.statements_of(meeting.id) if read.kind is None else ()
    offered = _offered(meeting, form, read, lines)
    form.offer(offered, read)
    is_proposal = read.kind is StatementKind.PROPOSAL
    return render_template(
        "live/_understood.html",
        read=read,
        form=form,
        offered=offered,
        earlier=search.proposed_before(read.words) if is_proposal and read.words else [],
    )


@bp.post("/<row:meeting_id>/minutes/lines")
@transactional
def write(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = LineForm()
    form.offer(_offered(meeting, form, None), None)
    status = form.verdict()
    read = _read(meeting, form)
    if status == HTTPStatus.OK and not read.words:
        form.line.errors = [say("Write the line.")]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if status == HTTPStatus.OK and form.asks(read, meeting.date):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if status != HTTPStatus.OK:
        return _page(meeting, form, read=read), status
    meetings.hold(meeting)  # no sooner: whoever writes in the same meeting waits from here
    commands.write_line(
        meeting,
        read,
        form.chosen(),
        form.once.data or "",
        seats_unknown=form.seats_unknown.data,
        by=me(),
        at=clock.now(),
    )
    return _back(meeting_id, "next-line")


@bp.post("/<row:meeting_id>/minutes/typing")
@transactional
def keep_typing(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = TypingForm()
    key = request.form.get("key", "")
    if not form.validate_on_submit() or not once.KEY_SHAPE.fullmatch(key):
        return _page(meeting, form), HTTPStatus.UNPROCESSABLE_ENTITY
    is_stored = once.is_spent(key, me().account_id or 0, url_for(".write", meeting_id=meeting_id))
    # What comes late, or from another window, does not bring back a line that has been stored.
    commands.keep_typing(meeting, key, "" if is_stored else form.line.data or "", by=me(), at=clock.now())
    return _back(meeting_id, "next-line")


@bp.post("/minutes/lines/<row:statement_id>")
@transactional
def change(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = queries.line(statement_id)
    meeting = meetings.meeting(line.meeting_id)
    form = _offer(ChangeForm(), meeting, line)
    status = form.verdict(_offer(ChangeForm.of(line), meeting, line))
    if status != HTTPStatus.OK:
        return _page(meeting, form, line), status
    words = form.words()
    named = queries.references_in(words.quote or words.gist_id or "")
    commands.change_line(line, words, named, by=me(), at=clock.now())
    return _back(meeting.id, f"line-{line.id}")


@bp.post("/minutes/lines/<row:statement_id>/remove")
@transactional
def remove(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = queries.line(statement_id)
    meeting_commands.remove_statement(line, by=me(), at=clock.now())
    flash(say("Removed. It can be put back below."))
    return _back(line.meeting_id, "removed")


@bp.post("/minutes/lines/<row:statement_id>/restore")
@transactional
def restore(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = queries.line(statement_id)
    meeting_commands.restore_statement(line, by=me(), at=clock.now())
    return _back(line.meeting_id, f"line-{line.id}")


@bp.get("/minutes/lines/<row:statement_id>/seat")
def ask_speaker(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = queries.line(statement_id)
    if line.speaker_id or not line.speaker_note:
        return _back(line.meeting_id, f"line-{line.id}")
    meeting, form = meetings.meeting(line.meeting_id), SeatForm(formdata=None)
    form.ask(_speaker(meeting, line, form), line.speaker_note or "")
    return render_template("live/seat.html", form=form, meeting=meeting, line=line)


@bp.post("/minutes/lines/<row:statement_id>/seat")
@transactional
def seat_speaker(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = queries.line(statement_id)
    meeting, form = meetings.meeting(line.meeting_id), SeatForm()
    status, seating = form.verdict(), _speaker(meeting, line, form)
    if status == HTTPStatus.OK and seating.questions:
        form.ask(seating, line.speaker_note or "")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if status != HTTPStatus.OK:
        return render_template("live/seat.html", form=form, meeting=meeting, line=line), status
    commands.seat_speaker(line, meeting, seating, by=me(), at=clock.now())
    return _back(line.meeting_id, f"line-{line.id}")


def _speaker(meeting: Meeting, line: Statement, form: SeatForm) -> Seating:
    """Whom a line names as its speaker. Somebody on the list already gets no second row: the line is tied to theirs."""
    name = line.speaker_note or ""
    found = meetings.Seats(meeting, clock.today()).seating(understand_attendee(name), form.answer(name))
    return replace(found, questions=found.questions - {Question.SECOND_ROW})


@bp.post("/<row:meeting_id>/minutes/roll-call")
@transactional
def call(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = RollCallForm()
    status = form.verdict()
    seatings = _called(meeting, form) if status == HTTPStatus.OK else []
    if form.attendee.errors or form.meant.errors or form.held.errors or form.again.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if status != HTTPStatus.OK:
        return _page(meeting, form), status
    for seating in seatings:
        meeting_commands.seat(meeting, seating, by=me(), at=clock.now())
    return _back(meeting_id, "roll-call")


def _called(meeting: Meeting, form: RollCallForm) -> list[Seating]:
    """Whom a line of the roll-call names; what is unclear is asked in the form."""
    attendees = understand_attendees(form.attendee.data or "")
    seats = meetings.Seats(meeting, clock.today())
    seatings = [seats.seating(attendee, form.answer(attendee.name)) for attendee in attendees]
    chair = meetings.chair_of(meeting.attendance)
    if not seatings:
        form.attendee.errors = [say("Write a name or a post.")]
    elif any(one.attendee.role is AttendanceRole.CHAIR and chair not in {None, one.row} for one in seatings):
        form.attendee.errors = [say("A meeting has one chair.")]
    elif len(seatings) == 1:
        form.ask(seatings[0], attendees[0].name)
    elif any(one.questions for one in seatings):
        form.attendee.errors = [say("Some of these names are not clear. Write one at a time, or paste them as a list.")]
    return seatings


@bp.post("/minutes/roll-call/<row:row_id>/present")
@transactional
def note_present(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = meetings.attendance(row_id, to_change=True)
    meeting_commands.note_present(row, by=me(), at=clock.now())
    return _back(row.meeting_id, "roll-call")


@bp.post("/<row:meeting_id>/minutes/roll-call/everybody")
@transactional
def note_everybody_present(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    meeting_commands.note_everybody_present(meeting, by=me(), at=clock.now())
    return _back(meeting_id, "roll-call")


@bp.post("/<row:meeting_id>/minutes/roll-call/everybody/undo")
@transactional
def undo_everybody_present(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    meeting_commands.undo_everybody_present(meeting, by=me(), at=clock.now())
    return _back(meeting_id, "roll-call")


@bp.post("/<row:meeting_id>/minutes/agenda")
@transactional
def add_agenda_item(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = AgendaForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _page(meeting, form), status
    meeting_commands.add_agenda_item(meeting, form.item.data or "", by=me(), at=clock.now())
    return _back(meeting_id, "agenda")
