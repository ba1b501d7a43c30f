"""`doctor` and its page say what is wrong with an installation, and never a secret."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from tests.databases import Databases, close, settings_for
from tests.notifications.post_office import nobody_there, open_post_office
from tests.visitor import ADMIN, READER, Visitor
from tracker import create_app
from tracker.core import clock, stamps
from tracker.core.db import db
from tracker.core.settings import Settings
from tracker.core.version import VERSION
from tracker.operations.queries import newest_revision

pytestmark = pytest.mark.one_database
SMTP = "smtp://pengirim:sangat-rahasia@127.0.0.1:1"


def doctor(settings: Settings, *words: str) -> Result:
    app = create_app(settings)
    try:
        return app.test_cli_runner().invoke(args=["doctor", *words], env={"LC_ALL": "C.UTF-8"})
    finally:
        close(app)


def test_a_healthy_installation_ends_with_zero_and_tells_no_secret(app: Flask) -> None:
    settings = replace(app.extensions["settings"], smtp_url=SMTP, oidc_client_secret="rahasia-kantor")
    stamps.note(settings.worker_stamp, clock.now())

    result = doctor(settings)

    assert result.exit_code == 0, result.output
    assert f"good: Version: {VERSION}" in result.output
    assert "SMTP_URL=smtp://pengirim:***@127.0.0.1:1" in result.output
    for secret in (settings.secret_key, "sangat-rahasia", "rahasia-kantor"):
        assert secret not in result.output


def _old_worker(settings: Settings) -> Settings:
    stamps.note(settings.worker_stamp, clock.now() - timedelta(hours=1))
    return replace(settings, smtp_url=SMTP)


def _old_backup(settings: Settings) -> Settings:
    stamps.note(settings.backup_stamp, clock.now() - timedelta(days=9))
    return replace(settings, is_production=True)


WRONG: dict[str, Callable[[Settings], Settings]] = {
    "Mail worker: has never run here": lambda settings: replace(settings, smtp_url=SMTP),
    "Mail worker: last ran on": _old_worker,
    "Backup: none made": lambda settings: replace(settings, is_production=True),
    "Backup: the last one on": _old_backup,
    "Tables: the database does not respond": lambda settings: replace(settings, database_url="sqlite:////no/such.file"),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_what_is_wrong_is_named_and_ends_with_one(app: Flask, sentence: str) -> None:
    settings = app.extensions["settings"]
    for stamp in (settings.worker_stamp, settings.backup_stamp):
        stamp.unlink(missing_ok=True)

    result = doctor(WRONG[sentence](settings))

    assert result.exit_code == 1, result.output
    assert f"wrong: {sentence}" in result.output


def test_tables_of_another_version_and_a_clock_that_went_back_are_named(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = 'another'"))
        db.session.commit()

    assert "wrong: Tables: not those of this version" in doctor(app.extensions["settings"]).output

    with app.app_context():
        newest = "UPDATE alembic_version SET version_num = :newest"
        db.session.execute(text(newest), {"newest": newest_revision()})
        db.session.commit()
    with time_machine.travel(clock.now() - timedelta(days=3)):
        assert "before the last entry of the audit" in doctor(app.extensions["settings"]).output


def test_a_test_mail_is_sent_on_request(app: Flask) -> None:
    settings = app.extensions["settings"]
    stamps.note(settings.worker_stamp, clock.now())

    with open_post_office() as office:
        sent = doctor(replace(settings, smtp_url=office.address), "--mail-to", "budi@kantor.test")
    lost = doctor(replace(settings, smtp_url=nobody_there()), "--mail-to", "budi@kantor.test")

    assert (sent.exit_code, [mail["To"] for mail in office.taken]) == (0, ["budi@kantor.test"])
    assert (lost.exit_code, "wrong: Test mail: not sent" in lost.output) == (1, True)


def test_the_page_tells_administrators_the_same(visit: Visitor) -> None:
    page = visit.as_(ADMIN).get("/operations")

    assert page.status == 200
    assert page.all_of("#health strong")[:2] == ["Versi", "Tabel"]
    assert VERSION in page.text_of("#health")
    assert visit.app.extensions["settings"].secret_key not in page.text
    assert f"Versi {VERSION}" in visit.as_(READER).get("/meetings").text_of(".site-foot")
    assert visit.as_(READER).client.get("/operations").status_code in {403, 404}


def test_doctor_speaks_of_an_empty_installation(databases: Databases, tmp_path: Path) -> None:
    result = doctor(settings_for(databases.blank("sqlite"), tmp_path))

    assert result.exit_code == 1
    assert "wrong: Tables: not those of this version" in result.output
