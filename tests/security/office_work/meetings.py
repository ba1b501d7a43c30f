"""Meetings, their statements and minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from tests.security.office_work.files import attach
from tests.security.office_work.matters import Kind, Matter
from tests.security.office_work.office import DECISION_MAKER, SECRETARY, Office
from tracker.core import clock
from tracker.core.actor import Actor
from tracker.core.clock import day_at
from tracker.meetings import commands as meetings
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands import AttendanceDraft, MeetingDraft, StatementDraft, StatementLinks
from tracker.meetings.commands.drafts import NO_LINKS
from tracker.meetings.live import commands as live
from tracker.meetings.live.commands import deciding
from tracker.meetings.live.rules import Decision as LineDecision
from tracker.meetings.models import Statement
from tracker.meetings.rules import Bearing, StatementKind
from tracker.meetings.series import commands as series
from tracker.minutes import commands as minutes
from tracker.people import commands as people
from tracker.proposals import queries as proposal_queries
from tracker.proposals.rules import ProposalStatus


def hold(office: Office, matter: Matter) -> None:
    """Hold the meeting of the matter, or use the shared one, and record its statement and file."""
    matter.meeting = office.shared_meeting
    if matter.kind is Kind.MEETING:
        _log(office, matter)
    if matter.kind in {Kind.FILE, Kind.MEETING}:
        attach(office, matter, lambda: office.meeting_of(matter))
    if matter.has_proposal:
        say(office, matter, StatementKind.PROPOSAL)


def _log(office: Office, matter: Matter) -> None:
    text, at = matter.text, clock.now()
    draft = MeetingDraft(
        name_id=text("Rapat"),
        date=day_at(at),
        venue=text("Ruang"),
        opening=text("Pembukaan"),
        closing=text("Penutup"),
        note=text("Catatan"),
        organiser_unit_id=office.units[0],
    )
    attendance = [*office.attendance(), AttendanceDraft(post_as_written=text("Utusan"), note=text("Keterangan"))]
    matter.meeting = office.do(
        SECRETARY,
        lambda by: meetings.log_meeting(draft, attendance, [text("Acara"), text("Acara")], by=by, at=at),
    )
    guest = office.do(
        SECRETARY,
        lambda by: people.add_person(people.PersonDraft(name=text("Tamu")), by=by, at=at, made_in=matter.meeting),
    )
    office.do(
        SECRETARY,
        lambda by: meetings.add_attendance(office.meeting_of(matter), AttendanceDraft(person_id=guest), by=by, at=at),
    )
    _prepare(office, matter, at)


def _prepare(office: Office, matter: Matter, at: datetime) -> None:
    """Change the agenda, and type a line that stays a draft."""
    text = matter.text
    office.do(SECRETARY, lambda by: meetings.add_agenda_item(office.meeting_of(matter), text("Acara"), by=by, at=at))
    item = meeting_queries.meeting(matter.meeting).agenda[0].id
    office.do(
        SECRETARY,
        lambda by: meetings.rename_agenda_item(
            meeting_queries.agenda_item(item, to_change=True), text("Acara"), by=by, at=at
        ),
    )
    office.do(
        SECRETARY,
        lambda by: live.save_draft(
            office.meeting_of(matter), live.Draft(key=f"draf{matter.number}", text=text("Draf"), step=1), by=by, at=at
        ),
    )


def say(
    office: Office,
    matter: Matter,
    kind: StatementKind,
    links: Callable[[], StatementLinks] = lambda: NO_LINKS,
    **attributes: Any,
) -> int:
    """Add a statement to the matter's meeting; returns its id."""
    draft = StatementDraft(
        kind=kind, gist_id=matter.text("Kata"), recorder_note=matter.text("Keterangan"), **attributes
    )
    statement_id: int = office.do(
        SECRETARY,
        lambda by: meetings.add_statement(office.meeting_of(matter), draft, links(), by=by, at=clock.now()),
    )
    matter.lines.append(statement_id)
    return statement_id


