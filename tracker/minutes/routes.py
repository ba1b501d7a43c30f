"""Pages for submitting, returning, approving and correcting minutes, and for showing and verifying versions."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString

from tracker.accounts import signin
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.enumerations import without_marks
from tracker.core.errors import NotPossible
from tracker.core.forms import PageForm
from tracker.core.pages import ensure, me
from tracker.core.rate_limit import Throttle
from tracker.core.transactions import transactional
from tracker.core.uploads import takes_files
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.minutes import commands, labels, policy, queries, rules
from tracker.minutes.forms import CorrectionForm, ReturnForm, SignedCopyForm, StepForm
from tracker.minutes.rules import Comparison, MinutesState

bp = Blueprint("minutes", __name__, url_prefix="/meetings/<row:meeting_id>/minutes")
blueprints = (bp,)
bp.add_app_template_filter(without_marks, "without_marks")


def _step(meeting: Meeting, form: PageForm, endpoint: str, title: LazyString, **context: object) -> str:
    """The page of a step with its form, or without it if the step is not possible in the present state."""
    overview = queries.overview(meeting, me())
    if STATE_AFTER[endpoint] not in rules.NEXT[overview.state]:
        chair = meetings.chair_of(meeting.attendance)
        name = (chair.person.full_name if chair.person else chair.post_as_written) if chair else None
        return render_template(
            "minutes/elsewhere.html", meeting=meeting, title=title, state=overview.state,
            sentence=labels.who_is_next(overview, name),
        )  # fmt: skip
    return render_template(
        "minutes/step.html", meeting=meeting, form=form, action=url_for(endpoint, meeting_id=meeting.id), title=title,
        **{"lacking": [], "was_held": True, "unprintable": [], "comparison": None, "earlier": None,
           "takes_notes": False, **context},
    )  # fmt: skip


def _redirect(meeting: Meeting, sentence: str) -> ResponseReturnValue:
    flash(sentence)
    return redirect(url_for("meetings.show", meeting_id=meeting.id, _anchor="minutes"), 303)


SUBMIT, RETURN, APPROVE = _l("Submit the minutes"), _l("Return the minutes"), _l("Approve the minutes")
SIGNED, CORRECT = _l("Record the signed copy"), _l("Open a correction")
STATE_AFTER = {
    ".submit": MinutesState.SUBMITTED,
    ".send_back": MinutesState.RETURNED,
    ".approve": MinutesState.APPROVED,
    ".record_signed_copy": MinutesState.APPROVED,
    ".correct": MinutesState.CORRECTING,
}


def _submitted(meeting: Meeting) -> dict[str, object]:
    overview = queries.overview(meeting, me())
    newest = overview.newest
    if newest is None or newest.content is None:
        return {}
    earlier = queries.compared_with(newest)
    content = queries.frozen(newest)
    return {
        "comparison": Comparison(
            labels.localised(content), labels.localised(queries.frozen(earlier)) if earlier else None
        ),
        "earlier": earlier,
        "unprintable": _unprintable(content),
    }


def _unprintable(content: Mapping[str, Any]) -> list[str]:
    return [f"{labels.place_of(part, number)}: {code}" for part, number, code in rules.unprintable(content)]


def _submission(meeting: Meeting, form: PageForm) -> str:
    content = queries.content_of(meeting)
    was_held = meeting.status in {MeetingStatus.HELD, MeetingStatus.CLOSED}
    return _step(
        meeting, form, ".submit", SUBMIT, lacking=rules.lacking(content), was_held=was_held,
        unprintable=_unprintable(content),
    )  # fmt: skip


@bp.get("/submit")
def ask_to_submit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    return _submission(meetings.meeting(meeting_id), StepForm(formdata=None))


@bp.post("/submit")
@transactional
def submit(meeting_id: int) -> ResponseReturnValue:
    ensure(policy.may_submit(me()))
    meeting = meetings.meeting(meeting_id, to_change=True)
    form = StepForm()
    try:
        form.check()
        commands.submit(meeting, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _submission(meeting, form), status
    return _redirect(meeting, gettext("Submitted. The chair approves or returns the minutes."))


@bp.get("/return")
def ask_to_return(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_return(me(), meeting.attendance))
    return _step(meeting, ReturnForm(formdata=None), ".send_back", RETURN, takes_notes=True, **_submitted(meeting))


@bp.post("/return")
@transactional
def send_back(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_return(me(), meeting.attendance))
    form = ReturnForm()
    try:
        form.check()
        newest = queries.latest(meeting.id)
        statement_ids = (
            [statement["id"] for statement in queries.frozen(newest)["statements"]] if newest and newest.content else []
        )
        commands.send_back(meeting, form.note.data or "", form.line_notes(statement_ids), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _step(meeting, form, ".send_back", RETURN, takes_notes=True, **_submitted(meeting)), status
    return _redirect(meeting, gettext("Returned. The secretariat can change the minutes again."))


@bp.get("/approve")
def ask_to_approve(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_approve(me(), meeting.attendance, parts_of(me(), meeting)))
    return _step(meeting, StepForm(formdata=None), ".approve", APPROVE, **_submitted(meeting))


@bp.post("/approve")
@transactional
def approve(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_approve(me(), meeting.attendance, parts_of(me(), meeting)))
    form = StepForm()
    try:
        form.check()
        commands.approve(meeting, None, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _step(meeting, form, ".approve", APPROVE, **_submitted(meeting)), status
    return _redirect(meeting, gettext("Approved. The minutes are frozen."))


@bp.get("/signed-copy")
def ask_for_signed_copy(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_record_signed_copy(me(), parts_of(me(), meeting)))
    chair = meetings.chair_of(meeting.attendance)
    name = chair.person.full_name if chair and chair.person else None
    post = chair.post_as_written if chair else None
    form = SignedCopyForm(formdata=None, data={"by_name": name, "post": post})
    return _step(meeting, form, ".record_signed_copy", SIGNED)


@bp.post("/signed-copy")
@takes_files
@transactional
def record_signed_copy(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_record_signed_copy(me(), parts_of(me(), meeting)))
    form = SignedCopyForm()
    try:
        form.check()
        commands.approve(meeting, form.signed(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _step(meeting, form, ".record_signed_copy", SIGNED), status
    return _redirect(meeting, gettext("Recorded. The minutes are frozen."))


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
    try:
        form.check()
        commands.open_correction(meeting, form.reason.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _step(meeting, form, ".correct", CORRECT), status
    return _redirect(meeting, gettext("The next version is open for editing. The approved one stays as it is."))


@bp.app_template_global()
def returned_minutes(meeting_id: int) -> dict[str, object] | None:
    version = queries.returned(meeting_id)
    if version is None:
        return None
    content = labels.localised(queries.frozen(version))
    statements = {str(statement["id"]): statement for statement in content["statements"] if "id" in statement}
    notes = [(statements[line], note) for line, note in (version.line_notes or {}).items() if line in statements]
    return {"note": version.return_note, "by": version.decided_by_name, "at": version.decided_at, "lines": notes}


@bp.get("/versions/<row:number>")
def version(meeting_id: int, number: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    version = queries.approved(meeting_id, number)
    before = labels.localised(queries.frozen(queries.approved(meeting_id, number - 1))) if number > 1 else None
    return render_template(
        "minutes/version.html",
        meeting=meeting,
        version=version,
        comparison=Comparison(labels.localised(queries.frozen(version)), before),
        is_genuine=queries.with_hash(meeting_id, version.content_hash or "") is not None,
    )


@bp.get("/verify/<mark>")
@signin.public
def verify(meeting_id: int, mark: str) -> ResponseReturnValue:
    """Public page behind the QR code of a document. Shows only whether it is genuine, its code and its date."""
    address = request.remote_addr or ""
    throttle.ensure_open(verifying=address)
    verified = queries.verified(meeting_id, mark) if len(mark) == HASH_LENGTH else None
    if verified is None:
        throttle.count_failure(verifying=address)
    status = HTTPStatus.OK if verified else HTTPStatus.NOT_FOUND
    return render_template("minutes/verify.html", meeting_id=meeting_id, verified=verified), status


#: Length of a SHA-256 hash in hexadecimal.
HASH_LENGTH = 64
#: Unknown hashes per address in 15 minutes.
throttle = Throttle(verifying=(30, 15))
