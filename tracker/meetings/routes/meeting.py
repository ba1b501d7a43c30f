"""The list of meetings, and the page of a meeting."""

import io
from collections.abc import Sequence
from http import HTTPStatus

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.audit.queries import events_of
from tracker.classification import policy as classification
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import me
from tracker.core.paging import nothing_found
from tracker.core.settings import current_settings
from tracker.core.wording import gettext
from tracker.meetings import labels, policy, queries, rules
from tracker.meetings.formats import calendar
from tracker.meetings.forms import MeetingFilterForm
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.routes.statements import new_form
from tracker.meetings.rules import AttendanceRole, MeetingType, SourceType
from tracker.meetings.series import queries as series
from tracker.minutes import queries as minutes
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.status import queries as status_queries
from tracker.status.follows import queries as follows


@bp.get("")
def index() -> ResponseReturnValue:
    form = MeetingFilterForm()
    form.unit.offer(people.UNITS, gettext("Any"))
    status = form.validation_status()
    page = queries.matching(form.filter(), request.args.get("page")) if status is HTTPStatus.OK else nothing_found()
    counts = queries.proposal_counts([meeting.id for meeting in page.rows])
    return render_template(
        "meetings/index.html", form=form, page=page, counts=counts, may_log=policy.may_log(me())
    ), status


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=queries.id_of_code(code)))


def _decided_on(meeting: Meeting, decisions: Sequence[Statement], listed: Sequence[ActionItem]) -> list[ActionItem]:
    if meeting.meeting_type is not MeetingType.WEEKLY_REVIEW:
        return []
    mentioned = {link.action.id: link.action for line in decisions for link in line.action_links if link.action}
    return [action for action in mentioned.values() if action not in listed]


@bp.get("/<row:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    meeting = queries.meeting(meeting_id, to_show=True)
    overview = minutes.overview(meeting, me())
    may_log, today = policy.may_log(me()) and not overview.is_locked, clock.today()
    has_begun = rules.takes_minutes(meeting.status, meeting.date, today)
    statements = queries.statements_of(meeting.id)
    unnamed = [row.position_id for row in meeting.attendance if row.person_id is None and row.position_id]
    raised = proposals.raised_in(meeting.id)
    resulting = actions.of_meeting_and_later(meeting.id, [proposal.id for proposal in raised])
    follow_row, events = follows.follow_row(me(), meeting), events_of(meeting, seen=[*statements, *raised, *resulting])
    own_actions = [action for action in resulting if action.meeting_id == meeting.id]
    decisions = [statement for statement in statements if statement.kind == "decision"]
    decided_on = _decided_on(meeting, decisions, resulting)
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        minutes=overview,
        statements=statements,
        outline=queries.outline_of(meeting, statements, own_actions),
        decisions=decisions,
        raised=raised,
        actions=own_actions,
        decided_on=decided_on,
        later_actions=[action for action in resulting if action.meeting_id != meeting.id],
        hidden=queries.total_items(meeting) - len(statements) - len(raised) - len(own_actions),
        may_classify=classification.may_classify(me()),
        may_grant_access=classification.may_grant_access(me(), meeting.attendance),
        status_facts=status_queries.about_meeting(
            meeting, raised, [*resulting, *decided_on], decisions=len(decisions), minutes=overview.state, today=today
        ),
        holders=people.holders_on(meeting.date, unnamed) if may_log and unnamed else {},
        from_press=meeting.source_type is SourceType.PRESS_RELEASE,
        by_role={role: [row for row in meeting.attendance if row.role is role] for role in AttendanceRole},
        steps=rules.manual_steps(meeting.status, meeting.date, today) if may_log else [],
        follow_row=follow_row,
        changes=follows.changes_of_subject(meeting, follow_row, events) if follow_row else None,
        events=events,
        files=attachments.files_of(meeting, me()),
        may_log=may_log,
        has_begun=has_begun,
        may_minute=may_log and has_begun,
        may_prepare=may_log and rules.is_upcoming(meeting.status, meeting.date, today),
        place=series.place_of(meeting.id),
        may_plan=policy.may_log(me()),
        today=today,
        statement_form=new_form(meeting) if may_log and has_begun else None,
    )


@bp.get("/<row:meeting_id>.ics")
def calendar_entry(meeting_id: int) -> Response:
    meeting = queries.meeting_or_none(meeting_id)
    if meeting is None:
        raise NotFound
    # Not the host of the request, which the sender can set to anything.
    address = current_settings().site_url + url_for(".show", meeting_id=meeting.id)
    file = calendar.file_of(labels.calendar_entry(meeting, address, clock.now()))
    return send_file(io.BytesIO(file), calendar.MEDIA_TYPE, as_attachment=True, download_name=f"{meeting.code}.ics")
