"""The minutes of a meeting as they stand now."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, time
from typing import Any, TypeVar

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem, ActionSupporter
from tracker.core.copies import neutral
from tracker.core.visibility import unrestricted
from tracker.core.wording import LANGUAGES
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal
from tracker.people import queries as people
from tracker.people import rules as offices
from tracker.people.models import OrgUnit, PositionHolding
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

#: 2 has each statement's agenda item, proposals and actions.
SCHEMA = 2
Item = TypeVar("Item", Proposal, ActionItem, Meeting, Statement)

_OF_MEETING = (
    "code", "name_id", "name_en", "meeting_type", "classification", "date", "end_on", "date_as_written", "called_time",
    "start_time", "end_time", "time_as_written", "timezone", "venue", "venue_detail", "city", "mode",
    "organiser_is_inferred", "invitation_number", "invitation_on", "document_number", "copies_to", "source_type",
    "source_publisher", "source_url", "attendance_is_complete", "opening", "closing", "note", "named_after_id",
)  # fmt: skip
_OF_STATEMENT = (
    "kind", "speaker_note", "on_behalf_of", "quote", "gist_id", "gist_en", "has_sic", "recorder_note",
)  # fmt: skip


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The minutes as they stand now, as plain JSON values; what is not known is null.

    Whoever may read the meeting may read its minutes: what is classified above the meeting is only counted in them.
    Statements are in the order of the agenda. `rules.sections_of` reads them back by agenda item.
    """
    lines, raised = meetings.statements_of(meeting.id), proposals.raised_in(meeting.id)
    agreed = actions.of_meeting(meeting.id)
    levels = meetings.level_of_lines(meeting.id)
    told = [line for line in lines if levels[line.id].rank <= meeting.classification.rank]
    named = {meeting.id, *(line.origin_meeting_id for line in told if line.origin_meeting_id)}
    named -= {one for one, level in meetings.levels_of_names(named).items() if level.rank > meeting.classification.rank}
    told_raised, told_agreed = _within(raised, meeting), _within(agreed, meeting)
    with unrestricted():
        everything = (
            len(meetings.statements_of(meeting.id))
            + len(proposals.raised_in(meeting.id))
            + len(actions.of_meeting(meeting.id))
        )
    carried = meetings.sources_of_agenda(meeting)
    above = {
        item_id
        for item_id, levels_of_sources in carried.items()
        if any(level.rank > meeting.classification.rank for level in levels_of_sources.values())
    }
    agenda = [item for item in meeting.agenda if item.id not in above]
    outline = meetings.outline_of(meeting, told, told_agreed)
    numbers = {item.id: number for number, item in enumerate(meeting.agenda, 1)}
    points = [(section, point) for section in outline.sections for point in section.points]
    places = {point.line.id: number for number, (_, point) in enumerate(points, 1)}
    unit, posts = meeting.organiser_unit, _posts_of(meeting)
    return {
        "schema": SCHEMA,
        "letterhead": asdict(people.letterhead(meeting.organiser_unit_id, meeting.date)),
        "meeting": {name: _plain(getattr(meeting, name)) for name in _OF_MEETING}
        | ({} if meeting.id in named else not_named())
        | {"organiser_id": unit.name_id if unit else None, "organiser_en": unit.name_en if unit else None},
        "agenda": [
            {
                "number": numbers[item.id],
                "text": item.text,
                "state": item.set_aside,
                "source_ids": sorted(carried.get(item.id, ())),
            }
            for item in agenda
        ],
        "attendance": [_attendance(row, number, posts[row.id]) for number, row in enumerate(meeting.attendance, 1)],
        "statements": [
            _statement(point.line, places[point.line.id], posts, named)
            | {
                "agenda_item": numbers.get(point.line.agenda_item_id or 0),
                "proposals": [_about(link) for link in point.line.proposal_links if _is_within(link.proposal, meeting)],
                "actions": [action.code for action in point.actions],
            }
            for _, point in points
        ],
        "proposals": [_proposal(one) for one in told_raised],
        "actions": [
            _action(one, meeting)
            | {
                "agenda_item": numbers.get(one.agenda_item_id or 0),
                "statement": places.get(one.statement_id or 0),
            }
            for one in told_agreed
        ],
        "hidden": everything - len(told) - len(told_raised) - len(told_agreed) + len(above),
    }


def _is_within(row: Item, meeting: Meeting) -> bool:
    return row.classification.rank <= meeting.classification.rank


def _within(rows: Sequence[Item], meeting: Meeting) -> list[Item]:
    """Those that are no more secret than the meeting."""
    return [row for row in rows if _is_within(row, meeting)]


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


def _attendance(row: Attendance, number: int, post: str | None) -> dict[str, Any]:
    return {
        "number": number, "person": row.person.full_name if row.person else None,
        "nip": row.person.nip if row.person else None, "post": post, "role": row.role,
        "status": row.status, "represented_by": row.represented_by, "note": row.note,
    }  # fmt: skip


def _about(link: StatementProposal) -> dict[str, Any]:
    return {
        "code": link.proposal.code, "title_id": link.proposal.title_id, "title_en": link.proposal.title_en,
        "bearing": link.bearing,
    }  # fmt: skip


def not_named() -> dict[str, str]:
    """What the minutes call a meeting whose name may not be told."""
    return {f"name_{code}": neutral(code) for code in LANGUAGES}


def _statement(said: Statement, number: int, posts: dict[int, str | None], named: set[int]) -> dict[str, Any]:
    """A line, and from which meeting its words come, where that meeting may be named."""
    speaker = said.speaker
    origin = said.origin_meeting if said.origin_meeting_id in named else None
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


def _action(one: ActionItem, meeting: Meeting) -> dict[str, Any]:
    """A proposal above the meeting is not named."""
    unit, post = one.responsible_unit, one.responsible_position
    return {
        "code": one.code, "text_id": one.text_id, "text_en": one.text_en, "unit_id": unit.name_id if unit else None,
        "unit_en": unit.name_en if unit else None, "pic": one.pic.full_name if one.pic else None,
        "post_id": post.title_id if post else None, "post_en": post.title_en if post else None,
        "waiting_for": one.waiting_for,
        "supporters": [*map(_unit, one.supporting_units), *map(_supporter, one.supporters)],
        "proposal": one.proposal.code if one.proposal and _is_within(one.proposal, meeting) else None,
        "due_on": _plain(one.due_on), "status": one.status,
    }  # fmt: skip


def _unit(unit: OrgUnit) -> dict[str, Any]:
    return {"name": None, "title_id": unit.name_id, "title_en": unit.name_en}


def _supporter(row: ActionSupporter) -> dict[str, Any]:
    post = row.position
    return {
        "name": row.person.full_name if row.person else row.as_written, "title_id": post.title_id if post else None,
        "title_en": post.title_en if post else None,
    }  # fmt: skip
