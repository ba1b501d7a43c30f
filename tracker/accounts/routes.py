"""Pages for signing in, one's own account and the list of accounts."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands, labels, policy, proving, queries, rules, signin
from tracker.accounts.forms import AccountFilterForm, AccountForm, MailsForm, PasswordForm, ProofForm, SignInForm
from tracker.accounts.models import Account
from tracker.audit.queries import oneself
from tracker.core import clock, office, typed, wording
from tracker.core.errors import NotAccepted, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.request import safe_path
from tracker.core.settings import current_settings
from tracker.core.transactions import commit, ensure_storable, take_back, transactional
from tracker.core.wording import gettext
from tracker.people import queries as people

bp = Blueprint("accounts", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.device_name, "device_name")
bp.add_app_template_filter(labels.rights, "rights")
bp.add_app_template_global(lambda: labels.ROLE_DUTIES, "role_duties")


@bp.record_once
def _register_pages(state: Any) -> None:
    app: Flask = state.app
    app.extensions["sign_in_again"] = lambda: _sign_in_page(SignInForm(formdata=None), _typed_now())
    app.extensions["page_of_account"] = _page_of
    app.extensions["prove_again"] = lambda: _proof_page(ProofForm(formdata=None), _typed_now())


def _page_of(account_id: int) -> str | None:
    """The page of an account: any for administrators, one's own for everybody."""
    if policy.may_manage(me()):
        return url_for("accounts.edit", account_id=account_id)
    return url_for("accounts.show") if account_id == me().account_id else None


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


@bp.get("/account")
def show() -> ResponseReturnValue:
    account = queries.account(me().account_id or 0)
    return render_template(
        "accounts/show.html",
        account=account,
        rights_history=queries.rights_history(account),
        sign_ins=queries.active_sign_ins(account.id),
        own_sign_in_id=signin.own_sign_in_id(),
        has_second_step=queries.has_second_step(account.id),
        codes_left=queries.codes_left(account.id),
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


@bp.get("/accounts")
def index() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = AccountFilterForm()
    status = form.validation_status()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    usage = queries.usage([account.id for account in page.rows])
    return render_template("accounts/index.html", form=form, page=page, usage=usage, state_of=_state_of), status


def _state_of(account: Account) -> rules.AccountState:
    return rules.state_of(
        is_active=account.is_active, invited_at=account.invited_at, asked_at=account.asked_at, now=clock.now()
    )


@bp.get("/accounts/new")
@signin.requires_proof
def new() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = _offer(AccountForm(formdata=None), None)
    return render_template("accounts/new.html", form=form)


@bp.post("/accounts/new")
@signin.requires_proof
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    form = _offer(AccountForm(), None)
    using = commands.hasher(current_settings())
    try:
        form.check()
        account = commands.open_account(form.draft(), form.password.data or None, using=using, by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return render_template("accounts/new.html", form=form), status
    if account.invited_at:
        return _tell_of_invitation(account)
    flash(gettext("Saved."))
    return redirect(url_for(".index"), 303)


def _tell_of_invitation(account: Account) -> ResponseReturnValue:
    if _is_mailed_to(account):
        flash(gettext("An invitation is on its way to %(address)s. It is valid for seven days.", address=account.email))
        return redirect(url_for(".index"), 303)
    flash(gettext("Nothing can be mailed to this account. Make a link here and hand it over."))
    return redirect(url_for("access.link", account_id=account.id), 303)


def _is_mailed_to(account: Account) -> bool:
    return bool(current_settings().smtp_url and account.email)


def _to_change(account_id: int) -> Account:
    ensure(policy.may_manage(me()))
    return queries.account(account_id, to_change=True)


@bp.post("/accounts/<row:account_id>/invitation")
@signin.requires_proof
@transactional
def invite(account_id: int) -> ResponseReturnValue:
    account = _to_change(account_id)
    commands.invite(account, by=me(), at=clock.now())
    return _tell_of_invitation(account)


@bp.post("/accounts/<row:account_id>/invitation/withdraw")
@signin.requires_proof
@transactional
def withdraw_invitation(account_id: int) -> ResponseReturnValue:
    commands.withdraw_invitation(_to_change(account_id), by=me(), at=clock.now())
    flash(gettext("The invitation is withdrawn; its links no longer work."))
    return redirect(url_for(".edit", account_id=account_id), 303)


@bp.post("/accounts/<row:account_id>/request/refuse")
@signin.requires_proof
@transactional
def refuse_request(account_id: int) -> ResponseReturnValue:
    commands.refuse_request(_to_change(account_id), by=me(), at=clock.now())
    flash(gettext("The request is refused; the account stays closed."))
    return redirect(url_for(".edit", account_id=account_id), 303)


@bp.post("/accounts/<row:account_id>/sign-ins/end")
@signin.requires_proof
@transactional
def end_sign_ins_of(account_id: int) -> ResponseReturnValue:
    account = _to_change(account_id)
    commands.end_sign_ins_of(account, by=me(), at=clock.now())
    flash(gettext("%(name)s is signed out everywhere.", name=account.display_name))
    return redirect(url_for(".edit", account_id=account_id), 303)


@bp.get("/accounts/<row:account_id>/edit")
@signin.requires_proof
def edit(account_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    account = queries.account(account_id)
    return _edit_page(_offer(AccountForm.of(account), account), account)


@bp.post("/accounts/<row:account_id>/edit")
@signin.requires_proof
@transactional
def update(account_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    account = queries.account(account_id, to_change=True)
    form = _offer(AccountForm(), account)
    try:
        form.check(_offer(AccountForm.of(account), account))
        commands.edit_account(account, form.draft(), by=me(), at=clock.now())
        ensure_storable()
        if form.password and form.password.data:
            using = commands.hasher(current_settings())
            commands.change_password(account, form.password.data, using=using, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return _edit_page(form, queries.account(account_id)), status
    flash(gettext("Saved."))
    return redirect(url_for(".index"), 303)


def _edit_page(form: AccountForm, account: Account) -> str:
    return render_template(
        "accounts/edit.html", form=form, account=account, rights_history=queries.rights_history(account),
        may_manage_credentials=_may_manage_credentials(account), usage=queries.usage([account.id])[account.id],
        state=_state_of(account), is_mailed_to=_is_mailed_to(account),
        invited_until=account.invited_at + rules.INVITATION_LASTS if account.invited_at else None,
    )  # fmt: skip


def _may_manage_credentials(account: Account) -> bool:
    return policy.may_manage_credentials(me(), account.id, queries.rights(account).roles)


def _offer(form: AccountForm, account: Account | None) -> AccountForm:
    """Offer what this administrator may set: nobody links themselves to another account or adds rights to their own."""
    own, linked = oneself(me()), account.person_id if account else None
    if account is not None:
        form.is_own = account.id in own.accounts
        if form.is_own:
            form.offer_no_more_than(queries.rights(account))
        if not _may_manage_credentials(account):
            form.make_credentials_read_only()
    is_own = form.is_own
    form.person.may_hold = lambda person_id: person_id == linked or not (is_own or person_id in own.persons)
    form.person.offer(people.PERSONS, gettext("Nobody in the register"))
    return form
