"""The download of the papers of a meeting in one PDF."""

import io

from flask import Blueprint, Response, send_file

from tracker.core.media_types import PDF
from tracker.core.pages import ensure, me
from tracker.meetings import queries as meetings
from tracker.minutes import queries as minutes
from tracker.minutes.bundle import formats, labels, queries
from tracker.minutes.documents import queries as documents

bp = Blueprint("bundle", __name__, url_prefix="/meetings/<row:meeting_id>")
blueprints = (bp,)


@bp.get("/papers.pdf")
def papers(meeting_id: int) -> Response:
    meeting = meetings.meeting(meeting_id)
    rows = queries.rows_of(meeting, me())
    ensure(bool(rows))
    papers = [formats.fits(paper) for paper in queries.with_content(rows)]
    level = meeting.classification.at_least(*(row.classification for _, row in rows))
    sheet = labels.sheet_of(minutes.content_of(meeting), queries.agenda_of(meeting), papers, level)
    file = formats.bundle(sheet, papers, documents.emblem())
    return send_file(io.BytesIO(file), PDF, as_attachment=True, download_name=f"{meeting.code}-bahan.pdf")
