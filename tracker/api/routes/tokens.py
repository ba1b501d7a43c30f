"""The pages on which a token is made and ended."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands, signin
from tracker.accounts import queries as accounts
from tracker.accounts.rules import ApiFeature, TokenLasts
from tracker.api.forms import TokenForm
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import me
from tracker.core.request import API
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.wording import gettext

tokens = Blueprint("tokens", __name__)


@tokens.get("/account/tokens")
@signin.requires_proof
def new() -> ResponseReturnValue:
    usual = {"features": list(ApiFeature), "lasts": TokenLasts.QUARTER}
    return _page(TokenForm(formdata=None, data=usual).offered(me()))


@tokens.post("/account/tokens")
@signin.requires_proof
@transactional
def create() -> ResponseReturnValue:
    """Renders instead of redirecting, so that the token is shown only this once."""
    account = accounts.account(me().account_id or 0, to_change=True)
    form = TokenForm().offered(me())
    try:
        form.check()
        token = commands.make_api_token(account, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form), status
    return render_template("api/token.html", token=token, address=current_settings().site_url + API)


def _page(form: TokenForm) -> str:
    return render_template("api/new_token.html", form=form)


@tokens.post("/account/tokens/<row:token_id>/end")
@transactional
def end(token_id: int) -> ResponseReturnValue:
    token = accounts.own_api_token(token_id, me().account_id or 0)
    commands.end_api_token(token, by=me(), at=clock.now())
    flash(gettext("That token is ended. Programs that use it are refused."))
    return redirect(url_for("accounts.show", _anchor="tokens"), 303)
