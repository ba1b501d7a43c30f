"""Units inherit the time zone of the unit above them. Pure."""

from collections.abc import Iterable

from tracker.core.clock import Zone


def inherited_zones(units: Iterable[tuple[int, int | None, Zone | None]]) -> dict[int, Zone]:
    """The zones of units that have or inherit one. `units` are ids, ids of the unit above, and own zones."""
    by_id = {unit_id: (parent_id, zone) for unit_id, parent_id, zone in units}
    zones = {}
    for unit_id in by_id:
        zone, above, seen = None, unit_id, set[int]()
        while zone is None and above in by_id and above not in seen:
            seen.add(above)
            parent_id, zone = by_id[above]
            above = parent_id or 0
        if zone:
            zones[unit_id] = zone
    return zones
