"""The list of meetings, and the pages of a meeting: its minutes, outcomes, people, files and history."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.audit.queries import events_of
from tracker.calendar import formats as calendar
from tracker.calendar.holidays import queries as holidays
from tracker.calendar.holidays.rules import parse_week, week_of
from tracker.classification import policy as classification
from tracker.core import clock
from tracker.core.errors import NotFound
from tracker.core.pages import me
from tracker.core.paging import nothing_found
from tracker.core.settings import current_settings
from tracker.core.wording import gettext, step
from tracker.meetings import labels, policy, queries, rules
from tracker.meetings.check_in import policy as check_in_policy
from tracker.meetings.check_in import queries as check_in
from tracker.meetings.forms import MeetingFilterForm
from tracker.meetings.invitations import policy as invitations_policy
from tracker.meetings.invitations import queries as invitations
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.routes.blueprint import bp
from tracker.meetings.rules import AttendanceRole, MeetingType, SourceType, StatementKind
from tracker.meetings.series import queries as series
from tracker.minutes import queries as minutes
from tracker.minutes.queries import MinutesOverview
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
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
        "meetings/index.html",
        form=form,
        page=page,
        counts=counts,
        may_log=policy.may_log(me()),
        this_week=week_of(clock.today()),
    ), status


@bp.get("/<code:code>")
def by_code(code: str) -> ResponseReturnValue:
    return redirect(url_for(".show", meeting_id=queries.id_of_code(code)))


def _next_steps(
    meeting: Meeting, overview: MinutesOverview, *, may_log: bool, has_begun: bool
) -> list[tuple[str, str]]:
    """What this user may do with the meeting now, as label and URL: the likeliest first, which is the main button."""
    today, may_minute = clock.today(meeting.zone), may_log and has_begun
    may_prepare = may_log and rules.is_upcoming(meeting.status, meeting.date, today)
    is_submitted, is_empty = overview.state == "submitted", not meeting.has_lines
    may_keep_signed_copy = is_submitted and overview.may_record_signed_copy
    steps = [
        (may_prepare, gettext("Prepare the meeting"), "live.show"),
        (invitations_policy.may_invite(me(), meeting, clock.now()), gettext("Invite"), "invitations.index"),
        (may_minute and is_empty, gettext("Start the minutes"), "live.show"),
        (is_submitted and overview.may_approve, gettext("Approve the minutes"), "minutes.ask_to_approve"),
        (may_keep_signed_copy, gettext("Record the signed copy"), "minutes.ask_for_signed_copy"),
        (is_submitted and overview.may_return, gettext("Return the minutes"), "minutes.ask_to_return"),
        (overview.may_submit and not overview.is_locked, gettext("Submit the minutes"), "minutes.ask_to_submit"),
        (overview.may_submit and overview.state == "approved", gettext("Open a correction"), "minutes.ask_to_correct"),
        (may_minute and not is_empty, gettext("Live minutes"), "live.show"),
    ]
    moves = rules.manual_steps(meeting.status, meeting.date, today) if may_log else []
    return [
        *((name, url_for(endpoint, meeting_id=meeting.id)) for possible, name, endpoint in steps if possible),
        *((step(to), url_for(".move", meeting_id=meeting.id, to=to)) for to in moves),
    ]


def _head(meeting: Meeting, overview: MinutesOverview) -> dict[str, object]:
    """What the head of each page of the meeting shows and offers."""
    today = clock.today(meeting.zone)
    may_log = policy.may_log(me()) and not overview.is_locked
    has_begun = rules.takes_minutes(meeting.status, meeting.date, today)
    return {
        "meeting": meeting,
        "minutes": overview,
        "may_log": may_log,
        "may_plan": policy.may_log(me()),
        "may_minute": may_log and has_begun,
        "may_classify": classification.may_classify(me()),
        "may_grant_access": classification.may_grant_access(me(), meeting.attendance),
        "has_begun": has_begun,
        "next_steps": _next_steps(meeting, overview, may_log=may_log, has_begun=has_begun),
        "today": today,
    }


def _page(template: str, meeting: Meeting, **context: object) -> str:
    head = _head(meeting, minutes.overview(meeting, me()))
    return render_template(template, **head, follow_row=follows.follow_row(me(), meeting), **context)


def _outcomes(meeting: Meeting) -> tuple[Sequence[Proposal], Sequence[ActionItem]]:
    """The proposals raised in the meeting, and the actions of the meeting and of these proposals."""
    raised = proposals.raised_in(meeting.id)
    return raised, actions.of_meeting_and_later(meeting.id, [proposal.id for proposal in raised])


@dataclass(frozen=True, kw_only=True)
class Chain:
    """What came of a meeting."""

    raised: Sequence[Proposal]
    decisions: Sequence[Statement]
    actions: Sequence[ActionItem]
    #: Actions that were agreed on its proposals later.
    later_actions: Sequence[ActionItem]
    #: Actions of other meetings about which a weekly review decided.
    decided_on: Sequence[ActionItem]


def _chain_of(
    meeting: Meeting, raised: Sequence[Proposal], resulting: Sequence[ActionItem], decisions: Sequence[Statement]
) -> Chain:
    named = {link.action.id: link.action for line in decisions for link in line.action_links if link.action}
    is_review = meeting.meeting_type is MeetingType.WEEKLY_REVIEW
    return Chain(
        raised=raised,
        decisions=decisions,
        actions=[action for action in resulting if action.meeting_id == meeting.id],
        later_actions=[action for action in resulting if action.meeting_id != meeting.id],
        decided_on=[action for action in named.values() if is_review and action not in resulting],
    )


@bp.get("/<row:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    meeting = queries.meeting_with_counts(meeting_id, with_agenda=True)
    statements = queries.statements_of(meeting.id)
    raised, resulting = _outcomes(meeting)
    decisions = [line for line in statements if line.kind is StatementKind.DECISION]
    chain = _chain_of(meeting, raised, resulting, decisions)
    overview, follow_row = minutes.overview(meeting, me()), follows.follow_row(me(), meeting)
    events = events_of(meeting, seen=[*statements, *raised, *resulting]) if follow_row else []
    return render_template(
        "meetings/show.html",
        **_head(meeting, overview),
        follow_row=follow_row,
        **vars(chain),
        statements=statements,
        outline=queries.outline_of(meeting, statements, chain.actions),
        hidden=queries.total_items(meeting) - len(statements) - len(raised) - len(chain.actions),
        status_facts=status_queries.about_meeting(
            meeting,
            raised,
            [*resulting, *chain.decided_on],
            decisions=len(decisions),
            minutes=overview.state,
            today=clock.today(),
        ),
        changes=follows.changes_of_subject(meeting, follow_row, events) if follow_row else None,
        from_press=meeting.source_type is SourceType.PRESS_RELEASE,
        by_role={role: [row for row in meeting.attendance if row.role is role] for role in AttendanceRole},
        not_set_yet=labels.facts_not_set(meeting),
        place=series.place_of(meeting.id),
        papers=attachments.papers_of(meeting),
        may_attach=policy.may_log(me()),
    )


@bp.get("/<row:meeting_id>/outcomes")
def outcomes(meeting_id: int) -> ResponseReturnValue:
    meeting = queries.meeting_with_counts(meeting_id)
    raised, resulting = _outcomes(meeting)
    decisions = queries.statements_of(meeting.id, StatementKind.DECISION)
    return _page("meetings/outcomes.html", meeting, **vars(_chain_of(meeting, raised, resulting, decisions)))


@bp.get("/<row:meeting_id>/people")
def people_present(meeting_id: int) -> ResponseReturnValue:
    meeting = queries.meeting_with_counts(meeting_id)
    unnamed = [row.position_id for row in meeting.attendance if row.person_id is None and row.position_id]
    may_log = policy.may_log(me())
    holders = people.holders_on(meeting.date, unnamed) if may_log and unnamed else {}
    sent = invitations.of_meeting(meeting.id)
    return _page(
        "meetings/people.html", meeting, holders=holders, answered=invitations.by_row(meeting, sent),
        counts=invitations.answers(sent), to_take_over=may_log and invitations.not_taken_over(meeting, sent),
        waiting=check_in.waiting(meeting.id) if may_log else (),
        has_check_in=check_in_policy.may_show_code(me(), meeting, clock.now()),
    )  # fmt: skip


@bp.get("/<row:meeting_id>/files")
def files(meeting_id: int) -> ResponseReturnValue:
    meeting = queries.meeting_with_counts(meeting_id, with_agenda=True)
    return _page("meetings/files.html", meeting, files=attachments.files_of(meeting, me()))


@bp.get("/<row:meeting_id>/history")
def history(meeting_id: int) -> ResponseReturnValue:
    meeting = queries.meeting_with_counts(meeting_id)
    names = attachments.files_of(meeting, me()).names
    return _page("meetings/history.html", meeting, events=events_of(meeting), names=names)


@bp.get("/weeks/<week>")
def week(week: str) -> ResponseReturnValue:
    shown = parse_week(week)
    if shown is None:
        raise NotFound
    span = (shown.monday, shown.sunday)
    rows, today = queries.between(*span), clock.today()
    return render_template(
        "meetings/week.html", week=shown, days=queries.on_days(rows, shown.days()), count=len(rows),
        clashes=queries.clashes(rows), days_off=holidays.days_off(*span), this_week=week_of(today), today=today,
    )  # fmt: skip


@bp.get("/<row:meeting_id>.ics")
def calendar_entry(meeting_id: int) -> Response:
    meeting = queries.meeting_or_none(meeting_id)
    if meeting is None:
        raise NotFound
    # Not the host of the request, which the sender can set to anything.
    address = current_settings().site_url + url_for(".show", meeting_id=meeting.id)
    level = queries.classification_of_names([meeting.id])[meeting.id]
    sequence = invitations.sequences([meeting])[meeting.id]
    file = calendar.file_of([labels.calendar_entry(meeting, level, address, clock.now(), sequence=sequence)])
    return send_file(io.BytesIO(file), calendar.MEDIA_TYPE, as_attachment=True, download_name=f"{meeting.code}.ics")
