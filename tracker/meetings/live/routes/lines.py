"""Routes for lines: write, change, move, split, join, remove and restore."""

from http import HTTPStatus

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotAccepted, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import is_quiet, row_number
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands as meeting_commands
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.live import commands, queries
from tracker.meetings.live.forms import ChangeForm, LineForm, MoveForm, SplitForm
from tracker.meetings.live.routes.blueprint import bp
from tracker.meetings.live.routes.page import done, page, refused
from tracker.meetings.live.routes.parts import order_of
from tracker.meetings.live.routes.reading import offered_to, read_as_action, read_line
from tracker.meetings.live.rules import Place, Understood, place_above, place_below
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.rules import Bearing, StatementKind
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import Effect
from tracker.search import queries as search
from tracker.targets import queries as targets


@bp.get("/<row:meeting_id>/minutes/understood")
def understood(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = LineForm(formdata=request.args, meta={"csrf": False})
    form.offer(offered_to(meeting, form, None), None)
    form.validate()
    understood = read_line(meeting, form)
    form.asks(understood, meeting.date)
    return _reading(meeting, form, understood)


def _reading(meeting: Meeting, form: LineForm, understood: Understood) -> str:
    lines = meetings.lines_with_links(meeting.id) if understood.kind is None else ()
    offered = offered_to(meeting, form, understood, lines)
    form.offer(offered, understood)
    is_proposal = understood.kind is StatementKind.PROPOSAL
    return render_template(
        "meetings/live/_understood.html",
        read=understood,
        form=form,
        offered=offered,
        earlier=search.proposed_before(understood.words) if is_proposal and understood.words else [],
    )


@bp.post("/<row:meeting_id>/minutes/lines")
@transactional
def write(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id)
    form = LineForm()
    form.offer(offered_to(meeting, form, None), None)
    understood, is_asked = None, False
    try:
        form.check()
        understood = read_line(meeting, form)
        if not understood.words:
            raise NotPossible(_l("Enter the line."), field="line")
        is_asked = form.asks(understood, meeting.date)
        if is_asked:
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
        meetings.lock_for_update(meeting)  # as late as possible: other writers of this meeting wait from here on
        written = commands.write_line(
            meeting,
            understood,
            form.chosen(),
            after=queries.line_to_follow(form.below(), meeting.id),
            seats_unknown=form.seats_unknown.data,
            by=me(),
            at=clock.now(),
        )
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        understood = understood or read_line(meeting, form)
        return make_response(_not_written(meeting, form, understood, is_asked=is_asked), status)
    for draft in form.drafts():
        commands.delete_draft(meeting, draft, by=me())
    line = written.id if isinstance(written, Statement) else None
    return done(meeting_id, "next-line", line=line)


def _not_written(meeting: Meeting, form: LineForm, understood: Understood, *, is_asked: bool) -> ResponseReturnValue:
    if not is_quiet():
        return page(meeting, form, understood)
    problems = [sentence for _, sentence in form.problems()]
    chips = [chip for chip, _ in form.asking]
    return jsonify(
        outcome="asks" if is_asked else "refused", problems=problems, asked=form.asked.data, chips=chips,
        html=_reading(meeting, form, understood),
    )  # fmt: skip


@bp.get("/minutes/lines/<row:statement_id>")
def edit(statement_id: int) -> ResponseReturnValue:
    """Form of a line for the script; without it, the page of the statement has the same."""
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id)
    if not is_quiet():
        back = url_for(".show", meeting_id=line.meeting_id, _anchor=f"line-{line.id}")
        return redirect(url_for("meetings.edit_statement", statement_id=line.id, back=back))
    meeting = meetings.meeting(line.meeting_id)
    return jsonify(html=_editor(meeting, line, _offer(ChangeForm.of(line, _raised_by(line)), meeting, line)))


def _raised_by(line: Statement) -> Proposal | None:
    number = next((link.proposal_id for link in line.proposal_links if link.bearing is Bearing.RAISES), None)
    return proposals.in_full(number) if number else None


def _editor(meeting: Meeting, line: Statement, form: ChangeForm) -> str:
    raised = _raised_by(line)
    unset = [link for link in raised.target_links if link.effect is None] if raised else []
    return render_template(
        "meetings/live/_line_editor.html",
        meeting=meeting,
        line=line,
        form=form,
        raised=raised,
        unset=unset,
        effects=list(Effect),
    )


