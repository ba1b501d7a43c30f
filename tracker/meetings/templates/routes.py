"""Pages of the templates per type of meeting."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import policy
from tracker.meetings.live.labels import ROLE_PREFIXES
from tracker.meetings.rules import MeetingType
from tracker.meetings.templates import commands, queries
from tracker.meetings.templates.forms import TemplateForm
from tracker.people import queries as people

bp = Blueprint("meeting_templates", __name__, url_prefix="/meetings/templates")
blueprints = (bp,)


def _type(code: str) -> MeetingType:
    if code not in {member.value for member in MeetingType}:
        raise NotFound
    return MeetingType(code)


def _offer(form: TemplateForm) -> TemplateForm:
    form.organiser_unit.offer(people.UNITS)
    return form


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return render_template("meetings/templates/index.html", types=list(MeetingType), templates=queries.by_type())


@bp.get("/<meeting_type>/edit")
def edit(meeting_type: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    kind = _type(meeting_type)
    return _page(_offer(TemplateForm.of(queries.of_type(kind))), kind)


def _page(form: TemplateForm, kind: MeetingType) -> str:
    return render_template("meetings/templates/edit.html", form=form, kind=kind, marks=ROLE_PREFIXES)


@bp.post("/<meeting_type>/edit")
@transactional
def update(meeting_type: str) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    kind = _type(meeting_type)
    form = _offer(TemplateForm())
    stored = queries.of_type(kind, to_change=True)
    try:
        form.check(_offer(TemplateForm.of(stored)) if stored else None)
        commands.save_template(kind, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form, kind), status
    flash(gettext("Saved."))
    return redirect(url_for(".index"), 303)
