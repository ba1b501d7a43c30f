"""Commands that set up an empty installation and manage accounts. Passwords are never read from argv."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup
from flask_migrate import upgrade

from tracker.accounts import commands, queries
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, Role
from tracker.core.errors import NotFound
from tracker.core.request import LARGEST_ID
from tracker.core.settings import current_settings
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.transactions import commit
from tracker.core.wording import gettext, label
from tracker.people import queries as people


def register(app: Flask) -> None:
    app.cli.add_command(init)
    app.cli.add_command(user)


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt(gettext("Password"), hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _create_account(username: str, name: str, roles: frozenset[Role]) -> None:
    draft = commands.AccountDraft(username=username, display_name=name, roles=roles)
    using = commands.hasher(current_settings())
    commands.open_account(draft, _password(), using=using, by=SYSTEM, at=clock.now())
    commit()


@click.command(
    "init",
    help=_("Set up an empty installation with a first administrator; the password is prompted for or read from stdin."),
)
@click.option("--username", default="admin", show_default=True)
@click.option("--name", help=_("The name shown; the username by default."))
@plainly
def init(username: str, name: str | None) -> None:
    upgrade()
    if not queries.is_empty():
        raise Refused(
            gettext(
                "This installation already has accounts. Another one begins beside it in a folder of its own: "
                "TRACKER_INSTANCE=%(folder)s flask --app app init",
                folder=current_settings().instance.with_name("instance-kantor"),
            )
        )
    _create_account(username, name or username, frozenset({Role.ADMIN}))
    click.echo(gettext("Ready. Sign in as %(name)s.", name=username))
    click.echo(gettext("The home page lists the first steps: %(address)s/", address=current_settings().site_url))


user = AppGroup("user", help=_("Manage accounts."))


@user.command("add", help=_("Create an account; the password is prompted for or read from stdin."))
@click.argument("username")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), required=True)
@plainly
def add(username: str, name: str, roles: tuple[str, ...]) -> None:
    _create_account(username, name, frozenset(Role(role) for role in roles))
    words = ", ".join(label(Role(role)) for role in roles)
    click.echo(gettext("Opened %(name)s: %(roles)s.", name=username, roles=words))


@user.command(
    "change", help=_("Change roles, clearance or person; what is left out stays. For an office with one administrator.")
)
@click.argument("username")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help=_("All roles the account has afterwards."),
)
@click.option("--clearance", type=click.Choice([level.value for level in Classification]))
@click.option("--person", type=click.IntRange(1, LARGEST_ID), help=_("The number in the address of the person's page."))
@click.option("--reason", required=True, help=_("Why; shown with the change on the account's page."))
@plainly
def change(username: str, roles: tuple[str, ...], clearance: str | None, person: int | None, reason: str) -> None:
    account = queries.account_named(username)
    if account is None:
        raise Refused(gettext("There is no account %(name)s.", name=username))
    before = queries.rights(account)
    draft = commands.AccountDraft(
        username=account.username, display_name=account.display_name, is_active=account.is_active, email=account.email,
        office_address=account.office_address,
        roles=frozenset(Role(role) for role in roles) or before.roles,
        clearance=Classification(clearance) if clearance else before.clearance,
        person_id=person or before.person_id,
    )  # fmt: skip
    try:
        if person:
            people.person(person)
        commands.edit_account(account, draft, by=SYSTEM, at=clock.now(), reason=reason)
        commit()
    except NotFound as absent:
        raise Refused(gettext("There is no person %(number)s.", number=person)) from absent
    for when, rights in ((gettext("before"), before), (gettext("after"), queries.rights(account))):
        person_id = "-" if rights.person_id is None else rights.person_id
        words = f"{', '.join(sorted(rights.roles))}; {rights.clearance}"
        click.echo(gettext("%(when)s: %(rights)s; person %(number)s", when=when, rights=words, number=person_id))
