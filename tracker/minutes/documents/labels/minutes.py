"""Sheets of the minutes and the attendance list: plain texts for Typst and Word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from tracker.core.actor import Classification
from tracker.core.clock import Zone
from tracker.core.enumerations import without_marks
from tracker.core.labels import ON_PAPER
from tracker.core.wording import clock, days, either, gettext, hours, label, language, long_day, ngettext
from tracker.meetings.rules import AttendanceRole, SourceType
from tracker.minutes.documents.labels import parts, tables

Content = Mapping[str, Any]
#: A blank for a name, number or date to be filled in by hand.
BLANK = "…" * 12


@dataclass(frozen=True, kw_only=True)
class Approval:
    """The approval as the form prints it; `mark` is the SHA-256 of the content."""

    number: int
    mark: str
    on: date | None
    correction_reason: str | None
    verify_url: str
    qr: str


def sheet_of(content: Content, approval: Approval | None = None) -> dict[str, Any]:
    """The sheet of the minutes; without an approval it is marked as a draft."""
    meeting = content["meeting"]
    return {
        **frame(content, gettext("Minutes of meeting"), is_draft=approval is None),
        "notice": _notice(content, approval),
        "facts": facts_of(content),
        "opening": meeting["opening"] or "",
        "opening_title": gettext("Opening remarks"),
        "sections": parts.sections(content),
        "tables": [tables.proposals(content), tables.actions(content), tables.attendance(content)],
        "closing": _closing(content),
        "signatures": _signatures(content, approval),
        "copies_title": gettext("Copies to:"),
        "copies": (meeting.get("copies_to") or "").splitlines(),
        "mark": gettext("Version %(number)s. Verification code (SHA-256): %(mark)s. Verify it at "
                        "%(url)s.", number=approval.number,
                        mark=approval.mark, url=approval.verify_url) if approval else "",
        "qr": approval.qr if approval else "",
    }  # fmt: skip


def attendance_sheet(content: Content) -> dict[str, Any]:
    return {
        **frame(content, gettext("Attendance list"), is_draft=False),
        "number": "", "notice": illustration_notice(content), "facts": facts_of(content, is_short=True), "sections": [],
        "opening": "", "opening_title": "",
        "tables": [tables.to_sign(content)], "closing": "", "copies_title": "", "copies": [],
        "signatures": [dict.fromkeys(_sign(content, AttendanceRole.CHAIR, ""), ""),
                       _sign(content, AttendanceRole.CHAIR, _place(content, None))],
        "mark": "", "qr": "",
    }  # fmt: skip


def frame(content: Content, title: str, *, is_draft: bool) -> dict[str, Any]:
    meeting = content["meeting"]
    name = either(meeting["name_id"], meeting["name_en"])
    level = Classification(meeting["classification"])
    return {
        "language": language(),
        "title": title,
        "document_title": f"{title} {meeting['code']}: {name}",
        "letterhead": content["letterhead"]["lines"],
        "address": content["letterhead"]["address"] or "",
        "classification": f"{label(level)} ({CODES[level]})",
        "is_secret": level.rank >= Classification.SECRET.rank,
        "number": gettext("Number: %(number)s", number=meeting["document_number"] or BLANK),
        "draft": gettext("DRAFT") if is_draft else "",
        "footer": f"{meeting['code']} · {name}",
        "nothing": "–",
        **{name: str(text) for name, text in ON_PAPER.items()},
    }


#: The code of a classification on a document.
CODES = {
    Classification.ORDINARY: "B",
    Classification.RESTRICTED: "T",
    Classification.SECRET: "R",
    Classification.TOP_SECRET: "SR",
}
_OFFICES = (AttendanceRole.CHAIR, AttendanceRole.ACCOMPANYING, AttendanceRole.SECRETARY, AttendanceRole.MINUTE_TAKER)


def _notice(content: Content, approval: Approval | None) -> str:
    if illustration := illustration_notice(content):
        return illustration
    if approval is None:
        is_press = content["meeting"]["source_type"] == "press_release"
        return gettext("compiled from a press release; not yet approved") if is_press else ""
    if approval.correction_reason is None:
        return ""
    number, reason = approval.number, approval.correction_reason
    return gettext("Correction, version %(number)s: %(reason)s", number=number, reason=reason)


def illustration_notice(content: Content) -> str:
    is_invented = content["meeting"]["source_type"] == SourceType.ILLUSTRATION
    return gettext("invented for illustration; not an official document") if is_invented else ""


def facts_of(content: Content, *, is_short: bool = False) -> list[list[str]]:
    """Names and values of the meeting's facts; unknown ones are left out."""
    meeting = content["meeting"]
    agenda = without_marks([item["text"] for item in content["agenda"]])
    numbered = "\n".join(f"{number}. {text}" for number, text in enumerate(agenda, 1))
    venue = ", ".join(part for part in (meeting["venue"], meeting["venue_detail"], meeting["city"]) if part)
    count = len(content["attendance"])
    facts = [
        [gettext("Meeting"), either(meeting["name_id"], meeting["name_en"])],
        [gettext("Day and date"), days(date.fromisoformat(meeting["date"]), last_day(meeting))],
        [gettext("Called for"), _hour(meeting, "called_time")],
        [gettext("Time"), span(meeting)],
        [gettext("Venue"), venue],
        *([] if is_short else [
            [gettext("Invitation"), _invitation(meeting)],
            [gettext("Agenda"), agenda[0] if len(agenda) == 1 else numbered],
        ]),
        *([label(role), holders(content, role)] for role in (_OFFICES[:1] if is_short else _OFFICES)),
        *([] if is_short else [[gettext("Participants"), ngettext(
            "%(num)s person, list attached", "%(num)s people, list attached", count)]]),
    ]  # fmt: skip
    return [[name, value] for name, value in facts if value]


