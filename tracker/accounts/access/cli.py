"""The command `user link`."""

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
    user.add_command(link)


@click.command("link")
@click.argument("username")
@with_appcontext
def link(username: str) -> None:
    """Print a link for choosing a new password: for an administrator, whom no other administrator can give one."""
    account = account_named(username)
    if account is None or not account.is_active:
        raise click.ClickException(f"There is no account {username} that may sign in.")
    token = make_link(account, LinkKind.RESET, by=SYSTEM, at=clock.now())
    commit()
    click.echo(f"{current_app.extensions['settings'].site_url}/access/{token}")
