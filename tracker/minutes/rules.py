"""Rules of minutes: what submitting needs, the mark of a frozen text, and what a correction changed. Pure.

Source: domain.md 7.3, «Minutes (draf → diajukan → disahkan)».
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.core import typesetting
from tracker.core.comparing import Piece, pieces


class MinutesState(StrEnum):
    """Where the minutes of a meeting stand."""

    DRAFT = "draft"
    CORRECTING = "correcting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


S = MinutesState
#: From each state, those that may follow. A returned text is edited and submitted again.
NEXT: dict[MinutesState, frozenset[MinutesState]] = {
    S.DRAFT: frozenset({S.SUBMITTED}),
    S.CORRECTING: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.RETURNED, S.APPROVED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.APPROVED: frozenset({S.CORRECTING}),
}
#: In these nobody edits.
LOCKED = frozenset({S.SUBMITTED, S.APPROVED})


class Lack(StrEnum):
    """What minutes can lack when they are submitted."""

    NAME = "name"
    DATE = "date"
    VENUE = "venue"
    CHAIR = "chair"
    MINUTE_TAKER = "minute_taker"
    ATTENDANCE = "attendance"
    STATEMENT = "statement"


def lacking(content: Mapping[str, Any]) -> list[Lack]:
    """All that is missing from this content, in the order of the form; nothing when it may be submitted."""
    roles = {row["role"] for row in content["attendance"]}
    has = {
        Lack.NAME: content["meeting"]["name_id"],
        Lack.DATE: content["meeting"]["date"],
        Lack.VENUE: content["meeting"]["venue"],
        Lack.CHAIR: "chair" in roles,
        Lack.MINUTE_TAKER: "minute_taker" in roles,
        Lack.ATTENDANCE: content["attendance"],
        Lack.STATEMENT: content["statements"],
    }
    return [lack for lack in Lack if not has[lack]]


def canonical(content: Mapping[str, Any]) -> str:
    """The one spelling of a content: JSON with sorted keys, UTF-8, no spaces. It is stored and marked as it is."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def mark_of(stored: str) -> str:
    """SHA-256 (hex, FIPS 180-4) of a stored content."""
    return hashlib.sha256(stored.encode()).hexdigest()


@dataclass(frozen=True)
class Line:
    """A statement of the minutes with the actions right under it."""

    said: Mapping[str, Any]
    actions: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Section:
    """An agenda item with its number and words, or, without them, what belongs to none. Read from a content."""

    number: int | None
    text: str | None
    lines: list[Line]
    #: Those that follow from no line.
    actions: list[Mapping[str, Any]]


def sections_of(content: Mapping[str, Any]) -> list[Section]:
    """The minutes by agenda item; what belongs to none comes first, and is left out where it is empty.

    A content that was frozen before lines had their agenda item (schema 1) is one section.
    """
    if content["schema"] == 1:
        return [Section(None, None, [Line(said, []) for said in content["statements"]], [])]
    known = {action["code"]: action for action in content["actions"]}
    placed = {code for said in content["statements"] for code in said["actions"]}
    items = {item["number"]: item["text"] for item in content["agenda"]}
    sections = {number: Section(number, text, [], []) for number, text in [(None, None), *items.items()]}

    def _section_of(row: Mapping[str, Any]) -> Section:
        return sections[row["agenda_item"] if row["agenda_item"] in items else None]

    for said in content["statements"]:
        _section_of(said).lines.append(Line(said, [known[code] for code in said["actions"] if code in known]))
    for action in content["actions"]:
        if action["statement"] is None and action["code"] not in placed:
            _section_of(action).actions.append(action)
    return [one for one in sections.values() if one.number is not None or one.lines or one.actions]


@dataclass(frozen=True)
class Passage:
    """A passage of the minutes: where it stands («statement», 3) and its words."""

    part: str
    number: int
    text: str


def passages(content: Mapping[str, Any]) -> Iterator[Passage]:
    """The minutes as passages, in the order of the form."""
    meeting = content["meeting"]
    yield from (Passage(name, 0, meeting[name]) for name in ("name_id", "date", "venue", "opening") if meeting[name])
    yield from (Passage("agenda", item["number"], item["text"]) for item in content["agenda"])
    yield from (
        Passage("attendance", row["number"], _joined(row["person"], row["post"])) for row in content["attendance"]
    )
    yield from (Passage("statement", said["number"], _said(said)) for said in content["statements"])
    for part, title in (("proposal", "title_id"), ("action", "text_id")):
        for number, one in enumerate(content[f"{part}s"], 1):
            yield Passage(part, number, f"{one['code']} {one[title]}")
    if content.get("hidden"):  # versions frozen before items were counted have none
        yield Passage("hidden", 0, str(content["hidden"]))
    if meeting["closing"]:
        yield Passage("closing", 0, meeting["closing"])


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _said(said: Mapping[str, Any]) -> str:
    who = said["speaker"] or said["speaker_post"] or said["speaker_note"]
    words = " ".join(part for part in (f"“{said['quote']}”" if said["quote"] else None, said["gist_id"]) if part)
    return f"{who}: {words}" if who else words


class Reading:
    """A content in words beside an earlier one, so that a page can show each text with what changed in it."""

    def __init__(self, now: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
        """Statements are found again by their id, or their number where they have none; the rest by code or number."""
        self.now, self.sections = now, sections_of(now)
        self._before = before and {part: {_key(one): one for one in before[part]} for part in _PARTS}
        self._meeting = before and before["meeting"]

    @property
    def compares(self) -> bool:
        """Whether there is an earlier content."""
        return self._before is not None

    def meeting(self, name: str) -> list[Piece]:
        """A fact of the meeting."""
        return _marked(self._meeting, self.now["meeting"].get(name), name)

    def words(self, part: str, one: Mapping[str, Any], name: str) -> list[Piece]:
        """A text of a statement, an agenda item, an attendee, a proposal or an action."""
        return _marked(self._before and self._before[part].get(_key(one), {}), one.get(name), name)

    def gone(self, part: str) -> list[Mapping[str, Any]]:
        """What the earlier content had and this one has no more."""
        kept = {_key(one) for one in self.now[part]}
        return [one for key, one in (self._before or {}).get(part, {}).items() if key not in kept]


_PARTS = ("agenda", "attendance", "statements", "proposals", "actions")


def _key(one: Mapping[str, Any]) -> object:
    return one.get("id") or one.get("code") or one["number"]


def _marked(before: Mapping[str, Any] | None, text: str | None, name: str) -> list[Piece]:
    if before is None:
        return [Piece("same", text)] if text else []
    return list(pieces(before.get(name) or "", text or ""))


def unprintable(content: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """The characters that a document will show by their code points: part, number in it, code point."""
    return [
        (passage.part, passage.number, f"U+{ord(character):04X}")
        for passage in passages(content)
        for character in typesetting.unprintable(passage.text)
    ]
