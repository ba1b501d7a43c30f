"""S5, S6, S8, S11: what became of what I proposed, what asks something of me, and reasons read on the same day."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, DECISION_MAKER, READER, SECRETARIAT, Page, Visitor
from tracker.core import clock
from tracker.proposals.models import Proposal


def card(page: Page, code: str) -> str:
    return next(text for text in page.all_of("#my-proposals .card-row") if code in text)


def test_s5_the_home_page_says_post_then_status_last_event_actions_due_date_and_targets(
    visit: Visitor, session: Session
) -> None:
    secretariat = visit.as_(SECRETARIAT)
    due = clock.today() + timedelta(days=9)
    new = secretariat.get("/actions/new?proposal=1")
    secretariat.submit(new, "/actions/new", text_id="Menyusun kajian", due_on=due.isoformat())

    told = card(visit.as_(ADVISER).get("/"), "U-2020-001")

    assert "Staf Ahli" in told
    assert "Diusulkan Razilu pada rapat 21 Okt 2020" in told
    assert f"Tindak lanjut terbuka TL-{clock.today().year}" in told
    assert "Tenggat terdekat belum ditetapkan" not in told
    assert "Peristiwa terakhir Ditugaskan" in told


def test_s5_what_changed_is_marked_word_by_word_and_nothing_changed_is_said_too(visit: Visitor) -> None:
    adviser, secretariat = visit.as_(ADVISER), visit.as_(SECRETARIAT)
    assert "belum pernah melihat" in card(adviser.get("/"), "U-2020-001")
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


def test_s5_what_one_follows_is_on_the_home_page_until_one_no_longer_does(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    assert reader.submit(reader.get("/proposals/3"), "/follow/proposals/3").status == 303
    title = session.get(Proposal, 3).title_id

    assert title in reader.get("/").text_of("#followed")
    reader.submit(reader.get("/proposals/3"), "/follow/proposals/3")
    assert not reader.get("/").soup.select("#followed")


@pytest.mark.parametrize(
    ("to", "given", "lacks"),
    [
        ("rejected", {"reason": "Tidak ada dasar hukum"}, "reason"),
        ("deferred", {"reason": "Menunggu anggaran"}, "revisit_on"),
    ],
)
def test_s11_no_and_later_need_their_reasons_and_the_proposer_reads_them_the_same_day(
    visit: Visitor, to: str, given: dict[str, str], lacks: str
) -> None:
    decider, address = visit.as_(DECISION_MAKER), f"/proposals/1/move/{to}"
    revisit = (clock.today() + timedelta(days=30)).isoformat()
    complete = {**given, **({"revisit_on": revisit} if to == "deferred" else {})}

    refused = decider.submit(decider.get(address), address, **{k: v for k, v in complete.items() if k != lacks})
    assert refused.status == 422
    assert decider.submit(decider.get(address), address, **complete).status == 303

    assert given["reason"] in card(visit.as_(ADVISER).get("/"), "U-2020-001")


def test_s8_in_english_everything_but_the_quotes_is_english(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    reader.client.post("/language", data={"csrf_token": reader.token(), "language": "en", "next": "/"})
    linked = session.scalars(select(Proposal).filter_by(code="U-2020-004")).one()

    page = reader.get(f"/proposals/{linked.id}")

    assert page.heading == linked.title_en
    assert "21 Oct 2020" in page.text_of("#status-sentence")
    assert "not decided yet" in page.text_of("#status-sentence")
    assert "adds a target" in page.text_of("#targets")
