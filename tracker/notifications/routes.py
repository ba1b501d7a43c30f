"""The outbox for administrators, which never shows the text of a mail, and the page that stops the digest."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as accounts
from tracker.accounts import queries as account_queries
from tracker.accounts import signin
from tracker.accounts.models import Account
from tracker.accounts.queries import as_actor
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.notifications import commands, policy, queries, rules
from tracker.notifications.forms import OutboxFilterForm

bp = Blueprint("notifications", __name__, url_prefix="/notices")
mails_bp = Blueprint("mails", __name__, url_prefix="/mails")
blueprints = (bp, mails_bp)


@bp.get("")
def index() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = OutboxFilterForm()
    status = form.validation_status()
    page = queries.matching(form.state.data, request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    return render_template("notifications/index.html", form=form, page=page), status


@bp.post("/<row:notice_id>/again")
@transactional
def try_again(notice_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    commands.try_again(queries.dead(notice_id), by=me(), at=clock.now())
    flash(gettext("It is in the outbox again."))
    return redirect(url_for(".index"), 303)


def _account(token: str, *, to_change: bool = False) -> Account:
    account_id = rules.account_to_stop(token, current_settings().secret_key)
    if account_id is None:
        raise NotFound
    return account_queries.account(account_id, to_change=to_change)


@mails_bp.get("/stop/<token>")
@signin.sealed
def stopping(token: str) -> ResponseReturnValue:
    account = _account(token)
    return render_template("notifications/stop.html", token=token, wants_digest=account.wants_digest)


@mails_bp.post("/stop/<token>")
@signin.sealed
@transactional
def stop(token: str) -> ResponseReturnValue:
    """Sent by the button on the page, or by a mail program (RFC 8058)."""
    account = _account(token, to_change=True)
    if account.wants_digest:
        accounts.choose_mails(account, account.email, wants_digest=False, by=as_actor(account), at=clock.now())
    return render_template("notifications/stop.html", token=token, wants_digest=False)
