"""Parses lines of a roll-call or attendance list. Pure.

«p Dr. Ratna Dewanti, S.H., Kabag Umum (daring)» has a role, a name with titles, a post, and an attendance status.
What can be read in more than one way is listed in `doubts`, for the user to check.
"""

import re
from dataclasses import replace

from tracker.meetings.formats import attendance as formats
from tracker.meetings.rules.attendees import ROLE_PREFIXES, Attendee, Doubt
from tracker.meetings.rules.dividing import (
    MIN_LIST_LENGTH,
    parts_of,
    persons_in,
    split_outside_brackets,
    without_brackets,
)
from tracker.meetings.rules.fragments import (
    STATUSES,
    is_body,
    looks_like_person,
    looks_like_post,
    looks_like_unit,
    role_in,
    status_in,
    task_in,
)
from tracker.meetings.rules.kinds import AttendanceRole, AttendanceStatus
from tracker.people.rules import folded, parsed

MAX_LABEL_LENGTH, MAX_STATUS_WORDS = 60, 4
#: «Izin: Bappenas: Wahyu» has two labels; a line with more colons than this has none.
MAX_LABELS = 3
#: Phones capitalise the prefix. A capital counts only before a name, not before an initial («D N Aidit»).
_ROLE_PREFIX = re.compile(r"\s*(?:([pdnsu])[ \t]+(?=\S)|([PDNSU])[ \t]+(?=[^\W\d_]{2}))")
_NUMBERED = re.compile(r"[;,]?(?:^|\s+)(\d{1,2})[.)]\s+(?=[^\W\d_])")
_CELLS = re.compile(r"\s*[\t|]\s*|\s{3,}")
_ALSO_POSTS = frozenset({AttendanceRole.CHAIR, AttendanceRole.SECRETARY})


def parse_attendee(line: str) -> Attendee:
    """Parse a line of the roll-call: «p Razilu, Staf Ahli Bidang Ekonomi». Without a prefix it is a participant."""
    return next(iter(parse_attendees(line)), Attendee(role=AttendanceRole.PARTICIPANT, name=""))


def parse_attendees(line: str, context: Attendee | None = None, *, fewest: int = MIN_LIST_LENGTH) -> list[Attendee]:
    """Parse everybody whom a line names. `context` has what the heading above applies to all entries.

    `fewest` names between commas make a list of persons; with only two, the second may be a post.
    """
    base = context or Attendee(role=AttendanceRole.PARTICIPANT, name="")
    line = formats.BULLET.sub("", line)
    prefix = _ROLE_PREFIX.match(line)
    if prefix:
        base, line = replace(base, role=ROLE_PREFIXES[(prefix[1] or prefix[2]).lower()]), line[prefix.end() :]
    text, base = _without_marks(line, base)
    text, base = _without_numbers(text, base)
    text = _apart(text)
    label, colon, rest = text.partition(":")
    if colon and rest.strip() and len(label) <= MAX_LABEL_LENGTH and line.count(":") <= MAX_LABELS:
        labelled = _under_label(label.strip(), rest.strip(), base)
        if labelled is not None:
            return labelled
    halves = split_outside_brackets(text, formats.DASH)
    if len(halves) == 2 and role_in(halves[0]) and looks_like_person(halves[1]):
        return _under_label(halves[0], halves[1], base) or []
    return [attendee for part in persons_in(text, fewest) if (attendee := _parse_person(part, base)).name]


def _apart(text: str) -> str:
    """Persons numbered on one line, «1. Andi 2. Budi 3. Cici», with semicolons between them."""
    numbers = [int(number) for number in _NUMBERED.findall(text)]
    # The mark of the first is gone already, unless a label stands before it.
    counted = {tuple(range(first, first + len(numbers))) for first in (1, 2)}
    if not numbers or numbers == [1] or tuple(numbers) not in counted:
        return text
    label, colon, rest = text.partition(":")
    return f"{label}{colon} {_NUMBERED.sub('; ', rest).strip('; ')}" if colon else _NUMBERED.sub("; ", text)


