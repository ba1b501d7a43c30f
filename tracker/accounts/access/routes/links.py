"""Links to choose a password: made by an administrator, or requested when it is forgotten."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as account_commands
from tracker.accounts import policy, proving, signin
from tracker.accounts import queries as accounts
from tracker.accounts.access import commands, queries
from tracker.accounts.access.forms import (
    ChoosePasswordForm,
    ForgottenForm,
)
from tracker.accounts.access.routes.blueprint import bp
from tracker.accounts.access.rules import LinkKind
from tracker.core import clock
from tracker.core.errors import NotAccepted, NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext


@bp.get("/accounts/<row:account_id>/link")
@signin.requires_proof
def link(account_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    account = accounts.account(account_id)
    ensure(policy.may_manage_credentials(me(), account.id, accounts.rights(account).roles))
    return render_template("accounts/access/link.html", account=account, kind=None, address=None)


@bp.post("/accounts/<row:account_id>/link")
@signin.requires_proof
@transactional
def make_link(account_id: int) -> ResponseReturnValue:
    """Renders instead of redirecting, so that the link is shown only this once."""
    ensure(policy.may_manage(me()))
    account = accounts.account(account_id, to_change=True)
    ensure(policy.may_manage_credentials(me(), account.id, accounts.rights(account).roles))
    kind = LinkKind.RESET if accounts.has_been_used(account.id) else LinkKind.INVITATION
    token = commands.make_link(account, kind, by=me(), at=clock.now())
    return render_template("accounts/access/link.html", account=account, kind=kind, address=address_of(token))


def address_of(token: str) -> str:
    return current_settings().site_url + url_for("access.choose", token=token)


@bp.get("/access/<token>")
@signin.public
def choose(token: str) -> ResponseReturnValue:
    row = queries.link_with_token(token)
    is_usable = row is not None and row.is_usable(clock.now())
    form = ChoosePasswordForm(formdata=None)
    return render_template("accounts/access/choose.html", form=form, token=token, is_usable=is_usable), (
        HTTPStatus.OK if is_usable else HTTPStatus.NOT_FOUND
    )


@bp.post("/access/<token>")
@signin.public
@transactional
def use(token: str) -> ResponseReturnValue:
    row = queries.link_with_token(token)
    if row is None or not row.is_usable(clock.now()):
        raise NotFound(commands.LINK_ENDED)
    form = ChoosePasswordForm()
    form.username.data = row.account.username
    try:
        form.check()
        using = account_commands.hasher(current_settings())
        commands.use_link(row, form.new.data or "", using=using, at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("accounts/access/choose.html", form=form, token=token, is_usable=True), status
    flash(gettext("Your password is set. Sign in with it."))
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/sign-in/forgotten")
@signin.public
def forgotten() -> ResponseReturnValue:
    return render_template("accounts/access/forgotten.html", form=ForgottenForm(formdata=None))


@bp.post("/sign-in/forgotten")
@signin.public
@transactional
def ask_for_reset() -> ResponseReturnValue:
    form = ForgottenForm()
    try:
        form.check()
        if not proving.may_ask():
            form.form_errors.append(gettext("Too many attempts. Wait 15 minutes and try again."))
            raise NotAccepted(HTTPStatus.TOO_MANY_REQUESTS)
        commands.ask_for_reset(form.username.data or "", at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("accounts/access/forgotten.html", form=form), status
    flash(
        gettext(
            "If this username has an account with an e-mail address, a link is on its way. It is valid for 30 minutes."
        )
    )
    return redirect(url_for("accounts.sign_in"), 303)
