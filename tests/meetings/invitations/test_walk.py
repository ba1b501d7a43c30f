"""A meeting is planned, invited to, answered, moved and cancelled, with a real mail server and a second reader."""

import re
from collections.abc import Iterator
from datetime import time, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from tests.feed.calendars import address_of, calendar
from tests.notifications.post_office import PostOffice, open_post_office, send_all
from tests.visitor import PIC, SECRETARIAT, Visitor, filled
from tracker.accounts.models import Account
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.places import nth
from tracker.core.transactions import commit
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.routes import throttle
from tracker.meetings.invitations.rules import Answer, InvitationState, Through
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, MeetingStatus
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.people.models import Person

WORD = "Rapat Anggaran Kelak"
NAMES = ("Ani", "Budi", "Cici")


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture
def planned(session: Session) -> Meeting:
    """Three guests with an address in the register, one with an account, and one whom no mail reaches."""
    for account in session.scalars(select(Account)):
        account.email, account.wants_digest = None, False
    session.execute(delete(Notice))
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@kemenham.go.id"))
    meeting = Meeting(
        code="R-2031-001", name_id=WORD, date=clock.today() + timedelta(days=5), start_time=time(9), end_time=time(11),
        venue="Ruang Garuda", status=MeetingStatus.SCHEDULED, recorded_at=clock.now(), agenda=[],
        classification=Classification.ORDINARY,
    )  # fmt: skip
    persons = [Person(name=name, folded=name.lower(), email=f"{name.lower()}@mitra.example") for name in NAMES]
    persons += [Person(name="Dedi", folded="dedi")]
    session.add_all([meeting, *persons])
    session.flush()
    ids = [person.id for person in persons]
    ids.append(session.scalars(select(Account.person_id).filter_by(username=PIC)).one())
    session.add_all(
        Attendance(meeting_id=meeting.id, place=nth(number), person_id=person_id, status=AttendanceStatus.EXPECTED,
                   role=AttendanceRole.PARTICIPANT)
        for number, person_id in enumerate(ids, 1)
    )  # fmt: skip
    session.commit()
    return meeting


def page_of(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}/invitations"


def invite(visit: Visitor, meeting: Meeting) -> None:
    secretariat = visit.as_(SECRETARIAT)
    page = secretariat.submit(secretariat.get(page_of(meeting)), page_of(meeting))
    assert page.status == 303, page.problems


def to(post: PostOffice, name: str) -> list[EmailMessage]:
    return [mail for mail in post.taken if mail["To"].startswith(name.lower())]


