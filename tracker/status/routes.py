"""Pages for hand-overs, the reminder letter, unanswered proposals, and single statements."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.audit.queries import events_of, parts_of
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.pages import ensure, me
from tracker.core.transactions import transactional
from tracker.core.wording import gettext
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.proposals.commands import settle_attribution
from tracker.proposals.models import Proposal
from tracker.proposals.policy import may_manage, may_move, may_settle_attribution
from tracker.proposals.rules import NEXT, OPEN, ProposalStatus
from tracker.status import commands, labels, policy, queries, rules
from tracker.status.forms import HandOverAnswerForm, HandOverForm, OriginForm, SettlementForm, SplitForm, ThresholdForm
from tracker.status.models import HandOver

bp = Blueprint("status", __name__)
blueprints = (bp,)
bp.add_app_template_filter(labels.status_sentence, "status_sentence")
bp.add_app_template_filter(labels.holder_name, "holder_name")
bp.add_app_template_filter(rules.days_by_holder, "days_by_holder")
bp.add_app_template_filter(queries.day_of, "day_of")


def _home_of(kind: str, row_id: int) -> str:
    if kind == "proposals":
        return url_for("proposals.show", proposal_id=row_id)
    return url_for("actions.show", action_id=row_id)


def _offer(form: HandOverForm) -> HandOverForm:
    form.person.offer(people.PERSONS)
    form.position.offer(people.POSTS)
    form.unit.offer(people.UNITS)
    return form


@bp.get("/<any(proposals, actions):kind>/<row:row_id>/hand-over")
def new_hand_over(kind: str, row_id: int) -> ResponseReturnValue:
    ensure(may_manage(me()))
    form = _offer(HandOverForm(formdata=None, data={"on": clock.today()}))
    return render_template(
        "status/hand_over.html",
        form=form,
        subject=actions.proposal_or_action(kind, row_id),
        kind=kind,
        back=_home_of(kind, row_id),
    )


@bp.post("/<any(proposals, actions):kind>/<row:row_id>/hand-over")
@transactional
def hand_over(kind: str, row_id: int) -> ResponseReturnValue:
    ensure(may_manage(me()))
    subject, form = actions.proposal_or_action(kind, row_id, to_change=True), _offer(HandOverForm())
    try:
        form.check()
        commands.hand_over(subject, form.recipient(), on=form.on.data, reason=form.reason.data, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template(
            "status/hand_over.html", form=form, subject=subject, kind=kind, back=_home_of(kind, row_id)
        ), status
    flash(gettext("Handed over. It now appears on the home page of the recipients."))
    return redirect(_home_of(kind, row_id), 303)


def _handed(
    kind: str, row_id: int, hand_over_id: int, *, to_change: bool = False
) -> tuple[Proposal | ActionItem, HandOver]:
    actor, subject = me(), actions.proposal_or_action(kind, row_id, to_change=to_change)
    hand_over_row = queries.hand_over(subject, hand_over_id, to_change=to_change)
    ensure(policy.may_answer_hand_over(actor, hand_over_row, people.posts_of(actor.person_id, clock.today())))
    return subject, hand_over_row


def _hand_over_page(
    form: HandOverAnswerForm, subject: Proposal | ActionItem, hand_over_row: HandOver, kind: str
) -> str:
    back = _home_of(kind, subject.id)
    return render_template(
        "status/answer_hand_over.html", form=form, subject=subject, hand_over=hand_over_row, kind=kind, back=back
    )


@bp.get("/<any(proposals, actions):kind>/<row:row_id>/hand-overs/<row:hand_over_id>/answer")
def answering_hand_over(kind: str, row_id: int, hand_over_id: int) -> ResponseReturnValue:
    subject, hand_over_row = _handed(kind, row_id, hand_over_id)
    ensure(hand_over_row.ended_at is None)
    return _hand_over_page(HandOverAnswerForm(formdata=None), subject, hand_over_row, kind)


@bp.post("/<any(proposals, actions):kind>/<row:row_id>/hand-overs/<row:hand_over_id>/answer")
@transactional
def answer_hand_over(kind: str, row_id: int, hand_over_id: int) -> ResponseReturnValue:
    subject, hand_over_row = _handed(kind, row_id, hand_over_id, to_change=True)
    form = HandOverAnswerForm()
    try:
        form.check()
        commands.answer_hand_over(subject, hand_over_row, form.answer.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _hand_over_page(form, subject, hand_over_row, kind), status
    flash(gettext("Answered. It is back with the people responsible."))
    return redirect(_home_of(kind, row_id), 303)


@bp.get("/<any(proposals, actions):kind>/<row:row_id>/reminder")
def reminder(kind: str, row_id: int) -> ResponseReturnValue:
    subject = actions.proposal_or_action(kind, row_id)
    standing: rules.Standing | rules.ActionStanding
    if isinstance(subject, Proposal):
        answer = queries.answers_about([subject])[subject.id]
        responsibilities, standing = answer.responsibilities, answer.standing
        meeting = meetings.meeting_or_none(subject.raised_in_id)
    else:
        about = queries.answer_about_action(subject)
        responsibilities, standing = about.responsibilities, about.standing
        meeting = None
    ensure(standing.is_open)
    return render_template(
        "status/reminder.html", subject=subject, kind=kind, standing=standing,
        responsibility=responsibilities[-1] if responsibilities else None,
        meeting=meeting, today=clock.today(), back=_home_of(kind, row_id),
    )  # fmt: skip


@bp.get("/proposals/<row:proposal_id>/split")
def new_parts(proposal_id: int) -> ResponseReturnValue:
    ensure(may_manage(me()))
    proposal = proposals.in_full(proposal_id)
    ensure(proposal.status in OPEN)
    return render_template("status/split.html", form=SplitForm(formdata=None), proposal=proposal)


@bp.post("/proposals/<row:proposal_id>/split")
@transactional
def split(proposal_id: int) -> ResponseReturnValue:
    ensure(may_manage(me()))
    proposal, form = proposals.in_full(proposal_id, to_change=True), SplitForm()
    try:
        form.check()
        parts = commands.split(proposal, form.filled_parts(), reason=form.reason.data or "", by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("status/split.html", form=form, proposal=proposal), status
    flash(gettext("Split into %(codes)s.", codes=", ".join(part.code for part in parts)))
    return redirect(url_for("proposals.show", proposal_id=proposal_id), 303)


@bp.get("/proposals/<row:proposal_id>/proponents/<row:proponent_id>/settle")
def new_settlement(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    proposal = proposals.in_full(proposal_id)
    proponent = proposals.proponent(proposal, proponent_id)
    ensure(may_settle_attribution(me(), parts_of(me(), proponent)))
    form = SettlementForm.of(proponent)
    return render_template("status/settle.html", form=form, proposal=proposal, proponent=proponent)


@bp.post("/proposals/<row:proposal_id>/proponents/<row:proponent_id>/settle")
@transactional
def settle(proposal_id: int, proponent_id: int) -> ResponseReturnValue:
    proposal = proposals.in_full(proposal_id, to_change=True)
    proponent, form = proposals.proponent(proposal, proponent_id), SettlementForm()
    ensure(may_settle_attribution(me(), parts_of(me(), proponent)))
    try:
        form.check()
        settle_attribution(proposal, proponent, form.draft(), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("status/settle.html", form=form, proposal=proposal, proponent=proponent), status
    flash(gettext("The dispute is settled."))
    return redirect(url_for("proposals.show", proposal_id=proposal_id, _anchor="proponents"), 303)


@bp.get("/proposals/unanswered")
def unanswered() -> ResponseReturnValue:
    limits = queries.setting()
    page = queries.unanswered(limits, clock.today(), request.args.get("page"))
    return render_template(
        "status/unanswered.html",
        page=page,
        limits=limits,
        counts=proposals.count_by_status(),
        answers=queries.answers_about(page.rows),
        exits={row.id: _exits(row) for row in page.rows},
        today=clock.today(),
        may_set=policy.may_set_thresholds(me()),
    )


def _exits(proposal: Proposal) -> list[ProposalStatus]:
    return [to for to in ProposalStatus if to in NEXT[proposal.status] and may_move(me(), proposal, to)]


@bp.get("/proposals/unanswered/thresholds")
def edit_thresholds() -> ResponseReturnValue:
    ensure(policy.may_set_thresholds(me()))
    limits = queries.setting()
    stored = {"meetings": limits.after_meetings, "days": limits.after_days}
    return render_template("status/thresholds.html", form=ThresholdForm(formdata=None, data=stored))


@bp.post("/proposals/unanswered/thresholds")
@transactional
def set_thresholds() -> ResponseReturnValue:
    ensure(policy.may_set_thresholds(me()))
    form = ThresholdForm()
    try:
        form.check()
        limits = queries.setting(to_change=True)
        commands.set_thresholds(limits, int(form.meetings.data), int(form.days.data), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("status/thresholds.html", form=form), status
    flash(gettext("Saved."))
    return redirect(url_for(".unanswered"), 303)


def _statement_page(statement_id: int, form: OriginForm | None = None) -> str:
    statement = meetings.statement(statement_id)
    may_attach = policy.may_attach_origin(me()) and statement.origin_meeting_id is None
    form = form or OriginForm(formdata=None)
    form.meeting.offer(meetings.MEETINGS)
    about = proposals.by_ids([link.proposal_id for link in statement.proposal_links])
    return render_template(
        "status/statement.html",
        statement=statement,
        origin=meetings.meeting_or_none(statement.origin_meeting_id),
        proposals=about,
        actions=actions.of_proposals_and_statements(
            [proposal.id for proposal in about], [statement.id], [link.action_id for link in statement.action_links]
        ),
        events=events_of(statement),
        form=form,
        may_attach=may_attach,
    )


@bp.get("/meetings/statements/<row:statement_id>")
def statement(statement_id: int) -> ResponseReturnValue:
    return _statement_page(statement_id)


@bp.post("/meetings/statements/<row:statement_id>/origin")
@transactional
def attach_origin(statement_id: int) -> ResponseReturnValue:
    ensure(policy.may_attach_origin(me()))
    statement, form = meetings.statement(statement_id, to_change=True), OriginForm()
    form.meeting.offer(meetings.MEETINGS)
    try:
        form.check()
        commands.attach_origin(statement, meetings.meeting(form.meeting.data or 0), by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return _statement_page(statement_id, form), status
    flash(gettext("The meeting where this was said was linked."))
    return redirect(url_for(".statement", statement_id=statement_id), 303)