def _without_marks(line: str, base: Attendee) -> tuple[str, Attendee]:
    """Remove bullets, check boxes, stars and emphasis; a check box or strike-through gives the status."""
    text = formats.EMPHASIS.sub(r"\2", formats.BULLET.sub("", formats.EMPHASIS.sub(r"\2", line))).strip()
    for mark, status in (
        (formats.CHECKED, AttendanceStatus.PRESENT),
        (formats.UNCHECKED, AttendanceStatus.EXPECTED),
        (formats.CROSSED, AttendanceStatus.ABSENT),
    ):
        if mark.search(text):
            text, base = mark.sub("", text, count=1), replace(base, status=status)
    if formats.STRUCK.match(text):
        text = formats.STRUCK.sub(r"\1", text)
        base = replace(base, status=AttendanceStatus.ABSENT, doubts=base.doubts | {Doubt.STATUS})
    if formats.STARS.search(text):
        text, base = formats.STARS.sub("", text), replace(base, doubts=base.doubts | {Doubt.STATUS})
    text = formats.BULLET.sub("", text)
    return re.sub(r"^\d{1,3}\s+(?=[^\W\d_])", "", text).strip(), base


def _without_numbers(text: str, base: Attendee) -> tuple[str, Attendee]:
    """Remove e-mail addresses and handles, and extract the NIP; a dash separates what follows it."""
    text = formats.HANDLE.sub("", formats.ADDRESS.sub("", text))
    nip = formats.NIP.search(text)
    if nip:
        base = replace(base, nip=re.sub(r"\D", "", nip[1]))
        before, after = text[: nip.start()].rstrip(" ,;/|-–("), text[nip.end() :].lstrip(" ,;/|-–)")
        text = f"{before} – {after}" if before and after else before or after
    text = formats.OTHER_NUMBER.sub("", formats.NIP_LABEL.sub("", text))
    return re.sub(r"[(\[]\s*[)\]]", "", text).strip(" ,;|–-"), base


def _under_label(label: str, rest: str, base: Attendee) -> list[Attendee] | None:
    """Parse names after a label: «Ketua: Budi», «Izin: Ratna, Andi», «Bappenas: Wahyu»; [] if it names nobody."""
    first = folded(label).split()
    role, status, task = role_in(label), status_in(label), task_in(label)
    if role:
        base = replace(base, role=role)
    elif status:
        base = replace(base, status=status[0])
    elif task:
        base = replace(base, note=label)
    elif first and first[0] in formats.HEAD_LABELS:
        return []
    elif looks_like_post(label):
        return [replace(attendee, post=attendee.post or label) for attendee in parse_attendees(rest, base, fewest=2)]
    elif looks_like_unit(label):
        base = replace(base, unit=label)
    elif looks_like_person(label) and (looks_like_post(rest) or looks_like_unit(rest) or status_in(rest)):
        return [_parse_person(f"{label} – {rest}", base)]
    else:
        base = replace(base, unit=label, doubts=base.doubts | {Doubt.POST_OR_UNIT})
    return parse_attendees(rest, base, fewest=2)


def _parse_person(text: str, base: Attendee) -> Attendee:
    parts = [part for cell in _CELLS.split(text) for part in split_outside_brackets(cell, formats.DASH)] or [""]
    texts, brackets = [], []
    for part in parts:
        text_before, in_brackets = without_brackets(part)
        texts.append(text_before)
        brackets += in_brackets
    first, trailing = _split_off_status(texts[0])
    name = parsed(first)
    core, post = _split_off_post(name.core)
    attendee = replace(base, name=core, title_prefix=name.prefix, title_suffix=name.suffix)
    rest = [post, *parts_of(name.rest, ","), *texts[1:], trailing]
    attendee = _add_parts(attendee, [part for part in rest if part], in_brackets=False)
    return _with_doubt_about_body(_add_parts(attendee, brackets, in_brackets=True))


def _split_off_post(core: str) -> tuple[str, str | None]:
    """«Budi Santoso Kabag Umum», as copied from a PDF."""
    words = core.split()
    for at in range(1, len(words)):
        if folded(words[at]) in formats.POSTS_AFTER_NAMES and not looks_like_post(core):
            return " ".join(words[:at]), " ".join(words[at:])
    return core, None


