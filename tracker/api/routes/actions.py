"""Follow-ups: assigned, changed, reported on, moved on."""

from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from flask import request

from tracker.accounts.rules import ApiFeature
from tracker.actions import commands, policy, queries
from tracker.actions.commands import Origin
from tracker.actions.forms import ActionFilterForm, ActionForm, EditActionForm, MoveForm, NewActionForm, ReportForm
from tracker.actions.rules import ActionStatus
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged, ensure_understood, listing
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.actions import Action, ActionItem
from tracker.audit.queries import parts_of
from tracker.core import clock
from tracker.core.errors import NotPossible
from tracker.core.occurrence import ensure_day, recording_history
from tracker.core.pages import ensure, me
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meetings
from tracker.people import queries as people
from tracker.proposals import queries as proposals

A = ApiFeature.ACTIONS
STEPS = f"/actions/<row:action_id>/steps/<any({', '.join(ActionStatus)}):to>"
Form = TypeVar("Form", bound=ActionForm)


@operation("GET", "/actions", summary=_l("Follow-ups, those due first"), feature=A, answers=ActionItem, is_list=True,
           is_paged=True, filters=ActionFilterForm)  # fmt: skip
def list_actions() -> Listing[ActionItem]:
    form = ActionFilterForm()
    form.unit.offer(people.UNITS)
    form.pic.offer(people.PERSONS)
    ensure_understood(form)
    page = queries.matching(form.filter(), clock.today(), request.args.get("page"))
    return listing(page, [ActionItem.of(row) for row in page.rows])


@operation("GET", "/actions/<row:action_id>", summary=_l("A follow-up, with its due dates and reports"), feature=A,
           answers=Action)  # fmt: skip
def show_action(action_id: int) -> Action:
    row = queries.in_full(action_id)
    return Action.of(
        row, meeting=meetings.meeting_or_none(row.meeting_id), promises=row.valid_promises, reports=row.updates
    )


def _offer(form: Form) -> Form:
    form.responsible_position.offer(people.POSTS)
    form.responsible_unit.offer(people.UNITS)
    form.pic.offer(people.PERSONS)
    form.supporting_units.offer(people.UNITS)
    form.supporting_persons.offer(people.PERSONS)
    form.supporting_positions.offer(people.POSTS)
    return form


@operation(
    "POST", "/actions", summary=_l("Assign a follow-up"), feature=A, answers=Action, takes=NewActionForm,
    shown_by=show_action,
    example={"text_id": "Menyusun rancangan surat edaran", "classification": "ordinary", "proposal": 1,
             "due_on": "2026-12-18"},
)  # fmt: skip
def assign_action() -> dict[str, int]:
    ensure(policy.may_assign(me()))
    form = _offer(filled(NewActionForm))
    form.meeting.offer(meetings.MEETINGS)
    form.proposal.offer(proposals.PROPOSALS)
    form.statement.offer(meetings.LINES)
    with refusing(form):
        form.check()
        origin = _origin(form)
        sources = [
            row
            for row in (
                meetings.meeting_or_none(origin.meeting_id),
                meetings.statement(origin.statement_id) if origin.statement_id else None,
                proposals.in_full(origin.proposal_id) if origin.proposal_id else None,
            )
            if row
        ]
        levels = [row.classification for row in sources]
        draft = replace(form.draft(), classification=form.classification.data.at_least(*levels))
        on = _assigned_on(form, max(_day_of(row) for row in sources))
        with recording_history(if_so=form.is_history.data, since=on):
            action = commands.assign_action(draft, origin, form.due_on.data, on=on, by=me(), at=clock.now())
    return {"action_id": action.id}


def _day_of(row: Any) -> date:
    """A line has none of its own: its meeting is among the sources too."""
    day: date = getattr(row, "date", None) or getattr(row, "raised_on", None) or date.min
    return day


def _origin(form: NewActionForm) -> Origin:
    if not form.statement.data:
        return Origin(meeting_id=form.meeting.data, proposal_id=form.proposal.data)
    origin = meetings.origin_for_action(meetings.statement(form.statement.data))
    if form.meeting.data not in {None, origin.meeting_id}:
        raise NotPossible(gettext("The line belongs to another meeting. Choose its meeting, or none."), field="meeting")
    return replace(origin, proposal_id=form.proposal.data or origin.proposal_id)


def _assigned_on(form: NewActionForm, agreed_on: date) -> date:
    """The day given; otherwise today, or for history the day it happened."""
    given: date | None = form.assigned_on.data
    if given:
        ensure_day(given, since=agreed_on, at=clock.now(), field="assigned_on")
    return given or (agreed_on if form.is_history.data else clock.today())


@operation(
    "PATCH", "/actions/<row:action_id>", summary=_l("Change a follow-up"), feature=A, answers=Action,
    takes=EditActionForm, shown_by=show_action, is_guarded=True, example={"instruction_type": None},
)  # fmt: skip
def change_action(action_id: int) -> dict[str, int]:
    ensure(policy.may_edit(me()))
    action = queries.in_full(action_id, to_change=True)
    ensure_unchanged(show_action(action_id))
    form = _offer(filled(EditActionForm, _offer(EditActionForm.of(action))))
    with refusing(form):
        form.check()
        commands.edit_action(
            action, form.draft(action.supporters), reason=form.correction_reason.data, by=me(), at=clock.now()
        )
    return {"action_id": action_id}


@operation(
    "POST", "/actions/<row:action_id>/reports", summary=_l("Report progress"), feature=A, answers=Action,
    takes=ReportForm, shown_by=show_action,
    example={"on": "2026-11-30", "progress_note": "Rancangan selesai dibahas.", "percent": 60},
)  # fmt: skip
def report_progress(action_id: int) -> dict[str, int]:
    action = queries.in_full(action_id, to_change=True)
    ensure(policy.may_report(me(), action))
    form = filled(ReportForm)
    form.has_evidence = queries.has_evidence(action)
    with refusing(form):
        form.check()
        commands.report_progress(action, form.report(), by=me(), at=clock.now())
    return {"action_id": action_id}


@operation(
    "POST", STEPS, summary=_l("Verify, send back, cancel or another step"),
    feature=A, answers=Action, takes=MoveForm, shown_by=show_action, is_guarded=True,
    example={"on": "2026-11-30", "reason": "Tidak diperlukan lagi."},
)  # fmt: skip
def move_action(action_id: int, to: str) -> dict[str, int]:
    action, step = queries.in_full(action_id, to_change=True), ActionStatus(to)
    ensure(policy.may_move(me(), action, step, parts_of(me(), action)))
    ensure_unchanged(show_action(action_id))
    form = filled(MoveForm).only_for(action, step)
    with refusing(form):
        form.check()
        commands.move_action(
            action, step, reason=form.reason.data, reason_code=form.reason_code.data, evidence=form.evidence.data,
            verified_by=form.data.get("verified_by"), on=form.on.data, by=me(), at=clock.now(),
        )  # fmt: skip
    return {"action_id": action_id}
