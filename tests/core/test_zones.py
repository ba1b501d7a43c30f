"""WIB, WITA and WIT: which day it is where, and until when a due date lasts."""

from datetime import UTC, date, datetime

import pytest

from tracker.actions.rules import ActionStatus, days_late
from tracker.core import clock
from tracker.core.clock import Zone
from tracker.core.wording import moment, speaking
from tracker.notifications.rules import digest_week
from tracker.people.rules import inherited_zones

DAY, NEXT = date(2026, 11, 30), date(2026, 12, 1)


def at(clock_in_jakarta: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-30T{clock_in_jakarta}+07:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("time", "days"),
    [
        ("21:59", (DAY, DAY, DAY)),
        ("22:00", (DAY, DAY, NEXT)),
        ("22:59", (DAY, DAY, NEXT)),
        ("23:00", (DAY, NEXT, NEXT)),
        ("23:30", (DAY, NEXT, NEXT)),
    ],
)
def test_the_day_begins_in_the_east(time: str, days: tuple[date, date, date]) -> None:
    assert tuple(clock.day_at(at(time), zone) for zone in (Zone.WIB, Zone.WITA, Zone.WIT)) == days


@pytest.mark.parametrize("zone", Zone)
def test_a_due_day_ends_at_midnight_where_it_is_owed(zone: Zone) -> None:
    lates = [days_late(ActionStatus.IN_PROGRESS, DAY, clock.day_at(at(time), zone)) for time in ("21:30", "23:30")]

    assert lates == [0, 0 if zone is Zone.WIB else 1]


def test_moments_are_those_of_the_office_with_its_abbreviation() -> None:
    with speaking("id"):
        written = []
        for zone in Zone:
            with clock.in_zone(zone):
                written.append(moment(at("23:30")))

    assert written == ["30 Nov 2026, 23.30 WIB", "1 Des 2026, 00.30 WITA", "1 Des 2026, 01.30 WIT"]
    assert clock.office_zone() is Zone.WIB


def test_the_digest_is_sent_at_seven_in_the_office() -> None:
    monday = datetime.fromisoformat("2026-11-30T06:30+09:00")

    with clock.in_zone(Zone.WIT):
        assert digest_week(monday) is None
        assert digest_week(monday.replace(hour=7)) == DAY
    assert digest_week(monday.replace(hour=7)) is None


def test_units_inherit_the_zone_of_the_nearest_unit_above() -> None:
    units = [
        (1, None, None),
        (2, 1, Zone.WITA),
        (3, 2, None),
        (4, 3, Zone.WIT),
        (5, 4, None),
        (6, 7, None),
        (7, 6, None),
    ]

    assert inherited_zones(units) == {2: Zone.WITA, 3: Zone.WITA, 4: Zone.WIT, 5: Zone.WIT}
