"""The manifest, the service worker and the page without a connection."""

import struct

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import SECRETARIAT, Visitor
from tracker.accounts.models import Account
from tracker.core.actor import Classification
from tracker.core.settings import ROOT
from tracker.meetings.models import Meeting
from tracker.offline.routes import GROUND, GROUND_IN_THE_DARK

pytestmark = pytest.mark.one_database

STATIC = ROOT / "tracker" / "static"


def test_the_manifest_names_the_site_in_the_readers_language(visit: Visitor) -> None:
    reader = visit.as_(SECRETARIAT)
    shown = reader.get("/manifest.webmanifest").response
    assert shown.mimetype == "application/manifest+json"
    assert (shown.json["name"], shown.json["lang"]) == ("Pelacak Notula dan Usulan", "id")

    reader.client.post("/language", data={"language": "en", "next": "/", "csrf_token": reader.token()})

    assert reader.get("/manifest.webmanifest").response.json["short_name"] == "Minutes"
    assert visit.get("/manifest.webmanifest").response.json["lang"] == "id"


def test_its_icons_have_the_sizes_they_claim(visit: Visitor) -> None:
    icons = visit.get("/manifest.webmanifest").response.json["icons"]

    pictures = [icon for icon in icons if icon["type"] == "image/png"]
    assert {(icon["sizes"], icon["purpose"]) for icon in pictures} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in pictures:
        picture = visit.get(icon["src"]).response.data
        assert "x".join(map(str, struct.unpack(">II", picture[16:24]))) == icon["sizes"]
        assert len(picture) < 20_000


def test_its_colours_are_those_of_the_style(visit: Visitor) -> None:
    light, dark = (STATIC / "style" / "tokens.css").read_text().split("--paper:")[1:3]

    assert (light.split(";")[0].strip(), dark.split(";")[0].strip()) == (GROUND, GROUND_IN_THE_DARK)


def test_every_page_can_be_installed(visit: Visitor) -> None:
    for page in (visit.get("/sign-in"), visit.as_(SECRETARIAT).get("/meetings/1")):
        head = page.soup.select_one("head")
        assert head.select_one("link[rel=manifest]")["href"] == "/manifest.webmanifest"
        assert head.select_one("link[rel=apple-touch-icon]")
        assert [meta["content"] for meta in head.select("meta[name=theme-color]")] == [GROUND, GROUND_IN_THE_DARK]


def test_the_page_without_a_connection_is_the_same_for_everybody(visit: Visitor) -> None:
    page = visit.as_(SECRETARIAT).get("/offline")

    assert (page.heading, page.text_of("h2")) == ("Tidak ada sambungan", "No connection")
    assert page.response.data == visit.get("/offline").response.data
    assert not page.soup.select("form, [name=csrf_token]")


def test_the_service_worker_serves_the_whole_site(visit: Visitor) -> None:
    answer = visit.get("/sw.js").response

    assert answer.mimetype == "text/javascript"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("path", "may_keep"), [("/meetings/1/edit", "no"), ("/meetings/new", "yes")])
def test_a_page_of_something_classified_is_not_kept(visit: Visitor, session: Session, path: str, may_keep: str) -> None:
    account = session.scalars(select(Account.id).filter_by(username=SECRETARIAT)).one()
    session.execute(update(Account).filter_by(id=account).values(clearance=Classification.RESTRICTED))
    values = {"classification": Classification.RESTRICTED, "recorded_by_id": account}
    session.execute(update(Meeting).filter_by(id=1).values(**values))

    assert visit.as_(SECRETARIAT).get(path).soup.select_one("#unsent")["data-may-keep"] == may_keep


def test_what_was_kept_comes_back_as_the_same_form(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)
    fields = {"title_id": "Layanan\nSabtu", "once": "k" * 24, "show_again": "foto.png", "unsent": "yes"}

    page = browser.post("/proposals/new", {**fields, "csrf_token": browser.token()})

    assert page.status == 409
    [reason] = [problem for problem in page.problems if "Belum ada yang tersimpan" in problem]
    assert "foto.png" in reason
    assert page.soup.select_one("main [name=once]")["value"] == "k" * 24
