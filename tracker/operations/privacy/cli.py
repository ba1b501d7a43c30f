"""The command that tells what is held about a person."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from tracker.core.errors import NotFound
from tracker.core.visibility import unrestricted
from tracker.operations.privacy import queries


def register(app: Flask) -> None:
    """Add the command to the app."""
    app.cli.add_command(person_data)


@click.command("person-data")
@click.argument("person")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write all of it there, as JSON.")
@with_appcontext
def person_data(person: str, to: Path | None) -> None:
    """Tell what is held about PERSON (a number, or a name that only one has), and who read it; with --to, export it.

    It may hold what is secret, and what concerns others as well: read it before you hand it over.
    """
    with unrestricted():
        try:
            held = queries.held_about(queries.person_meant(person))
        except NotFound as error:
            raise click.ClickException("There is no such person, or more than one: give the number.") from error
    click.echo(f"person {held.person['id']}: {held.person['name']}")
    for table, rows in held.rows.items():
        click.echo(f"  {table}: {len(rows)}")
    click.echo(f"  named in running text: {len(held.named_in)}")
    for one in held.readings:
        click.echo(f"  read {one['at']:%Y-%m-%d %H:%M} UTC by {one['by']}: {one['table']} {one['row']} ({one['page']})")
    if to:
        to.touch(mode=0o600, exist_ok=False)
        to.write_text(json.dumps(asdict(held), ensure_ascii=False, indent=2, default=str))
        click.echo(f"Written to {to}.")
