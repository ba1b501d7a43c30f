"""In which time zone a unit works, and which day it is there."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import exists, select

from tracker.core import clock
from tracker.core.clock import Zone
from tracker.core.db import db
from tracker.people import rules
from tracker.people.models import OrgUnit

#: Where the session keeps the days for one page, so that its rows do not ask for them one by one.
_KEPT = "days_elsewhere"
#: Where the session keeps whether any unit has a zone of its own, once `recall_zones` was told.
_ARE_ZONES_SET = "are_zones_set"
#: Read by the query that recognises a sign-in, so that an office with one zone looks up no units at night.
ARE_ZONES_SET = exists().where(OrgUnit.timezone.is_not(None)).correlate(None)


def recall_zones(*, are_set: bool) -> None:
    db.session.info[_ARE_ZONES_SET] = are_set


def zone_of_unit(unit_id: int | None) -> Zone:
    """The zone of the unit or of the nearest unit above it that has one, otherwise that of the office."""
    return (_zones().get(unit_id) if unit_id else None) or clock.office_zone()


def _zones() -> dict[int, Zone]:
    rows = db.session.execute(select(OrgUnit.id, OrgUnit.parent_id, OrgUnit.timezone)).all()
    return rules.inherited_zones((row.id, row.parent_id, row.timezone) for row in rows)


@lru_cache(maxsize=4)
def _days_at(minute: datetime) -> Mapping[Zone, date]:
    """Kept, because a list asks several times a row."""
    return {zone: clock.day_at(minute, zone) for zone in Zone}


def days_elsewhere(today: date) -> Mapping[int, date]:
    """The day of units where it is another day than `today` in the office.

    It is the same day everywhere for all but two hours, and units are only looked up in these, if one has a zone.
    """
    days = _days_at(clock.now().replace(second=0, microsecond=0))
    if today != days[clock.office_zone()] or set(days.values()) == {today}:
        return {}
    if not db.session.info.get(_ARE_ZONES_SET, True):
        return {}
    kept: dict[date, Mapping[int, date]] = db.session.info.setdefault(_KEPT, {})
    if today not in kept:
        kept[today] = {unit_id: days[zone] for unit_id, zone in _zones().items() if days[zone] != today}
    return kept[today]


def day_in_unit(unit_id: int | None, today: date) -> date:
    """The day in the unit while it is `today` in the office."""
    return days_elsewhere(today).get(unit_id, today) if unit_id else today
