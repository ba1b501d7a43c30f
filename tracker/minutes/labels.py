"""The words for the states of minutes, for what they lack, and for what happens to them."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.core.enumerations import without_marks
from tracker.core.wording import Tones, Words, clock, day, either, label, long_day, say
from tracker.core.wording import lazy as _l
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, StatementKind
from tracker.minutes.queries import Standing
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
TONES: Tones = {
    MinutesState: {
        MinutesState.CORRECTING: "warn",
        MinutesState.SUBMITTED: "info",
        MinutesState.RETURNED: "warn",
        MinutesState.APPROVED: "good",
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
#: What each part of a frozen text is called.
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


def told(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its codes, days and hours in words, in the language of the reader."""
    meeting = content["meeting"]
    hours = [clock(time.fromisoformat(meeting[name])) for name in ("start_time", "end_time") if meeting[name]]
    ended = meeting["invitation_on"] and long_day(date.fromisoformat(meeting["invitation_on"]))
    return {
        **content,
        "meeting": {
            **meeting,
            "name": either(meeting["name_id"], meeting["name_en"]),
            "date": day(date.fromisoformat(meeting["date"])),
            "hours": f"{'–'.join(hours)} WIB" if hours else meeting["time_as_written"],
            "place": ", ".join(part for part in (meeting["venue"], meeting["venue_detail"], meeting["city"]) if part),
            "invitation": ", ".join(part for part in (meeting["invitation_number"], ended) if part),
            "classification": label(Classification(meeting["classification"])),
        },
        "agenda": [{**item, "text": text} for item, text in zip(
            content["agenda"], without_marks([item["text"] for item in content["agenda"]]), strict=True)],
        "attendance": [
            {**row, "who": ", ".join(part for part in (row["person"], row["post"]) if part),
             "role": label(AttendanceRole(row["role"])), "status": label(AttendanceStatus(row["status"]))}
            for row in content["attendance"]
        ],
        "statements": [_said(said) for said in content["statements"]],
        "proposals": [
            {**one, "title": either(one["title_id"], one["title_en"]), "status": label(ProposalStatus(one["status"])),
             "by": ", ".join(by["name"] or by["post"] or "" for by in one["proponents"])}
            for one in content["proposals"]
        ],
        "actions": [
            {**one, "text": either(one["text_id"], one["text_en"]), "unit": either(one["unit_id"], one["unit_en"]),
             "due": long_day(date.fromisoformat(one["due_on"])) if one["due_on"] else None,
             "status": label(ActionStatus(one["status"]))}
            for one in content["actions"]
        ],
    }  # fmt: skip


def _said(said: Mapping[str, Any]) -> dict[str, Any]:
    notes = (
        say("on behalf of %(who)s", who=said["on_behalf_of"]) if said["on_behalf_of"] else "",
        said["origin"], "[sic]" if said["has_sic"] else "", said["recorder_note"],
    )  # fmt: skip
    return {
        **said,
        "who": said["speaker"] or said["speaker_post"] or said["speaker_note"],
        "post": said["speaker_post"] if said["speaker"] else None,
        "kind_name": label(StatementKind(said["kind"])),
        "gist": either(said["gist_id"], said["gist_en"]),
        "notes": "; ".join(note for note in notes if note),
        "raises": [f"{one['code']} {either(one['title_id'], one['title_en'])}" for one in said.get("proposals", ())],
    }


def place_of(part: str, number: int) -> str:
    """«Statement 3»."""
    return f"{PARTS[part]} {number}" if number else str(PARTS[part])


def who_is_next(standing: Standing, chair: str | None) -> str:
    """Where the minutes are, and who acts next: what a page says instead of a button that could only refuse."""
    newest = standing.newest
    if standing.state is MinutesState.SUBMITTED:
        who = chair or say("the chair")
        return say("The minutes are with the chair: %(who)s approves or returns them.", who=who)
    if standing.state is MinutesState.APPROVED and newest and newest.decided_on:
        return say("The minutes were approved by %(who)s on %(day)s. They are changed by a correction only.",
                   who=newest.decided_by_name, day=long_day(newest.decided_on))  # fmt: skip
    return say("The minutes are being written. The secretariat submits them to the chair.")
