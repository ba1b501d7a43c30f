"""The commands `backup` and `restore`."""

import subprocess
from functools import partial
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext
from flask_migrate import upgrade

from tracker.audit.cli import add_check
from tracker.core import clock
from tracker.core.db import db
from tracker.core.engines import ToolMissing
from tracker.core.settings import current_settings
from tracker.operations import commands, queries
from tracker.operations.rules import Refusal

REFUSALS = {
    Refusal.NOT_A_BACKUP: "This file is not a backup of the tracker.",
    Refusal.FORMAT: "This backup is in another format. Use the version of the tracker that made it.",
    Refusal.ENGINE: "This backup is of the other database engine. Set DATABASE_URL to the engine it was made with.",
    Refusal.NEWER: "This backup was made by a newer version of the tracker. Install that version first.",
    Refusal.DAMAGED: "This backup is damaged: its content differs from its manifest.",
    Refusal.NOT_EMPTY: "This installation is not empty. A backup can only be restored into an empty one.",
}


def register(app: Flask) -> None:
    """Also adds checks of schema, references, replica and anchors to `check`."""
    add_check(app, queries.schema_faults, first=True)
    add_check(app, queries.orphans)
    add_check(app, queries.replica_faults)
    add_check(app, partial(queries.anchor_faults, app.extensions["settings"]))
    app.cli.add_command(backup)
    app.cli.add_command(restore)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write database, files and manifest into FILE. Users can go on working meanwhile."""
    if file.exists():
        raise click.ClickException(f"{file} exists already.")
    try:
        manifest = commands.back_up(db.engine, current_settings(), file.resolve(), at=clock.now())
    except ToolMissing as missing:
        raise click.ClickException(f"{missing} is not installed (Debian: postgresql-client).") from missing
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"Nothing was written: {error}") from error
    members, length = len(manifest.members), manifest.audit_length
    click.echo(f"{file}: {members} members, schema {manifest.revision}, {length} audit entries.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def restore(file: Path) -> None:
    """Restore the backup FILE into an empty installation, verify it, and migrate it."""
    try:
        manifest = commands.restore(db.engine, current_settings(), file)
    except commands.NotRestored as error:
        raise click.ClickException(REFUSALS[error.why]) from error
    except ToolMissing as missing:
        raise click.ClickException(f"{missing} is not installed (Debian: postgresql-client).") from missing
    except (OSError, subprocess.CalledProcessError) as error:
        raise click.ClickException(f"The backup was not restored: {error}") from error
    if manifest.revision != queries.newest_revision():
        upgrade()
    members, length = len(manifest.members), manifest.audit_length
    click.echo(f"Restored: {members} members verified, {length} audit entries. Now run check.")
