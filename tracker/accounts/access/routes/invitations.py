"""Invite several people of the register at once."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import commands as account_commands
from tracker.accounts import policy, signin
from tracker.accounts.access import commands, queries, rules
from tracker.accounts.access.forms import (
    InvitationsForm,
    PersonsFilterForm,
)
from tracker.accounts.access.routes.blueprint import bp
from tracker.accounts.access.routes.links import address_of
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.models import Account
from tracker.accounts.rules import AccountState
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext, ngettext
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
