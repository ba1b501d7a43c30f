"""The official documents of a meeting, to download, and the template that the Word document is made with."""

from contextlib import ExitStack
from http import HTTPStatus

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.attachments.rules import clean_name
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import say
from tracker.documents import commands, formats, labels, policy, queries
from tracker.documents.forms import TemplateForm
from tracker.documents.labels import Content
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.minutes import queries as minutes
from tracker.minutes.rules import MinutesState

bp = Blueprint("documents", __name__, url_prefix="/meetings/<row:meeting_id>")
word = Blueprint("word_template", __name__, url_prefix="/documents/template")
blueprints = (bp, word)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sheet(meeting: Meeting) -> Content:
    """What the document says: the frozen text where it is approved and not being corrected, else as things stand."""
    standing = minutes.standing(meeting, me())
    newest = standing.newest if standing.state is MinutesState.APPROVED else None
    content = minutes.frozen(newest) if newest else minutes.content_of(meeting)
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
    with ExitStack() as opened:
        own = queries.office_template()
        made = formats.docx(_sheet(meeting), opened.enter_context(own) if own else None)
    return _download(made, WORD, f"{meeting.code}-notula.docx")


@bp.get("/attendance.pdf")
def attendance_pdf(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    sheet = labels.attendance_sheet(minutes.content_of(meeting))
    return _download(formats.pdf(sheet), "application/pdf", f"{meeting.code}-daftar-hadir.pdf")


def _template_page(form: TemplateForm) -> str:
    rows = queries.templates()
    is_own = bool(rows and rows[0].mark)
    return render_template("documents/template.html", form=form, rows=rows, is_own=is_own)


@word.get("")
def show() -> ResponseReturnValue:
    ensure(policy.may_replace_template(me()))
    return _template_page(TemplateForm(formdata=None))


@word.get("/present")
def download() -> Response:
    ensure(policy.may_replace_template(me()))
    present = queries.office_template() or formats.BUILT_IN
    return send_file(present, WORD, as_attachment=True, download_name="notula-templat.docx")


@word.post("")
@takes_files
@transactional
def replace() -> ResponseReturnValue:
    ensure(policy.may_replace_template(me()))
    form = TemplateForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _template_page(form), status
    chosen = form.file.data
    commands.replace_template(chosen.stream, clean_name(chosen.filename), by=me(), at=clock.now())
    flash(say("In force. The next Word document is made with it."))
    return redirect(url_for(".show"), 303)


@word.post("/restore")
@transactional
def restore() -> ResponseReturnValue:
    ensure(policy.may_replace_template(me()))
    commands.restore_template(by=me(), at=clock.now())
    flash(say("The built-in template is in force."))
    return redirect(url_for(".show"), 303)
