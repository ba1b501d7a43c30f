"""The command that verifies the record."""

from collections.abc import Callable, Iterable

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker.audit import queries
from tracker.core import anchors
from tracker.core.visibility import unrestricted


def register(app: Flask) -> None:
    """Add the command to the app."""
    app.cli.add_command(check)


def also_check(app: Flask, faults: Callable[[], Iterable[str]], *, first: bool = False) -> None:
    """Let the command verify something more, which tells its faults in sentences; `first`: before rows are read."""
    app.extensions.setdefault("first_checks" if first else "checks", []).append(faults)


def also_list(app: Flask, places: Callable[[], Iterable[str]]) -> None:
    """Let the command list what somebody should look at, in sentences; it is no fault of the record."""
    app.extensions.setdefault("lists_of_check", []).append(places)


@click.command("check")
@with_appcontext
def check() -> None:
    """Verify tables, audit chain, references, search index and files; exit 1 on any fault.

    Without one, list where words of something classified are still told in the open.
    """
    anchored = anchors.anchors().of_each_day()
    with unrestricted():
        faults = [fault for more in current_app.extensions.get("first_checks", []) for fault in more()]
        if not faults:
            faults = [f"audit entry {fault.entry_id}: {fault.fault}" for fault in queries.chain_faults(anchored)]
            faults += [fault for more in current_app.extensions.get("checks", []) for fault in more()]
        length = queries.chain_length()
        places = [] if faults else [one for more in current_app.extensions.get("lists_of_check", []) for one in more()]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    for place in places:
        click.echo(place)
    known = anchors.anchors().last()
    click.echo(f"The audit chain holds: {length} entries, written down outside the database up to {known}.")
