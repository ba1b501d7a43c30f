"""The command that verifies the record."""

import click
from flask import Flask
from flask.cli import with_appcontext

from tracker.core.visibility import unrestricted
from tracker.history import queries


def register(app: Flask) -> None:
    """Add the command to the app."""
    app.cli.add_command(check)


@click.command("check")
@with_appcontext
def check() -> None:
    """Verify the audit chain from its first entry to its head; exit 1 when it does not hold."""
    with unrestricted():
        faults = list(queries.chain_faults())
        length = queries.chain_length()
    for fault in faults:
        click.echo(f"audit entry {fault.entry_id}: {fault.fault}", err=True)
    if faults:
        raise SystemExit(1)
    click.echo(f"The audit chain holds: {length} entries.")
