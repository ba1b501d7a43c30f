"""What one line of typing means, in one pure function. Source: product.md «Meetings and minutes».

    u @razilu “perlu dibentuk semacam forum nasional” #penanganan
    t @Sesditjen susun naskah akademik paling lambat 30 nov

A lower-case letter and a space at the start set the kind; `@` names who speaks (or who does it), `#` a target; a date
sets when an action is due. Names and targets at the ends of a line are taken out of its text; in the middle of a
sentence they stay, without their sign. Whatever stands between quotation marks is left alone, byte for byte.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.live.formats import dates_in, quotations
from tracker.live.rules.reading import NOTHING_CHOSEN, Known, Meant, Mention, Register, Understood
from tracker.meetings.rules import StatementKind

#: What a leading letter makes of a line; `t` makes an action.
MARKS = {
    "u": StatementKind.PROPOSAL,
    "k": StatementKind.DECISION,
    "a": StatementKind.DIRECTIVE,
    "h": StatementKind.HOPE,
    "t": None,
}
LONGEST_TITLE = 120


_MARK = re.compile(r"\s*([uktah])[ \t]+(?=\S)")
_SIGN = re.compile(r"(?<![\w.])[@#](?=\w)")
_WORD = re.compile(r"[\w][\w.'’-]*")
_DUE_WORDS = re.compile(
    r"[\s,;(]*\b(?:paling\s+lambat|selambat-lambatnya|sebelum|sampai(?:\s+dengan)?|s\.d\.|hingga|tanggal|tgl\.?|"
    r"pada|by|before|until|due|on)?[\s(]*$",
    re.IGNORECASE,
)


def understand(
    line: str, *, said_on: date, people: Sequence[Known], targets: Sequence[Known], meant: Meant = NOTHING_CHOSEN
) -> Understood:
    """Read a line. Known people are given with those in the room first: one who fits there is meant before others."""
    marked = _MARK.match(line)
    kind = MARKS[marked[1]] if marked else StatementKind.REMARK
    kind = None if meant.is_action else meant.kind or kind
    text = line[marked.end() :] if marked else line
    text, mentions = _without_mentions(text, people, targets)
    due_on = None
    if kind is None:
        text, due_on = _without_due_date(text, said_on)
    quote = _wholly_quoted(text) if kind else None
    words = quote or text.strip()
    return Understood(
        kind=kind,
        quote=quote,
        gist=None if quote else text.strip() or None,
        people=_chosen([one for sign, one in mentions if sign == "@"], people, Register.ATTENDANCE, meant.speaker_id),
        targets=_chosen([one for sign, one in mentions if sign == "#"], targets, Register.TARGET, meant.target_id),
        due_on=(meant.due_on or due_on) if kind is None else None,
        title=meant.title or title_of(words),
        details=meant.details,
    )


def _chosen(
    read: Sequence[Mention], known: Sequence[Known], register: Register, chosen_id: int | None
) -> tuple[Mention, ...]:
    """The one chosen on the chip instead of those at the ends of the line; those spoken of within stay."""
    chosen = next((one for one in known if one.register is register and one.id == chosen_id), None)
    if chosen is None:
        return tuple(read)
    return (Mention(chosen.spellings[0], chosen), *(mention for mention in read if mention.is_within))


def title_of(words: str) -> str:
    """Words cut to a title, at the end of a word."""
    text = " ".join(words.split())
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _without_mentions(
    text: str, people: Sequence[Known], targets: Sequence[Known]
) -> tuple[str, list[tuple[str, Mention]]]:
    quoted = quotations(text)
    found: list[tuple[str, Mention]] = []
    parts: list[str] = []
    reached = 0
    for sign in _SIGN.finditer(text):
        if sign.start() < reached or any(start <= sign.start() < end for start, end in quoted):
            continue
        mention, end = _mentioned(text, sign.end(), people if sign[0] == "@" else targets)
        before, after = "".join(parts) + text[reached : sign.start()], text[end:]
        stays = bool(before.strip()) and not _only_mentions(after)
        found.append((sign[0], replace(mention, is_within=stays)))
        parts = [before + text[sign.end() : end]] if stays else [before]
        reached = end if stays else end + len(after) - len(after.lstrip(" :,"))
    return "".join(parts) + text[reached:], found


def _wholly_quoted(text: str) -> str | None:
    """The words within, where the text is one quotation and nothing else."""
    trimmed = text.strip()
    if quotations(trimmed) in ([(0, len(trimmed))], [(0, len(trimmed.rstrip(".,")))]):
        return trimmed.rstrip(".,")[1:-1] if trimmed[-1] in ".," else trimmed[1:-1]
    return None


def _only_mentions(text: str) -> bool:
    """Whether nothing but mentions follows, so that what comes before them stands at the end of the line."""
    return not text.strip(" .,;") or text.lstrip()[0] in "@#"


def _mentioned(text: str, start: int, known: Sequence[Known]) -> tuple[Mention, int]:
    """The mention that begins here, and where it ends: the longest name written out, or one word that only one fits."""
    whole = [
        (len(spelling), one)
        for one in known
        for spelling in one.spellings
        if re.compile(re.escape(spelling) + r"(?!\w)", re.IGNORECASE).match(text, start)
    ]
    if whole:
        length, one = max(whole, key=lambda pair: pair[0])
        return Mention(text[start : start + length], one), start + length
    word = _WORD.match(text, start)
    assert word  # noqa: S101  # the sign is only a sign before a letter or figure
    written = word[0].rstrip(".'’-")
    return Mention(written.replace("_", " "), _only_one(written, known)), start + len(written)


def _only_one(word: str, known: Sequence[Known]) -> Known | None:
    """The one record with a word that begins so; those in the room are asked first."""
    beginning = word.replace("_", " ").casefold()
    for register in Register:
        fitting = [
            one
            for one in known
            if one.register is register
            and any(part.startswith(beginning) for spelling in one.spellings for part in _beginnings(spelling))
        ]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return None
    return None


def _beginnings(spelling: str) -> list[str]:
    folded = spelling.casefold()
    return [folded, *re.findall(r"\w+", folded)]


def _without_due_date(text: str, said_on: date) -> tuple[str, date | None]:
    """The last date is when it is due; at the end of the line it is taken out of the text."""
    dates = list(dates_in(text, said_on))
    if not dates:
        return text, None
    last = dates[-1]
    if text[last.end :].strip(" .)"):
        return text, last.day
    return _DUE_WORDS.sub("", text[: last.start]), last.day
