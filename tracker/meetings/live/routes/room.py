"""Routes for the screen of the room, which everybody sees to whom the meeting is visible."""

from http import HTTPStatus

from flask import get_template_attribute, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.core import clock, polls
from tracker.core.pages import me
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.live import queries
from tracker.meetings.live.routes.blueprint import bp
from tracker.meetings.live.routes.parts import agenda_titles
from tracker.meetings.models import Meeting


@bp.get("/<row:meeting_id>/room")
def room(meeting_id: int) -> ResponseReturnValue:
    version, _ = queries.version_of(meeting_id, me())  # before what it stands for, so that no change is missed
    meeting = meetings.meeting(meeting_id)
    return render_template(
        "meetings/live/room.html", meeting=meeting, version=version, shown=_shown(meeting), may_log=policy.may_log(me())
    )


@bp.get("/<row:meeting_id>/room/changes")
def room_changes(meeting_id: int) -> ResponseReturnValue:
    """Polled every few seconds: 304 if nothing changed, otherwise what the room sees now."""
    polls.may_be_repeated()
    version, _ = queries.version_of(meeting_id, me())
    if version in request.if_none_match.as_set(include_weak=True):
        answer = make_response("", HTTPStatus.NOT_MODIFIED)
    else:
        answer = jsonify(version=version, html=_shown(meetings.meeting(meeting_id)))
    answer.set_etag(version, weak=True)
    return answer


def _shown(meeting: Meeting) -> Markup:
    macro = get_template_attribute("meetings/live/_room.html", "shown")
    return Markup(macro(queries.room_of(meeting, clock.now()), agenda_titles(meeting)))  # noqa: S704  # a template's own words
