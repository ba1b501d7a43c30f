"""Commands that keep the index: `flask --app app search rebuild`; `check` verifies it too."""

from collections.abc import Iterator

import click
from flask import Flask
from flask.cli import AppGroup

from tracker.audit import cli as audit
from tracker.core import background
from tracker.core.db import db
from tracker.core.embedding import Embedding, current_embedding
from tracker.core.restarts import restarted
from tracker.core.terminal import Refused, plainly
from tracker.core.terminal import told as _
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext
from tracker.search import commands, queries

search = AppGroup("search", help=_("The search index."))


def register(app: Flask) -> None:
    app.cli.add_command(search)
    audit.add_check(app, index_faults)
    audit.add_listing(app, repeated_words)
    background.add_job(app, renew_some_meanings)


@search.command(
    "rebuild",
    help=_("Bring the whole index up to date, after a restore or a bulk load; people may go on working meanwhile."),
)
@plainly
def rebuild() -> None:
    kind = None
    with unrestricted():
        for kind, done, in_all in commands.renew_all():
            commit()
            click.echo(gettext("%(kind)s: %(done)d of %(all)d", kind=kind, done=done, all=in_all))
        commands.recount_words()
        commit()
    click.echo(gettext("The index is up to date.") if kind else gettext("There is nothing to index yet."))


@search.command(
    "meanings",
    help=_("Calculate for all proposals what “possibly related” needs; the worker does the same, little by little."),
)
@plainly
def meanings() -> None:
    embedding = current_embedding()
    if embedding is None:
        raise Refused(gettext("Install requirements-meaning.txt first."))
    done = 0
    while count := _renew_meanings(embedding):
        done += count
        click.echo(gettext("%(count)d proposals", count=done))
    click.echo(gettext("All proposals are up to date."))


def renew_some_meanings() -> None:
    """A job of the worker: newest proposals first, so that new ones never wait for old ones."""
    embedding = current_embedding()
    if embedding:
        _renew_meanings(embedding)


@restarted
def _renew_meanings(embedding: Embedding) -> int:
    with unrestricted():
        count = commands.renew_meanings(embedding)
        commit()
    db.session.remove()
    return count


_ADDRESSES = {"statement": "/meetings/statements", "proposal": "/proposals", "action_item": "/actions"}


def repeated_words() -> Iterator[str]:
    """Texts of classified rows that ordinary rows repeat; addresses only, since these lines may reach a log."""
    for classified, place in queries.repeated_openly():
        there, here = (f"{_ADDRESSES[row.__tablename__]}/{row.id}" for row in (classified, place))
        yield gettext(
            "%(here)s is ordinary and has the words of %(there)s, which is classified: classify it, too, or reword it.",
            here=here, there=there,
        )  # fmt: skip


def index_faults() -> Iterator[str]:
    """Rows whose entry is missing or outdated, and entries without a row."""
    for kind, row_id, fault in commands.differences():
        yield gettext("search index, %(kind)s %(number)s: %(fault)s", kind=kind, number=row_id, fault=fault)
    for word in commands.miscounted_words():
        yield gettext("search index, word «%(word)s»: miscounted", word=word)
