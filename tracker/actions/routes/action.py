"""Show, create and edit an action."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import commands, policy, queries, rules
from tracker.actions.changes import policy as change_policy
from tracker.actions.changes import queries as changes
from tracker.actions.commands import Origin
from tracker.actions.forms import ActionForm, EditActionForm, NewActionForm
from tracker.actions.models import ActionItem
from tracker.actions.routes.blueprint import back, bp
from tracker.actions.routes.verbs import Allowed, verbs_of
from tracker.attachments import queries as attachments
from tracker.audit.queries import parts_of
from tracker.audit.rules import Part
from tracker.classification import policy as classification
from tracker.core import clock
from tracker.core.actor import Classification
from tracker.core.errors import NotPossible
from tracker.core.forms import Hint
from tracker.core.occurrence import ensure_day, recording_history
from tracker.core.pages import ensure, me
from tracker.core.request import row_named
from tracker.core.together import together
from tracker.core.transactions import transactional
from tracker.core.wording import gettext, label
from tracker.corrections import queries as corrections
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import policy as proposal_policy
from tracker.proposals import queries as proposals
from tracker.proposals.rules import ProposalStatus, can_move
from tracker.reply_links import policy as reply_policy
from tracker.reply_links import queries as reply_links
from tracker.reviews import queries as reviews
from tracker.search import queries as search
from tracker.status import queries as status_queries
from tracker.status.follows import queries as follows

Form = TypeVar("Form", bound=ActionForm)


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", action_id=queries.id_of_code(code)))


@bp.get("/<row:action_id>")
def show(action_id: int) -> ResponseReturnValue:
    return render_template("actions/show.html", **shown(action_id))


def shown(action_id: int) -> dict[str, Any]:
    """Everything that the page of an action shows, or a panel beside a list."""
    action, actor, today = queries.in_full(action_id), me(), clock.today()
    # `action.proposal` is None if the viewer may not see it
    proposal = proposals.in_full(action.proposal_id) if action.proposal and action.proposal_id else None
    statement = meetings.statement_or_none(action.statement_id)
    raised_in_id = proposal.raised_in_id if proposal else None
    requests, escalations, hand_overs, follow_rows, file_rows, named_meetings, named_in, links = together(
        changes.requests_of(action.id),
        changes.escalations_of(action),
        status_queries.hand_overs_of_action(action.id),
        follows.follow_rows_of(actor, action),
        attachments.file_rows_of(action),
        meetings.rows_with_ids([action.meeting_id, raised_in_id]),
        meetings.statements_naming_action(action.id),
        reply_links.out_of(action, clock.now()),
    )
    named = {meeting.id: meeting for meeting in named_meetings}
    requests.reverse()
    escalations.reverse()
    answer = status_queries.answer_about_action(action, hand_overs)
    parts = parts_of(actor, action) if policy.may_edit(actor.seen) else frozenset()
    follow_row = next(iter(follow_rows), None)
    answerable = changes.answerable(escalations, actor)
    pending = corrections.pending(actor, action, answer.facts.events)
    hand_over = status_queries.hand_over_to_answer(answer.facts, action, actor)
    open_request = next((request for request in requests if request.answered_at is None), None)
    files = attachments.files_of(action, actor, file_rows)
    allowed = _allowed(
        action, parts, answerable, open_request.id if open_request else None,
        review_stop=reviews.open_stop(actor, action),
        hand_over_id=hand_over.id if hand_over else None,
        may_confirm_correction=pending is not None and pending.may_confirm,
        is_followed=bool(follow_row and follow_row.followed_at),
        may_attach=files.may_attach,
    )  # fmt: skip
    return {
        "action": action,
        "answer": answer,
        "verbs": verbs_of(action, allowed),
        "allowed": allowed,
        "may_classify": allowed.may_classify,
        "proposal": proposal,
        "meeting": named.get(action.meeting_id or 0),
        "raised_in": named.get(raised_in_id or 0),
        "statement": statement,
        "timeline": status_queries.timeline_of_action(action, answer.facts, statement, named_in, today),
        "today": today,
        "is_due_soon": action.is_open
        and action.due_on is not None
        and action.is_due_soon(today, queries.soon_until(today)),
        "leaves_to_others": policy.leaves_to_others(actor, parts) and bool(rules.NEXT[action.status]),
        "may_fill": proposal_policy.may_edit(actor),
        "may_decide": proposal is not None
        and can_move(proposal.status, ProposalStatus.APPROVED)
        and proposal_policy.may_move(actor, proposal, ProposalStatus.APPROVED),
        "corrections": pending,
        "files": files,
        "requests": requests,
        "open_request": open_request,
        "escalations": escalations,
        "answerable": answerable,
        "hand_over": hand_over,
        "blanks": _blanks(action),
        "reply_links": links if reply_policy.may_manage(actor) else [],
    }


def _allowed(
    action: ActionItem, parts: frozenset[Part], answerable: Mapping[int, bool], open_request_id: int | None,
    **of_page: Any,
) -> Allowed:  # fmt: skip
    """What the policies allow the reader; `of_page`: the attributes of Allowed that the page has looked up."""
    actor = me()
    return Allowed(
        steps=[
            to
            for to in rules.ActionStatus
            if to in rules.NEXT[action.status] and policy.may_move(actor, action, to, parts)
        ],
        request_id=open_request_id if action.is_open and change_policy.may_answer(actor, parts) else None,
        is_own=policy.is_own(actor, action),
        is_late=action.is_overdue(clock.today()),
        may_report=action.is_open and policy.may_report(actor, action),
        may_ask=action.is_open and change_policy.may_ask(actor, action),
        may_move_due_date=action.is_open and policy.may_move_due_date(actor, action, parts),
        may_manage=action.is_open and change_policy.may_manage(actor),
        may_edit=policy.may_edit(actor),
        may_classify=classification.may_classify(actor),
        may_write_letter=reply_policy.may_write_letter(actor, action),
        escalation_id=next((row_id for row_id, may_answer in answerable.items() if may_answer), None),
        **of_page,
    )


def _blanks(action: ActionItem) -> list[str]:
    """Labels of facts that those who edit could still fill in."""
    facts = {
        gettext("Responsible unit"): action.responsible_unit_id,
        gettext("Supported by"): action.supporting_units or action.supporters,
        gettext("Kind of instruction"): action.instruction_type,
        gettext("Text in English"): action.text_en,
    }
    return [name for name, value in facts.items() if not value]


def _offer(form: Form) -> Form:
    form.responsible_position.offer(people.POSTS, gettext("not yet set"))
    form.responsible_unit.offer(people.UNITS, gettext("not yet set"))
    form.pic.offer(people.PERSONS, gettext("not yet set"))
    form.supporting_units.offer(people.UNITS)
    form.supporting_persons.offer(people.PERSONS)
    form.supporting_positions.offer(people.POSTS)
    return form


def _offer_origin(form: NewActionForm) -> NewActionForm:
    form.meeting.offer(meetings.MEETINGS, gettext("No meeting"))
    form.proposal.offer(proposals.PROPOSALS)
    form.statement.offer(meetings.LINES)
    _offer(form)
    return form


@bp.get("/new")
def new() -> ResponseReturnValue:
    ensure(policy.may_assign(me()))
    form = NewActionForm(formdata=None)
    form.meeting.data = row_named("meeting")
    form.proposal.data = row_named("proposal")
    form.statement.data = row_named("statement")
    _fill_in_meeting(form)
    meeting = meetings.meeting_or_none(form.meeting.data)
    form.is_history.data = meeting is not None and meeting.history_until is not None
    return render_template("actions/new.html", form=_offer_origin(form))


@bp.post("/new")
@transactional
def create() -> ResponseReturnValue:
    ensure(policy.may_assign(me()))
    form = _offer_origin(NewActionForm())
    try:
        form.check_with_hints(lambda: _hints(form))
        origin = _origin(form)
        if form.statement.data and form.meeting.data not in {None, origin.meeting_id}:
            form.meeting.errors = [gettext("The line belongs to another meeting. Choose its meeting, or none.")]
            return render_template("actions/new.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
        sources = _sources(origin)
        draft = replace(form.draft(), classification=form.classification.data.at_least(*sources.levels))
        on = _assigned_on(form, sources)
        with recording_history(if_so=form.is_history.data, since=on):
            action = commands.assign_action(draft, origin, form.due_on.data, on=on, by=me(), at=clock.now())
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/new.html", form=form), status
    flash(gettext("Saved."))
    return back(action)


def _hints(form: ActionForm) -> list[Hint]:
    return [
        Hint(
            f"action-{action.id}",
            gettext(
                "An action with the same text already exists: %(code)s (%(status)s)",
                code=action.code,
                status=label(action.status),
            ),
            url_for(".show", action_id=action.id),
        )
        for action in search.actions_in_the_same_words(form.text_id.data)
    ]


def _fill_in_meeting(form: NewActionForm) -> None:
    """Suggest the meeting of the line, or the one at which the proposal was raised."""
    statement = meetings.statement_or_none(form.statement.data)
    if statement:
        form.meeting.data = statement.meeting_id
    elif form.proposal.data and not form.meeting.data:
        form.meeting.data = proposals.in_full(form.proposal.data).raised_in_id


def _origin(form: NewActionForm) -> Origin:
    if not form.statement.data:
        return Origin(meeting_id=form.meeting.data, proposal_id=form.proposal.data)
    origin = meetings.origin_for_action(meetings.statement(form.statement.data))
    return replace(origin, proposal_id=form.proposal.data or origin.proposal_id)


class _Sources(NamedTuple):
    """What an action follows from; None if that is not given."""

    meeting: Any
    statement: Any
    proposal: Any

    @property
    def levels(self) -> list[Classification]:
        return [row.classification for row in self if row]

    @property
    def agreed_on(self) -> date:
        """The latest day of these: an action is not older than what it follows from."""
        days: list[date] = [self.meeting.date] if self.meeting else []
        return max([*days, self.proposal.raised_on] if self.proposal else days)


def _sources(origin: Origin) -> _Sources:
    return _Sources(
        meetings.meeting_or_none(origin.meeting_id),
        meetings.statement(origin.statement_id) if origin.statement_id else None,
        proposals.in_full(origin.proposal_id) if origin.proposal_id else None,
    )


def _assigned_on(form: NewActionForm, sources: _Sources) -> date:
    """The day given; otherwise today, or for history the day it happened."""
    given: date | None = form.assigned_on.data
    if given:
        ensure_day(given, since=sources.agreed_on, at=clock.now(), field="assigned_on")
    return given or (sources.agreed_on if form.is_history.data else clock.today())


@bp.get("/<row:action_id>/edit")
def edit(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    action = queries.in_full(action_id)
    return render_template("actions/edit.html", form=_offer(EditActionForm.of(action)), action=action)


@bp.post("/<row:action_id>/edit")
@transactional
def update(action_id: int) -> ResponseReturnValue:
    ensure(policy.may_edit(me()))
    action = queries.in_full(action_id, to_change=True)
    form = _offer(EditActionForm())
    try:
        form.check(_offer(EditActionForm.of(action)))
        commands.edit_action(
            action, form.draft(action.supporters), reason=form.correction_reason.data, by=me(), at=clock.now()
        )
    except NotPossible as refusal:
        status = form.show_refusal(refusal)
        return render_template("actions/edit.html", form=form, action=action), status
    flash(gettext("Saved."))
    return back(action)
