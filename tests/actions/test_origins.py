"""Origins of actions (meeting, line, proposal) and everybody assigned to them."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.visitor import DECISION_MAKER, READER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.core.actor import Classification
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people.models import Person, Position
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus

FIRST = "/meetings/1"


def newest(session: Session, kind: type) -> object:
    return session.scalars(select(kind).order_by(kind.id.desc())).first()


def second_meeting(browser: Visitor, session: Session) -> int:
    """Create the next meeting of a series that starts with the first; proposals are carried over."""
    browser.follow(browser.submit(browser.get(f"{FIRST}/series/new"), f"{FIRST}/series/new", rhythm="weekly"))
    browser.follow(browser.submit(browser.get(f"{FIRST}/next"), f"{FIRST}/next"))
    return newest(session, Meeting).id


def write(browser: Visitor, meeting_id: int, line: str, about: int | None = None) -> Page:
    path = f"/meetings/{meeting_id}/minutes"
    page = browser.get(f"{path}?about={about}" if about else path)
    return browser.submit(page, f"{path}/lines", line=line)


def matrix_row(browser: Visitor, code: str) -> dict[str, str]:
    with browser.client.get(f"/actions.csv?q={code}", buffered=True) as answer:
        text = answer.get_data(as_text=True).lstrip("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    head = next(row for row in rows if "Kode" in row)
    return dict(zip(head, rows[rows.index(head) + 1], strict=True))


@pytest.mark.one_database
def test_an_action_under_a_carried_over_proposal_belongs_to_the_meeting_it_was_typed_in(
    visit: Visitor, session: Session
) -> None:
    browser = visit.as_(SECRETARIAT)
    meeting_id = second_meeting(browser, session)
    proposal = session.scalars(select(Proposal).filter_by(raised_in_id=1).order_by(Proposal.id)).first()
    decided = write(browser, meeting_id, "k disetujui, dilanjutkan oleh Direktorat Diseminasi", about=proposal.id)
    path = f"/meetings/{meeting_id}/minutes/lines"
    assert decided.status == 422  # the deciding authority is missing
    values = filled(decided.form(path)) | {"authority": ["1"]}
    assert browser.post(path, values).status == 303

    live = browser.follow(write(browser, meeting_id, "t susun naskah 5 des"))

    action, line = newest(session, ActionItem), newest(session, Statement)
    assert (action.meeting_id, action.statement_id, action.proposal_id) == (meeting_id, line.id, proposal.id)
    session.refresh(proposal)
    assert (proposal.status, proposal.decision_authority_id) == (ProposalStatus.APPROVED, 1)
    assert action.code in live.text_of(f"#line-{line.id}")
    later, earlier = browser.get(f"/meetings/{meeting_id}/outcomes"), browser.get(f"{FIRST}/outcomes")
    assert action.code in later.text_of("#actions .entries")
    assert not earlier.soup.select("#actions .entries:not(.later-actions)")
    assert action.code in earlier.text_of("#actions .later-actions")
    assert f"/meetings/{meeting_id}" in browser.get(f"/actions/{action.id}").links
    name = session.get(Meeting, meeting_id).name_id
    assert matrix_row(browser, action.code)["Rapat (tanggal)"].startswith(name)
    assert action.code not in browser.get(f"/meetings/{meeting_id}/minutes").text_of("#open-items")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("above", "follows"),
    [
        (["k disepakati menyusun naskah"], True),
        (["a siapkan bahan"], True),
        (["u perlu dibentuk forum"], True),
        (["k disepakati menyusun naskah", "kita lihat dulu", "setuju", "lanjut"], False),
        (["kita lihat dulu"], False),
        ([], False),
    ],
)
def test_an_action_follows_from_the_line_directly_above_or_else_from_the_meeting(
    visit: Visitor, session: Session, above: list[str], follows: bool
) -> None:
    browser = visit.as_(SECRETARIAT)
    meeting_id = second_meeting(browser, session)
    for line in above:
        write(browser, meeting_id, line)

    page = browser.follow(write(browser, meeting_id, "t kirim data"))

    action, last = newest(session, ActionItem), newest(session, Statement)
    assert action.meeting_id == meeting_id
    assert action.statement_id == (last.id if follows else None)
    assert action.code in page.text_of(f"#line-{last.id}" if follows else "#of-meeting")
    assert action.code in browser.get(f"/meetings/{meeting_id}/outcomes").text_of("#actions")


@pytest.mark.one_database
def test_a_responsible_post_is_stored_with_its_unit_and_holder_on_that_day(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, 1, "k disepakati surat edaran")

    write(browser, 1, "t @sesditjen siapkan surat edaran 30/11")

    action = newest(session, ActionItem)
    post = session.scalars(select(Position).filter_by(short="Sesditjen HAM")).one()
    holder = session.scalars(select(Person).filter_by(name="Risma Indriyani")).one()
    assert (action.responsible_position_id, action.responsible_unit_id) == (post.id, post.unit_id)
    assert (action.pic_id, action.waiting_for, action.text_id) == (holder.id, None, "siapkan surat edaran")
    shown = browser.get(f"/actions/{action.id}").text
    assert post.title_id in shown
    assert holder.name in shown


@pytest.mark.one_database
def test_the_first_person_named_is_in_charge_and_the_others_support(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, 1, "k disepakati susun jadwal")

    write(browser, 1, "t @razilu @lingga @Kemenlu susun jadwal")

    action = newest(session, ActionItem)
    lingga = session.scalars(select(Person).filter_by(name="Lingga")).one()
    supporters = session.scalars(
        select(ActionSupporter).filter_by(action_id=action.id).order_by(ActionSupporter.id)
    ).all()
    assert session.get(Person, action.pic_id).name == "Razilu"
    assert [(row.person_id, row.as_written) for row in supporters] == [(lingga.id, None), (None, "Kemenlu")]
    page = browser.get(f"/actions/{action.id}")
    assert "Lingga" in page.text
    assert "Kemenlu" in page.text
    assert "Kemenlu" in matrix_row(browser, action.code)["Unit dan orang pendukung"]
    edited = f"/actions/{action.id}/edit"
    assert browser.submit(browser.get(edited), edited, text_id="susun jadwal baru").status == 303
    session.expire_all()
    assert session.scalars(select(func.count(ActionSupporter.id)).filter_by(action_id=action.id)).one() == 2


def test_a_supporter_can_see_a_secret_action(visit: Visitor, session: Session) -> None:
    action = session.scalars(select(ActionItem).where(ActionItem.pic_id.is_not(None)).order_by(ActionItem.id)).first()
    reader = visit.as_(DECISION_MAKER)
    account = session.scalars(select(Account).filter_by(username=DECISION_MAKER)).one()
    session.execute(update(Account).values(clearance=Classification.TOP_SECRET))
    session.execute(
        update(ActionItem)
        .filter_by(id=action.id)
        .values(classification=Classification.SECRET, pic_id=None, recorded_by_id=None)
    )
    reader.get(f"/actions/{action.id}", 404)

    session.add(ActionSupporter(action_id=action.id, person_id=account.person_id))
    session.flush()

    reader.get(f"/actions/{action.id}")


def test_an_action_gets_the_highest_classification_of_its_origins(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    account = session.scalars(select(Account).filter_by(username=SECRETARIAT)).one()
    proposal = session.scalars(select(Proposal).filter_by(raised_in_id=1).order_by(Proposal.id)).first()
    session.execute(update(Account).filter_by(id=account.id).values(clearance=Classification.TOP_SECRET))
    session.execute(
        update(Proposal).filter_by(id=proposal.id).values(
            classification=Classification.SECRET, recorded_by_id=account.id
        )
    )  # fmt: skip

    write(browser, 1, "t tulis kajian", about=proposal.id)

    action = newest(session, ActionItem)
    assert (action.proposal_id, action.meeting_id) == (proposal.id, 1)
    assert action.classification == Classification.SECRET


def test_raising_the_classification_of_a_meeting_raises_its_actions(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, 1, "t tulis kajian")
    action = newest(session, ActionItem)
    assert (action.statement_id, action.proposal_id) == (None, None)

    path = "/classification/meetings/1"
    browser.submit(browser.get(path), path, classification="restricted", reason="Menyangkut pihak lain")

    session.expire_all()
    assert session.get(ActionItem, action.id).classification == Classification.RESTRICTED
    visit.as_(READER).get(f"/actions/{action.id}", 404)


@pytest.mark.one_database
def test_an_action_can_be_added_for_the_meeting_as_a_whole(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    page = browser.get("/actions/new?meeting=1")

    assert browser.submit(page, "/actions/new", text_id="Kirim notula").status == 303

    action = newest(session, ActionItem)
    assert (action.meeting_id, action.statement_id, action.proposal_id) == (1, None, None)
    refused = browser.submit(browser.get("/actions/new"), "/actions/new", text_id="Tanpa asal")
    assert refused.status == 422
    assert "rapat" in " ".join(refused.problems)


@pytest.mark.one_database
def test_a_line_of_another_meeting_is_refused_with_an_error_at_the_field(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    write(browser, 1, "k disepakati")
    line = newest(session, Statement)

    page = browser.submit(browser.get(f"/actions/new?statement={line.id}"), "/actions/new", text_id="Tulis", meeting=2)

    assert page.status == 422
    assert page.soup.select_one("#meeting-error, [aria-describedby~=meeting-error]")


@pytest.mark.parametrize(
    "origin", [{}, {"statement_id": 1, "proposal_id": 1}], ids=["no origin", "a line without its meeting"]
)
def test_the_database_rejects_an_action_without_origin(session: Session, origin: dict[str, int]) -> None:
    action = session.scalars(select(ActionItem).order_by(ActionItem.id)).first()
    values = {"meeting_id": None, "statement_id": None, "proposal_id": None} | origin

    with pytest.raises(IntegrityError):
        session.execute(update(ActionItem).filter_by(id=action.id).values(**values))


@pytest.mark.one_database
def test_every_action_of_the_example_data_has_a_meeting(session: Session, app: Flask) -> None:
    assert session.scalar(select(func.count(ActionItem.id)).where(ActionItem.meeting_id.is_(None))) == 0


@pytest.mark.one_database
def test_an_attendee_known_by_post_only_becomes_the_responsible_post(visit: Visitor, session: Session) -> None:
    browser = visit.as_(SECRETARIAT)
    row = session.scalars(
        select(Attendance).where(
            Attendance.meeting_id == 1, Attendance.person_id.is_(None), Attendance.position_id.is_not(None)
        )
    ).first()
    post = session.get(Position, row.position_id)

    write(browser, 1, f"t @{post.title_id} kirim data")

    action = newest(session, ActionItem)
    assert (action.responsible_position_id, action.responsible_unit_id) == (post.id, post.unit_id)
