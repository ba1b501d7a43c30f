"""Invite several people of the register at once, and make the links of several invitations."""

import io
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as account_commands
from tracker.accounts import policy, signin
from tracker.accounts.access import commands, queries, rules
from tracker.accounts.access.formats import links_file
from tracker.accounts.access.forms import InvitationsForm, LinksForm, PersonsFilterForm
from tracker.accounts.access.routes.blueprint import bp
from tracker.accounts.access.routes.links import address_of
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.accounts.rules import INVITATION_LASTS, AccountState
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext, language, ngettext
from tracker.people.models import Person


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
        links = [(account, address_of(_handed_over(account))) for account in to_hand_over]
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return _invitations_page(form, queries.without_account_among(form.person_ids())), status
    mailed = len(opened) - len(links)
    if links:
        return _links_page(links, mailed)
    flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", mailed))
    return redirect(url_for("accounts.index", state=AccountState.INVITED), 303)


def _handed_over(account: Account) -> str:
    return commands.make_link(account, LinkKind.INVITATION, by=me(), at=clock.now())


@bp.get("/accounts/invitations/links")
@signin.requires_proof
def choose_links() -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    return _choose_links_page(LinksForm(formdata=None), queries.awaiting_links(rules.MOST_LINKS))


@bp.post("/accounts/invitations/links")
@signin.requires_proof
@transactional
def make_links() -> ResponseReturnValue:
    """Answers with the links instead of redirecting: they are shown only this once."""
    ensure(policy.may_manage(me()))
    form = LinksForm()
    accounts = queries.awaiting_links(rules.MOST_LINKS, to_change=True)
    form.offer(accounts, ())
    try:
        form.check()
    except NotPossible as refusal:
        return _choose_links_page(form, accounts), form.show_refusal(refusal)
    chosen = set(form.accounts.data)
    links = [(account, address_of(_handed_over(account))) for account in accounts if account.id in chosen]
    if not form.as_file.data:
        return _links_page(links)
    headings = [gettext("Name"), gettext("Username"), gettext("Link")]
    rows = [(account.display_name, account.username, address) for account, address in links]
    file = io.BytesIO(links_file(headings, rows, language()))
    return send_file(file, "text/csv", as_attachment=True, download_name=f"links-{clock.today()}.csv")


def _choose_links_page(form: LinksForm, accounts: Sequence[Account]) -> str:
    has_mail = bool(current_settings().smtp_url)
    form.offer(accounts, [account.id for account in accounts if not (has_mail and account.email)])
    return render_template("accounts/access/choose_links.html", form=form, accounts=accounts, has_mail=has_mail)


def _links_page(links: Sequence[tuple[Account, str]], mailed: int = 0) -> str:
    until = clock.now() + INVITATION_LASTS
    return render_template("accounts/access/links.html", links=links, mailed=mailed, until=until)


def _invitations_page(
    form: InvitationsForm, persons: Mapping[int, Person], filters: PersonsFilterForm | None = None
) -> str:
    return render_template(
        "accounts/access/invitations.html", form=form, persons=persons, today=clock.today(),
        filters=filters or PersonsFilterForm(), has_mail=bool(current_settings().smtp_url),
    )  # fmt: skip
