"""The outbox as administrators see it: to whom, about what kind of thing, how it went. Never what a mail said."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import say
from tracker.notices import commands, policy, queries
from tracker.notices.forms import OutboxFilterForm

bp = Blueprint("notices", __name__, url_prefix="/notices")
blueprints = (bp,)


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = OutboxFilterForm()
    status = HTTPStatus.OK if form.validate() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = queries.matching(form.state.data, request.args.get("page"))
    return render_template("notices/index.html", form=form, page=page), status


@bp.post("/<row:notice_id>/again")
@transactional
def try_again(notice_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    commands.try_again(queries.dead(notice_id), by=me(), at=clock.now())
    flash(say("It is in the outbox again."))
    return redirect(url_for(".index"), 303)
