"""Signing in and out, confirming the password again, and the language."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands, proving, queries, signin
from tracker.accounts.forms import ProofForm, SignInForm
from tracker.accounts.routes.blueprint import bp
from tracker.core import clock, office, typed, wording
from tracker.core.pages import me
from tracker.core.request import safe_path
from tracker.core.settings import current_settings
from tracker.core.transactions import commit, transactional


@bp.record_once
def _register_pages(state: Any) -> None:
    app: Flask = state.app
    app.extensions["sign_in_again"] = lambda: _sign_in_page(SignInForm(formdata=None), _typed_now())
    app.extensions["prove_again"] = lambda: _proof_page(ProofForm(formdata=None), _typed_now())


@dataclass(frozen=True)
class Carried:
    """Input of a form that was sent after the sign-in had ended."""

    path: str
    fields: list[tuple[str, str]]
    file_names: str


def _typed_now() -> Carried:
    return Carried(request.full_path, typed.fields(), typed.file_names())


def _carried() -> Carried | None:
    path = request.form.get("kept_path")
    fields = [(name.removeprefix("kept-"), value) for name, value in request.form.items(multi=True)
              if name.startswith("kept-")]  # fmt: skip
    return Carried(safe_path(path), fields, request.form.get("kept_files", "")) if path else None


def _sign_in_page(form: SignInForm, carried: Carried | None) -> str:
    office = current_settings().oidc_issuer
    return render_template("accounts/sign_in.html", form=form, carried=carried, office=office)


@bp.get("/sign-in")
@signin.public
def sign_in() -> ResponseReturnValue:
    form = SignInForm(formdata=None, data={"next": safe_path(request.args.get("next"))})
    office.office()  # the newest name and languages, where nobody is signed in
    return _sign_in_page(form, None)


@bp.post("/sign-in")
@signin.public
def enter() -> ResponseReturnValue:
    """Not @transactional: the count of a failed attempt must be committed."""
    form = SignInForm()
    carried = _carried()
    if form.validation_status() != HTTPStatus.OK:
        return _sign_in_page(form, carried), HTTPStatus.UNPROCESSABLE_ENTITY
    attempt = proving.attempt(form.username.data or "", form.password.data or "", form.code.data or "")
    if attempt.account is None:
        form.refuse(attempt.sentence)
        return _sign_in_page(form, carried), attempt.status
    signin.begin(attempt.account)
    commit()
    if carried:
        return render_template("accounts/resume.html", carried=carried)
    return redirect(safe_path(form.next.data), 303)


def _proof_page(form: ProofForm, carried: Carried | None) -> str:
    has_second_step = queries.has_second_step(me().account_id or 0)
    office = current_settings().oidc_issuer
    return render_template("accounts/prove.html", form=form, carried=carried, has_code=has_second_step, office=office)


@bp.get("/account/proof")
def prove() -> ResponseReturnValue:
    return _proof_page(ProofForm(formdata=None, data={"next": safe_path(request.args.get("next"))}), None)


@bp.post("/account/proof")
def accept_proof() -> ResponseReturnValue:
    """Not @transactional: the count of a failed attempt must be committed."""
    form, carried = ProofForm(), _carried()
    status = form.validation_status()
    if status == HTTPStatus.OK:
        own = signin.own_sign_in()
        attempt = proving.attempt_again(own.account, form.password.data or "", form.code.data or "")
        status = attempt.status
        if attempt.account:
            own.proved_at = clock.now()
            commit()
            return render_template("accounts/resume.html", carried=carried) if carried else redirect(
                safe_path(form.next.data), 303)  # fmt: skip
        form.refuse(attempt.sentence)
    return _proof_page(form, carried), status


@bp.post("/sign-out")
@transactional
def sign_out() -> ResponseReturnValue:
    commands.end_sign_in(signin.own_sign_in(), at=clock.now())
    signin.leave()
    return redirect(url_for(".sign_in"), 303)


@bp.post("/language")
@signin.public
@transactional
def choose_language() -> ResponseReturnValue:
    code = request.form.get("language", "")
    wording.remember_language(code)
    if signin.is_signed_in() and code in wording.offered():
        commands.choose_language(signin.own_sign_in().account, code)
    return redirect(safe_path(request.form.get("next")), 303)
