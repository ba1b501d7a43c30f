"""Commands of the demo: load it, and serve it on the local machine."""

import logging
import signal
import socket
from datetime import timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select
from werkzeug.serving import make_server

from tracker.accounts import queries as accounts
from tracker.core import clock, logs
from tracker.core.actor import Actor, Role, acting
from tracker.core.db import db
from tracker.core.settings import current_settings
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.demo import real_meeting, setting, steered, weekly
from tracker.demo.advice import Advice
from tracker.demo.calendar import Calendar
from tracker.demo.illustration import Illustration
from tracker.people.models import Person
from tracker.search import commands as search_commands
from tracker.search import queries as search

FIRST_PORT = 5000
_LOADER = Actor(account_id=None, name="Data contoh", roles=frozenset({Role.SECRETARIAT}))
_VERIFIER = Actor(account_id=None, name="Penelaah contoh", roles=frozenset({Role.REVIEWER, Role.DECISION_MAKER}))


def register(app: Flask) -> None:
    app.cli.add_command(demo)
    app.cli.add_command(serve)


def load() -> None:
    """Fill an empty installation with the demo, all of it or nothing."""
    at = clock.now()
    with unrestricted(), acting(_LOADER):
        began = at - timedelta(days=365)
        stage = setting.build(by=_LOADER, at=began)
        real_meeting.load(stage, by=_LOADER, at=at)
        calendar = Calendar.around(clock.today())
        year = Illustration(stage, calendar, _LOADER, _VERIFIER)
        year.play()
        advice = Advice(stage, year.proposals, calendar, _LOADER)
        advice.play()
        persons = {person.name: person for person in db.session.scalars(select(Person))}
        setting.open_accounts(persons, current_settings(), by=_LOADER, at=began)
        weekly.hold_sittings(calendar)
        advice.follow("penasihat")
        steered.steer(calendar)
        commit()


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Load the demo data into an empty installation."""
    upgrade()
    if not accounts.is_empty():
        raise click.ClickException("There are accounts already; the demo is only for an empty installation.")
    with logs.warnings_only():
        load()


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Migrate, load the demo when empty, and serve on 127.0.0.1 until Ctrl+C. For one's own machine, not for production."""
    with logs.warnings_only():  # other log lines would hide those that say how to sign in
        _prepare()
    db.session.remove()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # our own log has a line per request
    server = make_server("127.0.0.1", _free_port(), current_app._get_current_object(), threaded=True)  # type: ignore[attr-defined]
    click.echo(f"http://127.0.0.1:{server.port}/")
    for account in setting.ACCOUNTS:
        click.echo(f"sign in: {account.role} {account.username} {account.password}")
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, signal.default_int_handler)  # also if started by a script that ignores Ctrl+C
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        server.server_close()


def _prepare() -> None:
    upgrade()
    if accounts.is_empty():
        click.echo("Loading the demo data …")
        load()
    elif not search.has_entries():
        click.echo("Indexing …")
        with unrestricted():
            for _ in search_commands.renew_all():
                commit()


def _free_port() -> int:
    """Port 5000, or any free one if it is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", FIRST_PORT))
        except OSError:
            return 0
    return FIRST_PORT
