"""The accounts of everybody, for administrators; invitations and requests."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands, policy, queries, rules, signin
from tracker.accounts.forms import AccountFilterForm, AccountForm
from tracker.accounts.models import Account
from tracker.accounts.routes.blueprint import bp
from tracker.audit.queries import oneself
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.paging import nothing_found
from tracker.core.settings import current_settings
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext
from tracker.people import queries as people


@bp.record_once
def _register_page_of_account(state: Any) -> None:
    state.app.extensions["page_of_account"] = _page_of


def _page_of(account_id: int) -> str | None:
    """The page of an account: any for administrators, one's own for everybody."""
    if policy.may_manage(me()):
        return url_for("accounts.edit", account_id=account_id)
    return url_for("accounts.show") if account_id == me().account_id else None


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
