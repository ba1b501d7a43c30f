"""Pages of secrecy: another classification, and who is let into a meeting by name."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.secrecy import commands, policy, queries
from tracker.secrecy.forms import ClassificationForm, LetInForm
from tracker.secrecy.queries import Thing

bp = Blueprint("secrecy", __name__)
blueprints = (bp,)


def _home(thing: Thing) -> str:
    where = queries.told_on(thing)
    if isinstance(where, Meeting):
        return url_for("meetings.show", meeting_id=where.id)
    if isinstance(where, Proposal):
        return url_for("proposals.show", proposal_id=where.id)
    return url_for("actions.show", action_id=where.id)


def _page(kind: str, thing: Thing, form: ClassificationForm) -> str:
    return render_template("secrecy/classify.html", kind=kind, thing=thing, form=form, home=_home(thing))


@bp.get("/classification/<kind>/<row:number>")
def level(kind: str, number: int) -> ResponseReturnValue:
    ensure(policy.may_classify(me()))
    thing = queries.thing(kind, number)
    return _page(kind, thing, ClassificationForm.of(thing))


@bp.post("/classification/<kind>/<row:number>")
@transactional
def classify(kind: str, number: int) -> ResponseReturnValue:
    ensure(policy.may_classify(me()))
    thing = queries.thing(kind, number, to_change=True)
    form = ClassificationForm()
    status = form.verdict(ClassificationForm.of(thing))
    if status != HTTPStatus.OK:
        return _page(kind, thing, form), status
    home = _home(thing)
    commands.classify(thing, form.classification.data, form.reason.data, by=me(), at=clock.now())
    flash(say("Saved."))
    return redirect(home, 303)


def _readers(meeting: Meeting, form: LetInForm) -> str:
    form.account.offer(queries.account_choices())
    return render_template("secrecy/readers.html", meeting=meeting, form=form, let_in=queries.let_in(meeting.id))


@bp.get("/meetings/<row:meeting_id>/readers")
def readers(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_let_in(me(), meeting.attendance))
    return _readers(meeting, LetInForm(formdata=None))


@bp.post("/meetings/<row:meeting_id>/readers")
@transactional
def let_in(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_let_in(me(), meeting.attendance))
    form = LetInForm()
    form.account.offer(queries.account_choices())
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _readers(meeting, form), status
    account = accounts.account(form.account.data)
    commands.let_in(meeting, account, form.reason.data, by=me(), at=clock.now())
    flash(say("Let in. The clearance of the account is asked for all the same."))
    return redirect(url_for(".readers", meeting_id=meeting.id), 303)


@bp.post("/meetings/<row:meeting_id>/readers/<row:grant_id>/shut-out")
@transactional
def shut_out(meeting_id: int, grant_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_let_in(me(), meeting.attendance))
    commands.shut_out(meeting, queries.grant(meeting.id, grant_id), by=me(), at=clock.now())
    flash(say("No longer let in."))
    return redirect(url_for(".readers", meeting_id=meeting.id), 303)
