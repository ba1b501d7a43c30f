"""Write the invitation letter. Callers commit."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.models import Meeting
from tracker.minutes.letters import queries, rules
from tracker.minutes.letters.models import InvitationLetter


@dataclass(frozen=True, kw_only=True)
class LetterDraft:
    number: str | None
    on: date | None
    written_in: str | None
    signatory_position_id: int | None
    signatory_id: int | None
    enclosures: str | None
    request: str | None
    copies_to: str | None


def write_letter(meeting: Meeting, draft: LetterDraft, *, by: Actor, at: datetime) -> None:
    ensure_open(meeting)
    if not rules.may_still_invite(meeting.status):
        raise NotPossible(_l("Only a planned meeting has an invitation letter to be written."))
    letter = queries.letter_of(meeting)
    if letter is None:
        letter = InvitationLetter(meeting_id=meeting.id)
        db.session.add(letter)
    meeting.invitation_number, meeting.invitation_on = draft.number, draft.on
    for name in _STORED:
        setattr(letter, name, getattr(draft, name))
    record(meeting, "letter_written", by=by, at=at)


_STORED = ("written_in", "signatory_position_id", "signatory_id", "enclosures", "request", "copies_to")
