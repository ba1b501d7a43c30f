"""Where a statement stands in the minutes: moving it, dividing it, joining it with the one above."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.forms import PageForm
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.meetings import commands, policy, queries
from tracker.meetings.forms import MoveStatementForm, SplitStatementForm
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.routes.blueprint import bp

LONGEST_LABEL = 80


def _page(said: Statement, form: PageForm | None = None) -> str:
    """The page, with the one form that came back, if any, beside fresh ones."""
    meeting = queries.meeting(said.meeting_id)
    move = form if isinstance(form, MoveStatementForm) else MoveStatementForm(formdata=None)
    move.agenda_item.data = said.agenda_item_id if form is not move else move.agenda_item.data
    return render_template(
        "meetings/statement_arrange.html",
        said=said,
        meeting=meeting,
        move=_offer(move, meeting, said),
        split=form if isinstance(form, SplitStatementForm) else SplitStatementForm(formdata=None),
        above=queries.line_above(said),
        **({"form": form} if form else {}),
    )


def _offer(form: MoveStatementForm, meeting: Meeting, said: Statement) -> MoveStatementForm:
    lines = [one for one in queries.statements_of(meeting.id) if one.id != said.id]
    form.after.offer([(one.id, (one.gist_id or one.quote or "")[:LONGEST_LABEL]) for one in lines])
    items = [(item.id, f"{number}. {item.text}") for number, item in enumerate(meeting.agenda, 1)]
    form.agenda_item.offer(items, say("No agenda item"))
    return form


def _back(said: Statement) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=said.meeting_id, _anchor=f"statement-{said.id}"), 303)


@bp.get("/statements/<row:statement_id>/arrange")
def arrange_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return _page(queries.statement(statement_id))


@bp.post("/statements/<row:statement_id>/move")
@transactional
def move_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    said = queries.statement(statement_id, to_change=True)
    meeting = queries.meeting(said.meeting_id)
    form = _offer(MoveStatementForm(), meeting, said)
    try:
        form.check()
        lines = [one for one in queries.statements_of(meeting.id) if one.id != said.id]
        after = next((one for one in lines if one.id == form.after.data), None)
        item = next((one for one in meeting.agenda if one.id == form.agenda_item.data), None)
        in_item = [one for one in lines if one.agenda_item_id == (item.id if item else None)]
        first = in_item[0] if form.is_first.data and in_item and not after else None
        commands.move_statement(said, after=after, before=first, to_item=item, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(said, form), status
    flash(say("Moved."))
    return _back(said)


@bp.post("/statements/<row:statement_id>/split")
@transactional
def split_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    said = queries.statement(statement_id, to_change=True)
    form, text = SplitStatementForm(), said.quote or said.gist_id or ""
    try:
        form.check()
        form.check_words(text)
        commands.split_statement(said, form.offset_in(text), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(said, form), status
    flash(say("Split. The second part is right below."))
    return _back(said)


@bp.post("/statements/<row:statement_id>/join")
@transactional
def join_statement(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    said = queries.statement(statement_id, to_change=True)
    above = commands.join_with_line_above(said, by=me(), at=clock.now())
    flash(say("Merged with the line above. This can be undone in the live minutes."))
    return _back(above)
