"""Pages of secrecy: another classification, and who is let into a meeting by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.audit.queries import oneself
from tracker.classification import commands, labels, policy, queries
from tracker.classification.forms import ClassificationForm, LetInForm
from tracker.classification.queries import Thing, Tied
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import say
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.search import queries as search

bp = Blueprint("secrecy", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.tied, "tied")


def _home(thing: Thing) -> str:
    where = queries.told_on(thing)
    if isinstance(where, Meeting):
        return url_for("meetings.show", meeting_id=where.id)
    if isinstance(where, Proposal):
        return url_for("proposals.show", proposal_id=where.id)
    return url_for("actions.show", action_id=where.id)


@dataclass(frozen=True)
class Found:
    """What is raised with a thing, and what else says the same; only what its reader may see."""

    ties: Sequence[Tied]
    same: Sequence[Tied]


def _page(kind: str, thing: Thing, form: ClassificationForm, found: Found) -> str:
    return render_template(
        "classification/classify.html", kind=kind, thing=thing, form=form, home=_home(thing),
        repeating=queries.lines_that_repeat(thing), same=found.same,
    )  # fmt: skip


def _found(thing: Thing) -> Found:
    words, tied = queries.words_of(thing), queries.reached_from(thing)
    others = search.may_have_the_same_words(words) if words else {}
    rows = queries.these({table: numbers | others.get(table, set()) for table, numbers in tied.items()})
    ties = [one for one in rows if one.id in tied[one.__tablename__]]
    rest = [one for one in rows if one is not thing and one not in ties]
    return Found(ties, [one for one in rest if search.has_the_same_words(one, words or "")])


@bp.get("/classification/<kind>/<row:number>")
def level(kind: str, number: int) -> ResponseReturnValue:
    ensure(policy.may_classify(me()))
    thing = queries.thing(kind, number)
    form, found = ClassificationForm.of(thing), _found(thing)
    form.offer(found.ties)
    return _page(kind, thing, form, found)


@bp.post("/classification/<kind>/<row:number>")
@transactional
def classify(kind: str, number: int) -> ResponseReturnValue:
    ensure(policy.may_classify(me()))
    thing = queries.thing(kind, number, to_change=True)
    form, stored, found = ClassificationForm(), ClassificationForm.of(thing), _found(thing)
    form.offer(found.ties)
    stored.offer(found.ties)
    try:
        form.check(stored)
        home = _home(thing)
        commands.classify(
            thing, form.classification.data, form.reason.data, left=form.chosen(found.ties), by=me(), at=clock.now()
        )  # fmt: skip
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(kind, thing, form, found), status
    flash(say("Saved."))
    return redirect(home, 303)


def _others() -> list[tuple[int, str]]:
    """The accounts that one may let in: nobody lets themselves in (ADR 60)."""
    own = oneself(me()).accounts
    return [one for one in queries.account_choices() if one[0] not in own]


def _readers(meeting: Meeting, form: LetInForm) -> str:
    form.account.offer(_others())
    return render_template("classification/readers.html", meeting=meeting, form=form, let_in=queries.let_in(meeting.id))


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
    form.account.offer(_others())
    try:
        form.check()
        account = accounts.account(form.account.data)
        commands.let_in(meeting, account, form.reason.data, by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return _readers(meetings.meeting(meeting_id), form), status
    flash(say("Access given. The clearance of the account still applies."))
    return redirect(url_for(".readers", meeting_id=meeting.id), 303)


@bp.post("/meetings/<row:meeting_id>/readers/<row:grant_id>/shut-out")
@transactional
def shut_out(meeting_id: int, grant_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_let_in(me(), meeting.attendance))
    commands.shut_out(meeting, queries.grant(meeting.id, grant_id), by=me(), at=clock.now())
    flash(say("Access removed."))
    return redirect(url_for(".readers", meeting_id=meeting.id), 303)
