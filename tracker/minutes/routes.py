"""Pages of the life of minutes: submit, return, approve, correct; frozen versions, and checking their mark."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.forms import PageForm
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import lazy as _l
from tracker.core.wording import say
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.minutes import commands, labels, policy, queries, rules
from tracker.minutes.forms import CorrectionForm, ReturnForm, SignedCopyForm, StepForm

bp = Blueprint("minutes", __name__, url_prefix="/meetings/<row:meeting_id>/minutes")
blueprints = (bp,)


def _step(meeting: Meeting, form: PageForm, endpoint: str, title: LazyString, **more: object) -> str:
    """The page of one step, with the form that it needs."""
    return render_template(
        "minutes/step.html", meeting=meeting, form=form, action=url_for(endpoint, meeting_id=meeting.id), title=title,
        **{"lacking": [], **more},
    )  # fmt: skip


def _done(meeting: Meeting, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("meetings.show", meeting_id=meeting.id, _anchor="minutes"), 303)


SUBMIT, RETURN, APPROVE = _l("Submit the minutes"), _l("Return the minutes"), _l("Approve the minutes")
SIGNED, CORRECT = _l("Record the signed copy"), _l("Open a correction")


@bp.get("/submit")
def ask_to_submit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    meeting = meetings.meeting(meeting_id)
    lacking = rules.lacking(queries.content_of(meeting))
    return _step(meeting, StepForm(formdata=None), ".submit", SUBMIT, lacking=lacking)


@bp.post("/submit")
@transactional
def submit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = StepForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        lacking = rules.lacking(queries.content_of(meeting))
        return _step(meeting, form, ".submit", SUBMIT, lacking=lacking), status
    commands.submit(meeting, by=me(), at=clock.now())
    return _done(meeting, say("Submitted. The chair approves or returns the minutes."))


@bp.get("/return")
def ask_to_return(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_decide(me(), meeting.attendance))
    return _step(meeting, ReturnForm(formdata=None), ".send_back", RETURN)


@bp.post("/return")
@transactional
def send_back(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_decide(me(), meeting.attendance))
    form = ReturnForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _step(meeting, form, ".send_back", RETURN), status
    commands.send_back(meeting, form.note.data or "", by=me(), at=clock.now())
    return _done(meeting, say("Returned. The secretariat can change the minutes again."))


@bp.get("/approve")
def ask_to_approve(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_decide(me(), meeting.attendance))
    return _step(meeting, StepForm(formdata=None), ".approve", APPROVE)


@bp.post("/approve")
@transactional
def approve(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_decide(me(), meeting.attendance))
    form = StepForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _step(meeting, form, ".approve", APPROVE), status
    commands.approve(meeting, None, by=me(), at=clock.now())
    return _done(meeting, say("Approved. The minutes are frozen."))


@bp.get("/signed-copy")
def ask_for_signed_copy(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    meeting = meetings.meeting(meeting_id)
    chair = meetings.chair_of(meeting.attendance)
    name = chair.person.full_name if chair and chair.person else None
    post = chair.post_as_written if chair else None
    form = SignedCopyForm(formdata=None, data={"by_name": name, "post": post})
    return _step(meeting, form, ".record_signed_copy", SIGNED)


@bp.post("/signed-copy")
@takes_files
@transactional
def record_signed_copy(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = SignedCopyForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _step(meeting, form, ".record_signed_copy", SIGNED), status
    commands.approve(meeting, form.signed(), by=me(), at=clock.now())
    return _done(meeting, say("Recorded. The minutes are frozen."))


@bp.get("/correct")
def ask_to_correct(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    return _step(meetings.meeting(meeting_id), CorrectionForm(formdata=None), ".correct", CORRECT)


@bp.post("/correct")
@transactional
def correct(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = CorrectionForm()
    status = form.verdict()
    if status != HTTPStatus.OK:
        return _step(meeting, form, ".correct", CORRECT), status
    commands.open_correction(meeting, form.reason.data or "", by=me(), at=clock.now())
    return _done(meeting, say("The next version is open for editing. The approved one stays as it is."))


@bp.get("/versions/<row:number>")
def version(meeting_id: int, number: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    shown = queries.approved(meeting_id, number)
    before = queries.frozen(queries.approved(meeting_id, number - 1)) if number > 1 else None
    return render_template(
        "minutes/version.html",
        meeting=meeting,
        version=shown,
        changes=list(rules.changed(before, queries.frozen(shown))),
        parts=labels.PARTS,
        is_genuine=queries.marked(meeting_id, shown.content_hash or "") is not None,
    )


@bp.get("/verify/<mark>")
def verify(meeting_id: int, mark: str) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    if len(mark) != MARK_LENGTH or not mark.isalnum():
        raise NotFound
    found = queries.marked(meeting_id, mark)
    return render_template("minutes/verify.html", meeting=meeting, version=found, mark=mark)


#: A SHA-256 in hexadecimal figures.
MARK_LENGTH = 64
