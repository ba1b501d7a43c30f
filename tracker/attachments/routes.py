"""Pages of attachments: attach, download, remove."""

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands as action_commands
from tracker.actions import policy as action_policy
from tracker.actions import queries as action_queries
from tracker.actions.forms import usual_day
from tracker.actions.models import ActionItem
from tracker.attachments import commands, policy, queries, rules
from tracker.attachments.forms import (
    AttachmentForm,
    PaperForm,
    RemovalForm,
    ReportWithFileForm,
    hints_about,
    offer_agenda,
)
from tracker.attachments.models import Attachment
from tracker.attachments.queries import Parent
from tracker.core import clock, storage
from tracker.core.errors import NotFound, NotPossible
from tracker.core.pages import ensure, me, way_back
from tracker.core.request import row_named
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import gettext, label
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting

bp = Blueprint("attachments", __name__, url_prefix="/attachments")
#: Reports on actions are here because they bring their evidence along.
reports = Blueprint("reports", __name__, url_prefix="/actions")
blueprints = (bp, reports)


def _parent() -> Parent:
    parent = queries.parent_of(*(row_named(kind) for kind in ("meeting", "proposal", "action")))
    ensure(policy.may_attach(me(), parent))
    return parent


def _parent_url(parent: Parent) -> str:
    endpoint, values = queries.page_of(parent)
    return url_for(endpoint, **values)


def _page(parent: Parent, form: AttachmentForm) -> str:
    return render_template(
        "attachments/new.html",
        parent=parent,
        address=queries.address_of(parent),
        parent_url=_parent_url(parent),
        form=form,
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    parent = _parent()
    form = AttachmentForm(formdata=None).offered(parent, me().clearance)
    [kind] = queries.address_of(parent)
    form.kind.data, form.agenda_item.data = rules.kinds_for(kind)[0], row_named("item")
    return _page(parent, form)


@bp.post("/new")
@takes_files
@transactional
def create() -> ResponseReturnValue:
    parent = _parent()
    form = AttachmentForm().offered(parent, me().clearance)
    try:
        form.check_with_hints(lambda: hints_about(form))
        commands.attach(parent, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(parent, form), status
    flash(gettext("Attached."))
    return redirect(way_back() or _parent_url(parent), 303)


@bp.get("/<row:attachment_id>")
def download(attachment_id: int) -> Response:
    """Send it as a download: a browser must never render an uploaded file within this site."""
    attachment = queries.attachment(attachment_id)
    stored = storage.store().open(attachment.mark)
    if stored is None:
        raise NotFound(GONE)
    return send_file(
        stored, attachment.media_type, as_attachment=True, download_name=attachment.name, etag=attachment.mark
    )


GONE = _l(
    "The file is no longer in storage. Tell the administrator; its name and verification code are still on record."
)


def _paper_page(form: PaperForm, attachment: Attachment, meeting: Meeting) -> str:
    return render_template("attachments/paper.html", form=form, attachment=attachment, meeting=meeting)


def _paper(attachment_id: int, *, to_change: bool = False) -> tuple[Attachment, Meeting]:
    attachment = queries.attachment(attachment_id, to_change=to_change)
    ensure(attachment.meeting_id is not None)
    meeting = meetings.meeting(attachment.meeting_id or 0)
    ensure(policy.may_attach(me(), meeting))
    return attachment, meeting


@bp.get("/<row:attachment_id>/agenda-item")
def choose_agenda_item(attachment_id: int) -> ResponseReturnValue:
    attachment, meeting = _paper(attachment_id)
    form = PaperForm(formdata=None, data={"agenda_item": attachment.agenda_item_id})
    offer_agenda(form.agenda_item, meeting.agenda)
    return _paper_page(form, attachment, meeting)


@bp.post("/<row:attachment_id>/agenda-item")
@transactional
def move_paper(attachment_id: int) -> ResponseReturnValue:
    attachment, meeting = _paper(attachment_id, to_change=True)
    form = PaperForm()
    offer_agenda(form.agenda_item, meeting.agenda)
    try:
        form.check()
        item = next((item for item in meeting.agenda if item.id == form.agenda_item.data), None)
        commands.move_paper(attachment, item, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _paper_page(form, attachment, meeting), status
    flash(gettext("Saved."))
    return redirect(_parent_url(meeting), 303)


def _removal_page(form: RemovalForm, attachment: Attachment) -> str:
    parent_url = _parent_url(attachment.parent)
    return render_template("attachments/remove.html", form=form, attachment=attachment, parent_url=parent_url)


@bp.get("/<row:attachment_id>/remove")
def removing(attachment_id: int) -> ResponseReturnValue:
    attachment = queries.attachment(attachment_id)
    ensure(policy.may_remove(me(), attachment))
    return _removal_page(RemovalForm(formdata=None), attachment)


@bp.post("/<row:attachment_id>/remove")
@transactional
def remove(attachment_id: int) -> ResponseReturnValue:
    attachment = queries.attachment(attachment_id, to_change=True)
    ensure(policy.may_remove(me(), attachment))
    form = RemovalForm()
    try:
        form.check()
        parent_url = _parent_url(attachment.parent)
        commands.remove(attachment, reason=form.correction_reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _removal_page(form, attachment), status
    flash(gettext("Removed from the list."))
    return redirect(parent_url, 303)


@reports.get("/<row:action_id>/report")
def new_report(action_id: int) -> ResponseReturnValue:
    action = action_queries.in_full(action_id)
    ensure(action_policy.may_report(me(), action))
    form = ReportWithFileForm(formdata=None, data={"on": usual_day(action, me())})
    form.has_evidence = action_queries.has_evidence(action)
    return _report_page(form, action)


def _report_page(form: ReportWithFileForm, action: ActionItem) -> str:
    return render_template("actions/report.html", form=form, action=action, files=queries.files_of(action, me()))


@reports.post("/<row:action_id>/report")
@takes_files
@transactional
def add_report(action_id: int) -> ResponseReturnValue:
    action = action_queries.in_full(action_id, to_change=True)
    ensure(action_policy.may_report(me(), action))
    form = ReportWithFileForm()
    form.has_evidence = action_queries.has_evidence(action)
    try:
        form.check()
        if draft := form.attachment():
            commands.attach(action, draft, by=me(), at=clock.now())
        action_commands.report_progress(action, form.report(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _report_page(form, action), status
    flash(gettext("Progress reported: %(code)s is now “%(status)s”.", code=action.code, status=label(action.status)))
    return redirect(url_for("actions.show", action_id=action.id), 303)
