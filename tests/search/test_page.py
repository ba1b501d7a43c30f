"""The search page and the synonym list, as people see them; nothing that one may not see leaves a trace."""

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.visitor import ADVISER, READER, SECRETARIAT, Visitor
from tracker.audit.models import Event
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.search.models import SynonymGroup


def names(visitor: Visitor, query: str) -> list[str]:
    return visitor.get(f"/search?{query}").all_of(".hits .hit-head")


def test_a_result_tells_what_it_is_where_it_stands_and_who_holds_it(visit: Visitor) -> None:
    page = visit.as_(READER).get("/search?q=forum+nasional")

    first = page.soup.select_one(".hits > li")
    assert first.select_one("a")["href"] == "/proposals/1"
    assert " ".join(first.select_one(".meta").get_text().split()).startswith("Usulan · Diajukan · Razilu · 21 Okt 2020")
    assert "belum diputuskan" in first.get_text()
    assert {mark.get_text() for mark in first.select(".hit-head mark")} == {"forum", "nasional"}


def test_what_was_said_about_a_proposal_is_folded_under_it(visit: Visitor) -> None:
    page = visit.as_(READER).get("/search?q=pelanggaran+ham")

    said = page.soup.select_one(".hits > li:has(a[href='/proposals/1']) .hit-statements")
    links = [str(link["href"]) for link in page.soup.select(".hits a")]
    assert "2 pernyataan tentangnya" in said.select_one("summary").get_text()
    assert said.select(".said mark")
    assert all(link["href"].startswith("/meetings/1#statement-") for link in said.select("a"))
    assert len(links) == len(set(links))


def test_kinds_are_chips_with_counts_that_stay_when_one_is_chosen(visit: Visitor) -> None:
    reader = visit.as_(READER)
    everything = reader.get("/search?q=pelanggaran+ham")
    statements = reader.get("/search?q=pelanggaran+ham&kind=statement")

    chips = [page.all_of("nav.chips .chip") for page in (everything, statements)]
    assert chips[0] == chips[1]
    assert chips[0][0].split()[0] == "Semua"
    kinds = [chip for chip in chips[0][1:] if not chip.startswith("Belum diputuskan")]
    assert sum(int(chip.split()[-1]) for chip in kinds) == int(chips[0][0].split()[-1])
    assert statements.all_of("nav.chips [aria-current]")[0].startswith("Pernyataan")
    assert len(statements.soup.select(".hits > li")) == int(
        statements.all_of("nav.chips [aria-current]")[0].split()[-1]
    )


def test_a_chip_leads_to_the_proposals_that_nobody_decided(visit: Visitor) -> None:
    reader = visit.as_(READER)
    page = reader.get("/search?q=pelanggaran+ham")
    chip = page.soup.select("nav.chips .chip")[-1]

    found = reader.get(str(chip["href"]))

    assert " ".join(chip.get_text().split()) == f"Belum diputuskan {len(found.soup.select('.hits > li'))}"
    assert all("belum diputuskan" in hit.get_text() for hit in found.soup.select(".hits > li"))
    assert "Belum diputuskan" in found.text_of(".search-chips")
    assert not any(words.startswith("Belum diputuskan") for words in found.all_of("nav.chips .chip"))


@pytest.mark.parametrize(("query", "place"), [
    ("q=u-2020-1", "/proposals/1"), ("q=R-2020-001", "/meetings/1"), ("q=U+2020+002", "/proposals/2"),
])  # fmt: skip
def test_a_code_leads_straight_to_its_page(visit: Visitor, query: str, place: str) -> None:
    answer = visit.as_(READER).client.get(f"/search?{query}")

    assert (answer.status_code, answer.location) == (302, place)


def test_a_search_is_narrowed_by_kind_year_and_state(visit: Visitor) -> None:
    reader = visit.as_(READER)

    assert all("U-" in name for name in names(reader, "q=ham&kind=proposal"))
    assert names(reader, "q=forum+nasional&year=2019") == []
    assert len(names(reader, "q=forum+nasional&stage=open")) == 1
    assert names(reader, "q=forum+nasional&stage=closed") == []
    assert reader.get("/search?q=ham&kind=nonsense", status=422).problems


