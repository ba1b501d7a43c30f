"""Pages for adding, editing and removing statements."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext
from tracker.meetings import commands, policy, queries
from tracker.meetings.commands import StatementLinks
from tracker.meetings.forms import NewStatementForm, StatementForm
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.rules import Bearing, StatementKind
from tracker.proposals import queries as proposals
from tracker.targets import queries as targets


def new_form(meeting: Meeting, *, sent: bool = False) -> StatementForm:
    """The form for the next statement; `sent` fills it from the request."""
    form = NewStatementForm() if sent else NewStatementForm(formdata=None)
    form.classification.offer(meeting.classification, me().clearance)
    return _offer(form, meeting)


def _offer(form: StatementForm, meeting: Meeting, stored: Statement | None = None) -> StatementForm:
    origin = stored.origin_meeting_id if stored else None
    form.speaker.offer(queries.speaker_choices(meeting), gettext("Nobody on the list"))
    form.origin_meeting.offer(queries.MEETINGS, gettext("No"))
    form.origin_meeting.keep(origin, gettext("A meeting that is not open to you"))
    form.agenda_item.offer([(item.id, f"{number}. {item.text}") for number, item in enumerate(meeting.agenda, 1)])
    form.proposal.offer(proposals.PROPOSALS)
    form.targets.offer(targets.TARGETS_OF_ANY_EDITION)
    return form


def _links(form: StatementForm, statement: Statement | None) -> StatementLinks:
    """The chosen proposal and targets. The form shows one proposal; links to others are kept."""
    others = [(link.proposal_id, link.bearing) for link in (statement.proposal_links[1:] if statement else [])]
    chosen = [(form.proposal.data, form.bearing.data)] if form.proposal.data else []
    bearings = dict([*others, *chosen])
    return StatementLinks(
        proposals=[(proposals.in_full(proposal_id), bearing) for proposal_id, bearing in bearings.items()],
        targets=targets.several(form.targets.data or []),
    )


@bp.get("/<row:meeting_id>/statements/new")
def new_statement(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id)
    form = new_form(meeting)
    if request.args.get("kind") == StatementKind.DECISION:
        form.kind.data = StatementKind.DECISION
    return render_template("meetings/statement_new.html", form=form, meeting=meeting)


@bp.post("/<row:meeting_id>/statements/new")
@transactional
def add_statement(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = new_form(meeting, sent=True)
    try:
        form.check()
        statement = commands.add_statement(meeting, form.draft(), _links(form, None), by=me(), at=clock.now())
        with unrestricted():  # its author may not be cleared for it
            stored = queries.statement(statement.id)
        commands.ensure_proposal(stored, form.title_id.data, form.title_en.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/statement_new.html", form=form, meeting=meeting), status
    flash(gettext("Recorded. You can continue with the next statement."))
    return redirect(url_for(".show", meeting_id=meeting.id, _anchor="next-statement"), 303)


@bp.get("/statements/<row:statement_id>/edit")
def edit_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id)
    meeting = queries.meeting(statement.meeting_id)
    form = _offer(StatementForm.of(statement), meeting, statement)
    return render_template("meetings/statement_edit.html", form=form, statement=statement, meeting=meeting)


@bp.post("/statements/<row:statement_id>/edit")
@transactional
def update_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    meeting = queries.meeting(statement.meeting_id)
    form = _offer(StatementForm(), meeting, statement)
    try:
        form.check(_offer(StatementForm.of(statement), meeting, statement))
        was_proposal = statement.kind is StatementKind.PROPOSAL
        commands.edit_statement(statement, form.draft(), _links(form, statement), by=me(), at=clock.now())
        changed = queries.reload_links(statement)
        commands.ensure_proposal(changed, form.title_id.data, form.title_en.data, by=me(), at=clock.now())
        raised = [link for link in statement.proposal_links if link.bearing is Bearing.RAISES]
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("meetings/statement_edit.html", form=form, statement=statement, meeting=meeting), status
    if was_proposal and statement.kind is not StatementKind.PROPOSAL and raised:
        codes = ", ".join(proposals.in_full(link.proposal_id).code for link in raised)
        flash(gettext("Saved. %(codes)s stays in the register.", codes=codes))
    else:
        flash(gettext("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id, _anchor=f"statement-{statement.id}"), 303)


@bp.post("/statements/<row:statement_id>/remove")
@transactional
def remove_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    commands.remove_statement(statement, by=me(), at=clock.now())
    flash(gettext("Removed."))
    return redirect(url_for(".show", meeting_id=statement.meeting_id, _anchor="statements"), 303)