def _offer(form: ChangeForm, meeting: Meeting, line: Statement) -> ChangeForm:
    """Give its fields ids unique among the lines, and set its choices."""
    for field in form:
        field.id = f"line-{line.id}-{field.name}"
    form.speaker.offer(meetings.speaker_choices(meeting), gettext("Nobody on the list"))
    form.agenda_item.offer([(item.id, item.text) for item in meeting.agenda], gettext("no agenda item"))
    form.origin_meeting.offer(meetings.MEETINGS, gettext("No"))
    form.origin_meeting.keep(line.origin_meeting_id, gettext("A meeting that is not open to you"))
    form.targets.offer(targets.TARGETS_OF_ANY_EDITION)
    return form


@bp.post("/minutes/lines/<row:statement_id>")
@transactional
def change(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    meeting = meetings.meeting(line.meeting_id)
    form = _offer(ChangeForm(), meeting, line)
    try:
        form.check(_offer(ChangeForm.of(line, _raised_by(line)), meeting, line))
        _change(form, line)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        outcome = "conflict" if status == HTTPStatus.CONFLICT else "refused"
        problems = [sentence for _, sentence in form.problems()]
        return jsonify(outcome=outcome, problems=problems, html=_editor(meeting, line, form)), status
    return done(meeting.id, f"line-{line.id}", line=line.id, version=line.version)


def _change(form: ChangeForm, line: Statement) -> None:
    words = form.words()
    named = queries.references_in(words.quote or words.gist_id or "", None)
    commands.change_line(line, words, named, by=me(), at=clock.now())
    raised = _raised_by(line)
    if raised:
        effects = form.chosen_effects()
        reason = form.correction_reason.data
        commands.complete_proposal(raised, form.title.data, effects, reason=reason, by=me(), at=clock.now())


@bp.post("/minutes/lines/<row:statement_id>/action")
@transactional
def turn_into_action(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    meeting = meetings.meeting(line.meeting_id)
    commands.turn_into_action(line, read_as_action(meeting, line), by=me(), at=clock.now())
    return done(meeting.id, f"line-{line.id}", line=line.id)


@bp.post("/minutes/lines/<row:statement_id>/move")
@transactional
def move(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    meeting, form = meetings.meeting(line.meeting_id), MoveForm()
    try:
        form.check()
        place = _place_chosen(meeting, line, form)
        if place:
            commands.move_line(line, place, meeting, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return refused(meeting, form, status)
    return done(meeting.id, f"line-{line.id}", line=line.id, version=line.version)


def _place_chosen(meeting: Meeting, line: Statement, form: MoveForm) -> Place | None:
    item, before, after = (row_number(field.data) for field in (form.item, form.before, form.after))
    if before or after:
        return Place(before=before, after=None if before else after)
    if item is not None:
        return Place(item=item)
    order = order_of(queries.minutes_of(meeting).outline)
    return place_above(order, line.id) if form.way.data == "up" else place_below(order, line.id)


@bp.post("/minutes/lines/<row:statement_id>/split")
@transactional
def split(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    form = SplitForm()
    try:
        form.check()
        offset = row_number(form.offset.data) or 0
        second = meeting_commands.split_statement(line, offset, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return refused(meetings.meeting(line.meeting_id), form, status)
    return done(line.meeting_id, f"line-{second.id}", line=second.id)


@bp.post("/minutes/lines/<row:statement_id>/join")
@transactional
def join(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    above = meeting_commands.join_with_line_above(line, by=me(), at=clock.now())
    return done(line.meeting_id, f"line-{above.id}", line=above.id)


@bp.post("/minutes/lines/<row:statement_id>/remove")
@transactional
def remove(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    meeting_commands.remove_statement(line, by=me(), at=clock.now())
    if not is_quiet():
        flash(gettext("Removed. It can be put back below."))
    return done(line.meeting_id, "removed")


@bp.post("/minutes/lines/<row:statement_id>/restore")
@transactional
def restore(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    line = meetings.statement(statement_id, to_change=True)
    meeting_commands.restore_statement(line, by=me(), at=clock.now())
    return done(line.meeting_id, f"line-{line.id}", line=line.id)
