"""Pages for moving a statement, splitting it, and joining it with the one above."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.forms import PageForm
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import commands, policy, queries
from tracker.meetings.forms import MoveStatementForm, SplitStatementForm
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.routes.blueprint import bp

MAX_LABEL_LENGTH = 80


def _page(statement: Statement, form: PageForm | None = None) -> str:
    meeting = queries.meeting(statement.meeting_id)
    move = form if isinstance(form, MoveStatementForm) else MoveStatementForm(formdata=None)
    move.agenda_item.data = statement.agenda_item_id if form is not move else move.agenda_item.data
    return render_template(
        "meetings/statement_arrange.html",
        statement=statement,
        meeting=meeting,
        move=_offer(move, meeting, statement),
        split=form if isinstance(form, SplitStatementForm) else SplitStatementForm(formdata=None),
        above=queries.line_above(statement),
        **({"form": form} if form else {}),
    )


def _offer(form: MoveStatementForm, meeting: Meeting, statement: Statement) -> MoveStatementForm:
    others = [other for other in queries.statements_of(meeting.id) if other.id != statement.id]
    form.after.offer([(other.id, (other.gist_id or other.quote or "")[:MAX_LABEL_LENGTH]) for other in others])
    items = [(item.id, f"{number}. {item.text}") for number, item in enumerate(meeting.agenda, 1)]
    form.agenda_item.offer(items, gettext("No agenda item"))
    return form


def _redirect_to(statement: Statement) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=statement.meeting_id, _anchor=f"statement-{statement.id}"), 303)


@bp.get("/statements/<row:statement_id>/arrange")
def arrange_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return _page(queries.statement(statement_id))


@bp.post("/statements/<row:statement_id>/move")
@transactional
def move_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    meeting = queries.meeting(statement.meeting_id)
    form = _offer(MoveStatementForm(), meeting, statement)
    try:
        form.check()
        others = [other for other in queries.statements_of(meeting.id) if other.id != statement.id]
        after = next((other for other in others if other.id == form.after.data), None)
        item = next((item for item in meeting.agenda if item.id == form.agenda_item.data), None)
        in_item = [other for other in others if other.agenda_item_id == (item.id if item else None)]
        first = in_item[0] if form.is_first.data and in_item and not after else None
        commands.move_statement(statement, after=after, before=first, to_item=item, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(statement, form), status
    flash(gettext("Moved."))
    return _redirect_to(statement)


@bp.post("/statements/<row:statement_id>/split")
@transactional
def split_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    form, text = SplitStatementForm(), statement.quote or statement.gist_id or ""
    try:
        form.check()
        form.check_words(text)
        commands.split_statement(statement, form.offset_in(text), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(statement, form), status
    flash(gettext("Split. The second part is right below."))
    return _redirect_to(statement)


@bp.post("/statements/<row:statement_id>/join")
@transactional
def join_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    statement = queries.statement(statement_id, to_change=True)
    above = commands.join_with_line_above(statement, by=me(), at=clock.now())
    flash(gettext("Merged with the line above. This can be undone in the live minutes."))
    return _redirect_to(above)
