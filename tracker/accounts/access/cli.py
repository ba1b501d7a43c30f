"""Commands for the ways in, for whoever keeps the server."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.accounts.access.commands import make_link
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.cli import user
from tracker.accounts.queries import account_named
from tracker.core import clock
from tracker.core.actor import SYSTEM
from tracker.core.transactions import commit


def register(_: Flask) -> None:
    """Add the command to those of accounts."""
    user.add_command(link)


@click.command("link")
@click.argument("username")
@with_appcontext
def link(username: str) -> None:
    """Print a link with which the owner chooses a password: for an administrator, for whom no other makes one."""
    account = account_named(username)
    if account is None or not account.is_active:
        raise click.ClickException(f"There is no account {username} that may sign in.")
    token = make_link(account, LinkKind.RESET, by=SYSTEM, at=clock.now())
    commit()
    click.echo(f"{current_app.extensions['settings'].site_url}/access/{token}")