def test_a_slip_of_the_finger_is_answered_by_a_question(visit: Visitor) -> None:
    reader = visit.as_(READER)
    page = reader.get("/search?q=forun+nasinal")
    exact = reader.get("/search?q=forun+nasinal&exact=1")

    assert {"/search?q=forum+nasional", "/search?q=forun+nasinal&exact=1"} <= set(page.links)
    assert page.all_of(".hits > li") == reader.get("/search?q=forum+nasional").all_of(".hits > li")
    assert "/search?q=forum+nasional" in exact.links
    assert exact.all_of(".hits > li") != page.all_of(".hits > li")


def test_what_one_may_not_see_is_in_no_result_count_suggestion_or_code(visit: Visitor, session: Session) -> None:
    reader, adviser = visit.as_(READER), visit.as_(ADVISER)
    asked = (
        "/search?q=forum+nasional", "/search?q=forun+nasinal", "/search?q=razilu",
        "/search/suggestions?q=forum+nasio",
    )  # fmt: skip
    session.execute(update(Meeting).where(Meeting.id == 1).values(classification="restricted"))
    session.execute(update(Proposal).where(Proposal.raised_in_id == 1).values(classification="restricted"))

    seen = " ".join(reader.client.get(path).get_data(as_text=True) for path in asked)

    for trace in ("R-2020-001", '/proposals/1"', "/meetings/1#", "penanganan dugaan", "<mark>nasional"):
        assert trace not in seen, trace
    assert names(reader, "q=forum+nasional") == []
    assert reader.client.get("/search?q=R-2020-001").status_code == 200
    assert "R-2020-001" in adviser.get("/search?q=forum+nasional").text_of(".hits")


def test_the_box_of_every_page_answers_while_one_types(visit: Visitor) -> None:
    reader = visit.as_(READER)
    box = reader.get("/meetings").soup.select_one("form.site-search")

    part = reader.client.get(f"{box['data-search']}?q=forum+nasio").get_data(as_text=True)

    assert (box["action"], box.select_one("input")["name"]) == ("/search", "q")
    assert "/proposals/1" in part
    assert "data-search-count" in part


def test_synonyms_of_several_words_are_kept_by_the_secretariat(visit: Visitor, session: Session) -> None:
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    assert names(reader, "q=kumbang+janti&kind=proposal") == []
    page = browser.submit(browser.get("/search/synonyms/new"), "/search/synonyms/new", words="satu")
    assert page.status == 422

    browser.submit(browser.get("/search/synonyms/new"), "/search/synonyms/new",
                   words="kumbang janti\nforum nasional")  # fmt: skip
    group = session.scalars(select(SynonymGroup).order_by(SynonymGroup.id.desc())).first()
    found = names(reader, "q=kumbang+janti&kind=proposal")
    assert len(found) == 1
    assert "U-2020-001" in found[0]

    browser.submit(browser.get("/search/synonyms"), f"/search/synonyms/{group.id}/remove")
    assert names(reader, "q=kumbang+janti&kind=proposal") == []
    told = session.scalars(select(Event.verb).filter_by(subject="synonym_group", subject_id=group.id)).all()
    assert sorted(told) == ["added", "removed"]
    reader.get("/search/synonyms/new", status=404)


def test_seeded_synonyms_find_the_other_word(visit: Visitor, session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(SynonymGroup)) > 20

    found = names(visit.as_(READER), "q=pokja+nasional&kind=proposal")

    assert "U-2020-001" in found[0]


def test_what_does_not_fit_on_one_page_goes_on_to_the_next_in_the_same_order(visit: Visitor) -> None:
    reader = visit.as_(READER)
    first = reader.get("/search?q=ham")
    following = first.soup.select_one("a[rel=next]")["href"]

    second = reader.get(str(following))
    beyond = reader.get("/search?q=ham&page=999")

    shown = [[str(link["href"]) for link in page.soup.select(".hits a")] for page in (first, second)]
    assert len(shown[0]) == 50
    assert shown[1]
    assert not set(shown[0]) & set(shown[1])
    assert second.soup.select_one("a[rel=prev]")
    assert not beyond.soup.select_one("a[rel=next]")
    assert beyond.soup.select(".hit-head")
    reader.get("/search?q=ham&page=x", status=404)
