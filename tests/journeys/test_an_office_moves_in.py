"""An office moves into an empty installation with its spreadsheets and Word files; each click and key is counted."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.apps import new_app
from tests.databases import Databases, close, settings_for
from tests.imports.office import FILES, IN_WORD, MEETINGS, REFERENCE, File
from tests.imports.office_minutes import MINUTES
from tests.imports.stored import meant, stored
from tests.notifications.post_office import open_post_office
from tests.notifications.test_worker import send_all
from tests.processes import Command
from tracker.accounts.models import SignIn

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

ADMINISTRATOR, SECRETARY = "sandi administrator yang panjang", "sandi sekretariat yang panjang"
MOST_CLICKS = 150
NAMES = {file.kind: file.name for file in FILES}


#: What is looked for in the rows of each list.
SHOWN = {
    "meetings": [(meeting["name"],) for meeting in REFERENCE["meetings"]],
    "proposals": [(proposal["text"], proposal["proponents"][0]) for proposal in REFERENCE["proposals"]],
    "actions": [(action["text"], action["pic"], action["unit"]) for action in REFERENCE["actions"]],
}


@dataclass
class Hand:
    """Clicks, types and counts."""

    page: Page
    #: By what is being done: clicks and keys.
    counted: dict[str, list[int]] = field(default_factory=dict)
    doing: str = ""

    def begin(self, doing: str) -> None:
        self.doing = doing
        self.counted[doing] = [0, 0]

    def _count(self, clicks: int = 0, keys: int = 0) -> None:
        self.counted[self.doing][0] += clicks
        self.counted[self.doing][1] += keys

    def click(self, target: Locator) -> None:
        self._count(clicks=1)
        target.click()

    def type(self, target: Locator, words: str) -> None:
        """Into a field that was clicked, in place of what is there."""
        self.click(target)
        self._count(keys=len(words))
        target.fill(words)

    def press(self, key: str) -> None:
        self._count(keys=1)
        self.page.keyboard.press(key)

    def choose(self, target: Locator, folder: Path, files: Sequence[File]) -> None:
        """The dialog of the system: to the folder, the files (one by one, with Ctrl held), and “Open”."""
        for file in files:
            (folder / file.name).write_bytes(file.content)
        with self.page.expect_file_chooser() as chooser:
            self.click(target)
        self._count(clicks=len(files) + 2)
        chooser.value.set_files([folder / file.name for file in files])

    @property
    def clicks(self) -> int:
        return sum(clicks for clicks, _ in self.counted.values())

    def table(self) -> str:
        lines = [f"{doing:<40}{clicks:>8}{keys:>8}" for doing, (clicks, keys) in self.counted.items()]
        keys = sum(keys for _, keys in self.counted.values())
        return "\n".join([f"{'':<40}{'clicks':>8}{'keys':>8}", *lines, f"{'all':<40}{self.clicks:>8}{keys:>8}"])


@pytest.fixture
def app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """As `flask --app app init` leaves it."""
    url = databases.blank("sqlite")
    began = Command(url, tmp_path, "init", typed=f"{ADMINISTRATOR}\n", TRACKER_PLAIN_HTTP="1")
    assert began.end() == 0, began.errors
    app = new_app(replace(settings_for(url, tmp_path), smtp_url="smtp://127.0.0.1:1"))
    yield app
    close(app)


@pytest.fixture
def hand(page: Page) -> Hand:
    return Hand(page)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name).first


def sign_in(hand: Hand, username: str, password: str) -> None:
    page = hand.page
    hand.type(page.locator("[name=username]"), username)
    hand.type(page.locator("[name=password]"), password)
    hand.press("Enter")
    page.wait_for_url("**/")


def bring(hand: Hand, folder: Path, *kinds: str, is_history: bool = False) -> None:
    """Choose the files, look at each, and save it."""
    page = hand.page
    files = [file for file in FILES if file.kind in kinds]
    hand.choose(page.locator("[name=file]"), folder, files)
    if is_history:
        hand.click(page.locator("[name=is_history]"))
    hand.click(button(page, "Tampilkan"))


def save(hand: Hand, name: str) -> None:
    page = hand.page
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".import-counts")).to_contain_text("0 salah")
    hand.click(page.locator("form.import-save button"))


def invitations(app: Flask) -> dict[str, str]:
    """What the worker mails: by address the path of the link."""
    with open_post_office() as office:
        send_all(app, office.address)
    words = {mail["To"]: mail.get_body(("plain",)).get_content() for mail in office.taken}
    return {to: re.search(r"/access/\S+", text)[0] for to, text in words.items() if "/access/" in text}


def proof_runs_out(session: Session) -> None:
    """A quarter of an hour after the sign-in, the password is asked again for what gives rights."""
    signed_in = session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()
    earlier = signed_in.proved_at - timedelta(minutes=15)
    session.execute(update(SignIn).filter_by(id=signed_in.id).values(proved_at=earlier))
    session.commit()


def listed(page: Page, name: str) -> list[str]:
    """The rows of a list as it is downloaded, below its headings."""
    text = page.request.get(f"/{name}.csv?view=all").text()
    return [" ".join(row) for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]]


def read_minutes(hand: Hand, folder: Path, file: File, name: str) -> None:
    page = hand.page
    hand.click(page.locator(".site-tools .menu summary, .site-tools [aria-haspopup]").first)
    hand.click(page.locator(".site-tools .menu-list a[href='/meetings/new/text']"))
    hand.choose(page.locator("[name=file]"), folder, [file])
    hand.click(button(page, "Baca teks"))
    expect(page.locator("[name=name_id]")).to_have_value(re.compile(re.escape(name), re.IGNORECASE))
    if page.locator("[name=name_id]").input_value() != name:
        hand.type(page.locator("[name=name_id]"), name)
    hand.click(page.locator("[name=is_history]"))
    hand.click(page.locator("main .form-actions .btn-primary"))
    page.wait_for_url("**/minutes#statements")


def test_an_office_moves_in(page: Page, hand: Hand, app: Flask, session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "berkas"
    folder.mkdir()
    page.goto("/sign-in")

    hand.begin("sign in, name the office")
    sign_in(hand, "admin", ADMINISTRATOR)
    hand.click(button(page, "Lewati"))
    hand.click(page.get_by_role("link", name="Isi nama kantor"))
    hand.type(page.locator("[name=name]"), "Ditjen Pelayanan Warga")
    hand.click(page.locator("main .form-actions .btn-primary"))

    hand.begin("units, posts, persons, holders, accounts")
    page.goto("/")
    hand.click(page.get_by_role("link", name="Impor dari Excel").first)
    bring(hand, folder, "units", "posts", "persons", "holdings", "accounts")
    for kind in ("units", "posts", "persons", "holdings"):
        save(hand, NAMES[kind])
    proof_runs_out(session)
    save(hand, NAMES["accounts"])
    hand.type(page.locator("[name=password]"), ADMINISTRATOR)
    hand.press("Enter")
    save(hand, NAMES["accounts"])
    expect(page.locator(".page-meta")).to_contain_text("Tersimpan")
    links = invitations(app)
    assert set(links) == {account["mail"] for account in REFERENCE["accounts"]}

    hand.begin("the secretary: password, sign in")
    page.context.clear_cookies()
    page.goto(links["laksmi.paramita@pelayanan.example"])
    hand.type(page.locator("[name=new]"), SECRETARY)
    hand.press("Enter")
    page.wait_for_url("**/sign-in*")
    sign_in(hand, "laksmi", SECRETARY)
    hand.click(button(page, "Lewati"))

    hand.begin("target documents, indicators, values")
    hand.click(page.locator(".site-nav").get_by_role("link", name="Target kinerja"))
    hand.click(page.get_by_role("link", name="Impor dari Excel").first)
    bring(hand, folder, "documents", "indicators", "values")
    for kind in ("documents", "indicators", "values"):
        save(hand, NAMES[kind])

    hand.begin("minutes in Word")
    for number, file in zip(IN_WORD, MINUTES, strict=True):
        read_minutes(hand, folder, file, MEETINGS[number]["name"])

    hand.begin("meetings, attendance, proposals, actions")
    hand.click(page.locator(".main-nav").get_by_text("Lainnya"))
    hand.click(page.locator(".main-nav").get_by_role("link", name="Impor"))
    hand.click(page.get_by_role("link", name="Impor dari Excel").first)
    bring(hand, folder, "meetings", "attendance", "proposals", "actions", is_history=True)
    for kind in ("meetings", "attendance", "proposals", "actions"):
        save(hand, NAMES[kind])
    expect(page.locator(".page-meta")).to_contain_text("Tersimpan")
    print(f"\n{hand.table()}")  # noqa: T201
    assert hand.clicks <= MOST_CLICKS
    found = stored(session)
    assert {kind: found[kind] ^ rows for kind, rows in meant().items() if found[kind] != rows} == {}
    for name, told in SHOWN.items():
        page.goto(f"/{name}?view=all")
        expect(page.locator("main")).to_contain_text(f"{len(told)} ")
        rows = listed(page, name)
        assert [words for words in told if sum(all(word in row for word in words) for row in rows) != 1] == []
        assert len(rows) == len(told)
