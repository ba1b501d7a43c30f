"""The files of the invented office come in, and the registers say what they said (tests/journeys does it by hand)."""

import io
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from tests.apps import new_app
from tests.databases import Databases, close, settings_for
from tests.imports.office import FILES, IN_WORD, MEETINGS, File
from tests.imports.office_minutes import MINUTES
from tests.imports.stored import meant, stored
from tests.visitor import Page, Visitor, filled
from tracker.accounts.commands import AccountDraft, hasher, open_account
from tracker.core import clock
from tracker.core.actor import SYSTEM, Role
from tracker.core.settings import current_settings
from tracker.core.transactions import commit

PASSWORD = "empat kata acak yang panjang"
TEXT = "/meetings/new/text"
#: What happened in a year that is over, with the days of then. The last meetings are read in their minutes before.
OF_THEN = ("meetings", "attendance", "proposals", "actions")


@pytest.fixture
def office(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A new installation with an administrator who also keeps the minutes."""
    with databases.copy("sqlite", "empty") as url:
        app = new_app(settings_for(url, tmp_path_factory.mktemp("office")))
        with app.app_context():
            roles = frozenset({Role.ADMIN, Role.SECRETARIAT})
            draft = AccountDraft(username="admin", display_name="Admin", roles=roles)
            open_account(draft, PASSWORD, using=hasher(current_settings()), by=SYSTEM, at=clock.now())
            commit()
        yield app
        close(app)


def of_file(file: File) -> tuple[io.BytesIO, str]:
    return io.BytesIO(file.content), file.name


def bring(admin: Visitor, files: list[File], **more: str) -> None:
    """All at once, and each saved when its turn comes."""
    fields = {**filled(admin.get("/imports/new").form("/imports/new")), "file": [of_file(file) for file in files]}
    page = admin.follow(admin.post("/imports/new", {**fields, **more}))
    for _ in files:
        page = saved(admin, page)


def saved(admin: Visitor, page: Page) -> Page:
    [form] = page.soup.select("form.import-save") or [None]
    assert form, (page.heading, page.all_of(".import-problems li")[:5])
    return admin.follow(admin.submit(page, form["action"]))


def read(admin: Visitor, file: File, name: str) -> None:
    fields = {**filled(admin.get(TEXT).form(f"{TEXT}/read")), "file": of_file(file)}
    answer = admin.submit(admin.post(f"{TEXT}/read", fields), TEXT, name_id=name, is_history="y")
    assert answer.status == 303, answer.problems


@pytest.mark.long
def test_the_registers_say_what_the_files_said(office: Flask) -> None:
    admin = Visitor(office)
    admin.submit(admin.get("/sign-in"), "/sign-in", username="admin", password=PASSWORD)
    bring(admin, [file for file in FILES if file.kind not in OF_THEN])
    for number, file in zip(IN_WORD, MINUTES, strict=True):
        read(admin, file, MEETINGS[number]["name"])
    bring(admin, [file for file in FILES if file.kind in OF_THEN], is_history="y")

    engine = create_engine(office.config["SQLALCHEMY_DATABASE_URI"])
    with Session(engine) as session:
        found = stored(session)
    engine.dispose()
    expected = meant()
    wrong = {kind: (found[kind] - rows, rows - found[kind]) for kind, rows in expected.items() if found[kind] != rows}
    assert wrong == {}
