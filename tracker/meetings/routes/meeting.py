"""The list of meetings, and the page of one."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.audit.queries import events_of
from tracker.classification import policy as classification
from tracker.core import clock
from tracker.core.pages import me
from tracker.core.paging import nothing_found
from tracker.core.wording import say
from tracker.meetings import policy, queries, rules
from tracker.meetings.forms import MeetingFilterForm
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.routes.statements import new_form
from tracker.meetings.rules import AttendanceRole, MeetingType, SourceType
from tracker.meetings.series import queries as series
from tracker.minutes import queries as minutes
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.status import queries as answers
from tracker.status.follows import queries as follows


@bp.get("")
def index() -> ResponseReturnValue:
    form = MeetingFilterForm()
    form.unit.offer(people.unit_choices(), say("Any"))
    status = form.verdict()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    counts = queries.proposal_counts([meeting.id for meeting in page.rows])
    return render_template(
        "meetings/index.html", form=form, page=page, counts=counts, may_log=policy.may_log(me())
    ), status


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=queries.id_of_code(code)))


def _decided_on(meeting: Meeting, decisions: Sequence[Statement], known: Sequence[ActionItem]) -> list[ActionItem]:
    """The actions that a weekly review decided on; it hands out none of its own."""
    if meeting.meeting_type is not MeetingType.WEEKLY_REVIEW:
        return []
    named = {link.action.id: link.action for said in decisions for link in said.action_links if link.action}
    return [action for action in named.values() if action not in known]


@bp.get("/<row:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    """The meeting's page; the secretariat finds the form for the next statement at its end."""
    meeting = queries.meeting(meeting_id, to_show=True)
    standing = minutes.standing(meeting, me())
    may_log, today = policy.may_log(me()) and not standing.is_locked, clock.today()
    has_begun = rules.takes_minutes(meeting.status, meeting.date, today)
    statements = queries.statements_of(meeting.id)
    unnamed = [row.position_id for row in meeting.attendance if row.person_id is None and row.position_id]
    raised = proposals.raised_in(meeting.id)
    came = actions.of_meeting_and_later(meeting.id, [proposal.id for proposal in raised])
    kept, events = follows.kept(me(), meeting), events_of(meeting, seen=[*statements, *raised, *came])
    promised = [action for action in came if action.meeting_id == meeting.id]
    decisions = [said for said in statements if said.kind == "decision"]
    decided_on = _decided_on(meeting, decisions, came)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        minutes=standing,
        statements=statements,
        outline=queries.outline_of(meeting, statements, promised),
        decisions=decisions,
        raised=raised,
        actions=promised,
        decided_on=decided_on,
        later_actions=[action for action in came if action.meeting_id != meeting.id],
        hidden=queries.items_in_all(meeting) - len(statements) - len(raised) - len(promised),
        may_classify=classification.may_classify(me()),
        may_let_in=classification.may_let_in(me(), meeting.attendance),
        standing=answers.about_meeting(
            meeting, raised, [*came, *decided_on], decisions=len(decisions), minutes=standing.state, today=today
        ),
        holders=people.holders_on(meeting.date, unnamed) if may_log and unnamed else {},
        from_press=meeting.source_type is SourceType.PRESS_RELEASE,
        by_role={role: [row for row in meeting.attendance if row.role is role] for role in AttendanceRole},
        steps=rules.steps_by_hand(meeting.status, meeting.date, today) if may_log else [],
        kept=kept,
        changes=follows.changes_of_one(meeting, kept, events) if kept else None,
        events=events,
        files=attachments.files_of(meeting, me()),
        may_log=may_log,
        has_begun=has_begun,
        may_minute=may_log and has_begun,
        may_prepare=may_log and rules.is_ahead(meeting.status, meeting.date, today),
        place=series.place_of(meeting.id),
        may_plan=policy.may_log(me()),
        today=today,
        statement_form=new_form(meeting) if may_log and has_begun else None,
    )
