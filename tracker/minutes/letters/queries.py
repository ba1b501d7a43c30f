"""What the invitation letter of a meeting says."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.core.db import db
from tracker.meetings.models import Attendance, Meeting
from tracker.minutes import queries as minutes
from tracker.minutes.letters.models import InvitationLetter
from tracker.people import queries as people
from tracker.people import rules as people_rules
from tracker.people.models import Position

_WITH_SIGNATORY = (joinedload(InvitationLetter.signatory), joinedload(InvitationLetter.signatory_position))


def letter_of(meeting: Meeting) -> InvitationLetter | None:
    query = select(InvitationLetter).filter_by(meeting_id=meeting.id)
    return db.session.scalar(query.options(*_WITH_SIGNATORY))


def content_of(meeting: Meeting, letter: InvitationLetter | None, today: date) -> dict[str, Any]:
    """The letter as plain values; null where unknown. What the minutes of the meeting leave out is left out here."""
    content = minutes.content_of(meeting)
    on = meeting.invitation_on or today
    return {
        **content,
        "letterhead": asdict(people.letterhead(meeting.organiser_unit_id, on)),
        "letter": {
            "written_in": letter.written_in if letter else None,
            "enclosures": letter.enclosures if letter else None,
            "request": letter.request if letter else None,
            "copies_to": letter.copies_to if letter else None,
            "signatory": _signatory(letter, on),
        },
        "addressees": [
            {"post": said["post"], "person": said["person"], "unit": row.unit_as_written, "has_post": row.position_id}
            for row, said in zip(meeting.attendance, content["attendance"], strict=True)
            if not _signs(row, letter)
        ],
    }


def _signs(row: Attendance, letter: InvitationLetter | None) -> bool:
    """Whether the letter would invite the one who signs it."""
    if letter is None:
        return False
    if row.person_id and letter.signatory_id:
        return row.person_id == letter.signatory_id
    return row.position_id is not None and row.position_id == letter.signatory_position_id


def _signatory(letter: InvitationLetter | None, on: date) -> dict[str, str | None]:
    person, post = (letter.signatory, letter.signatory_position) if letter else (None, None)
    return {
        "person": person.full_name if person else None,
        "nip": person.nip if person else None,
        **({f"post_{code}": title for code, title in _titles(post, letter, on)} if post and letter else {}),
    }


def _titles(post: Position, letter: InvitationLetter, on: date) -> Sequence[tuple[str, str | None]]:
    """The titles of the post in both languages, with Plt., Plh. or Pj. if the signatory is acting on that day."""
    held = people.holders_on(on, [post.id]).get(post.id, [])
    own = next((holding for holding in held if holding.person_id == letter.signatory_id), None)
    titles = (("id", post.title_id), ("en", post.title_en))
    return [(code, people_rules.with_prefix(own.kind, title) if own and title else title) for code, title in titles]
