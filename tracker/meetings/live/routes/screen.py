"""Routes of the whole screen, and for polling changes."""

from http import HTTPStatus

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from tracker.core import polls
from tracker.core.pages import ensure, me
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.live.routes.blueprint import bp
from tracker.meetings.live.routes.page import own_drafts, page, phase_of, version_of
from tracker.meetings.live.routes.parts import changed_parts, drafts_html, part_of, screen_of


@bp.get("/<row:meeting_id>/minutes")
def show(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    return page(meetings.meeting(meeting_id, to_show=True))


@bp.get("/<row:meeting_id>/minutes/changes")
def changes(meeting_id: int) -> ResponseReturnValue:
    """Polled every few seconds: 304 if nothing changed, otherwise the parts that the browser does not have."""
    ensure(policy.may_log(me()))
    polls.may_be_repeated()
    version = version_of(meeting_id)
    etag = next((item for item in request.if_none_match.as_set(include_weak=True) if item), "")
    if etag == version:
        return _marked(make_response("", HTTPStatus.NOT_MODIFIED), version)
    meeting, drafts = meetings.meeting(meeting_id, to_show=True), own_drafts(meeting_id)
    changed = {"version": version, "account": me().account_id, "token": generate_csrf(),
            "drafts": [item.key for item in drafts]}  # fmt: skip
    if etag.partition(".")[0] == version.partition(".")[0]:
        parts = changed_parts({"drafts": part_of(drafts_html(meeting, drafts))})
        return _marked(jsonify({**changed, "parts": parts}), version)
    screen = screen_of(meeting, phase_of(meeting), drafts)
    parts = changed_parts(screen.parts)
    whole = {**changed, "phase": phase_of(meeting), "order": screen.order, "counts": screen.counts, "parts": parts}
    return _marked(jsonify(whole), version)


def _marked(response: Response, version: str) -> Response:
    response.set_etag(version, weak=True)
    return response
