"""Pages for changing a classification and for access to a meeting by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts import queries as accounts
from tracker.audit.queries import oneself
from tracker.classification import commands, labels, policy, queries
from tracker.classification.forms import AccessForm, ClassificationForm
from tracker.classification.queries import RelatedRow, Subject
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import ensure_storable, take_back, transactional
from tracker.core.wording import gettext
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal
from tracker.search import queries as search

bp = Blueprint("classification", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.related_label)


def _url_of(subject: Subject) -> str:
    row = queries.page_subject(subject)
    if isinstance(row, Meeting):
        return url_for("meetings.show", meeting_id=row.id)
    if isinstance(row, Proposal):
        return url_for("proposals.show", proposal_id=row.id)
    return url_for("actions.show", action_id=row.id)


@dataclass(frozen=True)
class Affected:
    """Rows that are raised with the subject, and other rows with the same text; only those the viewer may see."""

    related: Sequence[RelatedRow]
    same_text: Sequence[RelatedRow]


def _page(kind: str, subject: Subject, form: ClassificationForm, affected: Affected) -> str:
    return render_template(
        "classification/classify.html", kind=kind, subject=subject, form=form, subject_url=_url_of(subject),
        repeating=queries.repeating_lines(subject), same_text=affected.same_text,
    )  # fmt: skip


def _affected(subject: Subject) -> Affected:
    text, related_ids = queries.text_to_compare(subject), queries.related_ids(subject)
    candidates = search.may_have_the_same_words(text) if text else {}
    rows = queries.related_rows({table: ids | candidates.get(table, set()) for table, ids in related_ids.items()})
    related = [row for row in rows if row.id in related_ids[row.__tablename__]]
    others = [row for row in rows if row is not subject and row not in related]
    return Affected(related, [row for row in others if search.has_the_same_words(row, text or "")])


@bp.get("/classification/<kind>/<row:number>")
def level(kind: str, number: int) -> ResponseReturnValue:
    ensure(policy.may_classify(me()))
    subject = queries.subject(kind, number)
    form, affected = ClassificationForm.of(subject), _affected(subject)
    form.offer(affected.related)
    return _page(kind, subject, form, affected)


@bp.post("/classification/<kind>/<row:number>")
@transactional
def classify(kind: str, number: int) -> ResponseReturnValue:
    ensure(policy.may_classify(me()))
    subject = queries.subject(kind, number, to_change=True)
    form, stored, affected = ClassificationForm(), ClassificationForm.of(subject), _affected(subject)
    form.offer(affected.related)
    stored.offer(affected.related)
    try:
        form.check(stored)
        subject_url = _url_of(subject)  # while it is still visible: the new classification may hide it
        commands.classify(
            subject,
            form.classification.data,
            form.reason.data,
            unchanged=form.unchanged(affected.related),
            by=me(),
            at=clock.now(),
        )
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(kind, subject, form, affected), status
    flash(gettext("Saved."))
    return redirect(subject_url, 303)


def _account_choices() -> list[tuple[int, str]]:
    own = oneself(me()).accounts
    return [choice for choice in queries.account_choices() if choice[0] not in own]


def _readers_page(meeting: Meeting, form: AccessForm) -> str:
    form.account.offer(_account_choices())
    return render_template("classification/readers.html", meeting=meeting, form=form, grants=queries.grants(meeting.id))


@bp.get("/meetings/<row:meeting_id>/readers")
def readers(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id)
    ensure(policy.may_grant_access(me(), meeting.attendance))
    return _readers_page(meeting, AccessForm(formdata=None))


@bp.post("/meetings/<row:meeting_id>/readers")
@transactional
def let_in(meeting_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_grant_access(me(), meeting.attendance))
    form = AccessForm()
    form.account.offer(_account_choices())
    try:
        form.check()
        account = accounts.account(form.account.data)
        commands.grant_access(meeting, account, form.reason.data, by=me(), at=clock.now())
        ensure_storable()
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        take_back()
        return _readers_page(meetings.meeting(meeting_id), form), status
    flash(gettext("Access given. The clearance of the account still applies."))
    return redirect(url_for(".readers", meeting_id=meeting.id), 303)


@bp.post("/meetings/<row:meeting_id>/readers/<row:grant_id>/shut-out")
@transactional
def shut_out(meeting_id: int, grant_id: int) -> ResponseReturnValue:
    meeting = meetings.meeting(meeting_id, to_change=True)
    ensure(policy.may_grant_access(me(), meeting.attendance))
    commands.revoke_access(meeting, queries.grant(meeting.id, grant_id), by=me(), at=clock.now())
    flash(gettext("Access removed."))
    return redirect(url_for(".readers", meeting_id=meeting.id), 303)
