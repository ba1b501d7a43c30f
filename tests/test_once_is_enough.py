"""Duplicates are hinted at with a link before saving; saving again stores them."""

from io import BytesIO

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.databases import Kind
from tests.visitor import SECRETARIAT, Page, Visitor, filled
from tracker.actions.models import ActionItem
from tracker.attachments.models import Attachment
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal

pytestmark = pytest.mark.on_both

NAME = "Rapat Pembahasan Penyusunan Draf Target Kinerja Ditjen HAM Tahun 2021"


def hints(page: Page) -> list[tuple[str, str]]:
    found = page.soup.select(".hints li")
    return [(one.text, link["href"] if (link := one.select_one("a")) else "") for one in found]


def count(session: Session, kind: type) -> int:
    return session.scalar(select(func.count()).select_from(kind))


def hinted_then_saved(browser: Visitor, session: Session, kind: type, path: str, **typed: str) -> list[tuple[str, str]]:
    """The hints of the first attempt; the second attempt with the same form stores the row."""
    before = count(session, kind)
    page = browser.submit(browser.get(path), path, **typed)
    assert (page.status, count(session, kind)) == (422, before), page.problems
    form = filled(page.form(path))
    assert {name: form[name] for name in typed} == {name: [words] for name, words in typed.items()}

    again = browser.submit(page, path)

    assert (again.status, count(session, kind)) == (303, before + 1), (again.problems, hints(again))
    return hints(page)


def test_a_meeting_with_the_same_name_and_day_is_hinted_at(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    told = hinted_then_saved(browser, session, Meeting, "/meetings/new", name_id=NAME.upper() + ".", date="2020-10-21")

    assert told == [(f"Sudah ada: R-2020-001 {NAME}, 21 Okt 2020", "/meetings/1")]


@pytest.mark.parametrize(
    ("day", "hint"),
    [
        ("2026-12-25", ("Hari libur: Hari Raya Natal", "/holidays?year=2026")),
        ("2026-12-19", ("Akhir pekan: Sabtu", "")),
        ("2026-12-20", ("Akhir pekan: Minggu", "")),
    ],
)
@pytest.mark.parametrize("kind", ["sqlite"])
def test_planning_on_a_day_off_is_hinted_at(
    visit: Visitor, session: Session, kind: Kind, day: str, hint: tuple[str, str]
) -> None:
    with time_machine.travel("2026-11-28T03:00:00Z", tick=False):
        told = hinted_then_saved(visit.as_(SECRETARIAT), session, Meeting, "/meetings/new", name_id="R", date=day)

    assert told == [hint]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_past_days_off_and_unchanged_meetings_are_not_hinted_at(visit: Visitor, kind: Kind) -> None:
    browser = visit.as_(SECRETARIAT)

    assert browser.submit(browser.get("/meetings/new"), "/meetings/new", name_id="R", date="2020-10-25").status == 303
    assert browser.submit(browser.get("/meetings/1/edit"), "/meetings/1/edit", note="Catatan").status == 303


def test_a_proposal_with_the_same_title_is_hinted_at(visit: Visitor, session: Session) -> None:
    first = session.get(Proposal, 1)

    told = hinted_then_saved(
        visit.as_(SECRETARIAT), session, Proposal, "/proposals/new", title_id="Judul lain",
        gist_id=first.gist_id.upper(), raised_on="2026-11-02", source_note="Surat",
    )  # fmt: skip

    assert told == [(f"Sudah diusulkan dengan kata yang sama: {first.code} (Diajukan)", "/proposals/1")]


def test_an_action_with_the_same_text_is_hinted_at(visit: Visitor, session: Session) -> None:
    first = session.scalars(select(ActionItem).order_by(ActionItem.id)).first()

    told = hinted_then_saved(
        visit.as_(SECRETARIAT), session, ActionItem, "/actions/new", text_id=f"{first.text_id.upper()}!", proposal="1"
    )

    assert (f"Sudah ada dengan kata yang sama: {first.code}", f"/actions/{first.id}") in {
        (words.split(" (")[0], href) for words, href in told
    }


def test_a_file_that_is_already_attached_is_hinted_at(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)

    def attach(path: str, noticed: str = "") -> Page:
        file = (BytesIO(b"Isi berkas yang sama"), "notula.txt")
        values = filled(browser.get(path).form(path)) | {"file": [file], "kind": ["other"], "noticed": [noticed]}
        return Page(browser.client.post(path, data=values, content_type="multipart/form-data"), path)

    assert attach("/attachments/new?meeting=1").status == 303
    told = attach("/attachments/new?proposal=1")
    noticed = filled(told.form("/attachments/new?proposal=1"))["noticed"][0]

    assert hints(told) == [
        ("Berkas yang sama sudah dilampirkan pada R-2020-001: notula.txt", "/meetings/1/files#attachments")
    ]
    assert count(session, Attachment) == 1
    assert attach("/attachments/new?proposal=1", noticed).status == 303
    assert count(session, Attachment) == 2


@pytest.mark.parametrize("kind", ["sqlite"])
def test_confirming_one_hint_does_not_hide_another(visit: Visitor, kind: Kind) -> None:
    with time_machine.travel("2026-11-28T03:00:00Z", tick=False):
        browser = visit.as_(SECRETARIAT)
        page = browser.submit(browser.get("/meetings/new"), "/meetings/new", name_id="R", date="2026-12-19")

        again = browser.submit(page, "/meetings/new", date="2026-12-25")

    assert (again.status, [words for words, _ in hints(again)]) == (422, ["Hari libur: Hari Raya Natal"])
