"""S5: the status of my proposals, whatever post I held, and what changed since my last visit."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Page, Visitor
from tracker.core import clock
from tracker.people.models import Person, Position
from tracker.proposals.models import Proposal


def card(page: Page, code: str) -> str:
    return next(text for text in page.all_of("#my-proposals .card") if code in text)


def test_s5_the_home_page_shows_post_status_last_event_and_actions(visit: Visitor, session: Session) -> None:
    secretariat = visit.as_(SECRETARIAT)
    due = clock.today() + timedelta(days=9)
    new = secretariat.get("/actions/new?proposal=1")
    secretariat.submit(new, "/actions/new", text_id="Menyusun kajian", due_on=due.isoformat())

    text = card(visit.as_(ADVISER).get("/"), "U-2020-001")

    assert "Staf Ahli" in text
    assert "Diusulkan Razilu pada rapat 21 Okt 2020" in text
    assert f"Tindak lanjut terbuka TL-{clock.today().year}" in text
    assert "Tenggat terdekat belum ditetapkan" not in text
    assert "Peristiwa terakhir Ditugaskan" in text


def test_s5_each_proposal_is_listed_with_the_post_held_at_that_time(visit: Visitor, session: Session) -> None:
    razilu = session.scalars(select(Person.id).filter_by(name="Razilu")).one()
    post = session.scalars(select(Position).filter_by(short="Dirjen HAM")).one()
    secretariat, holding = visit.as_(SECRETARIAT), f"/posts/{post.id}/holders/new"
    page = secretariat.get(holding)
    kind = page.form(holding).select("[name=kind] option")[1]["value"]
    answer = secretariat.submit(page, holding, person=razilu, kind=kind, start_on="2023-07-26", end_on="2023-12-31")
    assert answer.status == 303, answer.problems
    new = secretariat.get("/proposals/new")
    values = {"title_id": "Usulan dari jabatan baru", "gist_id": "Usulan dari jabatan baru", "raised_on": "2023-08-01"}
    assert secretariat.submit(new, "/proposals/new", **values, source_note="Nota dinas").status == 303
    later = session.scalars(select(Proposal).filter_by(title_id="Usulan dari jabatan baru")).one()
    naming = f"/proposals/{later.id}/proponents/new"
    proponent = {"person": razilu, "position": post.id, "post_as_written": "Dirjen HAM", "role": "proponent"}
    assert secretariat.submit(secretariat.get(naming), naming, **proponent, attribution="quoted").status == 303

    home = visit.as_(ADVISER).get("/")

    assert "Jabatan saat itu Staf Ahli Bidang Ekonomi" in card(home, "U-2020-001")
    assert "Dirjen HAM" not in card(home, "U-2020-001")
    assert "Jabatan saat itu Dirjen HAM" in card(home, later.code)
    assert "Direktur Jenderal HAM" in visit.as_(READER).get(f"/people/{razilu}").text


def test_s5_changes_are_marked_word_by_word_and_the_lack_of_changes_is_stated(visit: Visitor) -> None:
    adviser, secretariat = visit.as_(ADVISER), visit.as_(SECRETARIAT)
    assert "terakhir Anda" not in card(adviser.get("/"), "U-2020-001")
    page = adviser.get("/proposals/1")
    assert adviser.submit(page, "/looked/proposals/1").status == 303
    assert "Tidak ada perubahan" in card(adviser.get("/"), "U-2020-001")

    edit = secretariat.get("/proposals/1/edit")
    title = edit.form("/proposals/1/edit").select_one("[name=title_id]")["value"]
    assert secretariat.submit(edit, "/proposals/1/edit", title_id=f"{title} tetap").status == 303

    page = adviser.get("/")
    assert "tetap" in page.text_of("#my-proposals ins")
    assert page.all_of("#my-proposals del") == []
    assert "Berubah sejak" in card(page, "U-2020-001")


def test_s5_followed_proposals_are_on_the_home_page(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    assert reader.submit(reader.get("/proposals/3"), "/follow/proposals/3").status == 303
    title = session.get(Proposal, 3).title_id

    assert title in reader.get("/").text_of("#followed")
    reader.submit(reader.get("/proposals/3"), "/follow/proposals/3")
    assert not reader.get("/").soup.select("#followed")
