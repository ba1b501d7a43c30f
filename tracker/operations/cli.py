"""Commands that take the record out and in again."""

import subprocess
from functools import partial
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from tracker.audit.cli import also_check
from tracker.core import clock
from tracker.core.db import db
from tracker.core.engines import ToolMissing
from tracker.operations import commands, queries
from tracker.operations.rules import Refusal

REFUSALS = {
    Refusal.NOT_A_BACKUP: "This file is not a backup of the tracker.",
    Refusal.FORMAT: "This backup is in another format. Use the version of the tracker that made it.",
    Refusal.ENGINE: "This backup is of the other kind of database. Set DATABASE_URL to the kind it was made of.",
    Refusal.NEWER: "This backup was made by a newer version of the tracker. Install that version first.",
    Refusal.DAMAGED: "This backup is damaged: its content is not what its manifest says.",
    Refusal.NOT_EMPTY: "This installation is not empty. A backup is only restored into an empty one.",
}


def register(app: Flask) -> None:
    """Add the commands to the app, and the schema and its references to what `check` verifies."""
    also_check(app, queries.schema_faults, first=True)
    also_check(app, queries.orphans)
    also_check(app, queries.replica_faults)
    also_check(app, partial(queries.anchor_faults, app.extensions["settings"]))
    app.cli.add_command(backup)
    app.cli.add_command(restore)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything (database, files, manifest) into FILE while people go on working."""
    if file.exists():
        raise click.ClickException(f"{file} exists already.")
    try:
        made = commands.back_up(db.engine, current_app.extensions["settings"], file.resolve(), at=clock.now())
    except ToolMissing as missing:
        raise click.ClickException(f"{missing} is not installed (Debian: postgresql-client).") from missing
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"Nothing was written: {error}") from error
    click.echo(f"{file}: {len(made.members)} members, schema {made.revision}, {made.audit_length} audit entries.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def restore(file: Path) -> None:
    """Take the backup FILE into an empty installation, verify it, and bring it up to date."""
    try:
        taken = commands.restore(db.engine, current_app.extensions["settings"], file)
    except commands.NotRestored as refused:
        raise click.ClickException(REFUSALS[refused.why]) from refused
    except ToolMissing as missing:
        raise click.ClickException(f"{missing} is not installed (Debian: postgresql-client).") from missing
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"The backup was not restored: {error}") from error
    if taken.revision != queries.newest_revision():
        upgrade()
    click.echo(f"Restored: {len(taken.members)} members verified, {taken.audit_length} audit entries. Now run check.")
