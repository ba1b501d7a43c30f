"""The example data stay out of a real installation, and `serve` tells only sign-ins that work."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.databases import Databases, close, settings_for
from tests.processes import Command
from tests.visitor import ADMIN, READER
from tracker import create_app
from tracker.accounts.models import Account
from tracker.demo import setting
from tracker.people.models import Person

pytestmark = pytest.mark.one_database


def test_the_demo_is_refused_where_production_settings_are(databases: Databases, tmp_path: Path) -> None:
    url = databases.blank("sqlite")

    loaded = Command(url, tmp_path, "demo", TRACKER_PLAIN_HTTP="1")
    served = Command(url, tmp_path, "serve", TRACKER_PLAIN_HTTP="1")

    assert (loaded.end(), served.end()) == (1, 1)
    assert "--with-published-passwords" in loaded.errors
    assert "flask --app app init" in served.errors
    assert [len(one.errors.splitlines()) for one in (loaded, served)] == [1, 1]


def test_the_demo_is_refused_where_data_are(databases: Databases, tmp_path: Path) -> None:
    app = create_app(settings_for(databases.blank("sqlite"), tmp_path))
    runner = app.test_cli_runner()
    runner.invoke(args=["db", "upgrade"])
    with app.app_context():
        from tracker.core.db import db
        from tracker.core.visibility import unrestricted

        with unrestricted():
            db.session.add(Person(name="Rina", folded="rina"))
            db.session.commit()

    result = runner.invoke(args=["demo"])

    assert (result.exit_code, "There are data already" in result.output) == (1, True)
    close(app)


def test_only_accounts_that_may_sign_in_with_the_published_password_are_told(app: Flask, session: Session) -> None:
    session.execute(update(Account).filter_by(username=READER).values(is_active=False))
    session.execute(update(Account).filter_by(username=ADMIN).values(password_hash="$argon2id$v=19$m=8,t=1,p=1$x$x"))

    with app.app_context():
        told = {account.username for account in setting.accounts_in_use(app.extensions["settings"])}

    assert told == {account.username for account in setting.ACCOUNTS} - {READER, ADMIN}


def test_check_names_published_passwords_as_a_fault_in_production_only(app: Flask) -> None:
    trial = app.test_cli_runner().invoke(args=["check"])
    production = create_app(replace(app.extensions["settings"], is_production=True))
    real = production.test_cli_runner().invoke(args=["check"])

    assert (trial.exit_code, real.exit_code) == (0, 1)
    for said in (trial.output, real.output):
        assert "accounts with published passwords of the example data: sekretariat, penasihat" in said
    close(production)