def body(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def link_in(mail: EmailMessage) -> str:
    return re.search(r"https://t\.go\.id(/invitations/\S+)", body(mail))[1]


def entry_in(mail: EmailMessage) -> tuple[str, object]:
    """The method and the event, as another library reads them."""
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    read = IcsCalendarStream.calendar_from_ics(part.get_content())
    assert part.get_param("method") == read.method
    return read.method, read.events[0]


def answer(visit: Visitor, mail: EmailMessage, **fields: str) -> None:
    link = link_in(mail)
    page = visit.submit(visit.get(link), link, **fields)
    assert page.status == 303, page.problems


def given(session: Session, name: str) -> Invitation:
    session.expire_all()
    return session.scalars(select(Invitation).join(Invitation.person).where(Person.name == name)).one()


def test_planned_invited_answered_moved_and_cancelled(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting
) -> None:
    assert send_all(app, post.address) == 0
    assert post.taken == []  # a plan tells nobody

    page = visit.as_(SECRETARIAT).get(page_of(planned))
    assert "tidak memiliki alamat surel" in page.text_of("#list tbody tr:nth-of-type(4)")
    invite(visit, planned)
    assert send_all(app, post.address) == 0

    assert sorted(mail["To"] for mail in post.taken) == [
        "ani@mitra.example", "budi@mitra.example", "cici@mitra.example", "ratna@kemenham.go.id",
    ]  # fmt: skip
    method, event = entry_in(to(post, "Ani")[0])
    assert (method, event.summary, event.uid) == ("REQUEST", WORD, f"meeting-{planned.id}@t.go.id")
    assert [attendee.uri for attendee in event.attendees] == ["mailto:ani@mitra.example"]
    assert event.organizer.uri == "mailto:tracker@kemenham.go.id"
    first_sequence = event.sequence

    visit.get(link_in(to(post, "Ani")[0]))
    assert given(session, "Ani").answer is None  # opening is not answering
    answer(visit, to(post, "Ani")[0], answer="attending")
    answer(visit, to(post, "Budi")[0], answer="represented", represented_by="Eka, Kepala Seksi")
    answer(visit, to(post, "Cici")[0], answer="declined", reason="Dinas ke Palu")
    assert [(given(session, name).answer, given(session, name).answered_through) for name in NAMES] == [
        (Answer.ATTENDING, Through.LINK), (Answer.REPRESENTED, Through.LINK), (Answer.DECLINED, Through.LINK),
    ]  # fmt: skip
    events = session.scalars(select(Event).filter_by(subject="meeting", verb="answered_by_link")).all()
    assert [(event.by_name, event.by_account_id) for event in events] == [("Ani", None), ("Budi", None), ("Cici", None)]
    secretariat = visit.as_(SECRETARIAT)
    people = secretariat.get(f"/meetings/{planned.id}/people")
    assert "Eka, Kepala Seksi" in people.text
    assert "Dinas ke Palu" in people.text
    statuses = select(Attendance.status).filter_by(meeting_id=planned.id).order_by(Attendance.place)
    assert set(session.scalars(statuses)) == {AttendanceStatus.EXPECTED}  # the list is the secretariat's
    row = session.scalars(select(Attendance.id).filter_by(meeting_id=planned.id, place=nth(2))).one()
    form = secretariat.get(f"/meetings/attendance/{row}/edit")
    assert form.soup.select_one("[name=status] [selected], [name=status][checked]")["value"] == "represented"
    assert form.soup.select_one("[name=represented_by]")["value"] == "Eka, Kepala Seksi"
    taken_over = secretariat.submit(people, f"/meetings/{planned.id}/invitations/take-over")
    assert taken_over.status == 303, taken_over.text
    assert session.scalars(statuses).all()[:3] == [
        AttendanceStatus.EXPECTED, AttendanceStatus.REPRESENTED, AttendanceStatus.EXCUSED,
    ]  # fmt: skip

    post.taken.clear()
    form = secretariat.get(f"/meetings/{planned.id}/edit")
    day = planned.date + timedelta(days=1)
    assert secretariat.submit(form, f"/meetings/{planned.id}/edit", date=day.isoformat()).status == 303
    assert send_all(app, post.address) == 0
    method, event = entry_in(to(post, "Ani")[0])
    assert (method, event.sequence, event.dtstart.date()) == ("REQUEST", first_sequence + 1, day)
    assert given(session, "Ani").answer is None  # it was given for another day
    assert len(post.taken) == 4

    post.taken.clear()
    secretariat.submit(secretariat.get(f"/meetings/{planned.id}/people"), f"/meetings/attendance/{row}/remove")
    assert send_all(app, post.address) == 0
    [mail] = post.taken
    method, event = entry_in(mail)
    assert (mail["To"], method, event.status, event.sequence > first_sequence + 1) == (
        "budi@mitra.example", "CANCEL", "CANCELLED", True
    )  # fmt: skip
    file = IcsCalendarStream.calendar_from_ics(secretariat.client.get(f"/meetings/{planned.id}.ics").text)
    feed = address_of(visit.as_(PIC))
    [in_feed] = [part for part in calendar(visit, feed).walk("VEVENT") if part["uid"] == event.uid]
    assert (file.events[0].sequence, int(in_feed["sequence"])) == (event.sequence, event.sequence)

    post.taken.clear()
    step = f"/meetings/{planned.id}/move/cancelled"
    assert secretariat.submit(secretariat.get(step), step, reason="Anggaran belum terbit").status == 303
    assert send_all(app, post.address) == 0
    assert [entry_in(mail)[0] for mail in post.taken] == ["CANCEL"] * 3
    assert send_all(app, post.address) == 0
    assert len(post.taken) == 3


@pytest.mark.one_database
def test_altered_expired_withdrawn_and_absent_links_look_the_same(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting
) -> None:
    invite(visit, planned)
    send_all(app, post.address)
    link, other = link_in(to(post, "Ani")[0]), link_in(to(post, "Budi")[0])
    page = visit.get(link)

    def refused(path: str) -> str:
        assert visit.post(path, {**filled(page.form(link)), "answer": "attending"}).status == 404
        return re.sub(r"rujukan \w+", "", visit.get(path, 404).text)

    altered = f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}"
    absent = refused(f"/invitations/{'x' * 43}")
    assert refused(altered) == absent
    session.execute(update(Meeting).filter_by(id=planned.id).values(date=clock.today() - timedelta(days=1)))
    assert refused(link) == absent  # it has begun
    session.execute(update(Meeting).filter_by(id=planned.id).values(date=clock.today() + timedelta(days=5)))
    session.execute(update(Invitation).values(state=InvitationState.WITHDRAWN))
    assert refused(link) == absent
    assert given(session, "Ani").answer is None
    assert link != other


