"""One's own account: password, mails, and the browsers that are signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands, proving, queries, signin
from tracker.accounts.forms import MailsForm, PasswordForm
from tracker.accounts.routes.blueprint import bp
from tracker.core import clock
from tracker.core.errors import NotAccepted, NotPossible
from tracker.core.pages import me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.webhooks import policy as webhooks


@bp.get("/account")
def show() -> ResponseReturnValue:
    account = queries.account(me().account_id or 0)
    return render_template(
        "accounts/show.html",
        account=account,
        rights_history=queries.rights_history(account),
        sign_ins=queries.active_sign_ins(account.id),
        calendar_addresses=queries.calendar_addresses(account.id),
        api_tokens=queries.api_tokens(account.id, clock.now()),
        own_sign_in_id=signin.own_sign_in_id(),
        has_second_step=queries.has_second_step(account.id),
        codes_left=queries.codes_left(account.id),
        may_have_webhooks=webhooks.may_have_endpoints(me()),
    )


@bp.get("/account/password")
def edit_password() -> ResponseReturnValue:
    return _password_page(PasswordForm(formdata=None))


def _password_page(form: PasswordForm) -> str:
    return render_template("accounts/password.html", form=form, has_code=queries.has_second_step(me().account_id or 0))


@bp.post("/account/password")
@transactional
def update_password() -> ResponseReturnValue:
    account = queries.account(me().account_id or 0, to_change=True)
    form = PasswordForm()
    form.username.data = account.username
    using = commands.hasher(current_settings())
    try:
        form.check()
        attempt = proving.attempt_again(account, form.current.data or "", form.code.data or "")
        if attempt.account is None:
            form.current.errors = [attempt.sentence]
            raise NotAccepted(attempt.status)
        commands.change_password(account, form.new.data or "", using=using, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _password_page(form), status
    signin.begin(account)
    flash(gettext("Your password is changed. You are signed out everywhere else."))
    return redirect(url_for(".show"), 303)


@bp.get("/account/mails")
@signin.requires_proof
def edit_mails() -> ResponseReturnValue:
    return render_template("accounts/mails.html", form=MailsForm.of(queries.account(me().account_id or 0)))


@bp.post("/account/mails")
@signin.requires_proof
@transactional
def update_mails() -> ResponseReturnValue:
    account = queries.account(me().account_id or 0, to_change=True)
    form = MailsForm()
    try:
        form.check(MailsForm.of(account))
        commands.choose_mails(account, form.email.data, wants_digest=form.wants_digest.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("accounts/mails.html", form=form), status
    flash(gettext("Saved."))
    return redirect(url_for(".show"), 303)


@bp.post("/account/sign-ins/<row:sign_in_id>/end")
@transactional
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    commands.end_sign_in(queries.own_sign_in(sign_in_id, me().account_id or 0), at=clock.now())
    flash(gettext("That browser is signed out."))
    return redirect(url_for(".show", _anchor="sign-ins"), 303)


@bp.post("/account/sign-out-everywhere")
@transactional
def sign_out_everywhere() -> ResponseReturnValue:
    commands.end_sign_ins(queries.account(me().account_id or 0), at=clock.now())
    signin.leave()
    flash(gettext("You are signed out everywhere."))
    return redirect(url_for(".sign_in"), 303)
