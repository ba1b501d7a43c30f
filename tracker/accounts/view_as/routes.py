"""Pages that start and end a preview."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker.accounts import commands, policy, queries, signin
from tracker.accounts.view_as.forms import PreviewForm
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import safe_path
from tracker.core.transactions import transactional
from tracker.core.wording import gettext

bp = Blueprint("view_as", __name__, url_prefix="/preview")
blueprints = (bp,)


def _offer(form: PreviewForm) -> PreviewForm:
    form.reader.offer(queries.accounts_to_preview(me().account_id))
    return form


@bp.get("")
def choose() -> ResponseReturnValue:
    ensure(policy.may_preview(me()))
    form = PreviewForm(formdata=None, data={"next": safe_path(request.args.get("next"))})
    return render_template("accounts/view_as/choose.html", form=_offer(form), back=form.next.data)


@bp.post("")
@transactional
def begin() -> ResponseReturnValue:
    ensure(policy.may_preview(me()))
    form = _offer(PreviewForm())
    back = safe_path(form.next.data)
    try:
        form.check()
        commands.begin_preview(signin.own_sign_in(), queries.account(form.reader.data), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("accounts/view_as/choose.html", form=form, back=back), status
    return redirect(back, 303)


@bp.post("/end")
@transactional
def end() -> ResponseReturnValue:
    commands.end_preview(signin.own_sign_in(), at=clock.now())
    flash(gettext("You see the pages as yourself again."))
    return redirect(safe_path(request.form.get("next")), 303)
