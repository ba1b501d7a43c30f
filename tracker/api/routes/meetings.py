"""Meetings, and the lines of their minutes."""

from typing import Any

from flask import request

from tracker.accounts.rules import ApiFeature
from tracker.api.bodies import filled, refusing
from tracker.api.operations import ensure_unchanged, ensure_understood, listing, whole
from tracker.api.routes.blueprint import operation
from tracker.api.schemas import Listing
from tracker.api.schemas.meetings import Line, LineProposal, Meeting, MeetingItem
from tracker.core import clock
from tracker.core.pages import ensure, me
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import commands, policy, queries
from tracker.meetings.forms import MeetingFilterForm, MeetingForm, NewStatementForm, StatementForm, hints_about
from tracker.meetings.models import Statement
from tracker.people import queries as people
from tracker.proposals import queries as proposals
from tracker.targets import queries as targets

M = ApiFeature.MEETINGS


@operation("GET", "/meetings", summary=_l("Meetings, the newest first"), feature=M, answers=MeetingItem, is_list=True,
           is_paged=True, filters=MeetingFilterForm)  # fmt: skip
def list_meetings() -> Listing[MeetingItem]:
    form = MeetingFilterForm()
    form.unit.offer(people.UNITS)
    ensure_understood(form)
    page = queries.matching(form.filter(), request.args.get("page"))
    return listing(page, [MeetingItem.of(row) for row in page.rows])


@operation("GET", "/meetings/<row:meeting_id>", summary=_l("A meeting, with agenda and attendance"), feature=M,
           answers=Meeting)  # fmt: skip
def show_meeting(meeting_id: int) -> Meeting:
    return Meeting.of(queries.meeting(meeting_id))


@operation(
    "POST", "/meetings", summary=_l("Log or plan a meeting"), feature=M, answers=Meeting, takes=MeetingForm,
    shown_by=show_meeting,
    example={"name_id": "Rapat koordinasi", "date": "2026-12-07", "start_time": "09:00", "agenda": ["Anggaran"]},
)  # fmt: skip
def log_meeting() -> dict[str, int]:
    ensure(policy.may_log(me()))
    form = filled(MeetingForm).offered()
    with refusing(form):
        form.check_with_hints(lambda: hints_about(form))
        meeting = commands.log_meeting(form.draft(), [], form.agenda.entries(), by=me(), at=clock.now())
    return {"meeting_id": meeting.id}


