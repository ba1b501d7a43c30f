"""Pages for password links, the second step and the office sign-in."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, cast

import pyotp
import segno
import structlog
from flask import Blueprint, Flask, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as account_commands
from tracker.accounts import policy, proving, signin
from tracker.accounts import queries as accounts
from tracker.accounts.access import commands, queries, rules
from tracker.accounts.access.forms import (
    ChoosePasswordForm,
    ForgottenForm,
    InvitationsForm,
    OfficeCodeForm,
    PersonsFilterForm,
    TurnOffForm,
    TurnOnForm,
)
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.accounts.rules import AccountState
from tracker.core import clock, encryption
from tracker.core.errors import NotAccepted, NotFound, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import commit, ensure_storable, take_back, transactional
from tracker.core.wording import gettext, ngettext
from tracker.core.wording import lazy_gettext as _l
from tracker.people.models import Person

bp = Blueprint("access", __name__)
blueprints = (bp,)
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
    return render_template("accounts/access/link.html", account=account, kind=kind, address=_address_of(token))


def _address_of(token: str) -> str:
    return current_settings().site_url + url_for("access.choose", token=token)


@bp.get("/accounts/invitations")
@signin.requires_proof
def choose_persons() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    filters = PersonsFilterForm()
    status = filters.validation_status()
    persons = queries.without_account(filters.q.data, rules.MOST_AT_ONCE) if status is HTTPStatus.OK else []
    return _invitations_page(InvitationsForm.of(persons), {person.id: person for person in persons}, filters), status


@bp.post("/accounts/invitations")
@signin.requires_proof
@transactional
def invite_persons() -> ResponseReturnValue:
    """Renders instead of redirecting if there are links to hand over: they are shown only this once."""
    ensure(policy.may_manage(me()))
    form, settings = InvitationsForm(), current_settings()
    persons, ticked = queries.without_account_among(form.person_ids()), form.chosen()
    form.keep(persons)
    try:
        if not ticked.keys() <= persons.keys():
            raise NotPossible(gettext("Somebody you ticked has an account by now. Look at the list again."))
        form.check()
        chosen = [(persons[number], email) for number, email in ticked.items()]
        using, at = account_commands.hasher(settings), clock.now()
        opened = commands.invite_persons(chosen, frozenset(form.roles.data), using=using, by=me(), at=at)
        ensure_storable()
        to_hand_over = [account for account in opened if not (settings.smtp_url and account.email)]
        links = [(account, _address_of(_handed_over(account))) for account in to_hand_over]
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return _invitations_page(form, queries.without_account_among(form.person_ids())), status
    mailed = len(opened) - len(links)
    if links:
        return render_template("accounts/access/links.html", links=links, mailed=mailed)
    flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", mailed))
    return redirect(url_for("accounts.index", state=AccountState.INVITED), 303)


def _handed_over(account: Account) -> str:
    return commands.make_link(account, LinkKind.INVITATION, by=me(), at=clock.now())


def _invitations_page(
    form: InvitationsForm, persons: Mapping[int, Person], filters: PersonsFilterForm | None = None
) -> str:
    return render_template(
        "accounts/access/invitations.html", form=form, persons=persons, today=clock.today(),
        filters=filters or PersonsFilterForm(), has_mail=bool(current_settings().smtp_url),
    )  # fmt: skip


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