def decide(office: Office, matter: Matter) -> None:
    """Defer the proposal by a statement of the matter's own meeting."""
    if not matter.proposals or matter.kind is not Kind.MEETING:
        return
    statement_id = say(
        office,
        matter,
        StatementKind.DECISION,
        lambda: StatementLinks(proposals=[(office.proposal_of(matter), Bearing.DECIDES)]),
    )
    office.do(
        DECISION_MAKER,
        lambda by: decide_by_line(meeting_queries.statement(statement_id), defer_for_nine_days(), by=by),
    )


def defer_for_nine_days() -> LineDecision:
    return LineDecision(outcome=ProposalStatus.DEFERRED, revisit_on=day_at(clock.now()) + timedelta(days=9))


def decide_by_line(statement: Statement, decision: LineDecision, *, by: Actor) -> None:
    """Decide what a stored statement is about, as the live minutes do when its line is entered."""
    about = StatementLinks(
        proposals=[(proposal_queries.in_full(link.proposal_id), link.bearing) for link in statement.proposal_links]
    )
    reason, on, at = statement.gist_id or statement.quote, statement.meeting.date, clock.now()
    steps = deciding.steps_of(decision, about, reason=reason, on=on, by=by, at=at)
    live.decide(statement, steps, by=by, at=at)


def rearrange(office: Office, matter: Matter) -> None:
    """Split, join, move, remove and restore statements; the events of this quote them."""
    if not matter.lines:
        return
    at, first = clock.now(), matter.lines[0]
    line = lambda line_id=first: meeting_queries.statement(line_id, to_change=True)  # noqa: E731
    second = office.do(SECRETARY, lambda by: meetings.split_statement(line(), 4, by=by, at=at))
    if second and matter.chance.random() < 0.6:
        office.do(SECRETARY, lambda by: meetings.join_statements(line(second), line(), by=by, at=at))
    elif second and matter.kind is not Kind.MEETING:
        office.do(SECRETARY, lambda by: meetings.remove_statement(line(second), by=by, at=at))
    office.do(SECRETARY, lambda by: meetings.move_statement(line(), by=by, at=at))
    for step in (meetings.remove_statement, meetings.restore_statement):
        office.do(SECRETARY, lambda by, step=step: step(line(), by=by, at=at))


def carry_over(office: Office, matter: Matter) -> None:
    """Begin a series, and carry an agenda item over to the meeting of the last review."""
    if matter.kind is not Kind.MEETING:
        return
    office.do(
        SECRETARY,
        lambda by: series.begin_series(
            office.meeting_of(matter), series.SeriesDraft(name_id=f"Rangkaian {matter.number}"), by=by, at=clock.now()
        ),
    )
    last = meeting_queries.meeting(matter.meeting).agenda[-1].id
    office.do(
        SECRETARY,
        lambda by: meetings.carry_agenda_item(
            meeting_queries.agenda_item(last, to_change=True),
            meeting_queries.meeting(office.review_meeting, to_change=True),
            by=by,
            at=clock.now(),
        ),
    )


def approve_minutes(office: Office, matter: Matter) -> None:
    """Submit, return, submit again and approve the minutes; sometimes also open a correction."""
    if matter.kind is not Kind.MEETING:
        return
    at = clock.now()
    office.do(SECRETARY, lambda by: minutes.submit(office.meeting_of(matter), by=by, at=at))
    office.do(
        DECISION_MAKER,
        lambda by: minutes.send_back(
            office.meeting_of(matter),
            matter.text("Perbaiki"),
            {matter.lines[0]: matter.text("Baris")},
            by=by,
            at=at,
        ),
    )
    office.do(SECRETARY, lambda by: minutes.submit(office.meeting_of(matter), by=by, at=at))
    office.do(DECISION_MAKER, lambda by: minutes.approve(office.meeting_of(matter), None, by=by, at=at))
    if matter.chance.random() < 0.5:
        office.do(
            SECRETARY,
            lambda by: minutes.open_correction(office.meeting_of(matter), matter.text("Koreksi"), by=by, at=at),
        )
