"""The command `user link`."""

import click
from flask import Flask, current_app

from tracker.accounts.access.commands import make_link
from tracker.accounts.access.rules import LinkKind
from tracker.accounts.cli import user
from tracker.accounts.queries import account_named
from tracker.core import clock
from tracker.core.actor import SYSTEM
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.transactions import commit
from tracker.core.wording import gettext


def register(_: Flask) -> None:
    user.add_command(link)


@click.command(
    "link",
    help=_("Print a link for choosing a new password: for an administrator, whom no other administrator can give one."),
)
@click.argument("username")
@plainly
def link(username: str) -> None:
    account = account_named(username)
    if account is None or not account.is_active:
        raise Refused(gettext("There is no account %(name)s that may sign in.", name=username))
    token = make_link(account, LinkKind.RESET, by=SYSTEM, at=clock.now())
    commit()
    click.echo(f"{current_app.extensions['settings'].site_url}/access/{token}")
