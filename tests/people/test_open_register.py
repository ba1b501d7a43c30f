"""Somebody who was added while a meeting was recorded is seen by those who see something that names them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.security import stage
from tests.visitor import ADMIN, READER, SECRETARIAT, Visitor
from tracker.accounts import commands as accounts
from tracker.accounts import queries as account_queries
from tracker.accounts.models import Account
from tracker.actions.changes.models import Escalation
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.core import clock
from tracker.core.actor import SYSTEM, Actor, Classification, Role, acting
from tracker.core.db import Model
from tracker.core.errors import NotPossible
from tracker.core.places import nth
from tracker.core.transactions import commit
from tracker.core.visibility import naming, unrestricted
from tracker.lists.columns import LISTS
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import InvitationState
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import MeetingStatus, StatementKind
from tracker.minutes.letters.models import InvitationLetter
from tracker.people import commands, queries
from tracker.people.models import Person, PositionHolding
from tracker.people.rules import HoldingKind
from tracker.proposals.models import Proponent, Proposal
from tracker.proposals.rules import Attribution
from tracker.status.models import HandOver

NAME, DAY = "Murni Terlindungi", date(2025, 3, 3)
SECRET, ORDINARY = Classification.SECRET, Classification.ORDINARY
BY = Actor(account_id=None, name="Sekretariat", roles=frozenset({Role.SECRETARIAT, Role.ADMIN}))
ASKED = [
    "/people", "/people?view=all", "/people?q=murni", "/people?is_provisional=y", "/people.csv", "/people.xlsx",
    "/search?q=murni", "/search?q=terlindungi", "/search/suggestions?q=murni", "/search/suggestions?q=terlin",
    "/search?q=terlindngi", "/meetings", "/proposals", "/actions", "/actions/matrix", "/posts", "/units",
    "/proposals/unanswered", *(f"/{name}.csv" for name in LISTS),
]  # fmt: skip


@pytest.fixture
def meeting(session: Session) -> int:
    """A secret meeting that the secretariat recorded and sees; one line of it names its speaker in words."""
    session.execute(update(Account).filter_by(username=SECRETARIAT).values(clearance=Classification.TOP_SECRET))
    own = session.scalar(select(Account.id).filter_by(username=SECRETARIAT))
    row = Meeting(code="R-2025-900", name_id="Rapat tertutup", date=DAY, status=MeetingStatus.HELD,
                  classification=SECRET, recorded_at=clock.now(), recorded_by_id=own)  # fmt: skip
    session.add(row)
    session.flush()
    session.add(Statement(meeting_id=row.id, place=nth(1), kind=StatementKind.REMARK, gist_id="Baris",
                          speaker_note=NAME, classification=ORDINARY))  # fmt: skip
    session.commit()
    return row.id


def classify(session: Session, meeting: int, level: Classification) -> None:
    session.execute(update(Meeting).filter_by(id=meeting).values(classification=level))
    session.commit()


def by_form(browser: Visitor, meeting: int, _: int) -> None:
    address = f"/meetings/{meeting}/attendance/new"
    browser.follow(browser.submit(browser.get(address), address, new_name=NAME))


def by_another_row(browser: Visitor, meeting: int, _: int) -> None:
    """A row that names a post alone is given a name."""
    address = f"/meetings/{meeting}/attendance/new"
    browser.follow(browser.submit(browser.get(address), address, post_as_written="Tamu"))
    people = browser.get(f"/meetings/{meeting}/people")
    links = [one for one in people.links if one.endswith("/edit") and "attendance" in one]
    browser.follow(browser.submit(browser.get(links[0]), links[0], new_name=NAME))


def by_roll_call(browser: Visitor, meeting: int, _: int) -> None:
    minutes = f"/meetings/{meeting}/minutes"
    browser.follow(browser.submit(browser.get(minutes), f"{minutes}/roll-call", attendee=NAME))


def by_names(browser: Visitor, meeting: int, _: int) -> None:
    pasted = f"/meetings/{meeting}/minutes/paste/names"
    page = browser.submit(browser.get(pasted), f"{pasted}/read", names=NAME)
    browser.follow(browser.submit(page, pasted))


def by_line(browser: Visitor, meeting: int, _: int) -> None:
    minutes = f"/meetings/{meeting}/minutes"
    line = f"u @{NAME.replace(' ', '_')} perlu rumah aman"
    browser.follow(browser.submit(browser.get(minutes), f"{minutes}/lines", line=line, seats_unknown="y"))


def by_speaker(browser: Visitor, meeting: int, said: int) -> None:
    address = f"/meetings/minutes/lines/{said}/seat"
    browser.follow(browser.submit(browser.get(address), address))


DOORS: list[Callable[[Visitor, int, int], None]] = [
    by_form, by_another_row, by_roll_call, by_names, by_line, by_speaker
]  # fmt: skip


@pytest.mark.parametrize(
    "door",
    [
        pytest.param(door, id=door.__name__, marks=[] if door in (by_form, by_line) else pytest.mark.long)
        for door in DOORS
    ],
)
def test_who_came_by_a_secret_meeting_is_in_no_register(
    app: Flask, visit: Visitor, session: Session, meeting: int, door: Callable[[Visitor, int, int], None]
) -> None:
    said = session.scalars(select(Statement.id).filter_by(meeting_id=meeting)).one()
    reader = visit.as_(READER)
    before = [answer_to(reader, path) for path in ASKED]

    door(visit.as_(SECRETARIAT), meeting, said)

    session.expire_all()
    person = session.scalars(select(Person).filter_by(name=NAME)).one()
    assert [path for path, was in zip(ASKED, before, strict=True) if answer_to(reader, path) != was] == []
    assert reader.get(f"/people/{person.id}", status=404)
    assert NAME in visit.as_(SECRETARIAT).get(f"/people/{person.id}").text
    assert NAME in visit.as_(SECRETARIAT).get("/people?q=murni").text
    classify(session, meeting, ORDINARY)
    assert NAME in reader.get(f"/people/{person.id}").text
    assert all(NAME in reader.get(path).text for path in ("/people?q=murni", "/search?q=murni"))
    classify(session, meeting, SECRET)
    assert reader.get(f"/people/{person.id}", status=404)


def answer_to(browser: Visitor, path: str) -> str:
    answer = browser.client.get(path)
    told = answer.get_data(as_text=True) if "xlsx" not in path else str(len(answer.get_data()) // 64)
    answer.close()
    return stage.plain(answer) if "html" in answer.mimetype else told


def test_posts_units_and_other_registers_are_added_on_their_own_pages_alone() -> None:
    """Whoever adds persons elsewhere says for which meeting; nothing else of the registers is made by the way.

    An import of the registers and a decree are pages of the registers, too.
    """
    own = {"people", "demo", "migrations", "reorganisation"}
    elsewhere = {
        str(path): line.strip()
        for path in Path("tracker").rglob("*.py")
        if path.parts[1] not in own and path != Path("tracker/imports/commands/kinds/people.py")
        for line in path.read_text().splitlines()
        for adds in ("add_person(", "add_position(", "add_unit(", "Person(name", "Position(title", "OrgUnit(name")
        if adds in line and not ("add_person(" in line and "made_in=" in line)
    }
    assert elsewhere == {}


def hidden(session: Session, meeting: int) -> int:
    person = Person(name=NAME, folded=NAME.casefold(), aliases=[], made_in_meeting_id=meeting, is_provisional=True)
    session.add(person)
    session.commit()
    return person.id


def naming_rows(meeting: int, proposal: int, action: int) -> dict[str, Callable[[int], Model]]:
    """A row for each column that names persons."""
    return {
        "attendance.person_id": lambda who: Attendance(meeting_id=meeting, place=nth(9), person_id=who),
        "invitation_letter.signatory_id": lambda who: InvitationLetter(meeting_id=meeting, signatory_id=who),
        "meeting_invitation.person_id": lambda who: Invitation(
            meeting_id=meeting, person_id=who, token_hash="0" * 64, state=InvitationState.SENT, invited_at=clock.now(),
            sequence=0, content_hash="0" * 64, invited_for=DAY),
        "proposal_proponent.person_id": lambda who: Proponent(
            proposal_id=proposal, person_id=who, attribution=Attribution.QUOTED),
        "action_item.pic_id": lambda who: ActionItem(
            code="TL-2025-900", text_id="Tugas", assigned_on=DAY, status_since=DAY, pic_id=who,
            classification=ORDINARY, proposal_id=proposal),
        "action_supporter.person_id": lambda who: ActionSupporter(action_id=action, person_id=who),
        "hand_over.person_id": lambda who: HandOver(
            proposal_id=proposal, person_id=who, on=DAY, by_name="S", at=clock.now()),
        "escalation.person_id": lambda who: Escalation(
            proposal_id=proposal, person_id=who, reason="Terhambat", by_name="S", at=clock.now()),
        "account.person_id": lambda who: Account(
            username="murni", display_name=NAME, password_hash="-", created_at=clock.now(), person_id=who),
        "position_holding.person_id": lambda who: PositionHolding(
            person_id=who, position_id=1, kind=HoldingKind.DEFINITIVE, start_on=date(1990, 1, 1), end_on=DAY),
    }  # fmt: skip


NAMING = sorted(f"{model.__tablename__}.{name}" for model, name in naming(Person))
#: What is classified by nothing is written on purpose, on a page of its own.
ON_PURPOSE = {"account.person_id", "position_holding.person_id"}


def test_every_column_that_names_persons_is_tried() -> None:
    assert set(NAMING) == set(naming_rows(1, 1, 1))


@pytest.mark.parametrize("column", NAMING)
@pytest.mark.parametrize("is_secret", [True, False], ids=["secret", "ordinary"])
def test_they_are_seen_with_what_names_them(
    visit: Visitor, session: Session, meeting: int, column: str, is_secret: bool
) -> None:
    person, reader = hidden(session, meeting), visit.as_(READER)
    proposal, action = session.scalar(select(Proposal.id).limit(1)), session.scalar(select(ActionItem.id).limit(1))
    ordinary = session.scalar(select(Meeting.id).filter_by(classification=ORDINARY).limit(1))
    assert reader.get(f"/people/{person}", status=404)

    if is_secret:
        session.execute(update(Proposal).filter_by(id=proposal).values(classification=SECRET))
        session.execute(update(ActionItem).filter_by(id=action).values(classification=SECRET))
    row = naming_rows(meeting if is_secret else ordinary, proposal, action)[column](person)
    if is_secret and isinstance(row, ActionItem):
        row.classification = SECRET
    session.add(row)
    session.commit()

    is_seen = not is_secret or column in ON_PURPOSE
    assert reader.get(f"/people/{person}", status=200 if is_seen else 404)
    assert (NAME in reader.get("/people?q=murni").text) is is_seen


def test_somebody_puts_them_into_the_open_register(visit: Visitor, session: Session, meeting: int) -> None:
    person, browser, reader = hidden(session, meeting), visit.as_(SECRETARIAT), visit.as_(READER)
    page, address = browser.get(f"/people/{person}"), f"/people/{person}/open"

    assert "Dibuka untuk semua pengguna" in browser.follow(browser.submit(page, address)).text

    shown = reader.get(f"/people/{person}")
    assert NAME in shown.text
    assert "Masukkan ke daftar terbuka" not in browser.get(f"/people/{person}").text
    assert NAME in reader.get("/search?q=murni").text
    assert session.get(Person, person, populate_existing=True).opened_by_name


def test_the_page_of_an_account_names_who_is_hidden_only_while_it_is_linked_with_them(
    app: Flask, visit: Visitor, session: Session, meeting: int
) -> None:
    person = hidden(session, meeting)

    def link(person_id: int | None) -> None:
        draft = accounts.AccountDraft(username=READER, display_name="Pembaca", roles=frozenset({Role.READER}))
        with app.test_request_context("/"), acting(None), unrestricted():
            account = account_queries.account_named(READER)
            accounts.edit_account(account, replace(draft, person_id=person_id), by=SYSTEM, at=clock.now())
            commit()

    pages = [
        (READER, "/account"),
        (ADMIN, f"/accounts/{session.scalar(select(Account.id).filter_by(username=READER))}/edit"),
    ]
    link(person)
    assert all(NAME in visit.as_(who).get(page).text for who, page in pages)

    link(None)

    assert not [page for who, page in pages if NAME in visit.as_(who).get(page).text]


def test_others_are_offered_nothing(visit: Visitor, session: Session, meeting: int) -> None:
    classify(session, meeting, ORDINARY)
    person, reader = hidden(session, meeting), visit.as_(READER)

    assert "daftar terbuka" not in reader.get(f"/people/{person}").text


def test_who_is_hidden_is_not_merged_with_who_is_open(app: Flask, session: Session, meeting: int) -> None:
    """The names of both become one's, so that the other's would be told."""
    person = hidden(session, meeting)
    with app.app_context():
        with unrestricted():
            first, second = queries.person(1), queries.person(person)
        for kept, gone in ((first, second), (second, first)):
            with pytest.raises(NotPossible):
                commands.merge(kept, gone, {}, by=BY, at=clock.now())


def test_what_is_merged_into_somebody_from_an_open_meeting_stays_open(
    app: Flask, visit: Visitor, session: Session, meeting: int
) -> None:
    classify(session, meeting, ORDINARY)
    person = hidden(session, meeting)
    with app.app_context(), acting(BY):
        commands.merge(queries.person(person), queries.person(1), {}, by=BY, at=clock.now())
        commit()
    classify(session, meeting, SECRET)

    assert visit.as_(READER).get(f"/people/{person}")
