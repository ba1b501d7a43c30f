"""What signs, compounds and filter words find, on the page; and that none of it tells of what one may not see."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.visitor import READER, SECRETARIAT, Page, Visitor
from tracker.actions.models import ActionItem
from tracker.core import clock
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingType
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus
from tracker.targets.models import Target
from tracker.targets.queries import versions_in_force


def propose(browser: Visitor, title: str) -> None:
    values = {"title_id": title, "gist_id": "Abhipraya", "raised_on": "2021-02-01", "source_note": "Surat"}
    page = browser.submit(browser.get("/proposals/new"), "/proposals/new", **values)
    if page.status != 303:  # it is like another, which the form asks about
        page = browser.submit(page, "/proposals/new")
    assert page.status == 303


def found(browser: Visitor, question: str, **filters: str) -> Page:
    more = "".join(f"&{name}={value}" for name, value in filters.items())
    return browser.get(f"/search?q={question}{more}")


def codes(page: Page) -> set[str]:
    return set(page.all_of(".hits .code"))


def chips(page: Page) -> list[str]:
    return [chip.strip() for chip in page.all_of(".search-chips .chip")]


def test_compounds_phrases_and_exclusions_find_what_they_say(visit: Visitor, session: Session) -> None:
    browser, reader = visit.as_(SECRETARIAT), visit.as_(READER)
    titles = ["Griya abhipraya menandatangani janti", "Tanda tangan griya abhipraya", "Janti griya: ditandatangani"]
    for title in titles:
        propose(browser, title)
    rows = session.execute(select(Proposal.code, Proposal.title_id)).all()
    first, second, third = ({row.code for row in rows if row.title_id == title} for title in titles)

    for question in ("tanda+tangan+griya", "menandatangani+griya", "penandatanganan+griya", "tandatangan+griya"):
        assert codes(found(reader, question)) == first | second | third, question
    assert codes(found(reader, "%22griya+abhipraya%22")) == first | second
    assert codes(found(reader, "%E2%80%9Cjanti+griya%E2%80%9D")) == third
    assert codes(found(reader, "%22abhipraya+griya%22")) == set()
    assert codes(found(reader, "griya+-janti")) == second
    assert codes(found(reader, "griya+-%22griya+abhipraya%22")) == third
    assert codes(found(reader, "griya+-HAM-2+-" + next(iter(first)))) == second | third


@pytest.mark.parametrize(("question", "said"), [
    ("-forum", "Pencarian ini hanya berisi kata yang dikecualikan"), ("yang+dan", "Kata-kata ini ada hampir di setiap"),
    ("%22forum", "tanda kutip yang tidak ditutup"),
])  # fmt: skip
def test_a_question_that_cannot_be_answered_as_typed_says_why(visit: Visitor, question: str, said: str) -> None:
    assert said in visit.as_(READER).get(f"/search?q={question}").text


def test_words_are_filters_that_are_shown_and_can_be_taken_off(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    page = found(reader, "terlambat+rapim")
    late = ActionItem.is_unfinished(), ActionItem.due_on < clock.today()
    in_rapim = Meeting.meeting_type == MeetingType.LEADERSHIP
    is_open = (ActionItem.classification == "ordinary", Meeting.classification == "ordinary")
    question = select(ActionItem.code).join(Meeting, Meeting.id == ActionItem.meeting_id).where(*late, *is_open)
    wanted = session.scalars(question.where(in_rapim)).all()

    assert len(chips(page)) == 2
    assert codes(page) <= set(wanted)
    assert len(codes(page)) == min(len(wanted), 50)
    assert {f"/search?q={quoted}" for quoted in ("%22terlambat%22+rapim", "terlambat+%22rapim%22")} <= set(page.links)
    seen = Proposal.classification == "ordinary"
    rejected = set(session.scalars(select(Proposal.code).where(Proposal.status == ProposalStatus.REJECTED, seen)))
    assert codes(found(reader, "usulan+ditolak")) == rejected
    assert chips(found(reader, "%22ditolak%22+usulan")) == ["Usulan"]
    assert chips(found(reader, "forum", kind="proposal", year="2020")) == ["Usulan", "2020"]
    twice = found(reader, "usulan+forum", kind="proposal")
    assert chips(twice) == ["Usulan"]
    assert "/search?q=%22usulan%22+forum" in [link["href"] for link in twice.soup.select(".search-chips a")]
    assert chips(found(reader, "tindak+lanjut")) == []


def test_words_that_are_no_filters_of_anything_are_searched_as_words_and_the_page_says_so(visit: Visitor) -> None:
    page = found(visit.as_(READER), "target+kinerja+2021")

    assert chips(page) == []
    assert "R-2020-001" in codes(page)
    assert "dicari sebagai kata" in page.text


def test_a_filter_tells_nothing_of_a_meeting_that_one_may_not_see(visit: Visitor, session: Session) -> None:
    reader = visit.as_(READER)
    raised = select(Proposal).join(Meeting, Meeting.id == Proposal.raised_in_id)
    proposal = session.scalars(
        raised.where(Meeting.meeting_type == MeetingType.LEADERSHIP, Proposal.classification == "ordinary").order_by(
            Proposal.id.desc()
        )
    ).first()
    asked = f"usulan+rapim+%22{proposal.code}%22"
    before = found(reader, asked)
    assert codes(before) == {proposal.code}

    session.execute(update(Meeting).where(Meeting.id == proposal.raised_in_id).values(classification="secret"))

    after = found(reader, asked)
    assert proposal.code not in codes(after)
    assert "1 ditemukan" not in after.text


def test_a_superseded_edition_is_found_once_and_leads_to_the_one_in_force(
    app: Flask, visit: Visitor, session: Session
) -> None:
    reader, table = visit.as_(READER), Target.__table__
    superseded = session.scalars(select(Target).where(Target.superseded_edition.is_not(None)).order_by(Target.id)).all()
    with app.app_context():
        in_force = {old: new.id for old, new in versions_in_force([one.id for one in superseded]).items()}
    old = next(one for one in superseded if one.id in in_force)
    session.execute(update(table).where(table.c.id == old.id).values(note_id="Abhipraya"))
    session.execute(update(table).where(table.c.id == in_force[old.id]).values(note_id="Kumbang"))
    assert app.test_cli_runner().invoke(args=["search", "rebuild"]).exit_code == 0

    both = found(reader, old.name_id.replace(" ", "+"), kind="target")
    alone = found(reader, "abhipraya")

    shown = [link["href"] for link in both.soup.select(".hit-head > a")]
    assert shown.count(f"/targets/{in_force[old.id]}") == 1
    assert f"/targets/{old.id}" not in shown
    assert "digantikan" not in both.text_of(".hits")
    assert [link["href"] for link in alone.soup.select(".hit-head > a")] == [f"/targets/{in_force[old.id]}"]
    assert "Menuju edisi yang berlaku" in alone.text
    assert "digantikan" in alone.text_of(".hit-head")
