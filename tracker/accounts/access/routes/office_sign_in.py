"""Signing in with the office's own account (OpenID Connect), and asking for an account here."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast

import structlog
from flask import Flask, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as account_commands
from tracker.accounts import proving, signin
from tracker.accounts import queries as accounts
from tracker.accounts.access import commands, queries, rules
from tracker.accounts.access.forms import (
    OfficeCodeForm,
)
from tracker.accounts.access.routes.blueprint import bp
from tracker.accounts.models import Account
from tracker.core import clock, encryption
from tracker.core.errors import NotFound
from tracker.core.restarts import runs_once
from tracker.core.settings import current_settings
from tracker.core.transactions import commit
from tracker.core.wording import gettext

OFFICE = "office"
#: Session key: the encrypted id of the account that still has to enter its one-time code.
PENDING_ACCOUNT = "waits for code"


def register_office(app: Flask) -> None:
    settings = app.extensions["settings"]
    if not settings.oidc_issuer:
        return
    # costs 17 MB and 0.3 s, and few installations need it
    from tracker.accounts.access.office import Office, Offices  # noqa: PLC0415

    Offices(app).register(
        OFFICE,
        client_cls=Office,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=settings.oidc_issuer + rules.WELL_KNOWN,
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256"},
    )


bp.record_once(lambda state: register_office(cast(Flask, state.app)))


def _office() -> Any:
    oauth = current_app.extensions.get("authlib.integrations.flask_client")
    if oauth is None:
        raise NotFound
    return oauth.create_client(OFFICE)


def _refuse(fault: Exception, sentence: str) -> ResponseReturnValue:
    """Log the reason, and go back to the page that asks for a password."""
    structlog.get_logger("tracker.office").warning("office_sign_in", fault=type(fault).__name__)
    flash(sentence)
    return redirect(url_for("accounts.sign_in"), 303)


@bp.get("/sign-in/office")
@signin.public
def to_office() -> ResponseReturnValue:
    office = _office()
    from tracker.accounts.access.office import REFUSALS  # noqa: PLC0415  # as above

    try:
        back = current_settings().site_url + url_for(".from_office")
        return cast(ResponseReturnValue, office.authorize_redirect(back))
    except REFUSALS as fault:
        return _refuse(fault, gettext("The office sign-in is not responding correctly. Sign in with your password."))


@bp.get("/sign-in/office/back")
@signin.public
@runs_once
def from_office() -> ResponseReturnValue:
    """Not @transactional: the standard makes this a GET, yet it stores the sign-in."""
    office = _office()
    from tracker.accounts.access.office import REFUSALS  # noqa: PLC0415  # as above

    try:
        identity = office.confirmed_identity()
    except REFUSALS as fault:
        return _refuse(fault, gettext("The office sign-in could not confirm your identity. Try again."))
    account = commands.find_or_link_account(identity.issuer, identity.subject, identity.address, at=clock.now())
    if account is None:
        flash(_ask_for_account(identity))
        return redirect(url_for("accounts.sign_in"), 303)
    if accounts.has_second_step(account.id) and not identity.has_two_factors:
        commit()
        session[PENDING_ACCOUNT] = encryption.seal(
            str(account.id), secret_key=current_settings().secret_key, purpose=PENDING_ACCOUNT
        )
        return redirect(url_for(".office_code"), 303)
    signin.begin(account)
    commit()
    return redirect("/", 303)


def _ask_for_account(identity: rules.ConfirmedIdentity) -> str:
    pending = queries.is_pending(identity.issuer, identity.subject)
    if not pending and proving.may_ask():
        using = account_commands.hasher(current_settings())
        pending = commands.ask_for_account(identity, using=using, at=clock.now()) is not None
        commit()
    if pending:
        return gettext("Your account waits for an administrator. You can sign in as soon as it is opened.")
    return gettext("You have no account here yet. Ask an administrator to create one with your office address.")


@bp.get("/sign-in/office/code")
@signin.public
def office_code() -> ResponseReturnValue:
    _account_awaiting_code()
    return render_template("accounts/access/office_code.html", form=OfficeCodeForm(formdata=None))


@bp.post("/sign-in/office/code")
@signin.public
def take_office_code() -> ResponseReturnValue:
    """Not @transactional: a failed attempt is counted, and that must be stored."""
    account, form = _account_awaiting_code(), OfficeCodeForm()
    status = form.validation_status()
    if status == HTTPStatus.OK:
        attempt = proving.attempt_code(account, form.code.data or "")
        status = attempt.status
        if attempt.account:
            signin.begin(account)
            commit()
            return redirect("/", 303)
        form.code.errors = [attempt.sentence]
    return render_template("accounts/access/office_code.html", form=form), status


def _account_awaiting_code() -> Account:
    """The account whose identity the office has confirmed within five minutes, and whose code is still missing."""
    account_id = encryption.unseal(
        session.get(PENDING_ACCOUNT, ""), secret_key=current_settings().secret_key, purpose=PENDING_ACCOUNT,
        lasts=timedelta(minutes=5),
    )  # fmt: skip
    account = accounts.account(int(account_id)) if account_id else None
    if account is None or not account.is_active:
        raise NotFound
    return account
