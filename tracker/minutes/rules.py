"""Rules of minutes: what submitting needs, the mark of a frozen text, and what a correction changed. Pure.

Source: domain.md 7.3, «Minutes (draf → diajukan → disahkan)».
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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


def changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Iterator[tuple[Passage, list[Piece]]]:
    """Each passage with its pieces, word by word against the version before; passages that went come at the end."""
    old = {(one.part, one.number): one for one in passages(before)} if before else {}
    for one in passages(after):
        was = old.pop((one.part, one.number), None)
        if before is None:
            yield one, [Piece("same", one.text)]
        else:
            yield one, list(pieces(was.text if was else "", one.text))
    for gone in old.values():
        yield gone, [Piece("gone", gone.text)]
