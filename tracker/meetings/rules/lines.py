"""What a line of a roll-call or attendance list means. Pure.

«p Dr. Ratna Dewanti, S.H., Kabag Umum (daring)» is a role, a name with its titles, a post, and how she took part. What
could be read in more than one way is named among the doubts, for somebody to look at.
"""

import re
from dataclasses import replace

from tracker.meetings import formats
from tracker.meetings.rules.attendees import ROLE_MARKS, Attendee, Doubt
from tracker.meetings.rules.dividing import SHORTEST_LIST, cut, parts_of, persons_in, without_brackets
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

LONGEST_LABEL, LONGEST_STATUS = 60, 4
#: «Izin: Bappenas: Wahyu»; what has more colons is no list of labels.
MOST_LABELS = 3
#: A phone writes the mark as a capital. Then a name follows it, no figure and no further initial («D N Aidit»).
_ROLE_MARK = re.compile(r"\s*(?:([pdnsu])[ \t]+(?=\S)|([PDNSU])[ \t]+(?=[^\W\d_]{2}))")
_CELLS = re.compile(r"\s*[\t|]\s*|\s{3,}")
_ALSO_POSTS = frozenset({AttendanceRole.CHAIR, AttendanceRole.SECRETARY})


def understand_attendee(line: str) -> Attendee:
    """Read a line of the roll-call: «p Razilu, Staf Ahli Bidang Ekonomi». Without a mark somebody just takes part."""
    return next(iter(understand_attendees(line)), Attendee(role=AttendanceRole.PARTICIPANT, name=""))


def understand_attendees(line: str, context: Attendee | None = None, *, fewest: int = SHORTEST_LIST) -> list[Attendee]:
    """Everybody whom a line names. `context` has what a heading above said of all below it.

    `fewest` names with commas between them are as many persons; of two the second may as well be a post.
    """
    base = context or Attendee(role=AttendanceRole.PARTICIPANT, name="")
    line = formats.BULLET.sub("", line)
    marked = _ROLE_MARK.match(line)
    if marked:
        base, line = replace(base, role=ROLE_MARKS[(marked[1] or marked[2]).lower()]), line[marked.end() :]
    text, base = _without_signs(line, base)
    text, base = _without_numbers(text, base)
    label, colon, rest = text.partition(":")
    if colon and rest.strip() and len(label) <= LONGEST_LABEL and line.count(":") <= MOST_LABELS:
        labelled = _under_label(label.strip(), rest.strip(), base)
        if labelled is not None:
            return labelled
    return [one for part in persons_in(text, fewest) if (one := _read(part, base)).name]


def _without_signs(line: str, base: Attendee) -> tuple[str, Attendee]:
    """A line without bullets, boxes, stars and emphasis; a box or a stroke says whether somebody came."""
    text = formats.EMPHASIS.sub(r"\2", formats.BULLET.sub("", formats.EMPHASIS.sub(r"\2", line))).strip()
    for sign, status in (
        (formats.CHECKED, AttendanceStatus.PRESENT),
        (formats.UNCHECKED, AttendanceStatus.EXPECTED),
        (formats.CROSSED, AttendanceStatus.ABSENT),
    ):
        if sign.search(text):
            text, base = sign.sub("", text, count=1), replace(base, status=status)
    if formats.STRUCK.match(text):
        text = formats.STRUCK.sub(r"\1", text)
        base = replace(base, status=AttendanceStatus.ABSENT, doubts=base.doubts | {Doubt.STATUS})
    if formats.STARS.search(text):
        text, base = formats.STARS.sub("", text), replace(base, doubts=base.doubts | {Doubt.STATUS})
    text = formats.BULLET.sub("", text)
    return re.sub(r"^\d{1,3}\s+(?=[^\W\d_])", "", text).strip(), base


def _without_numbers(text: str, base: Attendee) -> tuple[str, Attendee]:
    """A line without addresses and handles, and with its NIP taken out: what stands after it is set apart."""
    text = formats.HANDLE.sub("", formats.ADDRESS.sub("", text))
    found = formats.NIP.search(text)
    if found:
        base = replace(base, nip=re.sub(r"\D", "", found[1]))
        before, after = text[: found.start()].rstrip(" ,;/|-–("), text[found.end() :].lstrip(" ,;/|-–)")
        text = f"{before} – {after}" if before and after else before or after
    text = formats.OTHER_NUMBER.sub("", formats.NIP_LABEL.sub("", text))
    return re.sub(r"[(\[]\s*[)\]]", "", text).strip(" ,;|–-"), base


def _under_label(label: str, rest: str, base: Attendee) -> list[Attendee] | None:
    """Those whom a line names after a label: «Ketua: Budi», «Izin: Ratna, Andi», «Bappenas: Wahyu»."""
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
        return [replace(one, post=one.post or label) for one in understand_attendees(rest, base, fewest=2)]
    elif looks_like_unit(label):
        base = replace(base, unit=label)
    elif looks_like_person(label) and (looks_like_post(rest) or looks_like_unit(rest) or status_in(rest)):
        return [_read(f"{label} – {rest}", base)]
    else:
        base = replace(base, unit=label, doubts=base.doubts | {Doubt.POST_OR_UNIT})
    return understand_attendees(rest, base, fewest=2)


