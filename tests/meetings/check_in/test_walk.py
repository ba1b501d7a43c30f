"""Phones at the door: recognised, not recognised, too late, against the list; and the secretariat beside them."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.visitor import PIC, READER, SECRETARIAT, Page, Visitor, filled
from tracker.accounts.models import Account
from tracker.accounts.queries import token_hash
from tracker.audit.models import AuditEntry, Event
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.core.settings import Settings
from tracker.meetings.check_in.models import Arrival
from tracker.meetings.check_in.routes import throttle
from tracker.meetings.check_in.rules import ArrivalState, code_of, minute_of
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import InvitationState, token_of
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.people.models import Person

pytestmark = pytest.mark.one_database
WORD = "Rapat Pintu Kelak"
S = AttendanceStatus


@pytest.fixture
def held(session: Session) -> Meeting:
    """A meeting of today without known hours, with two guests without an account and one with."""
    meeting = Meeting(
        code="R-2031-001", name_id=WORD, date=clock.today(), status=MeetingStatus.SCHEDULED, recorded_at=clock.now(),
        agenda=[], classification=Classification.ORDINARY,
    )  # fmt: skip
    persons = [Person(name=name, folded=name.lower()) for name in ("Ani Wijaya", "Budi Hartono")]
    session.add_all([meeting, *persons])
    session.flush()
    ids = [person.id for person in persons]
    ids.append(session.scalars(select(Account.person_id).filter_by(username=PIC)).one())
    session.add_all(
        Attendance(meeting_id=meeting.id, place=nth(number), person_id=person_id, status=S.EXPECTED,
                   role=AttendanceRole.PARTICIPANT)
        for number, person_id in enumerate(ids, 1)
    )  # fmt: skip
    session.commit()
    return meeting


def code(app: Flask, meeting: Meeting, minutes_ago: int = 0) -> str:
    settings: Settings = app.extensions["settings"]
    return code_of(meeting.id, minute_of(clock.now()) - minutes_ago, settings.secret_key).key


def row_of(session: Session, name: str) -> Attendance:
    session.expire_all()
    return session.scalars(select(Attendance).join(Attendance.person).where(Person.name == name)).one()


def invitation_of(session: Session, app: Flask, meeting: Meeting, name: str) -> str:
    """The address in the mail."""
    person = session.scalars(select(Person).filter_by(name=name)).one()
    at = clock.now()
    invitation = Invitation(
        meeting_id=meeting.id, person_id=person.id, token_hash=name, state=InvitationState.SENT, invited_at=at,
        sequence=1, content_hash="-", invited_for=meeting.date,
    )  # fmt: skip
    session.add(invitation)
    session.flush()
    token = token_of(invitation.id, at, app.extensions["settings"].secret_key)
    invitation.token_hash = token_hash(token)
    session.commit()
    return f"/invitations/{token}"


def here(phone: Visitor, key: str, **fields: str) -> Page:
    address = f"/check-in/{key}"
    return phone.submit(phone.get(address), address, **fields)


def events(session: Session, meeting: Meeting) -> list[str]:
    query = select(Event.verb).filter_by(subject="meeting", subject_id=meeting.id).order_by(Event.id)
    return list(session.scalars(query))


@pytest.mark.on_both
def test_a_phone_that_opened_the_invitation_checks_in_once_and_the_secretariat_takes_it_back(
    visit: Visitor, app: Flask, session: Session, held: Meeting
) -> None:
    phone, key, path = Visitor(app), code(app, held), f"/meetings/{held.id}/people"
    phone.get(invitation_of(session, app, held, "Ani Wijaya"))
    assert row_of(session, "Ani Wijaya").checked_in_at is None  # opening changes nothing
    assert "Ani Wijaya" in here(phone, key).text
    row = row_of(session, "Ani Wijaya")
    first = row.checked_in_at
    assert (row.status, bool(first)) == (S.PRESENT, True)
    kept = select(AuditEntry).filter_by(table_name="attendance", row_id=str(row.id)).order_by(AuditEntry.id)
    assert "checked_in_at" in session.scalars(kept).all()[-1].columns
    here(phone, key)
    assert (row_of(session, "Ani Wijaya").checked_in_at, events(session, held)) == (first, ["checked_in"])

    secretariat = visit.as_(SECRETARIAT)
    version = f"/meetings/{held.id}/minutes/changes"
    live = secretariat.client.get(version).get_json()
    there = clock.local(first, held.zone)
    assert f"{there:%H.%M}" in live["parts"]["roll"]["html"] or f"{there:%H:%M}" in live["parts"]["roll"]["html"]
    undo = f"/meetings/attendance/{row.id}/check-in/undo"
    secretariat.submit(secretariat.get(path), undo)
    row = row_of(session, "Ani Wijaya")
    assert (row.status, row.checked_in_at) == (S.EXPECTED, None)
    assert secretariat.client.get(version).get_json()["version"] != live["version"]


def test_an_account_checks_in_with_one_tap_and_somebody_in_its_place(
    visit: Visitor, app: Flask, session: Session, held: Meeting
) -> None:
    key = code(app, held)
    page = here(visit.as_(PIC), key, name="Wakil Saya")
    person_id = session.scalars(select(Account.person_id).filter_by(username=PIC)).one()
    row = session.scalars(select(Attendance).filter_by(meeting_id=held.id, person_id=person_id)).one()
    assert page.status == 200
    assert (row.status, row.represented_by) == (S.REPRESENTED, "Wakil Saya")


def test_a_decided_row_is_not_overwritten(visit: Visitor, app: Flask, session: Session, held: Meeting) -> None:
    row = row_of(session, "Budi Hartono")
    row.status = S.EXCUSED
    session.commit()
    phone = Visitor(app)
    phone.get(invitation_of(session, app, held, "Budi Hartono"))
    here(phone, code(app, held))
    row = row_of(session, "Budi Hartono")
    assert (row.status, bool(row.checked_in_at)) == (S.EXCUSED, True)
    secretariat = visit.as_(SECRETARIAT)
    live = secretariat.client.get(f"/meetings/{held.id}/minutes/changes").get_json()
    assert f"/meetings/minutes/roll-call/{row.id}/present" in live["parts"]["roll"]["html"]


def test_an_invitation_that_was_withdrawn_tells_nobody_who_it_is(app: Flask, session: Session, held: Meeting) -> None:
    phone, key = Visitor(app), code(app, held)
    phone.get(invitation_of(session, app, held, "Ani Wijaya"))
    assert "Ani Wijaya" in phone.get(f"/check-in/{key}").text
    session.execute(update(Invitation).values(state=InvitationState.WITHDRAWN))
    session.commit()
    assert "Ani Wijaya" not in phone.get(f"/check-in/{key}").text


def test_a_typed_name_waits_and_tells_nothing_of_the_list(
    visit: Visitor, app: Flask, session: Session, held: Meeting
) -> None:
    key = code(app, held)
    told = {
        re.sub(r"\d\d[.:]\d\d", "", here(Visitor(app), key, name=name).soup.select_one("main").text)
        for name in ("Ani Wijaya", "ani  wijaya", "Orang Asing")
    }
    assert len(told) == 1
    assert row_of(session, "Ani Wijaya").status is S.EXPECTED
    waiting = {one.name: one for one in session.scalars(select(Arrival).filter_by(state=ArrivalState.WAITING))}
    assert set(waiting) == {"Ani Wijaya", "Orang Asing"}

    secretariat, path = visit.as_(SECRETARIAT), f"/meetings/{held.id}/people"
    secretariat.submit(secretariat.get(path), f"/meetings/check-in/{waiting['Ani Wijaya'].id}/confirm")
    secretariat.submit(secretariat.get(path), f"/meetings/check-in/{waiting['Orang Asing'].id}/dismiss")
    assert row_of(session, "Ani Wijaya").status is S.PRESENT
    assert session.scalar(select(Person.id).filter_by(name="Orang Asing")) is None
    assert not session.scalars(select(Arrival).filter_by(state=ArrivalState.WAITING)).all()

    here(Visitor(app), key, name="Cici", on_behalf_of="Budi Hartono")
    cici = session.scalars(select(Arrival.id).filter_by(name="Cici")).one()
    secretariat.submit(secretariat.get(path), f"/meetings/check-in/{cici}/confirm")
    row = row_of(session, "Budi Hartono")
    assert (row.status, row.represented_by) == (S.REPRESENTED, "Cici")


def test_an_old_code_is_refused_and_what_was_typed_comes_back(app: Flask, session: Session, held: Meeting) -> None:
    old, phone = code(app, held, minutes_ago=2), Visitor(app)
    page = phone.get(f"/check-in/{code(app, held)}")
    typed = {**filled(page.form(page.path)), "name": "Ani Wijaya"}
    refused = phone.post(f"/check-in/{old}", typed)
    assert (refused.status, refused.soup.select_one("input[name=name]")["value"]) == (422, "Ani Wijaya")
    assert refused.soup.select("input[name=code]")  # to be typed instead
    assert phone.look(f"/check-in/{old}").status == 404
    assert phone.look(f"/check-in/{'x' * 22}").heading == phone.look(f"/check-in/{old}").heading
    assert session.scalar(select(func.count()).select_from(Arrival)) == 0


def test_nothing_is_taken_before_after_or_of_another_meeting(app: Flask, session: Session, held: Meeting) -> None:
    phone, key = Visitor(app), code(app, held)
    assert phone.look(f"/check-in/{key}").status == 200
    day, today = timedelta(days=1), clock.today()
    changes = (
        {"status": MeetingStatus.CANCELLED},
        {"locked_at": clock.now()},
        {"date": today + day},
        {"date": today - day},
    )
    for change in changes:
        before = {name: getattr(held, name) for name in change}
        for name, value in change.items():
            setattr(held, name, value)
        session.commit()
        assert phone.look(f"/check-in/{key}").status == 404, change
        for name, value in before.items():
            setattr(held, name, value)
        session.commit()
    assert phone.look(f"/check-in/{key}").status == 200


def test_guessing_the_short_code_ends_and_scanning_goes_on(app: Flask, held: Meeting) -> None:
    phone, limit = Visitor(app), throttle._limits["typed"].amount
    page = phone.get("/check-in")
    answers = [phone.submit(page, "/check-in", code="ZZZZZZ").status for _ in range(limit + 1)]
    assert answers == [422] * limit + [429]
    settings: Settings = app.extensions["settings"]
    right = code_of(held.id, minute_of(clock.now()), settings.secret_key)
    assert phone.submit(page, "/check-in", code=right.typed).status == 429
    assert phone.look(f"/check-in/{right.key}").status == 200


def test_the_code_of_a_classified_meeting_names_nobody_and_nothing(
    visit: Visitor, app: Flask, session: Session, held: Meeting
) -> None:
    held.classification = Classification.SECRET
    session.commit()
    key = code(app, held)
    phone = Visitor(app)
    pages = [phone.get(f"/check-in/{key}"), here(phone, key, name="Ani Wijaya")]
    assert not any(WORD in page.text or "Ani Wijaya" in page.soup.select_one("main").text for page in pages)
    assert visit.as_(SECRETARIAT).look(f"/meetings/{held.id}/check-in").status == 404  # not cleared
    held.classification = Classification.RESTRICTED
    held.recorded_by_id = session.scalars(select(Account.id).filter_by(username=SECRETARIAT)).one()
    session.commit()
    secretariat = visit.as_(SECRETARIAT)
    screen = secretariat.get(f"/meetings/{held.id}/check-in")
    assert WORD not in screen.text
    assert visit.as_(READER).look(f"/meetings/{held.id}/check-in").status == 404


def test_the_screen_shows_a_code_and_counts_only_while_it_counts(
    visit: Visitor, app: Flask, session: Session, held: Meeting
) -> None:
    secretariat, path = visit.as_(SECRETARIAT), f"/meetings/{held.id}/check-in"
    screen = secretariat.get(path)
    assert screen.soup.select_one(".check-in-qr")["src"].startswith("data:image/svg+xml")
    phone = Visitor(app)
    phone.get(invitation_of(session, app, held, "Ani Wijaya"))
    typed = screen.text_of(".check-in-typed")
    found = phone.submit(phone.get("/check-in"), "/check-in", code=typed)
    key = found.response.location.rpartition("/")[2]
    here(phone, key)
    answer = secretariat.client.get(f"{path}/now")
    assert "1 " in parsed_count(answer.get_json()["html"])
    assert secretariat.client.get(f"{path}/now", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    held.date -= timedelta(days=3)
    session.commit()
    assert "check-in-qr" not in secretariat.get(path).text
    assert not secretariat.get(path).soup.select(".check-in-qr")


def parsed_count(html: str) -> str:
    return html.rpartition("check-in-count")[2]
