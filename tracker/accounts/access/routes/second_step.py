"""The second step of signing in: turn it on and off."""

import pyotp
import segno
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as account_commands
from tracker.accounts import proving, signin
from tracker.accounts import queries as accounts
from tracker.accounts.access import rules
from tracker.accounts.access.forms import (
    TurnOffForm,
    TurnOnForm,
)
from tracker.accounts.access.routes.blueprint import bp
from tracker.core import clock, encryption
from tracker.core.errors import NotAccepted, NotPossible
from tracker.core.pages import me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l


def _form_seed_purpose() -> str:
    """Encryption purpose of a seed in a form. Differs per account and from SEEDS, so no stored seed is accepted."""
    return f"second-step form of account {me().account_id}"


def _second_step_page(seed: str, on: TurnOnForm | None = None, off: TurnOffForm | None = None) -> str:
    account = accounts.account(me().account_id or 0)
    address = pyotp.TOTP(seed).provisioning_uri(
        name=account.username, issuer_name=gettext("Minutes and Proposals Tracker")
    )
    secret_key = current_settings().secret_key
    sealed = encryption.seal(seed, secret_key=secret_key, purpose=_form_seed_purpose())
    form = on or off
    return render_template(
        "accounts/access/second_step.html", is_on=accounts.has_second_step(account.id), seed=seed,
        picture=segno.make(address, error="m").svg_data_uri(scale=4, border=2),
        on=on or TurnOnForm(formdata=None), off=off or TurnOffForm(formdata=None), sealed=sealed,
        **({"form": form} if form else {}),
    )  # fmt: skip


@bp.get("/account/second-step")
@signin.requires_proof
def second_step() -> ResponseReturnValue:
    return _second_step_page(pyotp.random_base32())


@bp.post("/account/second-step")
@signin.requires_proof
@transactional
def turn_on() -> ResponseReturnValue:
    account = accounts.account(me().account_id or 0, to_change=True)
    settings, form = current_settings(), TurnOnForm()
    sealed = form.sealed_seed.data or ""
    seed = encryption.unseal(sealed, secret_key=settings.secret_key, purpose=_form_seed_purpose(), lasts=rules.LIFETIME)
    try:
        form.check()
        if seed is None:
            sentence = _l("This picture is no longer valid. Scan the new one and enter its digits.")
            raise NotPossible(sentence, field="code")
        codes = account_commands.turn_on_second_step(account, seed, form.code.data or "", settings, at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _second_step_page(seed or pyotp.random_base32(), on=form), status
    return render_template("accounts/access/recovery_codes.html", codes=codes)


@bp.post("/account/second-step/off")
@transactional
def turn_off() -> ResponseReturnValue:
    account = accounts.account(me().account_id or 0, to_change=True)
    form = TurnOffForm()
    try:
        form.check()
        attempt = proving.attempt_again(account, form.current.data or "", form.present_code.data or "")
        if attempt.account is None:
            form.current.errors = [attempt.sentence]
            raise NotAccepted(attempt.status)
        account_commands.turn_off_second_step(account, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _second_step_page(pyotp.random_base32(), off=form), status
    flash(gettext("The second step is off."))
    return redirect(url_for("accounts.show"), 303)
