"""The present content of the minutes of a meeting."""

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
from tracker.people import rules as people_rules
from tracker.people.models import OrgUnit, PositionHolding
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

#: Version 2 added agenda item, proposals and actions to each statement.
SCHEMA = 2
Item = TypeVar("Item", Proposal, ActionItem, Meeting, Statement)

_MEETING_COLUMNS = (
    "code", "name_id", "name_en", "meeting_type", "classification", "date", "end_on", "date_as_written", "called_time",
    "start_time", "end_time", "time_as_written", "timezone", "venue", "venue_detail", "city", "mode",
    "organiser_is_inferred", "invitation_number", "invitation_on", "document_number", "copies_to", "source_type",
    "source_publisher", "source_url", "attendance_is_complete", "opening", "closing", "note", "named_after_id",
)  # fmt: skip
_STATEMENT_COLUMNS = (
    "kind", "speaker_note", "on_behalf_of", "quote", "gist_id", "gist_en", "has_sic", "recorder_note",
)  # fmt: skip


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The present minutes as plain JSON values; null where unknown.

    Everybody who may see the meeting may read its minutes, so rows classified above the meeting are only counted.
    Statements are in the order of the agenda; `rules.sections_of` groups them by agenda item.
    """
    lines, raised = meetings.statements_of(meeting.id), proposals.raised_in(meeting.id)
    all_actions = actions.of_meeting(meeting.id)
    levels = meetings.classification_of_lines(meeting.id)
    shown_lines = [line for line in lines if levels[line.id].rank <= meeting.classification.rank]
    named = _meetings_to_name(meeting, shown_lines)
    shown_proposals, shown_actions = _within(raised, meeting), _within(all_actions, meeting)
    with unrestricted():
        total = (
            len(meetings.statements_of(meeting.id))
            + len(proposals.raised_in(meeting.id))
            + len(actions.of_meeting(meeting.id))
        )
    sources = meetings.agenda_sources(meeting)
    hidden_items = {
        item_id
        for item_id, levels_of_sources in sources.items()
        if any(level.rank > meeting.classification.rank for level in levels_of_sources.values())
    }
    outline = meetings.outline_of(meeting, shown_lines, shown_actions)
    numbers = {item.id: number for number, item in enumerate(meeting.agenda, 1)}
    points = [(section, point) for section in outline.sections for point in section.points]
    places = {point.line.id: number for number, (_, point) in enumerate(points, 1)}
    posts = _posts_of(meeting)
    return {
        "schema": SCHEMA,
        "letterhead": asdict(people.letterhead(meeting.organiser_unit_id, meeting.date)),
        "meeting": _meeting(meeting, may_name=meeting.id in named),
        "agenda": [
            {
                "number": numbers[item.id],
                "text": item.text,
                "state": item.set_aside,
                "source_ids": sorted(sources.get(item.id, ())),
            }
            for item in meeting.agenda
            if item.id not in hidden_items
        ],
        "attendance": [_attendance(row, number, posts[row.id]) for number, row in enumerate(meeting.attendance, 1)],
        "statements": [
            _statement(point.line, places[point.line.id], posts, named)
            | {
                "agenda_item": numbers.get(point.line.agenda_item_id or 0),
                "proposals": [
                    _proposal_link(link) for link in point.line.proposal_links if _is_within(link.proposal, meeting)
                ],
                "actions": [action.code for action in point.actions],
            }
            for _, point in points
        ],
        "proposals": [_proposal(proposal) for proposal in shown_proposals],
        "actions": [
            _action(action, meeting)
            | {
                "agenda_item": numbers.get(action.agenda_item_id or 0),
                "statement": places.get(action.statement_id or 0),
            }
            for action in shown_actions
        ],
        "hidden": total - len(shown_lines) - len(shown_proposals) - len(shown_actions) + len(hidden_items),
    }


def _meetings_to_name(meeting: Meeting, lines: Sequence[Statement]) -> set[int]:
    """The meeting and those that its lines come from, without names that are classified above it."""
    ids = {meeting.id, *(line.origin_meeting_id for line in lines if line.origin_meeting_id)}
    levels = meetings.classification_of_names(ids)
    return ids - {number for number, level in levels.items() if level.rank > meeting.classification.rank}


def _meeting(meeting: Meeting, *, may_name: bool) -> dict[str, Any]:
    unit = meeting.organiser_unit
    return (
        {name: _plain(getattr(meeting, name)) for name in _MEETING_COLUMNS}
        | ({} if may_name else neutral_names())
        | {"organiser_id": unit.name_id if unit else None, "organiser_en": unit.name_en if unit else None}
    )


def _is_within(row: Item, meeting: Meeting) -> bool:
    return row.classification.rank <= meeting.classification.rank


def _within(rows: Sequence[Item], meeting: Meeting) -> list[Item]:
    return [row for row in rows if _is_within(row, meeting)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def _posts_of(meeting: Meeting) -> dict[int, str | None]:
    """The post of each attendee by row id, with Plt., Plh. or Pj. if the person was acting on that day."""
    ids = [row.position_id for row in meeting.attendance if row.person_id and row.position_id]
    held = people.holders_on(meeting.date, ids) if ids else {}
    return {row.id: _post_with_prefix(row, held.get(row.position_id or 0, [])) for row in meeting.attendance}


def _post_with_prefix(row: Attendance, held: Sequence[PositionHolding]) -> str | None:
    own = next((holding for holding in held if holding.person_id == row.person_id), None)
    return (
        people_rules.with_prefix(own.kind, row.post_as_written) if own and row.post_as_written else row.post_as_written
    )


def _attendance(row: Attendance, number: int, post: str | None) -> dict[str, Any]:
    return {
        "number": number, "person": row.person.full_name if row.person else None,
        "nip": row.person.nip if row.person else None, "post": post, "role": row.role,
        "status": row.status, "represented_by": row.represented_by, "note": row.note,
    }  # fmt: skip


def _proposal_link(link: StatementProposal) -> dict[str, Any]:
    return {
        "code": link.proposal.code, "title_id": link.proposal.title_id, "title_en": link.proposal.title_en,
        "bearing": link.bearing,
    }  # fmt: skip


def neutral_names() -> dict[str, str]:
    return {f"name_{code}": neutral(code) for code in LANGUAGES}


def _statement(statement: Statement, number: int, posts: dict[int, str | None], named: set[int]) -> dict[str, Any]:
    """A statement, with the name of its origin only if that meeting is in `named`."""
    speaker = statement.speaker
    origin = statement.origin_meeting if statement.origin_meeting_id in named else None
    return {name: getattr(statement, name) for name in _STATEMENT_COLUMNS} | {
        "number": number,
        "id": statement.id,
        "origin_id": origin.id if origin else None,
        "speaker": speaker.person.full_name if speaker and speaker.person else None,
        "speaker_post": posts.get(speaker.id, speaker.post_as_written) if speaker else None,
        "origin": origin.name_id if origin else statement.origin_note,
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "code": proposal.code, "title_id": proposal.title_id, "title_en": proposal.title_en,
        "gist_id": proposal.gist_id, "gist_en": proposal.gist_en, "status": proposal.status,
        "proponents": [
            {"name": by.person.full_name if by.person else None, "post": by.post_as_written,
             "attribution": by.attribution}
            for by in proposal.proponents
        ],
    }  # fmt: skip


def _action(action: ActionItem, meeting: Meeting) -> dict[str, Any]:
    """An action, with its proposal only if that is no more secret than the meeting."""
    unit, post = action.responsible_unit, action.responsible_position
    return {
        "code": action.code, "text_id": action.text_id, "text_en": action.text_en,
        "unit_id": unit.name_id if unit else None, "unit_en": unit.name_en if unit else None,
        "pic": action.pic.full_name if action.pic else None,
        "post_id": post.title_id if post else None, "post_en": post.title_en if post else None,
        "waiting_for": action.waiting_for,
        "supporters": [*map(_unit, action.supporting_units), *map(_supporter, action.supporters)],
        "proposal": action.proposal.code if action.proposal and _is_within(action.proposal, meeting) else None,
        "due_on": _plain(action.due_on), "status": action.status,
    }  # fmt: skip


def _unit(unit: OrgUnit) -> dict[str, Any]:
    return {"name": None, "title_id": unit.name_id, "title_en": unit.name_en}


def _supporter(row: ActionSupporter) -> dict[str, Any]:
    post = row.position
    return {
        "name": row.person.full_name if row.person else row.as_written, "title_id": post.title_id if post else None,
        "title_en": post.title_en if post else None,
    }  # fmt: skip
