"""Pages of meetings: the list, one meeting, its attendance and what was said."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.answers import queries as answers
from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.follows import queries as follows
from tracker.history.queries import events_of
from tracker.live import queries as live
from tracker.meeting_templates import queries as templates
from tracker.meetings import commands, policy, queries, rules
from tracker.meetings.commands import Bearings
from tracker.meetings.forms import (
    AttendanceForm,
    AttendanceRow,
    MeetingFilterForm,
    MeetingForm,
    MoveForm,
    NewMeetingForm,
    StatementForm,
)
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.rules import AttendanceRole, MeetingStatus, SourceType
from tracker.minutes import queries as minutes
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.secrecy import queries as secrecy
from tracker.series import queries as series
from tracker.targets import queries as targets

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    form = MeetingFilterForm()
    form.unit.offer(people.unit_choices(), say("Any"))
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.matching(form.filter(), request.args.get("page"))
    counts = queries.proposal_counts([meeting.id for meeting in page.rows])
    return render_template(
        "meetings/index.html", form=form, page=page, counts=counts, may_log=policy.may_log(me())
    ), status


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=queries.id_of_code(code)))


@bp.get("/<row:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    return _page(queries.meeting(meeting_id), None), HTTPStatus.OK


def _page(meeting: Meeting, form: StatementForm | None) -> str:
    """The meeting's page; the secretariat finds the form for the next statement at its end."""
    standing = minutes.standing(meeting, me())
    may_log = policy.may_log(me()) and not standing.is_locked
    statements = queries.statements_of(meeting.id)
    unnamed = [row.position_id for row in meeting.attendance if row.person_id is None and row.position_id]
    raised = proposals.raised_in(meeting.id)
    kept, events = follows.kept(me(), meeting), events_of(meeting)
    promised = actions.of_meeting([proposal.id for proposal in raised], [said.id for said in statements])
    decisions = [said for said in statements if said.kind == "decision"]
    given = {"form": form} if form else {}
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        minutes=standing,
        statements=statements,
        decisions=decisions,
        raised=raised,
        actions=promised,
        hidden=(meeting.items_in_all or 0) - len(statements) - len(raised) - len(promised),
        may_classify=secrecy.may_classify(me()),
        may_let_in=secrecy.may_let_in(me(), meeting.attendance),
        standing=answers.about_meeting(
            meeting, raised, promised, decisions=len(decisions), minutes=standing.state, today=clock.today()
        ),
        holders=people.holders_on(meeting.date, unnamed) if may_log and unnamed else {},
        from_press=meeting.source_type is SourceType.PRESS_RELEASE,
        by_role={role: [row for row in meeting.attendance if row.role is role] for role in AttendanceRole},
        steps=[to for to in MeetingStatus if to in rules.NEXT[meeting.status] & rules.BY_HAND] if may_log else [],
        kept=kept,
        changes=follows.changes_of_one(meeting, kept, events) if kept else None,
        events=events,
        files=attachments.files_of(meeting, me()),
        may_log=may_log,
        place=series.place_of(meeting.id),
        may_plan=policy.may_log(me()),
        today=clock.today(),
        statement_form=form or (_offer_statement(StatementForm(formdata=None), meeting) if may_log else None),
        **given,
    )


def _offer(form: MeetingForm) -> MeetingForm:
    form.organiser_unit.offer(people.unit_choices(), say("not yet set"))
    return form


def _offer_row(form: AttendanceForm | AttendanceRow) -> None:
    form.person.offer(people.person_choices(), say("Nobody named"))
    form.position.offer(people.position_choices(), say("No post of the register"))


def _offer_rows(form: NewMeetingForm) -> NewMeetingForm:
    persons, positions = people.person_choices(), people.position_choices()
    for entry in form.attendance.entries:
        entry.form.person.offer(persons, say("Nobody named"))
        entry.form.position.offer(positions, say("No post of the register"))
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
    status = _offer_rows(form).verdict()
    if status != HTTPStatus.OK:
        return render_template("meetings/new.html", form=form), status
    meeting = commands.log_meeting(form.draft(), form.rows(), form.agenda.entries(), by=me(), at=clock.now())
    flash(say("The meeting is recorded. Now write down what was said."))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


