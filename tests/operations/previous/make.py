"""Make the archives beside this file, with the program of a release: an installation whose data that release wrote.

In a checkout of the release: `PYTHONPATH=. python …/tests/operations/previous/make.py`. An archive contains the folder
`instance` and the backup that the release made of it; that of PostgreSQL has its database in the backup alone.
"""

import io
import sys
import tarfile
import tempfile
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from tests import pinned, postgres
from tests.settings import Kind, close, settings_for
from tests.visitor import SECRETARIAT, Visitor, filled
from tracker import create_app
from tracker.accounts import commands as accounts
from tracker.accounts.models import Account
from tracker.core import clock
from tracker.core.actor import SYSTEM, acting
from tracker.core.db import db
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted

HERE = Path(__file__).parent
#: Of each account, in place of the published ones of the example.
PASSWORD = "tujuh bukit di tepi danau"


def attach_a_file(app: Flask) -> None:
    browser = Visitor(app).sign_in(SECRETARIAT)
    place = "/attachments/new?meeting=1"
    values = filled(browser.get(place).form(place))
    answer = browser.post(place, {**values, "file": [(io.BytesIO(b"naskah"), "naskah.txt")]})
    assert answer.status == 303, answer.problems


def choose_passwords(app: Flask) -> None:
    with app.app_context(), unrestricted(), acting(SYSTEM):
        using = accounts.hasher(app.extensions["settings"])
        for account in db.session.scalars(select(Account)):
            accounts.change_password(account, PASSWORD, using=using, by=SYSTEM, at=clock.now())
        commit()


def run(app: Flask, *words: str) -> None:
    result = app.test_cli_runner().invoke(args=list(words))
    assert result.exit_code == 0, result.output


def make(kind: Kind, url: str, folder: Path) -> None:
    instance = folder / "instance"
    instance.mkdir()
    app = create_app(settings_for(url, instance))
    with pinned.standing():
        for words in (("db", "upgrade"), ("demo",)):
            run(app, *words)
        attach_a_file(app)
        choose_passwords(app)
        run(app, "backup", str(folder / "before.tar"))
        run(app, "check")
    close(app)
    with tarfile.open(HERE / f"{kind}.tar.xz", "w:xz", preset=9) as archive:
        for name in ("instance", "before.tar"):
            archive.add(folder / name, arcname=name)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        make("sqlite", f"sqlite:///{folder}/instance/tracker.sqlite", Path(folder))
    with postgres.running_cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        postgres.say_to(cluster.url, "CREATE DATABASE tracker")
        make("postgresql", postgres.at(cluster.url, "tracker"), Path(folder))


if __name__ == "__main__":
    sys.exit(main())