@operation(
    "PATCH", "/meetings/<row:meeting_id>", summary=_l("Change a meeting"), feature=M, answers=Meeting,
    takes=MeetingForm, shown_by=show_meeting, is_guarded=True, example={"venue": "Ruang rapat lantai 2"},
)  # fmt: skip
def change_meeting(meeting_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    ensure_unchanged(show_meeting(meeting_id))
    form = filled(MeetingForm, MeetingForm.of(meeting).offered(meeting)).offered(meeting)
    with refusing(form):
        form.check_with_hints(lambda: hints_about(form, meeting))
        commands.edit_meeting(meeting, form.draft(), form.agenda.entries(), by=me(), at=clock.now())
    return {"meeting_id": meeting_id}


@operation("GET", "/meetings/<row:meeting_id>/lines", summary=_l("The lines of the minutes, in order"), feature=M,
           answers=Line, is_list=True)  # fmt: skip
def list_lines(meeting_id: int) -> Listing[Line]:
    meeting = queries.meeting(meeting_id)
    agenda = {item.id for item in meeting.agenda}
    return whole([_line_of(row, agenda) for row in queries.statements_of(meeting.id)])


def _line_of(row: Statement, agenda: set[int]) -> Line:
    """Without what the reader may not see of what it is linked to."""
    links = [LineProposal.of(link) for link in row.proposal_links if link.proposal]
    return Line.of(
        row,
        agenda_item_id=row.agenda_item_id if row.agenda_item_id in agenda else None,
        proposals=links,
        actions=[link.action for link in row.action_links if link.action],
    )


@operation("GET", "/lines/<row:statement_id>", summary=_l("A line of the minutes"), feature=M, answers=Line)
def show_line(statement_id: int) -> Line:
    statement = queries.statement(statement_id)
    ensure(statement.removed_at is None)
    agenda = {item.id for item in queries.meeting(statement.meeting_id).agenda}
    rows = {row.id: row for row in queries.statements_of(statement.meeting_id)}
    return _line_of(rows[statement_id], agenda)


def _offer(form: StatementForm, meeting: Any, stored: Statement | None = None) -> StatementForm:
    form.speaker.offer(queries.speaker_choices(meeting))
    form.origin_meeting.offer(queries.MEETINGS)
    form.origin_meeting.keep(stored.origin_meeting_id if stored else None, "")
    form.agenda_item.offer([(item.id, item.text) for item in meeting.agenda])
    form.proposal.offer(proposals.PROPOSALS)
    form.targets.offer(targets.TARGETS_OF_ANY_EDITION)
    return form


def _links(form: StatementForm, stored: Statement | None) -> commands.StatementLinks:
    """The chosen proposal and targets; links to further proposals are kept."""
    others = [(link.proposal_id, link.bearing) for link in (stored.proposal_links[1:] if stored else [])]
    chosen = [(form.proposal.data, form.bearing.data)] if form.proposal.data else []
    return commands.StatementLinks(
        proposals=[(proposals.in_full(number), bearing) for number, bearing in dict([*others, *chosen]).items()],
        targets=targets.several(form.targets.data or []),
    )


@operation(
    "POST", "/meetings/<row:meeting_id>/lines", summary=_l("Add a line at the end of the minutes"), feature=M,
    answers=Line, takes=NewStatementForm, shown_by=show_line,
    example={"kind": "remark", "gist_id": "Anggaran disampaikan pekan depan."},
)  # fmt: skip
def add_line(meeting_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    meeting = queries.meeting(meeting_id, to_change=True)
    form = filled(NewStatementForm)
    form.classification.offer(meeting.classification, me().clearance)
    _offer(form, meeting)
    with refusing(form):
        form.check()
        line = commands.add_statement(meeting, form.draft(), _links(form, None), by=me(), at=clock.now())
        with unrestricted():  # its author may not be cleared for it
            stored = queries.statement(line.id)
        commands.ensure_proposal(stored, form.title_id.data, form.title_en.data, by=me(), at=clock.now())
    return {"statement_id": line.id}


@operation(
    "PATCH", "/lines/<row:statement_id>", summary=_l("Change a line of the minutes"), feature=M, answers=Line,
    takes=StatementForm, shown_by=show_line, is_guarded=True, example={"recorder_note": "Dibacakan ulang."},
)  # fmt: skip
def change_line(statement_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    line = queries.statement(statement_id, to_change=True)
    ensure_unchanged(show_line(statement_id))
    meeting = queries.meeting(line.meeting_id)
    form = _offer(filled(StatementForm, _offer(StatementForm.of(line), meeting, line)), meeting, line)
    with refusing(form):
        form.check()
        commands.edit_statement(line, form.draft(), _links(form, line), by=me(), at=clock.now())
        changed = queries.reload_links(line)
        commands.ensure_proposal(changed, form.title_id.data, form.title_en.data, by=me(), at=clock.now())
    return {"statement_id": statement_id}


@operation("DELETE", "/lines/<row:statement_id>", summary=_l("Take a line out of the minutes"), feature=M, answers=Line,
           is_guarded=True)  # fmt: skip
def remove_line(statement_id: int) -> None:
    ensure(policy.may_log(me()))
    line = queries.statement(statement_id, to_change=True)
    ensure_unchanged(show_line(statement_id))
    commands.remove_statement(line, by=me(), at=clock.now())


@operation("POST", "/lines/<row:statement_id>/restore", summary=_l("Put a line back that was taken out of the minutes"),
           feature=M, answers=Line, shown_by=show_line)  # fmt: skip
def restore_line(statement_id: int) -> dict[str, int]:
    ensure(policy.may_log(me()))
    line = queries.statement(statement_id, to_change=True)
    commands.restore_statement(line, by=me(), at=clock.now())
    return {"statement_id": statement_id}
