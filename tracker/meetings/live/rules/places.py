"""Where a line goes when it is moved a place up or down among the lines of all agenda items. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

#: (agenda item, its lines) in their order; 0 is what stands under no item.
Order = Sequence[tuple[int, Sequence[int]]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Before or after another line, or as the only line of an agenda item that has none."""

    before: int | None = None
    after: int | None = None
    item: int | None = None


def place_above(order: Order, line_id: int) -> Place | None:
    """One place up: past the line above, or to the end of the agenda item before; None where it is the first of all."""
    section, at = _found(order, line_id)
    lines = order[section][1]
    if at > 0:
        return Place(before=lines[at - 1])
    if section == 0:
        return None
    item, others = order[section - 1]
    return Place(after=others[-1]) if others else Place(item=item)


def place_below(order: Order, line_id: int) -> Place | None:
    """One place down: past the line below, or to the beginning of the next agenda item; None where it is the last."""
    section, at = _found(order, line_id)
    lines = order[section][1]
    if at < len(lines) - 1:
        return Place(after=lines[at + 1])
    if section == len(order) - 1:
        return None
    item, others = order[section + 1]
    return Place(before=others[0]) if others else Place(item=item)


def _found(order: Order, line_id: int) -> tuple[int, int]:
    return next((number, lines.index(line_id)) for number, (_, lines) in enumerate(order) if line_id in lines)
