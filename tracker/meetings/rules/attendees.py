"""An entry of an attendance list as it was read, and headings that apply to the entries below. Pure."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from tracker.meetings.formats import attendance as formats
from tracker.meetings.rules.fragments import is_body, looks_like_post, looks_like_unit, role_in, status_in
from tracker.meetings.rules.kinds import AttendanceRole, AttendanceStatus
from tracker.people.rules import folded

#: Prefixes in the roll-call: pimpinan, mendampingi, notulis, sekretaris, undangan.
ROLE_PREFIXES = {
    "p": AttendanceRole.CHAIR,
    "d": AttendanceRole.ACCOMPANYING,
    "n": AttendanceRole.MINUTE_TAKER,
    "s": AttendanceRole.SECRETARY,
    "u": AttendanceRole.INVITEE,
}
MIN_SENTENCE_WORDS = 3


class Doubt(StrEnum):
    POST_OR_UNIT = "post_or_unit"
    PERSON_OR_POST = "person_or_post"
    ROLE = "role"
    STATUS = "status"


class Question(StrEnum):
    WHO = "who"
    POST = "post"
    SECOND_ROW = "second_row"


@dataclass(frozen=True, kw_only=True)
class Attendee:
    role: AttendanceRole
    #: The name without titles; the post if no person is named.
    name: str
    post: str | None = None
    title_prefix: str | None = None
    title_suffix: str | None = None
    #: The unit or outside body they come from.
    unit: str | None = None
    status: AttendanceStatus = AttendanceStatus.PRESENT
    represented_by: str | None = None
    nip: str | None = None
    note: str | None = None
    doubts: frozenset[Doubt] = frozenset()

    @property
    def is_post(self) -> bool:
        """Whether the name is that of a post, unit or body."""
        return looks_like_post(self.name) or is_body(self.name)


def is_heading(line: str) -> bool:
    """Whether a line applies to the entries below it or to the meeting, and names nobody."""
    text = _without_numbering(line).strip(" *_#")
    label = text.rstrip(":").strip()
    if text.endswith(":") or formats.TITLES_OF_LISTS.match(label):
        return True
    first = folded(label.partition(":")[0]).split()
    if ":" in label and first and (first[0] in formats.HEAD_LABELS or first[0] in {"jumlah", "total"}):
        return True
    return bool(
        role_in(label) and len(label.split()) < MIN_SENTENCE_WORDS and label[:1].isupper() and label in line.strip()
    )


def under_heading(line: str, context: Attendee) -> Attendee:
    label = _without_numbering(line).strip(" *_#:").strip()
    heading = re.sub(r"^(?:yang|daftar|para|nama)\s+", "", label, flags=re.IGNORECASE)
    fresh = Attendee(role=AttendanceRole.PARTICIPANT, name="")
    role, status = role_in(heading), status_in(heading)
    if role or status:
        return replace(fresh, role=role or context.role, status=status[0] if status else context.status)
    if looks_like_unit(label):
        return replace(context, unit=label)
    return fresh


def _without_numbering(line: str) -> str:
    return formats.LETTER_OF_HEADING.sub("", formats.BULLET.sub("", line))
