"""What happened long ago is recorded with the days of then: codes, lateness, mails and counts are those of history."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.visitor import PIC, SECRETARIAT, Visitor, offered
from tracker.accounts.models import Account
from tracker.actions import commands as actions
from tracker.actions.commands import ActionDraft, Origin, Promise, Report
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import AuditEntry, Event, Involvement
from tracker.core import clock
from tracker.core.actor import Actor, Role, acting
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.occurrence import recording_history
from tracker.core.transactions import commit
from tracker.core.visibility import unrestricted
from tracker.core.wording import long_day, short_day, speaking
from tracker.meetings import commands as meetings
from tracker.meetings.commands import MeetingDraft
from tracker.meetings.models import Meeting
from tracker.notifications.models import Notice
from tracker.proposals import commands as proposals
from tracker.proposals.commands import Move, ProposalDraft
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus, Step
from tracker.reviews.queries.opening import actions_at_opening
from tracker.reviews.queries.reviews import last_closed

MEETING, GIVEN, REPORTED, MOVED, FINISHED, VERIFIED = (
    date(2025, 3, 5), date(2025, 3, 6), date(2025, 4, 2), date(2025, 4, 10), date(2025, 5, 12), date(2025, 5, 20),
)  # fmt: skip
BY = Actor(account_id=None, name="Sekretariat", roles=frozenset(Role))


@pytest.fixture
def writing(app: Flask) -> Iterator[None]:
    with app.app_context(), unrestricted(), acting(BY):
        yield
        db.session.rollback()


@pytest.fixture
def meeting(writing: None) -> Meeting:
    with recording_history():
        return meetings.log_meeting(MeetingDraft(name_id="Rapat lama", date=MEETING), (), (), by=BY, at=clock.now())


def assigned(meeting: Meeting, at: datetime, *, on: date = GIVEN) -> ActionItem:
    pic = db.session.scalar(select(Account.person_id).filter_by(username=PIC))
    draft = ActionDraft(text_id="Susun laporan", pic_id=pic)
    with recording_history():
        return actions.assign_action(draft, Origin(meeting_id=meeting.id), date(2025, 4, 30), on=on, by=BY, at=at)


def events_of(action: ActionItem) -> list[Event]:
    db.session.flush()
    return list(db.session.scalars(select(Event).filter_by(subject="action_item", subject_id=action.id).order_by("id")))


def test_a_whole_life_of_then_is_recorded_with_its_days(meeting: Meeting) -> None:
    at = clock.now()
    with recording_history():
        draft = ProposalDraft(title_id="Forum lama", gist_id="Isi", raised_on=MEETING, raised_in_id=meeting.id)
        proposal = proposals.propose(draft, by=BY, at=at)
    step = Step(to=ProposalStatus.APPROVED, on=MEETING, has_authority=True, has_meeting=True)
    proposals.move_proposal(proposal, Move(step=step, meeting_id=meeting.id), by=BY, at=at)
    action = assigned(meeting, at)
    actions.report_progress(action, Report(on=REPORTED, progress_note="Separuh", percent=50), by=BY, at=at)
    later = Promise(due_on=date(2025, 5, 15), reason="Menunggu data")
    actions.move_due_date(action, later, on=MOVED, by=BY, at=at)
    finished = Report(on=FINISHED, progress_note="Selesai", evidence="Nota", is_finished=True)
    actions.report_progress(action, finished, by=BY, at=at)
    actions.move_action(
        action, ActionStatus.COMPLETED, reason=None, evidence=None, verified_by="Kepala Biro", on=VERIFIED, by=BY, at=at
    )

    assert (meeting.code[:6], proposal.code[:6], action.code[:7]) == ("R-2025", "U-2025", "TL-2025")
    assert (action.assigned_on, action.closed_on, action.status_since) == (GIVEN, VERIFIED, VERIFIED)
    assert (action.verified_by_as_written, action.verified_by_id) == ("Kepala Biro", None)
    assert not action.is_overdue(clock.today())
    events = events_of(action)
    assert all(event.is_history and event.at == at for event in events)
    assert [event.on for event in events] == [GIVEN, *[REPORTED] * 2, MOVED, *[FINISHED] * 2, VERIFIED]
    parts = select(Involvement.part).filter_by(subject="action_item", subject_id=action.id)
    assert list(db.session.scalars(parts)) == ["in_charge"]  # who recorded it reported nothing


@pytest.fixture
def before(session: Session) -> int | None:
    """The number of mails. The person in charge would get one about an action of today."""
    session.execute(update(Account).filter_by(username=PIC).values(email="ratna@kemenham.go.id"))
    return session.scalar(select(func.count()).select_from(Notice))


def test_history_sends_no_mail_and_the_audit_keeps_the_real_time(
    before: int | None, meeting: Meeting, session: Session
) -> None:
    meeting_id, action_id = meeting.id, assigned(meeting, clock.now()).id
    commit()

    assert session.scalar(select(func.count()).select_from(Notice)) == before
    for table, row_id in (("meeting", meeting_id), ("action_item", action_id)):
        query = select(AuditEntry.at).filter_by(table_name=table, row_id=str(row_id))
        assert {at.date() for at in session.scalars(query)} == {clock.now().date()}


def test_history_is_no_count_of_this_week(meeting: Meeting) -> None:
    at, last = clock.now(), last_closed()
    closed, still_open = assigned(meeting, at), assigned(meeting, at)
    actions.move_action(
        closed, ActionStatus.CANCELLED, reason="Tidak relevan", evidence=None, on=FINISHED, by=BY, at=at
    )
    actions.report_progress(still_open, Report(on=REPORTED, progress_note="Separuh"), by=BY, at=at)
    db.session.flush()

    facts = {row.id: row for row in actions_at_opening(clock.today(), last)}
    assert closed.id not in facts
    assert facts[still_open.id].last_moved_on == REPORTED


def test_steps_after_the_day_of_recording_are_no_history(meeting: Meeting) -> None:
    at = clock.now()
    action = assigned(meeting, at)
    actions.report_progress(action, Report(on=clock.today(), progress_note="Hari ini"), by=BY, at=at)

    assert [event.is_history for event in events_of(action)] == [True, False, False]
    assert action.history_until == clock.today()


def test_history_is_never_in_the_future(meeting: Meeting) -> None:
    with pytest.raises(NotPossible, match="belum tiba"):
        assigned(meeting, clock.now(), on=date(2199, 1, 1))


@pytest.mark.on_both
def test_an_office_types_in_an_action_of_last_year(visit: Visitor, session: Session) -> None:
    browser, before = visit.as_(SECRETARIAT), session.scalar(select(func.count()).select_from(Notice))
    page = browser.get("/meetings/new")
    live = browser.follow(
        browser.submit(page, "/meetings/new", name_id="Rapat evaluasi", date="2025-03-05", is_history="y")
    )
    meeting = session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    assert live.path.startswith(f"/meetings/{meeting.id}/")
    assert (meeting.code[:6], meeting.history_until) == ("R-2025", clock.today())

    form = browser.get(f"/proposals/new?meeting={meeting.id}")
    shown = browser.follow(browser.submit(form, "/proposals/new", title_id="Forum daerah", gist_id="Membentuk forum"))
    proposal = session.scalars(select(Proposal).order_by(Proposal.id.desc())).first()
    assert proposal.code.startswith("U-2025")
    with speaking("id"):
        today, today_in_full = short_day(clock.today()), long_day(clock.today())
    assert f"dicatat kemudian pada {today}" in shown.text_of(".record-line")
    path = f"/proposals/{proposal.id}/move/approved"
    post = offered(browser, browser.get(path), "authority", "sekretaris")[0]
    decided = {"on": "2025-03-05", "meeting": meeting.id, "authority": post}
    assert browser.submit(browser.get(path), path, **decided).status == 303

    form = browser.get(f"/actions/new?proposal={proposal.id}&meeting={meeting.id}")
    pic = offered(browser, form, "pic", "ratna")[0]
    shown = browser.follow(
        browser.submit(form, "/actions/new", text_id="Undang pemerintah daerah", due_on="2025-05-31", pic=pic)
    )
    action = session.scalars(select(ActionItem).order_by(ActionItem.id.desc())).first()
    assert (action.code[:7], action.assigned_on) == ("TL-2025", date(2025, 3, 5))

    path = f"/actions/{action.id}/report"
    report = {"progress_note": "Diundang", "evidence": "Nota 3", "is_finished": "y"}
    undated = browser.submit(browser.get(path), path, **report)
    assert undated.problems == ["Isi tanggal."]
    browser.follow(browser.submit(undated, path, on="2025-05-10"))
    path = f"/actions/{action.id}/move/completed"
    refused = browser.submit(browser.get(path), path, on=clock.today().isoformat(), verified_by="Kepala Biro")
    assert refused.problems == [f"Mulai {today_in_full} verifikasinya dilakukan di sini, oleh penelaah."]
    shown = browser.follow(browser.submit(refused, path, on="2025-05-20"))

    assert "oleh Kepala Biro" in shown.text_of(".rail")
    assert "terlambat" not in shown.text_of("main").lower()
    session.refresh(action)
    assert (action.status, action.closed_on, action.verified_by_id) == ("completed", date(2025, 5, 20), None)
    assert session.scalar(select(func.count()).select_from(Notice)) == before


@pytest.mark.one_database
@pytest.mark.parametrize(("path", "day"), [("/meetings/new", "date"), ("/proposals/new", "raised_on")])
def test_today_is_no_history(visit: Visitor, path: str, day: str) -> None:
    browser, today = visit.as_(SECRETARIAT), clock.today()
    typed = (
        {"name_id": "Rapat", "noticed": f"weekend-{today} off-{today}"} if day == "date"
        else {"title_id": "Usul", "gist_id": "Isi", "source_note": "Surat"}
    )  # fmt: skip
    page = browser.submit(browser.get(path), path, **typed, **{day: today}, is_history="y")

    assert (page.status, len(page.problems)) == (422, 1)
    assert "Riwayat lampau hanya untuk yang dimulai sebelum hari ini." in page.problems[0]
