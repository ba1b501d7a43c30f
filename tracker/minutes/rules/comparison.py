"""Localised minutes compared with an earlier version. Pure."""

from collections.abc import Mapping
from typing import Any

from tracker.core.word_diff import Piece, pieces
from tracker.minutes.rules.sections import sections_of


class Comparison:
    """Localised content compared with an earlier one: each text as a word diff."""

    def __init__(self, now: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
        """Rows are matched by id, code or number, whichever they have first."""
        self.now, self.sections = now, sections_of(now)
        self._before = before and {part: {_key(row): row for row in before[part]} for part in _PARTS}
        self._meeting = before and before["meeting"]

    @property
    def compares(self) -> bool:
        return self._before is not None

    def meeting(self, name: str) -> list[Piece]:
        return _diff(self._meeting, self.now["meeting"].get(name), name)

    def words(self, part: str, row: Mapping[str, Any], name: str) -> list[Piece]:
        return _diff(self._before and self._before[part].get(_key(row), {}), row.get(name), name)

    def gone(self, part: str) -> list[Mapping[str, Any]]:
        remaining = {_key(row) for row in self.now[part]}
        return [row for key, row in (self._before or {}).get(part, {}).items() if key not in remaining]


_PARTS = ("agenda", "attendance", "statements", "proposals", "actions")


def _key(row: Mapping[str, Any]) -> object:
    return row.get("id") or row.get("code") or row["number"]


def _diff(before: Mapping[str, Any] | None, text: str | None, name: str) -> list[Piece]:
    if before is None:
        return [Piece("same", text)] if text else []
    return list(pieces(before.get(name) or "", text or ""))
