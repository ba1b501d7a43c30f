"""The minutes in words beside an earlier version of them. Pure."""

from collections.abc import Mapping
from typing import Any

from tracker.core.word_diff import Piece, pieces
from tracker.minutes.rules.sections import sections_of


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