def _filled(form: NewMeetingForm) -> NewMeetingForm:
    """The form with what meetings of the chosen type usually have, where it is still empty."""
    template = templates.of_type(form.meeting_type.data)
    if template is None:
        form.meeting_type.errors = [say("There is no template for this type yet. Choose another type, or make one.")]
        return form
    names = ("venue", "venue_detail", "city", "mode", "agenda")
    usual = {name: getattr(template, name) for name in names} | {"organiser_unit": template.organiser_unit_id}
    read = [rules.understand_attendee(line) for line in template.posts]
    form.fill(usual, [(one, live.position_called(one.name)) for one in read])
    return form


def _new_page(form: NewMeetingForm) -> str:
    return render_template("meetings/new.html", form=_offer_rows(form))


@bp.get("/<row:meeting_id>/edit")
def edit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id)
    return render_template("meetings/edit.html", form=_offer(MeetingForm.of(meeting)), meeting=meeting)


@bp.post("/<row:meeting_id>/edit")
@transactional
def update(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = _offer(MeetingForm())
    status = form.verdict(_offer(MeetingForm.of(meeting)))
    if status != HTTPStatus.OK:
        return render_template("meetings/edit.html", form=form, meeting=meeting), status
    commands.edit_meeting(meeting, form.draft(), form.agenda.entries(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


def _step(code: str) -> MeetingStatus:
    if code not in {status.value for status in rules.BY_HAND}:
        raise NotFound
    return MeetingStatus(code)


@bp.get("/<row:meeting_id>/move/<to>")
def move(meeting_id: int, to: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting, step = queries.meeting(meeting_id), _step(to)
    return render_template("meetings/move.html", form=MoveForm(formdata=None), meeting=meeting, to=step)


@bp.post("/<row:meeting_id>/move/<to>")
@transactional
def take_step(meeting_id: int, to: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting, step = queries.meeting(meeting_id, to_change=True), _step(to)
    form = MoveForm()
    status = form.verdict()
    if status == HTTPStatus.OK and step in rules.NEEDS_REASON and not form.reason.data:
        form.reason.errors = [say("Say why.")]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if status != HTTPStatus.OK:
        return render_template("meetings/move.html", form=form, meeting=meeting, to=step), status
    commands.move_meeting(meeting, step, reason=form.reason.data, by=me(), at=clock.now())
    flash(say("Recorded."))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


@bp.get("/<row:meeting_id>/attendance/new")
def new_attendance(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    form = AttendanceForm(formdata=None, data={"role": "participant", "status": "present"})
    _offer_row(form)
    return render_template("meetings/attendance_new.html", form=form, meeting=queries.meeting(meeting_id))


@bp.post("/<row:meeting_id>/attendance/new")
@transactional
def add_attendance(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = AttendanceForm()
    status = _judge_row(form, meeting, None)
    if status != HTTPStatus.OK:
        return render_template("meetings/attendance_new.html", form=form, meeting=meeting), status
    commands.add_attendance(meeting, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id, _anchor="attendance"), 303)


def _judge_row(form: AttendanceForm, meeting: Meeting, row_id: int | None) -> HTTPStatus:
    """The verdict on one row; a meeting has one chair."""
    _offer_row(form)
    stored = None
    if row_id is not None:
        stored = AttendanceForm.of(queries.attendance(row_id, to_change=True))
        _offer_row(stored)
    status = form.verdict(stored)
    chair = queries.chair_of(meeting.attendance)
    if status == HTTPStatus.OK and form.role.data is AttendanceRole.CHAIR and chair and chair.id != row_id:
        form.role.errors = [say("A meeting has one chair.")]
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return status


@bp.get("/attendance/<row:row_id>/edit")
def edit_attendance(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id)
    form = AttendanceForm.of(row)
    _offer_row(form)
    return render_template("meetings/attendance_edit.html", form=form, row=row, meeting=row.meeting)


@bp.post("/attendance/<row:row_id>/edit")
@transactional
def update_attendance(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id)
    meeting = queries.meeting(row.meeting_id)
    form = AttendanceForm()
    status = _judge_row(form, meeting, row_id)
    if status != HTTPStatus.OK:
        return render_template("meetings/attendance_edit.html", form=form, row=row, meeting=meeting), status
    commands.edit_attendance(row, form.draft(), by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id, _anchor="attendance"), 303)


@bp.post("/attendance/<row:row_id>/remove")
@transactional
def remove_attendance(row_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    commands.remove_attendance(row, by=me(), at=clock.now())
    flash(say("Removed."))
    return redirect(url_for(".show", meeting_id=row.meeting_id, _anchor="attendance"), 303)


@bp.post("/attendance/<row:row_id>/holder/<row:holding_id>")
@transactional
def accept_holder(row_id: int, holding_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    row = queries.attendance(row_id, to_change=True)
    offered = people.holders_on(row.meeting.date, [row.position_id or 0]).get(row.position_id or 0, [])
    held = next((held for held in offered if held.id == holding_id), None)
    if held is None:
        raise NotFound
    commands.accept_holder(row, held, by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", meeting_id=row.meeting_id, _anchor="attendance"), 303)


def _offer_statement(form: StatementForm, meeting: Meeting) -> StatementForm:
    form.speaker.offer(queries.speaker_choices(meeting), say("Nobody on the list"))
    form.origin_meeting.offer(queries.meeting_choices(), say("No"))
    form.agenda_item.offer([(item.id, f"{item.number}. {item.text}") for item in meeting.agenda])
    form.proposal.offer(proposals.proposal_choices())
    form.targets.offer(targets.target_choices())
    return form


def _bearings(form: StatementForm, statement: Statement | None) -> Bearings:
    """The proposals and targets chosen; links beyond the one the form shows stay as they are."""
    kept = [(link.proposal_id, link.bearing) for link in (statement.proposal_links[1:] if statement else [])]
    chosen = [(form.proposal.data, form.bearing.data)] if form.proposal.data else []
    linked = dict([*kept, *chosen])
    return Bearings(
        proposals=[(proposals.in_full(proposal_id), bearing) for proposal_id, bearing in linked.items()],
        targets=targets.several(form.targets.data or []),
    )


@bp.get("/<row:meeting_id>/statements/new")
def new_statement(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id)
    form = _offer_statement(StatementForm(formdata=None), meeting)
    return render_template("meetings/statement_new.html", form=form, meeting=meeting)


@bp.post("/<row:meeting_id>/statements/new")
@transactional
def add_statement(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = _offer_statement(StatementForm(), meeting)
    status = form.verdict()
    if status != HTTPStatus.OK:
        return render_template("meetings/statement_new.html", form=form, meeting=meeting), status
    statement = commands.add_statement(meeting, form.draft(), _bearings(form, None), by=me(), at=clock.now())
    if form.title_id.data:
        said = queries.statement(statement.id)
        commands.raise_proposal(said, form.title_id.data, form.title_en.data, by=me(), at=clock.now())
    flash(say("Written down. You can go on with the next statement."))
    return redirect(url_for(".show", meeting_id=meeting.id, _anchor="next-statement"), 303)


@bp.get("/statements/<row:statement_id>/edit")
def edit_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id)
    meeting = queries.meeting(statement.meeting_id)
    form = _offer_statement(StatementForm.of(statement), meeting)
    return render_template("meetings/statement_edit.html", form=form, statement=statement, meeting=meeting)


@bp.post("/statements/<row:statement_id>/edit")
@transactional
def update_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    meeting = queries.meeting(statement.meeting_id)
    form = _offer_statement(StatementForm(), meeting)
    status = form.verdict(_offer_statement(StatementForm.of(statement), meeting))
    if status != HTTPStatus.OK:
        return render_template("meetings/statement_edit.html", form=form, statement=statement, meeting=meeting), status
    commands.edit_statement(statement, form.draft(), _bearings(form, statement), by=me(), at=clock.now())
    if form.title_id.data:
        commands.raise_proposal(statement, form.title_id.data, form.title_en.data, by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id, _anchor=f"statement-{statement.id}"), 303)


@bp.post("/statements/<row:statement_id>/remove")
@transactional
def remove_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    commands.remove_statement(statement, by=me(), at=clock.now())
    flash(say("Removed."))
    return redirect(url_for(".show", meeting_id=statement.meeting_id, _anchor="statements"), 303)
