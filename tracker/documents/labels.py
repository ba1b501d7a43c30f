"""The words of the official form, in the language of the reader; parts in the order of domain.md 2.2."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any

from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.core.labels import ON_PAPER
from tracker.core.wording import Tones, Words, clock, day, either, label, language, long_day, say, say_many
from tracker.core.wording import lazy as _l
from tracker.documents.formats import TemplateFault
from tracker.meetings.rules import AttendanceRole, AttendanceStatus, StatementKind
from tracker.proposals.rules import ProposalStatus

Content = Mapping[str, Any]

WORDS: Words = {
    TemplateFault: {
        TemplateFault.NOT_WORD: _l("A template is a Word document (.docx)."),
        TemplateFault.NOT_FILLED: _l("The template cannot be filled."),
        TemplateFault.LEAVES_OUT: _l("The template leaves something out: it must show statements, proposals, "
                                     "follow-ups, attendance and the draft notice."),
    }
}  # fmt: skip
TONES: Tones = {}
EVENTS = {
    "word_template": {
        "template_replaced": _l("Word template replaced"),
        "template_restored": _l("Built-in Word template restored"),
    }
}


def sheet_of(content: Content, *, approval: Content | None, verify_url: str, qr: str) -> dict[str, Any]:
    """The sheet of minutes. Without an approval it is a draft and says so on every page."""
    meeting, said = content["meeting"], content["statements"]
    by_press = meeting["source_type"] == "press_release" and not approval
    return {
        **_frame(content, say("Minutes of meeting"), is_draft=approval is None),
        "notice": say("compiled from a press release; not yet approved") if by_press else _correction(approval),
        "facts": _facts(content),
        "sections": [
            *([_section(say("Opening remarks"), [_row(text=meeting["opening"])])] if meeting["opening"] else []),
            _section(say("Discussion"), [_said(one) for one in said if one["kind"] != "decision"]),
            _section(say("Conclusions and decisions"), [_said(one) for one in said if one["kind"] == "decision"]),
        ],
        "tables": [_proposals(content), _actions(content), _attendance(content)],
        "closing": _closing(content),
        "signatures": _signatures(content, approval),
        "mark": say("Version %(number)s. Mark (SHA-256): %(mark)s. Check it at %(url)s.", number=approval["number"],
                    mark=approval["mark"], url=verify_url) if approval else "",
        "qr": qr if approval else "",
    }  # fmt: skip


def attendance_sheet(content: Content) -> dict[str, Any]:
    """The attendance list alone, with cells to sign in, left and right by turns."""
    here = {"title": "", "signature_column": 4, "is_attachment": False, "is_last_before_signatures": True}
    table = {**_attendance(content), **here}
    table["head"] = [*table["head"][:4], say("Signature")]
    table["rows"] = [[*row[:4], ""] for row in table["rows"]]
    chair = _signatures(content, None)[-1:]
    return {
        **_frame(content, say("Attendance list"), is_draft=False),
        "notice": "", "facts": _facts(content)[2:8], "sections": [], "tables": [table], "closing": "",
        "signatures": [dict.fromkeys(chair[0], ""), *chair], "mark": "", "qr": "",
    }  # fmt: skip


def _frame(content: Content, title: str, *, is_draft: bool) -> dict[str, Any]:
    meeting = content["meeting"]
    number = meeting["document_number"]
    return {
        "language": language(),
        "title": title,
        "letterhead": content["letterhead"]["lines"],
        "address": content["letterhead"]["address"] or "",
        "number": say("Number: %(number)s", number=number) if number else "",
        "draft": say("DRAFT") if is_draft else "",
        "footer": f"{meeting['code']} · {either(meeting['name_id'], meeting['name_en'])}",
        "nothing": say("not yet set"),
        **{name: str(words) for name, words in ON_PAPER.items()},
    }


def _known(value: str | None) -> str:
    return value or say("not yet set")


def _time(value: str | None) -> str | None:
    return f"{clock(time.fromisoformat(value))} WIB" if value else None


def _facts(content: Content) -> list[list[str]]:
    meeting = content["meeting"]
    begun = [clock(time.fromisoformat(meeting[name])) for name in ("start_time", "end_time") if meeting[name]]
    invitation = [meeting["invitation_number"], long_day(date.fromisoformat(meeting["invitation_on"]))
                  if meeting["invitation_on"] else None]  # fmt: skip
    venue = ", ".join(part for part in (meeting["venue"], meeting["venue_detail"], meeting["city"]) if part)
    many = len(content["attendance"])
    return [
        [say("Number"), _known(meeting["document_number"])],
        [say("Classification"), label(Classification(meeting["classification"]))],
        [say("Meeting"), either(meeting["name_id"], meeting["name_en"])],
        [say("Day and date"), day(date.fromisoformat(meeting["date"]))],
        [say("Called for"), _known(_time(meeting["called_time"]))],
        [say("Time"), f"{'–'.join(begun)} WIB" if begun else _known(meeting["time_as_written"])],
        [say("Venue"), _known(venue)],
        [say("Invitation"), _known(", ".join(part for part in invitation if part))],
        [say("Agenda"), _known("\n".join(f"{item['number']}. {item['text']}" for item in content["agenda"]))],
        *([label(role), _known("\n".join(_holders(content, role)))] for role in _OFFICES),
        [say("Participants"), say_many("%(num)s person, list attached", "%(num)s people, list attached", many)],
    ]


_OFFICES = (AttendanceRole.CHAIR, AttendanceRole.ACCOMPANYING, AttendanceRole.SECRETARY, AttendanceRole.MINUTE_TAKER)


def _holders(content: Content, role: AttendanceRole) -> list[str]:
    rows = [row for row in content["attendance"] if row["role"] == role]
    return [", ".join(part for part in (row["person"], row["post"]) if part) for row in rows]


def _section(title: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"title": title, "rows": rows}


def _row(*, text: str | None, lead: str = "", quote: str | None = None, note: str = "") -> dict[str, str]:
    return {"lead": lead, "quote": quote or "", "text": text or "", "note": note}


def _said(said: Content) -> dict[str, str]:
    who = ", ".join(part for part in (said["speaker"], said["speaker_post"]) if part) or said["speaker_note"]
    notes = [
        say("on behalf of %(who)s", who=said["on_behalf_of"]) if said["on_behalf_of"] else "",
        said["origin"] or "",
        "[sic]" if said["has_sic"] else "",
        said["recorder_note"] or "",
    ]
    kind = label(StatementKind(said["kind"]))
    return _row(
        lead=f"{who} ({kind})" if who else kind,
        quote=said["quote"],
        text=either(said["gist_id"], said["gist_en"]) or None,
        note="; ".join(note for note in notes if note),
    )


def _table(title: str, head: list[str], widths: list[int], rows: list[list[str]], **more: bool) -> dict[str, Any]:
    return {"title": title, "head": head, "widths": widths, "rows": rows, "signature_column": -1,
            "is_attachment": False, "is_last_before_signatures": False, **more}  # fmt: skip


def _proposals(content: Content) -> dict[str, Any]:
    rows = [
        [one["code"], either(one["title_id"], one["title_en"]),
         "\n".join(_known(by["name"] or by["post"]) for by in one["proponents"]) or _known(None),
         label(ProposalStatus(one["status"]))]
        for one in content["proposals"]
    ]  # fmt: skip
    head = [say("Code"), say("Proposal"), say("Proponent"), say("Status")]
    return _table(say("Proposals"), head, [0, 5, 3, 2], rows, is_last_before_signatures=True)


def _actions(content: Content) -> dict[str, Any]:
    rows = [
        [one["code"], either(one["text_id"], one["text_en"]), _known(either(one["unit_id"], one["unit_en"])),
         _known(one["pic"]), long_day(date.fromisoformat(one["due_on"])) if one["due_on"] else _known(None),
         label(ActionStatus(one["status"]))]
        for one in content["actions"]
    ]  # fmt: skip
    head = [say("Code"), say("Follow-up"), say("Responsible"), say("PIC"), say("Due"), say("Status")]
    return _table(say("Attachment: follow-up matrix"), head, [0, 5, 3, 3, 2, 2], rows, is_attachment=True)


def _attendance(content: Content) -> dict[str, Any]:
    rows = [
        [str(row["number"]), _known(row["person"]), _known(row["post"]), label(AttendanceRole(row["role"])),
         label(AttendanceStatus(row["status"]))]
        for row in content["attendance"]
    ]  # fmt: skip
    head = [say("No."), say("Name"), say("Post"), say("Role"), say("Attendance")]
    return _table(say("Attachment: attendance list"), head, [0, 4, 5, 3, 3], rows, is_attachment=True)


def _closing(content: Content) -> str:
    meeting, hidden = content["meeting"], content.get("hidden", 0)
    ended = _time(meeting["end_time"])
    parts = [
        say_many("%(num)s item hidden: it is classified above this meeting.",
                 "%(num)s items hidden: they are classified above this meeting.", hidden) if hidden else None,
        meeting["closing"],
        say("The meeting was closed at %(time)s.", time=ended) if ended else None,
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _correction(approval: Content | None) -> str:
    reason = approval["correction_reason"] if approval else None
    return say("Correction, version %(number)s: %(reason)s", number=approval["number"], reason=reason) \
        if approval and reason else ""  # fmt: skip


def _signatures(content: Content, approval: Content | None) -> list[dict[str, str]]:
    """Minute taker left, chair right. The room above the names stays empty: nothing here is a signature."""
    meeting = content["meeting"]
    on = long_day(date.fromisoformat(approval["on"])) if approval else "…………………"
    return [_sign(content, AttendanceRole.MINUTE_TAKER, ""),
            _sign(content, AttendanceRole.CHAIR, f"{meeting['city'] or '…………………'}, {on}")]  # fmt: skip


def _sign(content: Content, role: StrEnum, place: str) -> dict[str, str]:
    row = next((row for row in content["attendance"] if row["role"] == role), None)
    return {
        "place": place,
        "role": label(role),
        "post": (row and row["post"]) or "",
        "name": (row and row["person"]) or "………………………",
        "nip": f"NIP {row['nip'] if row and row['nip'] else '………………………'}",
    }
