"""Pages for pasted texts: paste, check, confirm. Nothing is stored before confirmation."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.errors import NotAccepted, NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import row_number
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import lazy_gettext as _l
from tracker.core.wording import ngettext
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.intake import commands, queries, rules
from tracker.meetings.intake.forms import MOST_NAMES, MOST_PARTS, TOO_MUCH, NamesForm, PiecesForm, RowsForm, TextForm
from tracker.meetings.intake.routes.blueprint import bp
from tracker.meetings.intake.rules import Manner
from tracker.meetings.live import queries as live
from tracker.meetings.models import Meeting
from tracker.meetings.queries import Seating


@bp.get("/<row:meeting_id>/minutes/paste")
def text(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return render_template(
        "meetings/intake/text.html", form=TextForm(formdata=None), meeting=meetings.meeting(meeting_id)
    )


@bp.post("/<row:meeting_id>/minutes/paste/cut")
@takes_files
@transactional
def cut(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = TextForm()
    try:
        form.check()
        found = _read_in(form, form.chosen_manner(), meeting)
        if len(found.pieces.entries) >= MOST_PARTS:
            raise NotPossible(TOO_MUCH, field="text")
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/intake/text.html", form=form, meeting=meeting), status
    former = form.former_manner()
    if former:
        typed = PiecesForm()
        typed.read_again(_read_in(form, former, meeting), found)
        found = typed
    return _pieces_page(found, meeting)


def _read_in(form: TextForm, manner: Manner | None, meeting: Meeting) -> PiecesForm:
    plain, people = form.read_source().plain, live.everybody_known_to(meeting)
    reading = rules.read(plain.text, people=people, said_on=meeting.date, turns=plain.turns, manner=manner)
    return PiecesForm.of(form, reading)


def _pieces_page(form: PiecesForm, meeting: Meeting) -> str:
    form.offer(meetings.speaker_choices(meeting))
    return render_template("meetings/intake/pieces.html", form=form, meeting=meeting)


@bp.post("/<row:meeting_id>/minutes/paste")
@transactional
def keep(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = PiecesForm()
    if "split" in request.form or "join" in request.form:
        form.rearrange(row_number(request.form.get("split", "")), row_number(request.form.get("join", "")))
        return _pieces_page(form, meeting), HTTPStatus.UNPROCESSABLE_ENTITY
    form.offer(meetings.speaker_choices(meeting))
    try:
        form.check()
        drafts, known = form.drafts(), live.everybody_known_to(meetings.meeting(meeting_id))
        commands.write_pieces(meeting, drafts, form.typed(), source=form.source, people=known, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _pieces_page(form, meeting), status
    flash(ngettext("One statement recorded.", "%(num)d statements recorded.", len(drafts)))
    return redirect(url_for("live.show", meeting_id=meeting_id, _anchor="statements"), 303)


@bp.get("/<row:meeting_id>/minutes/paste/names")
def names(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return render_template(
        "meetings/intake/names.html", form=NamesForm(formdata=None), meeting=meetings.meeting(meeting_id)
    )


@bp.post("/<row:meeting_id>/minutes/paste/names/read")
@transactional
def read_names(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = NamesForm()
    try:
        form.check()
        attendees = rules.attendees_of(form.names.data or "", MOST_NAMES)
        if not 0 < len(attendees) <= MOST_NAMES:
            raise NotPossible(_l("Paste at least one name, and at most %(max)d.", max=MOST_NAMES), field="names")
        seats = meetings.Seats(meeting, clock.today(meeting.zone))
        seats.preload_posts(attendees)
        seatings = meetings.flag_duplicates([seats.seating(attendee) for attendee in attendees])
        rows = RowsForm.of(seatings)
        for entry, seating in zip(rows.rows.entries, seatings, strict=True):
            entry.form.offer(seating)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/intake/names.html", form=form, meeting=meeting), status
    return _rows_page(rows, meeting, seatings)


def _rows_page(form: RowsForm, meeting: Meeting, seatings: Sequence[Seating]) -> str:
    return render_template(
        "meetings/intake/rows.html",
        form=form,
        meeting=meeting,
        rows=[(entry.form, queries.recognition(seating), sorted(seating.attendee.doubts), seating)
              for entry, seating in zip(form.rows.entries, seatings, strict=True)],
    )  # fmt: skip


@bp.post("/<row:meeting_id>/minutes/paste/names")
@transactional
def call_all(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = RowsForm()
    seats = meetings.Seats(meeting, clock.today(meeting.zone))
    seats.preload_posts(entry.form.attendee() for entry in form.rows.entries)
    seatings = [entry.form.resolve(seats) for entry in form.rows.entries]
    lines = [(row.attendee(), row.seat_answer()) for row in form.kept_rows()]
    try:
        form.check()
        if any(row.is_unclear() for row in form.kept_rows()):
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)  # the rows ask what is not clear
        commands.seat_all(meeting, lines, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _rows_page(form, meeting, seatings), status
    flash(ngettext("One name is on the list.", "%(num)d names are on the list.", len(lines)))
    return redirect(url_for("live.show", meeting_id=meeting_id, _anchor="roll-call"), 303)


@bp.get("/<row:meeting_id>/statements/<row:statement_id>/source")
def source(meeting_id: int, statement_id: int) -> ResponseReturnValue:
    """The text in which a statement was read, at its place."""
    meeting, found = meetings.meeting(meeting_id), queries.source_of(statement_id)
    if meetings.statement(statement_id).meeting_id != meeting_id:
        raise NotFound
    file = attachments.file_of(meeting, found.mark)
    text = queries.stored(file.mark, file.name, file.media_type).plain.text
    end = found.start + found.length
    return render_template(
        "meetings/intake/source.html", meeting=meeting, found=found, file=file, before=text[: found.start],
        words=text[found.start : end], after=text[end:],
    )  # fmt: skip
