"""Commands of the demo: load it, and serve it on the local machine."""

import logging
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import click
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import make_url, select
from werkzeug.serving import make_server

from tracker.accounts import queries as accounts
from tracker.accounts.models import Account
from tracker.audit import cli as audit
from tracker.core import clock, logs
from tracker.core.actor import Actor, Role, acting
from tracker.core.db import db
from tracker.core.settings import Settings, current_settings
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.core.wording import DEFAULT_LANGUAGE, gettext, speaking
from tracker.demo import real_meeting, setting, steered, weekly
from tracker.demo.advice import Advice
from tracker.demo.calendar import Calendar
from tracker.demo.illustration import Illustration
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.people.models import OrgUnit, Person
from tracker.search import commands as search_commands
from tracker.search import queries as search

FIRST_PORT = 5000
_LOADER = Actor(account_id=None, name="Data contoh", roles=frozenset({Role.SECRETARIAT}))
_VERIFIER = Actor(account_id=None, name="Penelaah contoh", roles=frozenset({Role.REVIEWER, Role.DECISION_MAKER}))


def register(app: Flask) -> None:
    app.cli.add_command(demo)
    app.cli.add_command(serve)
    (audit.add_check if app.extensions["settings"].is_production else audit.add_listing)(app, published_passwords)


def published_passwords() -> Iterator[str]:
    """What `check` says of accounts that anybody can use: a fault in production, a remark elsewhere."""
    names = [account.username for account in setting.accounts_in_use(current_settings())]
    if names:
        yield gettext("accounts with published passwords of the example data: %(names)s", names=", ".join(names))


def load() -> None:
    """Fill an empty installation with the demo, all of it or nothing."""
    at = clock.now()
    with unrestricted(), acting(_LOADER), speaking(DEFAULT_LANGUAGE):
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


@click.command("demo", help=_("Load the demo data into an empty installation."))
@click.option(
    "--with-published-passwords",
    is_flag=True,
    help=_("Although DATABASE_URL or TRACKER_ENV=production is set: everybody knows the passwords of the accounts."),
)
@plainly
def demo(*, with_published_passwords: bool) -> None:
    if current_settings().is_production and not with_published_passwords:
        raise Refused(
            gettext(
                "This is set up as a real installation, and the passwords of the example data are published. Try the "
                "example data without DATABASE_URL and TRACKER_ENV, or insist with --with-published-passwords."
            )
        )
    upgrade()
    if not _is_empty():
        raise Refused(gettext("There are data already; the example data are only for an empty installation."))
    with logs.warnings_only():
        load()


@click.command(
    "serve",
    help=_(
        "Migrate, load the demo when empty, and serve on 127.0.0.1 until Ctrl+C. "
        "For one's own machine, not for production."
    ),
)
@plainly
def serve() -> None:
    with logs.warnings_only():  # other log lines would hide those that say how to sign in
        _prepare()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # our own log has a line per request
    server = make_server("127.0.0.1", _free_port(), current_app._get_current_object(), threaded=True)  # type: ignore[attr-defined]
    site = f"http://127.0.0.1:{server.port}"
    _name_site(site)
    click.echo(f"{site}/")
    _tell_what_is_served()
    db.session.remove()  # an open transaction would make everybody wait who writes
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, signal.default_int_handler)  # also if started by a script that ignores Ctrl+C
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo(gettext("Stopped."))
    finally:
        server.server_close()


def _name_site(site: str) -> None:
    """Addresses in mails, documents and codes lead to the port that was free, unless SITE_URL names another."""
    settings = current_settings()
    if settings.site_url == Settings.site_url:
        current_app.extensions["settings"] = replace(settings, site_url=site)


def _prepare() -> None:
    upgrade()
    if accounts.is_empty():
        if current_settings().is_production or not _is_empty():
            raise Refused(gettext("Nobody can sign in yet. Create the first administrator with: flask --app app init"))
        click.echo(gettext("Loading the demo data …"))
        load()
    elif not search.has_entries():
        click.echo(gettext("Indexing …"))
        with unrestricted():
            for _ in search_commands.renew_all():
                commit()


def _is_empty() -> bool:
    with unrestricted():
        kinds = (Account, OrgUnit, Person, Meeting)
        return all(db.session.scalar(select(kind.id).limit(1)) is None for kind in kinds)


def _tell_what_is_served() -> None:
    database = make_url(current_settings().database_url)
    place = database.database if database.get_backend_name() == "sqlite" else database.render_as_string()
    with unrestricted():
        is_demo = meetings.has_illustration()
    what = gettext("example data") if is_demo else gettext("data of the office")
    click.echo(f"{what}: {place}")
    for account in setting.accounts_in_use(current_settings()):
        click.echo(f"sign in: {account.role} {account.username} {account.password}")  # read by programs: one language
    if is_demo:
        beside = current_settings().instance.with_name("instance-kantor")
        click.echo(
            gettext(
                "The real installation begins beside it: TRACKER_INSTANCE=%(folder)s flask --app app init",
                folder=beside,
            )
        )


def _free_port() -> int:
    """Port 5000, or any free one if it is taken."""
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", FIRST_PORT))
        except OSError:
            return 0
    return FIRST_PORT