def _split_off_status(text: str) -> tuple[str, str | None]:
    """«Budi hadir daring», «Budi diwakili Sari»."""
    represented = formats.REPRESENTED.search(text)
    if represented and represented.start():
        return text[: represented.start()].rstrip(" ,"), text[represented.start() :]
    words = text.split()
    for count in range(min(len(words) - 1, MAX_STATUS_WORDS), 0, -1):
        phrase = folded(" ".join(words[-count:]))
        if phrase in STATUSES and (count > 1 or phrase in formats.TRAILING_STATUSES):
            return " ".join(words[:-count]).rstrip(" ,"), " ".join(words[-count:])
    return text, None


def _add_parts(attendee: Attendee, parts: list[str], *, in_brackets: bool) -> Attendee:
    for part in parts:
        updated = _add_unambiguous(attendee, part) or _add_holder(attendee, part)
        if updated is not None:
            attendee = updated
            continue
        for piece in parts_of(part, ","):
            updated = None if piece == part else _add_unambiguous(attendee, piece) or _add_holder(attendee, piece)
            attendee = updated or _add_post_or_unit(attendee, piece, in_brackets=in_brackets)
    return attendee


def _add_unambiguous(attendee: Attendee, text: str) -> Attendee | None:
    """Add a NIP, status, role or task; None if the text is none of these."""
    text = text.strip(" .,;:*")
    nip = formats.NIP.fullmatch(text)
    role, status = role_in(text), status_in(text)
    if not text or formats.EMPTY_CELL.fullmatch(text):
        return attendee
    if nip:
        return replace(attendee, nip=re.sub(r"\D", "", nip[1]))
    if status:
        return _with_status(attendee, *status)
    if represents := formats.REPRESENTING.search(text):
        return replace(attendee, note=joined_details(attendee.note, text[represents.start() :]))
    if role:
        doubts = attendee.doubts | {Doubt.ROLE} if role in _ALSO_POSTS else attendee.doubts
        return replace(attendee, role=role, doubts=doubts)
    if task_in(text):
        return replace(attendee, note=joined_details(attendee.note, text))
    return None


def _with_status(attendee: Attendee, status: AttendanceStatus, detail: str | None) -> Attendee:
    if status is AttendanceStatus.REPRESENTED:
        return replace(attendee, status=status, represented_by=detail or attendee.represented_by)
    return replace(attendee, status=status, note=joined_details(attendee.note, detail))


def _add_holder(attendee: Attendee, text: str) -> Attendee | None:
    """Add the name of a person if only a post or unit was named so far; None if the text is no name."""
    name = parsed(text.strip(" .;:") if not text.endswith(".") else text)
    if not attendee.is_post or name.rest or not looks_like_person(text):
        return None
    person = replace(attendee, name=name.core, title_prefix=name.prefix, title_suffix=name.suffix)
    return (
        replace(person, post=attendee.name) if looks_like_post(attendee.name) else replace(person, unit=attendee.name)
    )


def _add_post_or_unit(attendee: Attendee, text: str, *, in_brackets: bool) -> Attendee:
    text = text.strip(" .;:") if not text.endswith(".") else text.strip(" ;:")
    if looks_like_post(text) or folded(text) in formats.POST_LETTERS:
        return replace(attendee, post=joined_details(attendee.post, text))
    if looks_like_unit(text):
        return replace(attendee, unit=joined_details(attendee.unit, text))
    doubtful = replace(attendee, doubts=attendee.doubts | {Doubt.POST_OR_UNIT})
    if in_brackets or attendee.post:
        return replace(doubtful, unit=joined_details(attendee.unit, text))
    return replace(doubtful, post=joined_details(attendee.post, text))


def _with_doubt_about_body(attendee: Attendee) -> Attendee:
    if is_body(attendee.name) and not looks_like_post(attendee.name):
        return replace(attendee, doubts=attendee.doubts | {Doubt.PERSON_OR_POST})
    return attendee


def joined_details(first: str | None, second: str | None) -> str | None:
    return ", ".join(part for part in (first, second) if part) or None