def _read(text: str, base: Attendee) -> Attendee:
    """One person or post, from the words of one line or the cells of one row."""
    parts = [part for cell in _CELLS.split(text) for part in cut(cell, formats.DASH)] or [""]
    bare, brackets = [], []
    for part in parts:
        words, closed = without_brackets(part)
        bare.append(words)
        brackets += closed
    first, trailing = _with_status_apart(bare[0])
    name = parsed(first)
    core, post = _with_post_apart(name.core)
    read = replace(base, name=core, title_prefix=name.prefix, title_suffix=name.suffix)
    rest = [post, *parts_of(name.rest, ","), *bare[1:], trailing]
    read = _take_all(read, [part for part in rest if part], in_brackets=False)
    return _settled(_take_all(read, brackets, in_brackets=True))


def _with_post_apart(core: str) -> tuple[str, str | None]:
    """«Budi Santoso Kabag Umum», as it is copied from a PDF."""
    words = core.split()
    for at in range(1, len(words)):
        if folded(words[at]) in formats.POSTS_AFTER_NAMES and not looks_like_post(core):
            return " ".join(words[:at]), " ".join(words[at:])
    return core, None


def _with_status_apart(text: str) -> tuple[str, str | None]:
    """«Budi hadir daring», «Budi diwakili Sari»."""
    represented = formats.REPRESENTED.search(text)
    if represented and represented.start():
        return text[: represented.start()].rstrip(" ,"), text[represented.start() :]
    words = text.split()
    for count in range(min(len(words) - 1, LONGEST_STATUS), 0, -1):
        phrase = folded(" ".join(words[-count:]))
        if phrase in STATUSES and (count > 1 or phrase in formats.TRAILING_STATUSES):
            return " ".join(words[:-count]).rstrip(" ,"), " ".join(words[-count:])
    return text, None


def _take_all(read: Attendee, parts: list[str], *, in_brackets: bool) -> Attendee:
    for part in parts:
        whole = _known(read, part) or _holder(read, part)
        if whole is not None:
            read = whole
            continue
        for piece in parts_of(part, ","):
            known = None if piece == part else _known(read, piece) or _holder(read, piece)
            read = known or _unknown(read, piece, in_brackets=in_brackets)
    return read


def _known(read: Attendee, text: str) -> Attendee | None:
    """What a part of a line says, where it can only be one kind of thing."""
    text = text.strip(" .,;:*")
    number = formats.NIP.fullmatch(text)
    role, status = role_in(text), status_in(text)
    if not text or formats.EMPTY_CELL.fullmatch(text):
        return read
    if number:
        return replace(read, nip=re.sub(r"\D", "", number[1]))
    if status:
        return _with_status(read, *status)
    if represents := formats.REPRESENTING.search(text):
        return replace(read, note=_joined(read.note, text[represents.start() :]))
    if role:
        doubts = read.doubts | {Doubt.ROLE} if role in _ALSO_POSTS else read.doubts
        return replace(read, role=role, doubts=doubts)
    if task_in(text):
        return replace(read, note=_joined(read.note, text))
    return None


def _with_status(read: Attendee, status: AttendanceStatus, more: str | None) -> Attendee:
    if status is AttendanceStatus.REPRESENTED:
        return replace(read, status=status, represented_by=more or read.represented_by)
    return replace(read, status=status, note=_joined(read.note, more))


def _holder(read: Attendee, text: str) -> Attendee | None:
    """The name of whoever holds the post, or comes from the unit, that was named first."""
    name = parsed(text.strip(" .;:") if not text.endswith(".") else text)
    if not read.is_post or name.rest or not looks_like_person(text):
        return None
    named = replace(read, name=name.core, title_prefix=name.prefix, title_suffix=name.suffix)
    return replace(named, post=read.name) if looks_like_post(read.name) else replace(named, unit=read.name)


def _unknown(read: Attendee, text: str, *, in_brackets: bool) -> Attendee:
    """A post, a unit or body; what may be either is doubtful."""
    text = text.strip(" .;:") if not text.endswith(".") else text.strip(" ;:")
    if looks_like_post(text) or folded(text) in formats.POST_LETTERS:
        return replace(read, post=_joined(read.post, text))
    if looks_like_unit(text):
        return replace(read, unit=_joined(read.unit, text))
    doubtful = replace(read, doubts=read.doubts | {Doubt.POST_OR_UNIT})
    if in_brackets or read.post:
        return replace(doubtful, unit=_joined(read.unit, text))
    return replace(doubtful, post=_joined(read.post, text))


def _settled(read: Attendee) -> Attendee:
    """A unit alone is not a person; a post that is named with its unit keeps it."""
    if is_body(read.name) and not looks_like_post(read.name):
        return replace(read, doubts=read.doubts | {Doubt.PERSON_OR_POST})
    return read


def _joined(one: str | None, other: str | None) -> str | None:
    return ", ".join(part for part in (one, other) if part) or None
