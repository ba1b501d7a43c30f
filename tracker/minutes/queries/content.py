"""The minutes of a meeting as they stand now."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, TypeVar

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.people import queries as people
from tracker.people import rules as offices
from tracker.people.models import PositionHolding
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

Item = TypeVar("Item", Proposal, ActionItem, Meeting, Statement)

_OF_MEETING = (
    "code", "name_id", "name_en", "meeting_type", "classification", "date", "end_on", "date_as_written", "called_time",
    "start_time", "end_time", "time_as_written", "timezone", "venue", "venue_detail", "city", "mode",
    "organiser_is_inferred", "invitation_number", "invitation_on", "document_number", "copies_to", "source_type",
    "source_publisher", "source_url", "attendance_is_complete", "opening", "closing", "note",
)  # fmt: skip
_OF_STATEMENT = (
    "number", "kind", "speaker_note", "on_behalf_of", "quote", "gist_id", "gist_en", "has_sic", "recorder_note",
)  # fmt: skip


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The minutes as they stand now, as plain JSON values; what is not known is null.

    Whoever may read the meeting may read its minutes: what is classified above the meeting is only counted in them.
    """
    statements = _within(meetings.statements_of(meeting.id), meeting)
    came = _came_of(meeting, statements)
    raised, promised = _within(came.proposals, meeting), _within(came.actions, meeting)
    with unrestricted():
        lines = meetings.statements_of(meeting.id)
        everything = len(lines) + len(_came_of(meeting, lines))
    unit, posts = meeting.organiser_unit, _posts_of(meeting)
    return {
        "schema": 1,
        "letterhead": asdict(people.letterhead(meeting.organiser_unit_id, meeting.date)),
        "meeting": {name: _plain(getattr(meeting, name)) for name in _OF_MEETING}
        | {"organiser_id": unit.name_id if unit else None, "organiser_en": unit.name_en if unit else None},
        "agenda": [{"number": item.number, "text": item.text} for item in meeting.agenda],
        "attendance": [_attendance(row, posts[row.id]) for row in meeting.attendance],
        "statements": [_statement(said, number, posts, meeting) for number, said in enumerate(statements, 1)],
        "proposals": [_proposal(one) for one in raised],
        "actions": [_action(one) for one in promised],
        "hidden": everything - len(statements) - len(raised) - len(promised),
    }


@dataclass(frozen=True)
class _CameOf:
    """What a meeting raised, and what follows from it."""

    proposals: Sequence[Proposal]
    actions: Sequence[ActionItem]

    def __len__(self) -> int:
        return len(self.proposals) + len(self.actions)


def _came_of(meeting: Meeting, statements: Sequence[Statement]) -> _CameOf:
    raised = proposals.raised_in(meeting.id)
    promised = actions.of_meeting([one.id for one in raised], [said.id for said in statements])
    return _CameOf(raised, promised)


def _within(rows: Sequence[Item], meeting: Meeting) -> list[Item]:
    """Those that are no more secret than the meeting."""
    return [row for row in rows if row.classification.rank <= meeting.classification.rank]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _posts_of(meeting: Meeting) -> dict[int, str | None]:
    """The post of each attendee, by row: as written, with Plt., Plh. or Pj. where the person held it so that day."""
    ids = [row.position_id for row in meeting.attendance if row.person_id and row.position_id]
    held = people.holders_on(meeting.date, ids) if ids else {}
    return {row.id: _as_borne(row, held.get(row.position_id or 0, [])) for row in meeting.attendance}


def _as_borne(row: Attendance, held: Sequence[PositionHolding]) -> str | None:
    own = next((one for one in held if one.person_id == row.person_id), None)
    return offices.with_prefix(own.kind, row.post_as_written) if own and row.post_as_written else row.post_as_written


def _attendance(row: Attendance, post: str | None) -> dict[str, Any]:
    return {
        "number": row.number, "person": row.person.full_name if row.person else None,
        "nip": row.person.nip if row.person else None, "post": post, "role": row.role,
        "status": row.status, "represented_by": row.represented_by, "note": row.note,
    }  # fmt: skip


def _statement(said: Statement, number: int, posts: dict[int, str | None], meeting: Meeting) -> dict[str, Any]:
    speaker = said.speaker
    origin = next(iter(_within([said.origin_meeting] if said.origin_meeting else [], meeting)), None)
    return {name: getattr(said, name) for name in _OF_STATEMENT} | {
        "number": number,
        "id": said.id,
        "origin_id": origin.id if origin else None,
        "speaker": speaker.person.full_name if speaker and speaker.person else None,
        "speaker_post": posts.get(speaker.id, speaker.post_as_written) if speaker else None,
        "origin": origin.name_id if origin else said.origin_note,
    }


def _proposal(one: Proposal) -> dict[str, Any]:
    return {
        "code": one.code, "title_id": one.title_id, "title_en": one.title_en, "gist_id": one.gist_id,
        "gist_en": one.gist_en, "status": one.status,
        "proponents": [
            {"name": by.person.full_name if by.person else None, "post": by.post_as_written,
             "attribution": by.attribution}
            for by in one.proponents
        ],
    }  # fmt: skip


def _action(one: ActionItem) -> dict[str, Any]:
    unit = one.responsible_unit
    return {
        "code": one.code, "text_id": one.text_id, "text_en": one.text_en, "unit_id": unit.name_id if unit else None,
        "unit_en": unit.name_en if unit else None, "pic": one.pic.full_name if one.pic else None,
        "due_on": _plain(one.due_on), "status": one.status,
    }  # fmt: skip
