"""Routes for drafts."""

from http import HTTPStatus

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock, form_keys
from tracker.core.errors import NotAccepted, NotPossible
from tracker.core.pages import ensure, me
from tracker.core.request import is_quiet
from tracker.core.transactions import transactional
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.live import commands
from tracker.meetings.live.forms import TypingForm
from tracker.meetings.live.routes.blueprint import bp
from tracker.meetings.live.routes.page import done, refused


@bp.post("/<row:meeting_id>/minutes/typing")
@transactional
def keep_typing(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting, form = meetings.meeting(meeting_id), TypingForm()
    draft = form.draft()
    try:
        form.check()
        if draft is None:
            raise NotAccepted(HTTPStatus.UNPROCESSABLE_ENTITY)
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return refused(meeting, form, status)
    if form_keys.is_spent(draft.key, me().account_id or 0, url_for(".write", meeting_id=meeting_id)):
        # A late save does not restore a line that has been stored; a draft of another window is a different line.
        return jsonify(outcome="saved", isStored=True) if is_quiet() else done(meeting_id, "next-line")
    commands.save_draft(meeting, draft, by=me(), at=clock.now())
    return jsonify(outcome="saved") if is_quiet() else done(meeting_id, "next-line")
