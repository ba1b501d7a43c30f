"""Escalate actions and proposals, and answer escalations."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.changes import commands, policy, queries
from tracker.actions.changes.forms import EscalateForm, EscalationAnswerForm
from tracker.actions.changes.models import Escalation
from tracker.actions.changes.routes.blueprint import back, offer_assignees, shared_bp
from tracker.actions.changes.rules import Direction
from tracker.actions.models import ActionItem
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.people import queries as people
from tracker.proposals.models import Proposal


def _offer(form: EscalateForm) -> EscalateForm:
    form.position.offer(people.POSTS)
    form.person.offer(people.PERSONS)
    return form


def _escalate_page(form: EscalateForm, kind: str, subject: ActionItem | Proposal) -> str:
    return render_template("actions/changes/escalate.html", form=_offer(form), kind=kind, subject=subject)


@shared_bp.get("/<any(proposals, actions):kind>/<row:row_id>/escalate")
def escalating(kind: str, row_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    return _escalate_page(EscalateForm(formdata=None), kind, actions.proposal_or_action(kind, row_id))


@shared_bp.post("/<any(proposals, actions):kind>/<row:row_id>/escalate")
@transactional
def escalate(kind: str, row_id: int) -> ResponseReturnValue:
    ensure(policy.may_manage(me()))
    subject = actions.proposal_or_action(kind, row_id, to_change=True)
    form = _offer(EscalateForm())
    try:
        form.check()
        to = {"position_id": form.position.data, "person_id": form.person.data}
        commands.escalate(subject, **to, reason=form.reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _escalate_page(form, kind, subject), status
    flash(gettext("Escalated. It now appears on the home page of the recipients."))
    return back(subject)


def _escalation(
    kind: str, row_id: int, escalation_id: int, *, to_change: bool = False
) -> tuple[ActionItem | Proposal, Escalation]:
    actor, subject = me(), actions.proposal_or_action(kind, row_id, to_change=to_change)
    escalation = queries.escalation(subject, escalation_id, to_change=to_change)
    posts = people.posts_of(actor.person_id, clock.today())
    ensure(policy.may_answer_escalation(actor, escalation, posts, parts_of(actor, escalation)))
    return subject, escalation


def _answer_page(form: EscalationAnswerForm, kind: str, subject: ActionItem | Proposal, escalation: Escalation) -> str:
    return render_template(
        "actions/changes/answer_escalation.html", form=form, kind=kind, subject=subject, escalation=escalation
    )


@shared_bp.get("/<any(proposals, actions):kind>/<row:row_id>/escalations/<row:escalation_id>/answer")
def answering_escalation(kind: str, row_id: int, escalation_id: int) -> ResponseReturnValue:
    subject, escalation = _escalation(kind, row_id, escalation_id)
    ensure(escalation.ended_at is None)
    form = EscalationAnswerForm(formdata=None)
    if isinstance(subject, ActionItem) and policy.may_settle_escalated(me(), subject):
        asked = request.args.get("direction")
        form = offer_assignees(form.about(subject, Direction(asked) if asked in set(Direction) else Direction.CONTINUE))
    else:
        form.only_answer()
    return _answer_page(form, kind, subject, escalation)


@shared_bp.post("/<any(proposals, actions):kind>/<row:row_id>/escalations/<row:escalation_id>/answer")
@transactional
def answer_escalation(kind: str, row_id: int, escalation_id: int) -> ResponseReturnValue:
    subject, escalation = _escalation(kind, row_id, escalation_id, to_change=True)
    form = EscalationAnswerForm()
    try:
        if isinstance(subject, ActionItem) and policy.may_settle_escalated(me(), subject):
            offer_assignees(form).check()
            _settle(form, subject, escalation)
        else:
            form.only_answer().check()
            commands.answer_escalation(subject, escalation, form.answer.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _answer_page(form, kind, subject, escalation), status
    flash(gettext("The escalation is answered."))
    return back(subject)


def _settle(form: EscalationAnswerForm, action: ActionItem, escalation: Escalation) -> None:
    form.ensure_consistent(action)
    by, at, words = me(), clock.now(), form.answer.data or ""
    match form.direction.data:
        case Direction.REASSIGN:
            to = {"pic_id": form.pic.data, "responsible_unit_id": form.responsible_unit.data}
            commands.answer_by_reassigning(action, escalation, words, **to, by=by, at=at)
        case Direction.STOP:
            commands.answer_by_stopping(action, escalation, words, by=by, at=at)
        case _:
            commands.answer_escalation(action, escalation, words, by=by, at=at)
