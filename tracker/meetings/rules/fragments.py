"""Recognises what words of an attendance list mean: a person, post, unit, role or attendance status. Pure."""

import re

from tracker.meetings.formats import attendance as formats
from tracker.meetings.rules.kinds import AttendanceRole, AttendanceStatus
from tracker.people.rules import folded, parsed

MAX_NAME_WORDS, MAX_ABBREVIATION_LENGTH = 6, 10
_WITHIN_ABBREVIATIONS = str.maketrans("", "", "./-&")
_ROLES = {word: AttendanceRole(role) for role, words in formats.ROLE_WORDS.items() for word in words}
STATUSES = {folded(word): AttendanceStatus(status) for status, words in formats.STATUS_WORDS.items() for word in words}
#: Phrases that may begin a longer text. Single words that are also names or posts may not.
_PHRASES = [word for word in STATUSES if len(word) > len("sakit") or word in formats.REASONS]
_STATUS_AT_START = re.compile(f"(?:{'|'.join(map(re.escape, sorted(_PHRASES, key=len, reverse=True)))})(?= )")


def looks_like_post(text: str) -> bool:
    plain = formats.ACTING.sub("", text.strip())
    words = folded(plain).split()
    return (bool(words) and words[0] in formats.POST_WORDS) or (plain != text.strip() and bool(words))


def looks_like_unit(text: str) -> bool:
    """Whether a text beside a name or post is a unit or an outside body: «Ditjen HAM», «BPHN»."""
    return is_body(text) or _is_abbreviation(text)


def is_body(text: str) -> bool:
    """Whether a text is certainly a unit or body. «BPHN» is; «RATNA» may be a name in capitals."""
    words = folded(text).split()
    if not words:
        return False
    has_body_word = words[0] in formats.UNIT_WORDS or words[0].startswith(formats.BODY_PREFIXES)
    return has_body_word or (_is_abbreviation(text) and not any(char in "aeiou" for char in words[0]))


def _is_abbreviation(text: str) -> bool:
    letters = text.strip().translate(_WITHIN_ABBREVIATIONS)
    return 1 < len(letters) <= MAX_ABBREVIATION_LENGTH and letters.isalpha() and letters.isupper()


def looks_like_person(text: str) -> bool:
    """Whether a text can only be a person's name."""
    name = parsed(text)
    words = name.core.split()
    if not 0 < len(words) <= MAX_NAME_WORDS or any(char.isdigit() for char in name.core):
        return False
    if name.prefix or name.suffix:
        return not looks_like_post(name.core)
    return not (looks_like_post(text) or is_body(text) or status_in(text) or role_in(text) or task_in(text))


def role_in(text: str) -> AttendanceRole | None:
    return _ROLES.get(folded(text))


def task_in(text: str) -> bool:
    return folded(text).replace(" ", "-") in formats.TASKS


def status_in(text: str) -> tuple[AttendanceStatus, str | None] | None:
    """The attendance status that a text means, with the name of the representative or the reason, if given."""
    represented = formats.REPRESENTED.search(text)
    if represented:
        return AttendanceStatus.REPRESENTED, represented["who"].strip(" .")
    words = folded(text)
    status = STATUSES.get(words) if len(words) > 1 else None
    if status:
        return status, text.strip() if words in formats.REASONS else None
    match = _STATUS_AT_START.match(words)
    if match is None or looks_like_post(words[match.end() :]):
        return None
    return STATUSES[match[0]], text.strip()


def status_of_mark(text: str) -> AttendanceStatus | None:
    return STATUSES.get(folded(text)) or (AttendanceStatus.PRESENT if formats.CHECKED.match(text) else None)
