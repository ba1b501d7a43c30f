"""The command `check`."""

from collections.abc import Callable, Iterable

import click
from flask import Flask, current_app

from tracker.audit import labels, queries
from tracker.core import anchors
from tracker.core.terminal import plainly
from tracker.core.terminal import told as _
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext


def register(app: Flask) -> None:
    app.cli.add_command(check)


def add_check(app: Flask, faults: Callable[[], Iterable[str]], *, first: bool = False) -> None:
    app.extensions.setdefault("first_checks" if first else "checks", []).append(faults)


def add_listing(app: Flask, places: Callable[[], Iterable[str]]) -> None:
    app.extensions.setdefault("lists_of_check", []).append(places)


@click.command(
    "check",
    help=_(
        "Verify tables, audit chain, references, search index and files.\n\n"
        "Without faults, list where the text of a classified row is still readable in the open."
    ),
)
@plainly
def check() -> None:
    anchored = anchors.anchors().of_each_day()
    with unrestricted():
        faults = [fault for check in current_app.extensions.get("first_checks", []) for fault in check()]
        if not faults:
            faults = [_chain_fault(fault) for fault in queries.chain_faults(anchored)]
            faults += [fault for check in current_app.extensions.get("checks", []) for fault in check()]
        length = queries.chain_length()
        listings = [] if faults else current_app.extensions.get("lists_of_check", [])
        places = [place for listing in listings for place in listing()]
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise SystemExit(1)
    for place in places:
        click.echo(place)
    anchored_length = anchors.anchors().last()
    click.echo(
        gettext(
            "The audit chain is intact: %(length)d entries, recorded outside the database up to %(anchored)d.",
            length=length,
            anchored=anchored_length,
        )
    )


def _chain_fault(fault: queries.ChainFault) -> str:
    return gettext("audit entry %(number)s: %(fault)s", number=fault.entry_id, fault=labels.FAULTS[fault.fault])
