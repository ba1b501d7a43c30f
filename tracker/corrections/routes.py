"""Confirm corrections, or restore the former texts."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.corrections import commands, labels, policy, queries
from tracker.corrections.forms import AnswerCorrectionForm
from tracker.corrections.models import Decidable

bp = Blueprint("corrections", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.both_texts, "both_texts")
bp.add_app_template_filter(labels.mark, "correction_mark")


def _page(form: AnswerCorrectionForm, kind: str, subject: Decidable, *, is_confirming: bool) -> str:
    return render_template(
        "corrections/answer.html", form=form, kind=kind, subject=subject, events=queries.unanswered_of(subject),
        is_confirming=is_confirming,
    )  # fmt: skip


def _back(kind: str, row_id: int) -> ResponseReturnValue:
    parameter: dict[str, Any] = {{"proposals": "proposal_id", "actions": "action_id"}[kind]: row_id}
    return redirect(url_for(f"{kind}.show", **parameter), 303)


@bp.get("/<any(proposals, actions):kind>/<row:row_id>/correction/confirm")
def confirming(kind: str, row_id: int) -> ResponseReturnValue:
    subject = actions.proposal_or_action(kind, row_id)
    ensure(policy.may_confirm(me(), subject, parts_of(me(), subject)) and subject.corrected_at is not None)
    return _page(AnswerCorrectionForm(formdata=None), kind, subject, is_confirming=True)


@bp.post("/<any(proposals, actions):kind>/<row:row_id>/correction/confirm")
@transactional
def confirm(kind: str, row_id: int) -> ResponseReturnValue:
    subject = actions.proposal_or_action(kind, row_id, to_change=True)
    ensure(policy.may_confirm(me(), subject, parts_of(me(), subject)))
    form = AnswerCorrectionForm()
    try:
        form.check()
        commands.confirm(subject, form.note.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form, kind, subject, is_confirming=True), status
    flash(gettext("Confirmed: the decision remains valid."))
    return _back(kind, row_id)


@bp.get("/<any(proposals, actions):kind>/<row:row_id>/correction/put-back")
def putting_back(kind: str, row_id: int) -> ResponseReturnValue:
    subject = actions.proposal_or_action(kind, row_id)
    ensure(policy.may_put_back(me(), subject) and subject.corrected_at is not None)
    return _page(AnswerCorrectionForm(formdata=None), kind, subject, is_confirming=False)


@bp.post("/<any(proposals, actions):kind>/<row:row_id>/correction/put-back")
@transactional
def put_back(kind: str, row_id: int) -> ResponseReturnValue:
    subject = actions.proposal_or_action(kind, row_id, to_change=True)
    ensure(policy.may_put_back(me(), subject))
    form = AnswerCorrectionForm()
    try:
        form.check()
        commands.put_back(subject, form.note.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _page(form, kind, subject, is_confirming=False), status
    flash(gettext("What was decided has been restored."))
    return _back(kind, row_id)
