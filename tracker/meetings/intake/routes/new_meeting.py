"""Begin a meeting: one that is still to come, or one that was held."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.occurrence import recording_history
from tracker.core.pages import ensure, me
from tracker.core.request import row_number
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import gettext, ngettext
from tracker.meetings import policy
from tracker.meetings.commands import zone_of
from tracker.meetings.forms import hints_about
from tracker.meetings.intake import commands, rules
from tracker.meetings.intake.forms import MOST_PARTS, TOO_MUCH, Door, NewMeetingForm, TextForm, TextMeetingForm
from tracker.meetings.intake.routes.blueprint import bp
from tracker.meetings.intake.rules import Manner
from tracker.meetings.live import queries as live
from tracker.meetings.live.rules import Known
from tracker.meetings.models import Meeting
from tracker.meetings.queries import NO_ANSWER, Seats
from tracker.meetings.rules import MeetingStatus
from tracker.meetings.templates import queries as templates
from tracker.people import queries as people

#: What a template fills: the names of its columns, and of the fields.
_USUAL = {name: name for name in ("venue", "venue_detail", "city", "mode", "agenda")} | {
    "posts": "names",
    "organiser_unit_id": "organiser_unit",
}


def _page(form: NewMeetingForm) -> str:
    """The form, with what each type of meeting usually has, which a script fills in at once."""
    usual = {
        kind: {field: value for name, field in _USUAL.items() if (value := getattr(template, name))}
        for kind, template in templates.by_type().items()
    }
    units = people.UNITS.named({values["organiser_unit"] for values in usual.values() if "organiser_unit" in values})
    for values in usual.values():
        if "organiser_unit" in values:
            values["organiser_unit-typed"] = units[values["organiser_unit"]].words
    return render_template("meetings/new.html", form=form.offered(), usual=usual, door=Door(form.door.data))


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return _page(NewMeetingForm(formdata=None, data={"date": clock.today()}))


@bp.get("/new/upcoming")
def plan() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return _page(NewMeetingForm(formdata=None, data={"door": Door.UPCOMING}))


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    form = NewMeetingForm()
    if form.door.data not in {Door.HELD.value, Door.UPCOMING.value}:
        form.door.data = Door.HELD
    if "use_template" in request.form:
        return _page(_filled(form)), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        form.offered().check_with_hints(lambda: hints_about(form))
        meeting, _ = _record(form)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form), status
    _flash_begun(meeting)
    return redirect(url_for("live.show", meeting_id=meeting.id), 303)


def _record(form: NewMeetingForm) -> tuple[Meeting, Sequence[Known]]:
    """Record the meeting of the form with its people. A name that is not clear is asked about first."""
    draft = form.draft()
    lines = [*form.picked(), *((attendee, NO_ANSWER) for attendee in form.attendees())]
    today = clock.today(zone_of(draft))
    status = MeetingStatus.SCHEDULED if draft.date > today else MeetingStatus.HELD
    seats = Seats(Meeting(date=draft.date, status=status, attendance=[]), today)
    seats.preload_posts(attendee for attendee, _ in lines)
    settled = form.settle(lines, seats)
    with recording_history(if_so=form.is_history.data, since=draft.date):
        return commands.begin_meeting(draft, settled, form.agenda.entries(), by=me(), at=clock.now())


def _flash_begun(meeting: Meeting) -> None:
    if meeting.status is MeetingStatus.SCHEDULED:
        flash(gettext("The meeting is planned. Prepare its agenda and participants."))
    else:
        flash(gettext("The meeting is recorded. Now enter what was said."))


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
    form.fill({field: getattr(template, name) for name, field in _USUAL.items()})
    return form


@bp.get("/new/text")
def begin() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return render_template("meetings/intake/begin.html", form=TextForm(formdata=None))


@bp.post("/new/text/read")
@takes_files
@transactional
def read() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    form = TextForm()
    try:
        form.check()
        found = _read_in(form, form.chosen_manner())
        if len(found.pieces.entries) >= MOST_PARTS:
            raise NotPossible(TOO_MUCH, field="text")
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/intake/begin.html", form=form), status
    former = form.former_manner()
    if former:
        typed = TextMeetingForm()
        typed.read_again(_read_in(form, former), found)
        found = typed
    return _reading_page(found)


def _read_in(form: TextForm, manner: Manner | None) -> TextMeetingForm:
    today, plain = clock.today(), form.read_source().plain
    text = plain.text
    day = rules.header_of(text, today).values.get("date", today)
    known = live.everybody_known_to(Meeting(attendance=[]))
    reading = rules.read(text, people=known, said_on=day, turns=plain.turns, manner=manner)
    header = rules.header_of(text, today, reading.facts)
    if header.values.get("date", day) != day:
        day = header.values["date"]
        reading = rules.read(text, people=known, said_on=day, turns=plain.turns, manner=manner)
    posts = people.KnownPosts()
    present = rules.present_at(text, reading, lambda words: posts.find(words) is not None)
    found = TextMeetingForm.read_in(form, header, present, reading)
    if header.is_year_inferred:
        found.date.description = gettext("The year is inferred: the text does not name it with the day.")
    return found


def _reading_page(form: TextMeetingForm) -> str:
    form.offer(())
    return render_template("meetings/intake/reading.html", form=form.offered())


@bp.post("/new/text")
@transactional
def record_text() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    form = TextMeetingForm()
    if "split" in request.form or "join" in request.form:
        form.rearrange(row_number(request.form.get("split", "")), row_number(request.form.get("join", "")))
        return _reading_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    form.offer(())
    try:
        form.offered().check_with_hints(lambda: hints_about(form))
        meeting, named = _record(form)
        drafts = commands.with_speakers(form.drafts(), named)
        known = [*named, *live.everybody_known_to(Meeting(attendance=[]))]
        with recording_history(if_so=form.is_history.data, since=meeting.date):
            commands.write_pieces(meeting, drafts, None, source=form.source, people=known, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _reading_page(form), status
    flash(ngettext("One statement recorded.", "%(num)d statements recorded.", len(drafts)))
    return redirect(url_for("live.show", meeting_id=meeting.id, _anchor="statements"), 303)
