"""A large record for measurements: `make bench-data` (`size=10`, `database=postgresql`), kept in instance/bench."""

import shutil
import time
from pathlib import Path

import click
from flask_migrate import upgrade
from sqlalchemy import Table, text

from bench.record import Record
from bench.server import FOLDER, database_at
from bench.shape import T
from bench.store import Store
from tracker import create_app
from tracker.core import tallies
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.demo.cli import load
from tracker.search import commands as search

MEETINGS, SEED = 10_000, 2026
#: Referenced tables come first.
TABLES: list[Table] = list(T.values())


def make(url: str, instance: Path, meetings: int) -> None:
    """Create the demo plus this many meetings with their statements, proposals and actions, indexed and analysed."""
    app = create_app(Settings(database_url=url, secret_key="k" * 40, instance=instance))  # a throwaway key
    with app.app_context(), unrestricted():
        upgrade()
        load()
        fill(meetings)
        db.session.execute(text("ANALYZE"))
        commit()


def fill(meetings: int) -> None:
    """Add this many meetings with their statements, proposals and actions."""
    record = Record(Store(TABLES), meetings, SEED)
    with click.progressbar(record.make(), length=meetings, label=f"{meetings} meetings") as made:
        for _ in made:
            pass
    search.recount_words()
    tallies.rebuild()
    commit()


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option(
    "--size", type=float, default=1, help="1 is 10,000 meetings, 50,000 proposals, 100,000 actions, 500,000 statements."
)
def main(database: str, size: float) -> None:
    """Create the record in instance/bench, replacing an earlier one."""
    folder = FOLDER / f"{database}-{size:g}x"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    begun = time.perf_counter()
    with database_at(folder, database, is_new=True) as url:
        make(url, folder, round(MEETINGS * size))
    click.echo(f"{folder}: made in {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
