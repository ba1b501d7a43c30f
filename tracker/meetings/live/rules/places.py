"""Move a line up or down across agenda items. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Ids of lines by agenda item, in order; 0 is no agenda item.
Order = Sequence[tuple[int, Sequence[int]]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Before or after another line, or the only line of an empty agenda item."""

    before: int | None = None
    after: int | None = None
    item: int | None = None


def place_above(order: Order, line_id: int) -> Place | None:
    """One place up: before the previous line, or to the end of the previous agenda item; None if it is the first."""
    section, at = _position_of(order, line_id)
    lines = order[section][1]
    if at > 0:
        return Place(before=lines[at - 1])
    if section == 0:
        return None
    item, others = order[section - 1]
    return Place(after=others[-1]) if others else Place(item=item)


def place_below(order: Order, line_id: int) -> Place | None:
    """One place down: after the next line, or to the start of the next agenda item; None if it is the last."""
    section, at = _position_of(order, line_id)
    lines = order[section][1]
    if at < len(lines) - 1:
        return Place(after=lines[at + 1])
    if section == len(order) - 1:
        return None
    item, others = order[section + 1]
    return Place(before=others[0]) if others else Place(item=item)


def _position_of(order: Order, line_id: int) -> tuple[int, int]:
    return next((number, lines.index(line_id)) for number, (_, lines) in enumerate(order) if line_id in lines)
