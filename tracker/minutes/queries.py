"""Questions about minutes: their present content, their versions, where they stand."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.rules import AttendanceRole
from tracker.minutes import policy, rules
from tracker.minutes.models import MinutesVersion
from tracker.minutes.rules import MinutesState
from tracker.people import queries as people
from tracker.people import rules as offices
from tracker.people.models import PositionHolding
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

Item = TypeVar("Item", Proposal, ActionItem, Meeting, Statement)

_OF_MEETING = (
    "code", "name_id", "name_en", "meeting_type", "classification", "date", "date_as_written", "called_time",
    "start_time", "end_time", "time_as_written", "timezone", "venue", "venue_detail", "city", "mode",
    "organiser_is_inferred", "invitation_number", "invitation_on", "document_number", "source_type",
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


def versions_of(meeting_id: int) -> Sequence[MinutesVersion]:
    """All submissions of the minutes of a meeting, the newest first."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc())
    return db.session.scalars(question).all()


def latest(meeting_id: int) -> MinutesVersion | None:
    """The newest submission, locked for whoever is about to change it."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id).order_by(MinutesVersion.id.desc()).limit(1)
    return db.session.scalar(question.with_for_update(of=MinutesVersion))


def approved(meeting_id: int, number: int) -> MinutesVersion:
    """The approved version with this number."""
    question = select(MinutesVersion).filter_by(meeting_id=meeting_id, number=number, state=MinutesState.APPROVED)
    found = db.session.scalar(question)
    if found is None:
        raise NotFound
    return found


def frozen(version: MinutesVersion) -> dict[str, Any]:
    """What a version says, from its stored bytes."""
    content: dict[str, Any] = json.loads(version.content or "{}")
    return content


def marked(meeting_id: int, mark: str) -> MinutesVersion | None:
    """The approved version of this meeting whose stored bytes have this mark, computed anew."""
    found = [one for one in versions_of(meeting_id) if one.state is MinutesState.APPROVED and one.content]
    return next((one for one in found if rules.mark_of(one.content or "") == mark == one.content_hash), None)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the minutes of a meeting stand, and what this viewer may do about it."""

    state: MinutesState
    versions: Sequence[MinutesVersion]
    may_submit: bool
    may_decide: bool

    @property
    def newest(self) -> MinutesVersion | None:
        """The newest submission."""
        return self.versions[0] if self.versions else None

    @property
    def is_locked(self) -> bool:
        """Whether nobody edits now."""
        return self.state in rules.LOCKED


def standing(meeting: Meeting, viewer: Actor) -> Standing:
    """Where the minutes stand for this viewer."""
    versions = versions_of(meeting.id)
    return Standing(
        state=versions[0].state if versions else MinutesState.DRAFT,
        versions=versions,
        may_submit=policy.may_submit(viewer),
        may_decide=policy.may_decide(viewer, meeting.attendance),
    )


def waiting_for(person_id: int) -> Sequence[MinutesVersion]:
    """Minutes submitted to this person as the chair of their meeting."""
    question = (
        select(MinutesVersion)
        .join(MinutesVersion.meeting)
        .join(Attendance, Attendance.meeting_id == Meeting.id)
        .where(Attendance.person_id == person_id, Attendance.role == AttendanceRole.CHAIR)
        .where(MinutesVersion.state == MinutesState.SUBMITTED)
        .options(selectinload(MinutesVersion.meeting))
    )
    return db.session.scalars(question.order_by(MinutesVersion.id)).all()
