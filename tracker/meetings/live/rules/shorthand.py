"""Parse the short forms of a typed line before the line is read. Pure.

u@r^ Forum nasional +penanganan|“perlu dibentuk forum”

a@u</Menteri Hukum dan HAM“Pak Menteri meminta …”<rapat sebelumnya|tanggal tidak disebut

`u@r` needs no blank, and `@` alone is the speaker of the line above. Right after the names, `^` is the proposal
above, `<` says that one led to the other, `/` on whose behalf. `|` ends the title of a proposal. After the closing
mark of a quotation, or doubled after other text, `<` starts the source and `|` the recorder's note. Anything else
stays in the text.
"""

import re
from dataclasses import dataclass, replace

from tracker.meetings.live.formats import quotations
from tracker.meetings.live.formats.signs import MOST_MENTIONS
from tracker.meetings.live.rules.marks import MARKS, mark_of
from tracker.meetings.live.rules.mentions import Directory
from tracker.meetings.live.rules.reading import Meant
from tracker.meetings.rules import StatementKind

LONGEST_FIELD = 300
_OPENING = '“"„«‘'
#: Before a target at the start of a title: «u@*Ratifikasi|…».
_EFFECT = r"[+*~%=][^\W\d_]"
#: «u@r», «h^ », «a@»: not an address, in which a dot would follow, and not an exponent.
_JOINED_MARK = re.compile(
    rf"\s*([uktahj])(?=@[^\W\d_][\w'’-]*(?:[\s@^</,{_OPENING}]|$)|@?\^+[\s<{_OPENING}]|@(?:[\s<{_OPENING}]|{_EFFECT}))"
)
#: The speaker of the line above; «@ Rp50.000» and «@ 5 orang» are prices and counts.
_SAME_SPEAKER = re.compile(rf"@(?=[\^</{_OPENING}]|{_EFFECT}|[ \t]+(?!\d|Rp)\S)")
_JOINER = re.compile(r"(?:[,/]?[ \t]*|[ \t]+(?:dan|serta|and)[ \t]+)(?=@[^\W\d_])")
_ABOUT = re.compile(rf"(\^{{1,9}})(?=[\s<{_OPENING}/])")
_ORIGIN = re.compile(rf"<(?=[\s{_OPENING}/])")
_BEHALF = re.compile(rf"/(?P<who>[^\W\d_][^@#|/<>\n{_OPENING}]{{1,{LONGEST_FIELD}}}?)(?::[ \t]+|(?=[{_OPENING}]))")
_TAIL = re.compile(r"[.,]?(?P<parts>(?:[<|][^\W_][^<|\n]*)+)\s*$")
_DOUBLED_TAIL = re.compile(r"(?<=\S)(?P<parts>(?:[ \t]+(?:<<|\|\|)[ \t]*[^\W_][^<|\n]*)+)\s*$")
_PART = re.compile(r"(?P<sign>[<|])[<|]?[ \t]*(?P<words>[^<|\n]+)")


@dataclass(frozen=True, kw_only=True)
class Shorthand:
    """A line and its short forms. `line` has the names and the text, without the mark of the kind."""

    mark: str | None
    line: str
    #: As marked or chosen; None for an action.
    kind: StatementKind | None = None
    #: Including the signs of targets.
    title: str | None = None
    repeats_speaker: bool = False
    #: 1 is the nearest proposal above; 0 is none.
    about: int = 0
    #: The line led to the proposal above, or the proposal follows from the line above.
    has_origin: bool = False
    on_behalf_of: str | None = None
    origin_note: str | None = None
    recorder_note: str | None = None


def shorthand_of(line: str, people: Directory, meant: Meant) -> Shorthand | None:
    mark, begin = mark_of(line)
    joined = _JOINED_MARK.match(line) if mark is None else None
    if joined:
        mark, begin = joined[1], joined.end()
    kind = None if meant.is_action else meant.kind or (MARKS[mark] if mark else StatementKind.REMARK)
    head, at, is_known = _head(line, begin, people)
    if joined and not is_known:
        return None
    if kind and at > begin and (behalf := _BEHALF.match(line, at)):
        head, at = replace(head, on_behalf_of=behalf["who"].strip()), behalf.end()
    words = line[at:]
    if kind is StatementKind.PROPOSAL:
        head, words = _with_title(head, words)
    if kind:
        head, words = _with_tail(head, words)
    if not joined and not _is_short(line, head):
        return None
    return replace(head, mark=mark, kind=kind, line=f"{head.line} {words.lstrip()}" if head.line else words)


def _is_short(line: str, head: Shorthand) -> bool:
    return head != Shorthand(mark=None, line=head.line) or head.line not in line


def _head(line: str, begin: int, people: Directory) -> tuple[Shorthand, int, bool]:
    """Names and signs at the start, their end, and whether the first name is known."""
    names: list[str] = []
    at, is_known, repeats = begin, True, False
    while not repeats and len(names) < MOST_MENTIONS and line.startswith("@", at):
        if not names and _SAME_SPEAKER.match(line, at):
            repeats, at = True, at + 1
            break
        mention, end = people.read(line, at + 1)
        if end == at + 1:
            break
        is_known = is_known and (bool(names) or mention.known is not None or bool(mention.candidates))
        names.append(line[at:end])
        joiner = _JOINER.match(line, end)
        at = joiner.end() if joiner else end
        if joiner is None:
            break
    about = _ABOUT.match(line, at)
    at = about.end() if about else at
    origin = _ORIGIN.match(line, at)
    at = origin.end() if origin else at
    head = Shorthand(
        mark=None, line=" ".join(names), repeats_speaker=repeats, about=len(about[1]) if about else 0,
        has_origin=origin is not None,
    )  # fmt: skip
    return head, at, is_known


def _with_title(head: Shorthand, words: str) -> tuple[Shorthand, str]:
    """Split off the title before the first bar outside quotations."""
    spans = quotations(words)
    bar = next(
        (at for at, char in enumerate(words) if char == "|" and not any(start <= at < end for start, end in spans)), -1
    )
    title, rest = words[:bar].strip(" \t\n,:;–—"), words[bar + 1 :].strip()
    is_quotation = bool(spans) and not words[: spans[0][0]].strip() and not words[spans[0][1] : bar].strip(" .,")
    if bar < 0 or not title or not rest or rest[0] == "|" or len(title) > LONGEST_FIELD or is_quotation:
        return head, words
    return replace(head, title=title), rest


def _with_tail(head: Shorthand, words: str) -> tuple[Shorthand, str]:
    start = len(words) - len(words.lstrip())
    spans = quotations(words)
    whole = spans[0][1] if spans and spans[0][0] == start else None
    match = _TAIL.match(words, whole) if whole else _DOUBLED_TAIL.search(words)
    if match is None:
        return head, words
    parts = {part["sign"]: part["words"].strip() for part in _PART.finditer(match["parts"])}
    is_twice = len(parts) < len(_PART.findall(match["parts"]))
    if is_twice or any(len(text) > LONGEST_FIELD for text in parts.values()):
        return head, words
    return replace(head, origin_note=parts.get("<"), recorder_note=parts.get("|")), words[
        : match.start("parts")
    ].rstrip()