def _hour(meeting: Content, column: str) -> str:
    value = meeting[column]
    return f"{clock(time.fromisoformat(value))} {_zone(meeting)}" if value else ""


def _zone(meeting: Content) -> str:
    return Zone(meeting["timezone"]).name


def last_day(meeting: Content) -> date | None:
    last = meeting.get("end_on")  # missing in minutes frozen before this was recorded
    return date.fromisoformat(last) if last else None


def span(meeting: Content) -> str:
    started, ended = (
        time.fromisoformat(meeting[name]) if meeting[name] else None for name in ("start_time", "end_time")
    )
    if started is None:
        return _hour(meeting, "end_time") or meeting["time_as_written"] or ""
    return f"{hours(started, ended, date.fromisoformat(meeting['date']), last_day(meeting))} {_zone(meeting)}"


def _invitation(meeting: Content) -> str:
    on = long_day(date.fromisoformat(meeting["invitation_on"])) if meeting["invitation_on"] else None
    return ", ".join(part for part in (meeting["invitation_number"], on) if part)


def holders(content: Content, role: AttendanceRole) -> str:
    rows = [row for row in content["attendance"] if row["role"] == role]
    return "\n".join(", ".join(part for part in (row["person"], row["post"]) if part) for row in rows)


def _closing(content: Content) -> str:
    meeting, hidden = content["meeting"], content.get("hidden", 0)
    ended, last = _hour(meeting, "end_time"), last_day(meeting)
    if ended and last:
        ended = f"{ended}, {long_day(last)}"
    texts = [
        ngettext("%(num)s item hidden: it is classified above this meeting.",
                 "%(num)s items hidden: they are classified above this meeting.", hidden) if hidden else None,
        meeting["closing"],
        gettext("The meeting was closed at %(time)s.", time=ended) if ended else None,
    ]  # fmt: skip
    return "\n".join(text for text in texts if text)


def _signatures(content: Content, approval: Approval | None) -> list[dict[str, str]]:
    """Minute taker on the left, chair on the right. The space above the names is for signing by hand."""
    return [_sign(content, AttendanceRole.MINUTE_TAKER, ""),
            _sign(content, AttendanceRole.CHAIR, _place(content, approval))]  # fmt: skip


def _place(content: Content, approval: Approval | None) -> str:
    on = long_day(approval.on) if approval and approval.on else BLANK
    return f"{content['meeting']['city'] or BLANK}, {on}"


def _sign(content: Content, role: AttendanceRole, place: str) -> dict[str, str]:
    row = next((row for row in content["attendance"] if row["role"] == role), None) or {}
    is_chair = role is AttendanceRole.CHAIR
    return {
        "place": place,
        "role": label(role),
        "post": row.get("post") or "",
        "seal": gettext("Place for a certified electronic signature (BSrE), where one is used") if is_chair else "",
        "name": row.get("person") or BLANK,
        "nip": f"NIP {row.get('nip') or BLANK}",
    }
