"""Commands that set up an empty installation and manage accounts. Passwords are never read from argv."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade

from tracker.accounts import commands, queries
from tracker.core import clock
from tracker.core.actor import SYSTEM, Classification, Role
from tracker.core.errors import NotFound, Problem
from tracker.core.settings import current_settings
from tracker.core.transactions import commit
from tracker.core.wording import label
from tracker.people import queries as people


def register(app: Flask) -> None:
    app.cli.add_command(init)
    app.cli.add_command(user)


def _password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _create_account(username: str, name: str, roles: frozenset[Role]) -> None:
    draft = commands.AccountDraft(username=username, display_name=name, roles=roles)
    using = commands.hasher(current_settings())
    try:
        commands.open_account(draft, _password(), using=using, by=SYSTEM, at=clock.now())
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    commit()


@click.command("init")
@click.option("--username", default="admin", show_default=True)
@click.option("--name", help="The name shown; the username by default.")
@with_appcontext
def init(username: str, name: str | None) -> None:
    """Set up an empty installation with a first administrator; the password is prompted for or read from stdin."""
    upgrade()
    if not queries.is_empty():
        raise click.ClickException("This installation already has accounts.")
    _create_account(username, name or username, frozenset({Role.ADMIN}))
    click.echo(f"Ready. Sign in as {username}.")


user = AppGroup("user", help="Manage accounts.")


@user.command("add")
@click.argument("username")
@click.option("--name", required=True)
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), required=True)
def add(username: str, name: str, roles: tuple[str, ...]) -> None:
    """Create an account; the password is prompted for or read from stdin."""
    _create_account(username, name, frozenset(Role(role) for role in roles))
    click.echo(f"Opened {username}: {', '.join(label(Role(role)) for role in roles)}.")


@user.command("change")
@click.argument("username")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="All roles the account has afterwards.",
)
@click.option("--clearance", type=click.Choice([level.value for level in Classification]))
@click.option("--person", type=int, help="The number in the address of the person's page.")
@click.option("--reason", required=True, help="Why; shown with the change on the account's page.")
@with_appcontext
def change(username: str, roles: tuple[str, ...], clearance: str | None, person: int | None, reason: str) -> None:
    """Change roles, clearance or person; what is left out stays. For an office with one administrator."""
    account = queries.account_named(username)
    if account is None:
        raise click.ClickException(f"There is no account {username}.")
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
        raise click.ClickException(f"There is no person {person}.") from absent
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    for when, rights in (("before", before), ("after", queries.rights(account))):
        person_id = "-" if rights.person_id is None else rights.person_id
        click.echo(f"{when}: {', '.join(sorted(rights.roles))}; {rights.clearance}; person {person_id}")
