"""Downloads of official documents, and pages for the Word template and the letterhead."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.media_types import PDF, WORD, clean_name
from tracker.core.pages import ensure, me
from tracker.core.settings import current_settings
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import gettext
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.minutes import queries as minutes
from tracker.minutes.documents import commands, formats, labels, policy, queries
from tracker.minutes.documents.forms import LetterheadForm, TemplateForm
from tracker.minutes.documents.labels import Approval
from tracker.minutes.documents.rules import SAMPLE
from tracker.minutes.rules import MinutesState
from tracker.people import queries as people

bp = Blueprint("documents", __name__, url_prefix="/meetings/<row:meeting_id>")
word = Blueprint("word_template", __name__, url_prefix="/documents/template")
head = Blueprint("letterhead", __name__, url_prefix="/documents/letterhead")
blueprints = (bp, word, head)


def _sheet(meeting: Meeting) -> Mapping[str, Any]:
    """The frozen minutes if they are approved and not being corrected, otherwise the present ones."""
    overview = minutes.overview(meeting, me())
    newest = overview.newest if overview.state is MinutesState.APPROVED else None
    if newest is None or newest.content_hash is None:
        return labels.sheet_of(minutes.content_of(meeting))
    # Not the host of the request, which the sender can set to anything.
    address = current_settings().site_url + url_for("minutes.verify", meeting_id=meeting.id, mark=newest.content_hash)
    approval = Approval(
        number=newest.number, mark=newest.content_hash, on=newest.decided_on,
        correction_reason=newest.correction_reason, verify_url=address, qr=formats.qr(address),
    )  # fmt: skip
    return labels.sheet_of(minutes.frozen(newest), approval)


def _download(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@bp.get("/minutes.pdf")
def minutes_pdf(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    return _download(formats.pdf(_sheet(meeting), queries.emblem()), PDF, f"{meeting.code}-notula.pdf")


@bp.get("/minutes.docx")
def minutes_docx(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    with ExitStack() as stack:
        own = queries.office_template()
        template = stack.enter_context(own) if own else None
        document = formats.docx(_sheet(meeting), template, sample=SAMPLE, emblem=queries.emblem())
    return _download(document, WORD, f"{meeting.code}-notula.docx")


@bp.get("/attendance.pdf")
def attendance_pdf(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    sheet = labels.attendance_sheet(minutes.content_of(meeting))
    return _download(formats.pdf(sheet, queries.emblem()), PDF, f"{meeting.code}-daftar-hadir.pdf")


def _template_page(form: TemplateForm) -> str:
    rows = queries.templates()
    is_own = bool(rows and rows[0].mark)
    return render_template("minutes/documents/template.html", form=form, rows=rows, is_own=is_own)


@word.get("")
def show() -> ResponseReturnValue:
    ensure(policy.may_replace_template(me()))
    return _template_page(TemplateForm(formdata=None))


@word.get("/present")
def download() -> Response:
    ensure(policy.may_replace_template(me()))
    template = queries.office_template() or formats.BUILT_IN
    return send_file(template, WORD, as_attachment=True, download_name="notula-templat.docx")


@word.post("")
@takes_files
@transactional
def replace() -> ResponseReturnValue:
    ensure(policy.may_replace_template(me()))
    form = TemplateForm()
    try:
        form.check()
        chosen = form.file.data
        commands.replace_template(chosen.stream, clean_name(chosen.filename), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _template_page(form), status
    flash(gettext("In force. The next Word document is made with it."))
    return redirect(url_for(".show"), 303)


@word.post("/restore")
@transactional
def restore() -> ResponseReturnValue:
    ensure(policy.may_replace_template(me()))
    commands.restore_template(by=me(), at=clock.now())
    flash(gettext("The built-in template is in force."))
    return redirect(url_for(".show"), 303)


def _letterhead_page(form: LetterheadForm) -> str:
    form.organiser.offer(people.UNITS, gettext("No default"))
    return render_template("minutes/documents/letterhead.html", form=form, setting=people.letterhead_setting())


@head.get("")
def edit() -> ResponseReturnValue:
    ensure(policy.may_change_letterhead(me()))
    setting = people.letterhead_setting()
    stored = {"organiser": setting.organiser_unit_id, "address": setting.address} if setting else {}
    return _letterhead_page(LetterheadForm(formdata=None, data=stored))


@head.post("")
@takes_files
@transactional
def update() -> ResponseReturnValue:
    ensure(policy.may_change_letterhead(me()))
    form = LetterheadForm()
    form.organiser.offer(people.UNITS, gettext("No default"))
    try:
        form.check()
        commands.change_letterhead(form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _letterhead_page(form), status
    flash(gettext("Saved. The next document uses this letterhead."))
    return redirect(url_for(".edit"), 303)


@head.get("/example.pdf")
def example() -> ResponseReturnValue:
    ensure(policy.may_change_letterhead(me()))
    setting = people.letterhead_setting()
    lines = people.letterhead(setting.organiser_unit_id if setting else None, clock.today())
    sheet = {**SAMPLE, "letterhead": lines.lines, "address": lines.address or ""}
    return _download(formats.pdf(sheet, queries.emblem()), PDF, "contoh.pdf")
