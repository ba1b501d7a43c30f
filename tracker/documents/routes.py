"""The official documents of a meeting, to download: minutes as PDF and Word, the attendance list."""

import json

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from tracker.core.pages import me
from tracker.documents import formats, labels
from tracker.documents.labels import Content
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.minutes import queries as minutes
from tracker.minutes.rules import MinutesState

bp = Blueprint("documents", __name__, url_prefix="/meetings/<row:meeting_id>")
blueprints = (bp,)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sheet(meeting: Meeting) -> Content:
    """What the document says: the frozen text where it is approved and not being corrected, else as things stand."""
    standing = minutes.standing(meeting, me())
    newest = standing.newest if standing.state is MinutesState.APPROVED else None
    content = json.loads(newest.content or "") if newest else minutes.content_of(meeting)
    if newest is None:
        return labels.sheet_of(content, approval=None, verify_url="", qr="")
    address = url_for("minutes.verify", meeting_id=meeting.id, mark=newest.content_hash, _external=True)
    approval = {
        "number": newest.number, "mark": newest.content_hash, "on": newest.decided_on and newest.decided_on.isoformat(),
        "correction_reason": newest.correction_reason,
    }  # fmt: skip
    return labels.sheet_of(content, approval=approval, verify_url=address, qr=formats.qr(address))


def _download(made: bytes, kind: str, name: str) -> Response:
    answer = Response(made, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.get("/minutes.pdf")
def minutes_pdf(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    return _download(formats.pdf(_sheet(meeting)), "application/pdf", f"{meeting.code}-notula.pdf")


@bp.get("/minutes.docx")
def minutes_docx(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    return _download(formats.docx(_sheet(meeting)), WORD, f"{meeting.code}-notula.docx")


@bp.get("/attendance.pdf")
def attendance_pdf(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    sheet = labels.attendance_sheet(minutes.content_of(meeting))
    return _download(formats.pdf(sheet), "application/pdf", f"{meeting.code}-daftar-hadir.pdf")