def test_one_act_invites_to_all_that_is_planned_in_a_series(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting
) -> None:
    name, week = "Rapat Rutin", timedelta(days=7)
    series, recorded = MeetingSeries(name_id=name), {"recorded_at": clock.now(), "name_id": name, "start_time": time(9)}
    later = Meeting(code="R-2031-002", date=planned.date + week, status=MeetingStatus.SCHEDULED, **recorded)
    put_off = Meeting(code="R-2031-003", date=planned.date + 2 * week, status=MeetingStatus.POSTPONED, **recorded)
    session.add_all([series, later, put_off])
    session.flush()
    ani = session.scalars(select(Person.id).filter_by(name="Ani")).one()
    session.add_all(SeriesMeeting(meeting_id=one.id, series_id=series.id) for one in (planned, later, put_off))
    session.add_all(
        Attendance(meeting_id=one.id, place=nth(1), person_id=ani, status=AttendanceStatus.EXPECTED,
                   role=AttendanceRole.PARTICIPANT)
        for one in (later, put_off)
    )  # fmt: skip
    session.commit()
    secretariat = visit.as_(SECRETARIAT)

    page = secretariat.submit(secretariat.get(page_of(planned)), page_of(planned), whole_series="y")
    send_all(app, post.address)

    assert page.status == 303, page.problems
    assert sorted(entry_in(mail)[1].dtstart.date() for mail in to(post, "Ani")) == [planned.date, later.date]
    assert len(to(post, "Budi")) == 1


@pytest.mark.one_database
def test_who_has_not_answered_is_written_to_again(
    visit: Visitor, app: Flask, post: PostOffice, planned: Meeting
) -> None:
    secretariat, again = visit.as_(SECRETARIAT), f"{page_of(planned)}/again"
    invite(visit, planned)
    send_all(app, post.address)
    answer(visit, to(post, "Ani")[0], answer="attending")

    assert secretariat.submit(secretariat.get(page_of(planned)), again).status == 303
    send_all(app, post.address)

    assert [len(to(post, name)) for name in NAMES] == [1, 2, 2]
    assert link_in(to(post, "Budi")[0]) == link_in(to(post, "Budi")[1])


@pytest.mark.one_database
def test_guessing_comes_to_an_end_and_closes_no_real_link(
    visit: Visitor, app: Flask, post: PostOffice, planned: Meeting
) -> None:
    invite(visit, planned)
    send_all(app, post.address)
    link = link_in(to(post, "Ani")[0])
    typed = filled(visit.get(link).form(link))
    with app.test_request_context():
        for _ in range(59):
            throttle.count_failure(unknown_link="127.0.0.0/24")
            commit()

    assert [visit.post("/invitations/x", typed).status for _ in range(2)] == [404, 429]
    assert visit.get(link).heading


