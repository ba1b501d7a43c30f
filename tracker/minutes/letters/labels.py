"""Texts of the invitation letter in the user's language, and its event."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.core.enumerations import without_marks
from tracker.core.wording import days, either, gettext, label, long_day
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.rules import AttendanceRole, MeetingMode
from tracker.minutes.documents.labels import BLANK, frame, holders, illustration_notice, last_day, span
from tracker.minutes.letters.rules import MOST_ON_THE_LETTER

Content = Mapping[str, Any]

EVENTS = {"meeting": {"letter_written": _l("Invitation letter written")}}


def sheet_of(content: Content) -> dict[str, Any]:
    """The sheet of the letter. What is not known is a blank to be filled in by hand."""
    meeting, letter = content["meeting"], content["letter"]
    invited = _numbered([_addressee(row) for row in content["addressees"]])
    is_listed = len(invited) > MOST_ON_THE_LETTER
    addressees = [gettext("those on the attached list")] if is_listed else invited or [BLANK]
    sheet = frame(content, gettext("Invitation letter"), is_draft=False)
    number, on = meeting["invitation_number"] or BLANK, _day(meeting["invitation_on"])
    name = either(meeting["name_id"], meeting["name_en"])
    enclosed = [letter["enclosures"], gettext("List of those invited") if is_listed else None]
    return {
        **sheet,
        "footer": meeting["code"],
        "notice": illustration_notice(content),
        "marks": [
            (gettext("Number"), ":", number),
            (gettext("Nature"), ":", sheet["classification"]),
            (gettext("Enclosed"), ":", "; ".join(filter(None, enclosed)) or "–"),
            (gettext("Subject"), ":", gettext("Invitation: %(meeting)s", meeting=name)),
        ],
        "place_and_date": f"{letter['written_in'] or BLANK}, {on}",
        "addressed": gettext("To:") if len(addressees) > 1 else f"{gettext('To:')} {addressees[0]}",
        "addressees": addressees if len(addressees) > 1 else [],
        "greeting": gettext("Dear Sir or Madam,"),
        "opening": gettext("We invite you to attend %(meeting)s, to be held as follows:", meeting=name),
        "facts": _facts(content),
        "request": letter["request"] or "",
        "closing": gettext("Thank you for your attention and your attendance."),
        "signature": _signature(letter["signatory"]),
        "copies_title": gettext("Copies to:"),
        "copies": _numbered((letter["copies_to"] or "").splitlines()),
        "list_title": gettext("List of those invited") if is_listed else "",
        "list_of": gettext("Enclosed with the letter %(number)s of %(day)s", number=number, day=on),
        "listed": invited if is_listed else [],
    }


def _facts(content: Content) -> list[tuple[str, str, str]]:
    """Name, colon and value; further lines of a value have neither name nor colon."""
    meeting = content["meeting"]
    called = {**meeting, "start_time": meeting["called_time"] or meeting["start_time"]}
    venue = ", ".join(part for part in (meeting["venue"], meeting["venue_detail"], meeting["city"]) if part)
    mode = MeetingMode(meeting["mode"]) if meeting["mode"] else None
    chair = holders(content, AttendanceRole.CHAIR)
    agenda = without_marks([item["text"] for item in content["agenda"]])
    facts = [
        (gettext("Day and date"), [days(date.fromisoformat(meeting["date"]), last_day(meeting))]),
        (gettext("Time"), [span(called) or BLANK]),
        (gettext("Venue"), [venue or BLANK]),
        *(
            [(gettext("In person or online"), [label(mode)])]
            if mode in {MeetingMode.ONLINE, MeetingMode.HYBRID}
            else []
        ),
        *([(label(AttendanceRole.CHAIR), chair.splitlines())] if chair else []),
        (gettext("Agenda"), _numbered(agenda) or [BLANK]),
    ]
    return [
        (name if place == 0 else "", ":" if place == 0 else "", line)
        for name, lines in facts
        for place, line in enumerate(lines)
    ]


def _addressee(row: Content) -> str:
    """The post, as letters are addressed; with the name where no post of the register tells who is meant."""
    parts = (row["post"],) if row["post"] and row["has_post"] else (row["person"], row["post"])
    return ", ".join(part for part in (*parts, row["unit"]) if part) or BLANK


def _numbered(lines: list[str]) -> list[str]:
    filled = [line for line in lines if line.strip()]
    return [f"{number}. {line}" for number, line in enumerate(filled, 1)] if len(filled) > 1 else filled


def _day(value: str | None) -> str:
    return long_day(date.fromisoformat(value)) if value else BLANK


def _signature(signatory: Content) -> dict[str, str]:
    return {
        "post": either(signatory.get("post_id"), signatory.get("post_en")) or BLANK,
        "seal": gettext("Place for a certified electronic signature (BSrE), where one is used"),
        "name": signatory["person"] or BLANK,
        "nip": f"NIP {signatory['nip'] or BLANK}",
    }
