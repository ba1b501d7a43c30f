"""The command `person-data`."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask

from tracker.accounts import queries as accounts
from tracker.audit.readings import record_readings
from tracker.core.actor import SYSTEM, Actor, acting
from tracker.core.errors import NotFound
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext
from tracker.operations.privacy import queries


def register(app: Flask) -> None:
    app.cli.add_command(person_data)


@click.command(
    "person-data",
    help=_(
        "Show what is stored about PERSON (an id or a unique name) and who read it; with --to, export it.\n\n"
        "Classified rows and rows that repeat them are only counted. "
        "Check the rest for other names before handing it over."
    ),
)
@click.argument("person")
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), help=_("Write everything to this file, as JSON.")
)
@click.option("--with-classified", is_flag=True, help=_("Include classified rows and hidden persons."))
@click.option("--by", help=_("With --with-classified: the username of the person who decides that."))
@click.option("--reason", help=_("With --with-classified: why; recorded in the audit chain."))
@plainly
def person_data(person: str, to: Path | None, *, with_classified: bool, by: str | None, reason: str | None) -> None:
    officer = _officer(by, reason) if with_classified else SYSTEM
    with unrestricted():
        try:
            gathered = queries.gathered_about(queries.find_person(person))
        except NotFound as error:
            raise Refused(gettext("There is no such person, or more than one: give the number.")) from error
    closed = gathered.closed
    held = gathered.held if with_classified else gathered.without(closed)
    own = ("person", str(held.person["id"]))
    if to:
        try:
            to.touch(mode=0o600, exist_ok=False)
        except FileExistsError as error:
            raise Refused(gettext("%(file)s exists already.", file=to)) from error
    with acting(officer):
        given = [own, *sorted(closed)] if with_classified else [own]
        record_readings(given, "person-data", ":".join(own), reason if with_classified else None)
    _print_summary(held)
    if to:
        to.write_text(json.dumps(asdict(held), ensure_ascii=False, indent=2, default=str))
        click.echo(gettext("Written to %(file)s.", file=to))


def _officer(username: str | None, reason: str | None) -> Actor:
    if not username or not (reason or "").strip():
        raise Refused(gettext("Classified rows are exported only with --by and --reason."))
    with unrestricted():
        account = accounts.account_named(username)
        if account is None or not account.is_active:
            raise Refused(gettext("There is no account %(name)s that may sign in.", name=username))
        return accounts.as_actor(account)


def _print_summary(held: queries.Held) -> None:
    click.echo(gettext("person %(number)s: %(name)s", number=held.person["id"], name=held.person["name"]))
    for table, rows in held.rows.items():
        click.echo(f"  {table}: {len(rows)}")
    in_text = gettext("named in running text")
    click.echo(f"  {in_text}: {len(held.named_in)}")
    for reading in held.readings:
        words = gettext("read %(moment)s by %(name)s", moment=f"{reading['at']:%Y-%m-%d %H:%M} UTC", name=reading["by"])
        click.echo(f"  {words}: {reading['table']} {reading['row']} ({reading['page']})")
    left_out = {**held.withheld, in_text: held.named_in_withheld, gettext("readings"): held.readings_withheld}
    for what, count in left_out.items():
        if count:
            withheld = gettext("withheld as classified, or about something classified")
            click.echo(f"  {withheld}: {what}: {count}")
