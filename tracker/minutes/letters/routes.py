"""The page of the invitation letter, where it is written and shown, and its files."""

import io
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.media_types import PDF, WORD
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import policy
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.minutes.documents import queries as documents
from tracker.minutes.letters import commands, formats, labels, queries, rules
from tracker.minutes.letters.forms import LetterForm

bp = Blueprint("letters", __name__, url_prefix="/meetings/<row:meeting_id>")
blueprints = (bp,)


def _sheet(meeting: Meeting) -> Mapping[str, Any]:
    return labels.sheet_of(queries.content_of(meeting, queries.letter_of(meeting), clock.today(meeting.zone)))


def _page(meeting: Meeting, form: LetterForm) -> str:
    may_write = policy.may_log(me()) and rules.may_still_invite(meeting.status) and meeting.locked_at is None
    return render_template(
        "minutes/letters/show.html", meeting=meeting, form=form, sheet=_sheet(meeting), may_write=may_write
    )


@bp.get("/letter")
def show(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    return _page(meeting, LetterForm.of(meeting, queries.letter_of(meeting)))


@bp.post("/letter")
@transactional
def update(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_log(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = LetterForm().offered()
    try:
        form.check(LetterForm.of(meeting, queries.letter_of(meeting)))
        commands.write_letter(meeting, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(meeting, form), status
    flash(gettext("Saved."))
    return redirect(url_for(".show", meeting_id=meeting.id), 303)


def _file(content: bytes, media_type: str, name: str) -> Response:
    return send_file(io.BytesIO(content), media_type, as_attachment=True, download_name=name)


@bp.get("/letter.pdf")
def letter_pdf(meeting_id: int) -> Response:
    meeting = meetings.meeting(meeting_id)
    return _file(formats.pdf(_sheet(meeting), documents.emblem()), PDF, f"{meeting.code}-undangan.pdf")


@bp.get("/letter.docx")
def letter_docx(meeting_id: int) -> Response:
    meeting = meetings.meeting(meeting_id)
    return _file(formats.docx(_sheet(meeting), documents.emblem()), WORD, f"{meeting.code}-undangan.docx")
