"""The commands `backup`, `restore`, `count` and `doctor`."""

import smtplib
import subprocess
from email.utils import make_msgid
from functools import partial
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade
from flask_migrate.cli import db as migrations
from markupsafe import escape

from tracker.audit.cli import add_check
from tracker.core import clock, tallies
from tracker.core.db import db
from tracker.core.engines import ToolMissing
from tracker.core.mail import Mailer
from tracker.core.office import office
from tracker.core.settings import Settings, current_settings
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.transactions import commit
from tracker.core.wording import Shape, gettext, language
from tracker.core.wording import lazy_gettext as _l
from tracker.notifications.formats import mail
from tracker.operations import commands, labels, queries
from tracker.operations.rules import Refusal

REFUSALS = {
    Refusal.NOT_A_BACKUP: _l("This file is not a backup of the tracker."),
    Refusal.FORMAT: _l("This backup is in another format. Use the version of the tracker that made it."),
    Refusal.ENGINE: _l("This backup is of the other database engine. Set DATABASE_URL to the engine it was made with."),
    Refusal.NEWER: _l("This backup was made by a newer version of the tracker. Install that version first."),
    Refusal.DAMAGED: _l("This backup is damaged: its content differs from its manifest."),
    Refusal.NOT_EMPTY: _l("This installation is not empty. A backup can only be restored into an empty one."),
}


def register(app: Flask) -> None:
    """Also adds checks of schema, references, tallies, replica and anchors to `check`."""
    add_check(app, queries.schema_faults, first=True)
    add_check(app, queries.orphans)
    add_check(app, queries.tally_faults)
    add_check(app, queries.replica_faults)
    add_check(app, partial(queries.anchor_faults, app.extensions["settings"]))
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(doctor)
    app.cli.add_command(count_anew)
    for command in migrations.commands.values():
        if command.callback and not hasattr(command.callback, "speaks_plainly"):
            command.callback = plainly(command.callback)


@click.command("backup", help=_("Write database, files and manifest into FILE. Users can go on working meanwhile."))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@plainly
def backup(file: Path) -> None:
    if file.exists():
        raise Refused(gettext("%(file)s exists already.", file=file))
    try:
        manifest = commands.back_up(db.engine, current_settings(), file.resolve(), at=clock.now())
    except ToolMissing as missing:
        raise Refused(gettext("%(tool)s is not installed (Debian: postgresql-client).", tool=missing)) from missing
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(gettext("Nothing was written: %(why)s", why=error)) from error
    click.echo(
        gettext(
            "%(file)s: %(members)d members, schema %(revision)s, %(length)d audit entries.",
            file=file, members=len(manifest.members), revision=manifest.revision, length=manifest.audit_length,
        )
    )  # fmt: skip


@click.command("restore", help=_("Restore the backup FILE into an empty installation, verify it, and migrate it."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@plainly
def restore(file: Path) -> None:
    try:
        manifest = commands.restore(db.engine, current_settings(), file)
    except commands.NotRestored as error:
        raise Refused(str(REFUSALS[error.why])) from error
    except ToolMissing as missing:
        raise Refused(gettext("%(tool)s is not installed (Debian: postgresql-client).", tool=missing)) from missing
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(gettext("The backup was not restored: %(why)s", why=error)) from error
    if manifest.revision != queries.newest_revision():
        upgrade()
    click.echo(
        gettext(
            "Restored: %(members)d members verified, %(length)d audit entries. Now run check.",
            members=len(manifest.members), length=manifest.audit_length,
        )
    )  # fmt: skip


@click.command(
    "count",
    help=_("Count anew what pages show as numbers, after a bulk load; people may go on working meanwhile."),
)
@plainly
def count_anew() -> None:
    tallies.rebuild()
    commit()
    click.echo(gettext("All numbers are counted anew."))


_VERDICTS = {Shape.DONE: _l("good"), Shape.WAIT: _l("attention"), Shape.LATE: _l("wrong")}


@click.command(
    "doctor",
    help=_("Say how the installation is, with its settings but without secrets."),
)
@click.option("--mail-to", metavar="ADDRESS", help=_("Also send a test mail to this address."))
@plainly
def doctor(mail_to: str | None) -> None:
    settings = current_settings()
    found = list(labels.findings(queries.state(settings, clock.now())))
    if mail_to:
        found.append(_tried_mail(settings, mail_to))
    for name, value in settings.shown().items():
        if value:
            click.echo(f"{name}={value}")
    for finding in found:
        click.echo(f"{_VERDICTS[finding.shape]}: {finding.title}: {finding.words}")
    if any(labels.is_wrong(finding) for finding in found):
        raise SystemExit(1)


def _tried_mail(settings: Settings, to: str) -> labels.Finding:
    title = gettext("Test mail")
    if not settings.smtp_url:
        return labels.Finding(title, gettext("no mail server is set (SMTP_URL)"), Shape.LATE)
    words = gettext("This mail shows that the tracker can send mails.")
    try:
        message = mail(
            sender=office().sender, to=to, subject=title, text=words, html=f"<p>{escape(words)}</p>",
            language=language(), message_id=make_msgid(), made_at=clock.now(),
        )  # fmt: skip
        Mailer(settings.smtp_url).send(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:  # ValueError: not an address
        return labels.Finding(title, gettext("not sent: %(why)s", why=error), Shape.LATE)
    return labels.Finding(title, gettext("handed over to the mail server for %(address)s", address=to))
