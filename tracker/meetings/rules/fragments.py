"""What a few words of an attendance list can be: a person, a post, a unit, a role, whether somebody came. Pure."""

import re

from tracker.meetings import formats
from tracker.meetings.rules.kinds import AttendanceRole, AttendanceStatus
from tracker.people.rules import folded, parsed

MOST_WORDS_OF_A_NAME, LONGEST_ABBREVIATION = 6, 10
_WITHIN_ABBREVIATIONS = str.maketrans("", "", "./-&")
_ROLES = {word: AttendanceRole(role) for role, words in formats.ROLE_WORDS.items() for word in words}
STATUSES = {folded(word): AttendanceStatus(status) for status, words in formats.STATUS_WORDS.items() for word in words}
#: Single words that are also names or posts do not begin a longer phrase.
_PHRASES = [word for word in STATUSES if len(word) > len("sakit") or word in formats.REASONS]
_BEGINNING = re.compile(f"(?:{'|'.join(map(re.escape, sorted(_PHRASES, key=len, reverse=True)))})(?= )")


def looks_like_post(text: str) -> bool:
    """Whether words name a post rather than a person: «Kabag PPL», «Plt. Direktur»."""
    plain = formats.ACTING.sub("", text.strip())
    words = folded(plain).split()
    return (bool(words) and words[0] in formats.POST_WORDS) or (plain != text.strip() and bool(words))


def looks_like_unit(text: str) -> bool:
    """Whether words beside a name or a post are a unit or an outside body: «Ditjen HAM», «BPHN»."""
    return is_body(text) or _is_abbreviation(text)


def is_body(text: str) -> bool:
    """Whether words are a unit or body wherever they stand; «RATNA» may be a name in capitals, «BPHN» is none."""
    words = folded(text).split()
    if not words:
        return False
    is_named_so = words[0] in formats.UNIT_WORDS or words[0].startswith(formats.BEGINNINGS_OF_BODIES)
    return is_named_so or (_is_abbreviation(text) and not any(sign in "aeiou" for sign in words[0]))


def _is_abbreviation(text: str) -> bool:
    letters = text.strip().translate(_WITHIN_ABBREVIATIONS)
    return 1 < len(letters) <= LONGEST_ABBREVIATION and letters.isalpha() and letters.isupper()


def looks_like_person(text: str) -> bool:
    """Whether words can be somebody's name and nothing else that stands on attendance lists."""
    name = parsed(text)
    words = name.core.split()
    if not 0 < len(words) <= MOST_WORDS_OF_A_NAME or any(sign.isdigit() for sign in name.core):
        return False
    if name.prefix or name.suffix:
        return not looks_like_post(name.core)
    return not (looks_like_post(text) or is_body(text) or status_in(text) or role_in(text) or task_in(text))


def role_in(text: str) -> AttendanceRole | None:
    return _ROLES.get(folded(text))


def task_in(text: str) -> bool:
    return folded(text).replace(" ", "-") in formats.TASKS


def status_in(text: str) -> tuple[AttendanceStatus, str | None] | None:
    """Whether these words say how somebody attended, and what more they say of it."""
    represented = formats.REPRESENTED.search(text)
    if represented:
        return AttendanceStatus.REPRESENTED, represented["who"].strip(" .")
    words = folded(text)
    status = STATUSES.get(words) if len(words) > 1 else None
    if status:
        return status, text.strip() if words in formats.REASONS else None
    beginning = _BEGINNING.match(words)
    if beginning is None or looks_like_post(words[beginning.end() :]):
        return None
    return STATUSES[beginning[0]], text.strip()


def letter_of_status(text: str) -> AttendanceStatus | None:
    """What a letter or tick in a column of attendance means."""
    return STATUSES.get(folded(text)) or (AttendanceStatus.PRESENT if formats.CHECKED.match(text) else None)