@pytest.mark.one_database
def test_a_link_answers_for_its_own_meeting_and_person_alone(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting
) -> None:
    invite(visit, planned)
    send_all(app, post.address)
    link = link_in(to(post, "Ani")[0])
    other = given(session, "Budi")

    others = {"invitation_id": other.id, "person_id": other.person_id, "meeting_id": 1}
    visit.post(link, {**filled(visit.get(link).form(link)), "answer": "declined", "reason": "x", **others})

    assert given(session, "Budi").answer is None
    assert given(session, "Ani").answer is Answer.DECLINED
    assert given(session, "Ani").meeting_id == planned.id


@pytest.mark.one_database
def test_a_reminder_is_not_sent_after_access_or_invitation_was_withdrawn(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.meetings.invitations.rules.REMIND_AT", time.min)
    session.execute(update(Meeting).filter_by(id=planned.id).values(date=clock.today() + timedelta(days=1)))
    invite(visit, planned)
    declined, withdrawn = given(session, "Cici"), given(session, "Budi")
    now, day = clock.now(), clock.today() + timedelta(days=1)
    session.add_all(  # they wait in the outbox while things change
        Notice(key=f"reminder:{day}:{one.id}:person:{one.person_id}", kind=NoticeKind.MEETING_REMINDER,
               person_id=one.person_id, subject_id=one.id, state=NoticeState.WAITING, made_at=now, due_at=now,
               attempts=0)
        for one in session.scalars(select(Invitation))
    )  # fmt: skip
    session.execute(update(Notice).filter_by(kind=NoticeKind.MEETING_INVITED).values(state=NoticeState.SENT))
    session.execute(update(Invitation).filter_by(id=declined.id).values(
        answer=Answer.DECLINED, answered_at=now, answered_through=Through.LINK))  # fmt: skip
    session.execute(update(Invitation).filter_by(id=withdrawn.id).values(state=InvitationState.WITHDRAWN))
    session.execute(update(Attendance).filter_by(meeting_id=planned.id, person_id=withdrawn.person_id)
                    .values(status=AttendanceStatus.ABSENT))  # fmt: skip
    session.execute(update(Meeting).filter_by(id=planned.id).values(classification=Classification.SECRET))
    session.commit()

    send_all(app, post.address)

    reminders = [mail["To"] for mail in post.taken if mail["Subject"].startswith("Besok")]
    assert reminders == ["ani@mitra.example"]
    assert to(post, "Ratna") == []  # whose account is not cleared


@pytest.mark.one_database
def test_nothing_of_a_classified_meeting_is_in_any_mail(
    visit: Visitor, app: Flask, session: Session, post: PostOffice, planned: Meeting
) -> None:
    session.execute(update(Meeting).filter_by(id=planned.id).values(classification=Classification.SECRET))
    session.execute(update(Account).values(clearance=Classification.TOP_SECRET))
    invite_ids = session.scalar(select(func.count()).select_from(Invitation))
    assert invite_ids == 0
    recorder = session.scalars(select(Account.id).filter_by(username=SECRETARIAT)).one()
    session.execute(update(Meeting).filter_by(id=planned.id).values(recorded_by_id=recorder))
    invite(visit, planned)
    send_all(app, post.address)
    session.execute(update(Meeting).filter_by(id=planned.id).values(start_time=time(8)))
    send_all(app, post.address)
    session.execute(update(Meeting).filter_by(id=planned.id).values(status=MeetingStatus.CANCELLED))
    page = visit.get(link_in(to(post, "Ani")[0]), 404).text
    send_all(app, post.address)

    assert len(post.taken) == 12
    for mail in post.taken:
        told = " ".join(part.get_content() for part in mail.walk() if not part.is_multipart()) + mail["Subject"]
        assert WORD not in told
        assert "Garuda" not in told
    assert WORD not in page


@pytest.mark.one_database
def test_a_plan_stays_out_of_the_calendars_of_others_until_somebody_is_invited(
    visit: Visitor, app: Flask, session: Session, planned: Meeting
) -> None:
    address = address_of(visit.as_(PIC))
    assert WORD not in str(calendar(visit, address).to_ical())
    invite(visit, planned)
    assert WORD in calendar(visit, address).to_ical().decode()
