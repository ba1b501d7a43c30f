"""Labels for states of minutes, missing parts and events, and frozen content in the user's language."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.core.clock import Zone
from tracker.core.enumerations import without_marks
from tracker.core.wording import Shape, Shapes, Words, clock, day, either, gettext, label, long_day
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, StatementKind
from tracker.minutes.queries import MinutesOverview
from tracker.minutes.rules import Lack, MinutesState
from tracker.proposals.rules import ProposalStatus

WORDS: Words = {
    MinutesState: {
        MinutesState.DRAFT: _l("Draft"),
        MinutesState.CORRECTING: _l("Being corrected"),
        MinutesState.SUBMITTED: _l("Submitted for approval"),
        MinutesState.RETURNED: _l("Returned with a note"),
        MinutesState.APPROVED: _l("Approved and frozen"),
    },
    Lack: {
        Lack.NAME: _l("The meeting's name"),
        Lack.DATE: _l("The date"),
        Lack.VENUE: _l("The venue"),
        Lack.CHAIR: _l("A chair on the attendance list"),
        Lack.MINUTE_TAKER: _l("A minute taker on the attendance list"),
        Lack.ATTENDANCE: _l("At least one row of attendance"),
        Lack.STATEMENT: _l("At least one statement"),
    },
}
SHAPES: Shapes = {
    MinutesState: {
        MinutesState.DRAFT: Shape.RUN,
        MinutesState.CORRECTING: Shape.RUN,
        MinutesState.SUBMITTED: Shape.WAIT,
        MinutesState.RETURNED: Shape.WAIT,
        MinutesState.APPROVED: Shape.DONE,
    }
}
EVENTS = {
    "meeting": {
        "minutes_submitted": _l("Minutes submitted for approval"),
        "minutes_returned": _l("Minutes returned with a note"),
        "minutes_approved": _l("Minutes approved and frozen"),
        "correction_opened": _l("Correction of the minutes opened"),
    }
}
#: Names of the parts of frozen content.
PARTS = {
    "name_id": _l("Name"),
    "date": _l("Date"),
    "venue": _l("Venue"),
    "opening": _l("Opening remarks"),
    "agenda": _l("Agenda"),
    "attendance": _l("Attendance"),
    "statement": _l("Statement"),
    "proposal": _l("Proposal"),
    "action": _l("Follow-up"),
    "hidden": _l("Items above the classification of the meeting, not shown"),
    "closing": _l("Closing remarks"),
}


def localised(content: Mapping[str, Any]) -> dict[str, Any]:
    meeting = content["meeting"]
    hours = [clock(time.fromisoformat(meeting[name])) for name in ("start_time", "end_time") if meeting[name]]
    invited_on = meeting["invitation_on"] and long_day(date.fromisoformat(meeting["invitation_on"]))
    return {
        **content,
        "meeting": {
            **meeting,
            "name": either(meeting["name_id"], meeting["name_en"]),
            "date": day(date.fromisoformat(meeting["date"])),
            "hours": f"{'–'.join(hours)} {Zone(meeting['timezone']).name}" if hours else meeting["time_as_written"],
            "place": ", ".join(part for part in (meeting["venue"], meeting["venue_detail"], meeting["city"]) if part),
            "invitation": ", ".join(part for part in (meeting["invitation_number"], invited_on) if part),
            "classification": label(Classification(meeting["classification"])),
        },
        "agenda": [{**item, "text": text} for item, text in zip(
            content["agenda"], without_marks([item["text"] for item in content["agenda"]]), strict=True)],
        "attendance": [
            {**row, "who": ", ".join(part for part in (row["person"], row["post"]) if part),
             "role": label(AttendanceRole(row["role"])), "status": label(AttendanceStatus(row["status"]))}
            for row in content["attendance"]
        ],
        "statements": [_statement(statement) for statement in content["statements"]],
        "proposals": [
            {**row, "title": either(row["title_id"], row["title_en"]), "status": label(ProposalStatus(row["status"])),
             "by": ", ".join(by["name"] or by["post"] or "" for by in row["proponents"])}
            for row in content["proposals"]
        ],
        "actions": [
            {**row, "text": either(row["text_id"], row["text_en"]), "unit": either(row["unit_id"], row["unit_en"]),
             "due": long_day(date.fromisoformat(row["due_on"])) if row["due_on"] else None,
             "status": label(ActionStatus(row["status"]))}
            for row in content["actions"]
        ],
    }  # fmt: skip


def _statement(statement: Mapping[str, Any]) -> dict[str, Any]:
    notes = (
        gettext("on behalf of %(who)s", who=statement["on_behalf_of"]) if statement["on_behalf_of"] else "",
        statement["origin"], "[sic]" if statement["has_sic"] else "", statement["recorder_note"],
    )  # fmt: skip
    return {
        **statement,
        "who": statement["speaker"] or statement["speaker_post"] or statement["speaker_note"],
        "post": statement["speaker_post"] if statement["speaker"] else None,
        "kind_name": label(StatementKind(statement["kind"])),
        "gist": either(statement["gist_id"], statement["gist_en"]),
        "notes": "; ".join(note for note in notes if note),
        "raises": [
            f"{proposal['code']} {either(proposal['title_id'], proposal['title_en'])}"
            for proposal in statement.get("proposals", ())
        ],
    }


def place_of(part: str, number: int) -> str:
    return f"{PARTS[part]} {number}" if number else str(PARTS[part])


def who_is_next(overview: MinutesOverview, chair: str | None) -> str:
    """The state of the minutes and who acts next; shown instead of a form that would be refused."""
    newest = overview.newest
    if overview.state is MinutesState.SUBMITTED:
        who = chair or gettext("the chair")
        return gettext("The minutes are with the chair: %(who)s approves or returns them.", who=who)
    if overview.state is MinutesState.APPROVED and newest and newest.decided_on:
        return gettext("The minutes were approved by %(who)s on %(day)s. They are changed by a correction only.",
                   who=newest.decided_by_name, day=long_day(newest.decided_on))  # fmt: skip
    return gettext("The minutes are being written. The secretariat submits them to the chair.")
