"""A confidential meeting with every kind of row that can belong to it, linked to ordinary rows wherever possible."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.security.stage import AT
from tracker.actions.models import ActionItem, ActionUpdate
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.audit.models import Event
from tracker.core.actor import Classification
from tracker.core.db import Model, db
from tracker.core.places import nth
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement, StatementProposal
from tracker.meetings.rules import AttendanceRole, Bearing, StatementKind
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState
from tracker.people.models import Person
from tracker.proposals.models import Proponent, Proposal, ProposalRelation, TargetLink
from tracker.proposals.rules import Attribution, Effect, LinkState, RelationKind

#: A word that occurs nowhere else.
WORD = "kerahasiaanuji"
SECRET = Classification.SECRET


def insert(near: Session) -> None:
    """Store it. Call inside an application context and `unrestricted`. Ordinary rows are read from `near`."""
    day, on = near.scalars(select(func.max(Meeting.date))).one(), date(2026, 3, 3)
    meeting = Meeting(code="R-2026-990", name_id=f"Rapat {WORD}", classification=SECRET, date=day, recorded_at=AT,
                      organiser_unit_id=1, venue=WORD, closing=WORD)  # fmt: skip
    _store(meeting)
    came = Person(name=f"Peserta {WORD}", folded=f"peserta {WORD}", aliases=[WORD], is_provisional=True,
                  made_in_meeting_id=meeting.id)  # fmt: skip
    _store(came)
    _store(
        Attendance(meeting_id=meeting.id, place=nth(2), person_id=came.id),
        Event(subject="person", subject_id=came.id, verb="added", at=AT, by_name="Sekretariat"),
    )
    there = Attendance(meeting_id=meeting.id, place=nth(1), person_id=1, position_id=1, role=AttendanceRole.CHAIR)
    proposal = Proposal(code="U-2026-990", title_id=f"Usulan {WORD}", gist_id=WORD, classification=SECRET,
                        raised_on=on, status_since=on, raised_in_id=meeting.id)  # fmt: skip
    _store(there, proposal, AgendaItem(meeting_id=meeting.id, place=nth(1), text=WORD))
    said = Statement(meeting_id=meeting.id, place=nth(1), kind=StatementKind.DIRECTIVE, quote=WORD, speaker_id=there.id)
    action = ActionItem(code="TL-2026-990", text_id=f"Tugas {WORD}", classification=SECRET, assigned_on=on,
                        status_since=on, meeting_id=meeting.id, proposal_id=proposal.id, responsible_unit_id=1,
                        pic_id=1, due_on=on, original_due_on=on)  # fmt: skip
    _store(said, action)
    _link_to_ordinary_rows(meeting, proposal, said, action)


def _link_to_ordinary_rows(meeting: Meeting, proposal: Proposal, said: Statement, action: ActionItem) -> None:
    series = MeetingSeries(name_id=f"Rangkaian {WORD}")
    _store(
        series,
        Proponent(proposal_id=proposal.id, person_id=1, attribution=Attribution.QUOTED),
        ProposalRelation(from_id=proposal.id, to_id=2, kind=RelationKind.DUPLICATES),
        TargetLink(proposal_id=proposal.id, target_id=1,
                   effect=Effect.SUPPORTS, state=LinkState.CONFIRMED, explanation_id=WORD),
        StatementProposal(statement_id=said.id, proposal_id=proposal.id, bearing=Bearing.RAISES),
        StatementProposal(statement_id=said.id, proposal_id=3, bearing=Bearing.DISCUSSES),
        ActionUpdate(action_id=action.id, on=date(2026, 3, 4), status=action.status, progress_note=WORD,
                     at=AT, by_name="PIC"),
        Attachment(meeting_id=meeting.id, kind=AttachmentKind.OTHER, name=f"{WORD}.txt", media_type="text/plain",
                   size=1, mark="e" * 64, added_by_name="Sekretariat", added_at=AT),
        MinutesVersion(meeting_id=meeting.id, number=1, state=MinutesState.SUBMITTED, content="{}",
                       content_hash="d" * 64, submitted_by_name="S", submitted_at=AT),
        # References from ordinary rows.
        Event(subject="proposal", subject_id=2, verb="related", at=AT, by_name="Sekretariat", meeting_id=meeting.id,
              reason=WORD, details={"kind": "duplicates"}, mentions=[f"proposal:{proposal.id}"]),
    )  # fmt: skip
    _store(SeriesMeeting(meeting_id=meeting.id, series_id=series.id))


def _store(*rows: Model) -> None:
    db.session.add_all(rows)
    db.session.flush()
