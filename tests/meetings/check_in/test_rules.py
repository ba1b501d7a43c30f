import datetime as dt
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest

from tracker.core.clock import Zone
from tracker.meetings.check_in.rules import (
    ALPHABET,
    Outcome,
    as_typed,
    closes_at,
    code_of,
    effect,
    is_current,
    is_for_typing,
    minute_of,
    opens_at,
    takes_check_ins,
)
from tracker.meetings.rules import AttendanceStatus, MeetingStatus

KEY, DAY = "k" * 40, dt.date(2031, 3, 4)
AT = datetime(2031, 3, 4, 9, 0, tzinfo=Zone.WIB.info)
S = AttendanceStatus


@dataclass
class Meeting:
    status: MeetingStatus = MeetingStatus.SCHEDULED
    date: dt.date = DAY
    end_on: dt.date | None = None
    called_time: time | None = None
    start_time: time | None = time(9)
    end_time: time | None = time(11)
    locked_at: datetime | None = None
    zone: Zone = Zone.WIB

    @property
    def last_day(self) -> dt.date:
        return self.end_on or self.date


@pytest.mark.parametrize("form", ["key", "typed"])
def test_a_code_is_taken_in_its_minute_and_the_next(form: str) -> None:
    code = getattr(code_of(7, minute_of(AT), KEY), form)
    last = timedelta(minutes=2) - timedelta(microseconds=1)
    assert is_current(code, 7, AT, KEY)
    assert is_current(code, 7, AT + last, KEY)
    assert not is_current(code, 7, AT + timedelta(minutes=2), KEY)
    assert not is_current(code, 7, AT - timedelta(microseconds=1), KEY)  # the code of a minute to come


@pytest.mark.parametrize("form", ["key", "typed"])
def test_a_code_is_worth_nothing_elsewhere(form: str) -> None:
    code = getattr(code_of(7, minute_of(AT), KEY), form)
    assert not is_current(code, 71, AT, KEY)
    assert not is_current(code, 7, AT, "other" * 8)
    assert not is_current("", 7, AT, KEY)
    assert not is_current(code[:-1], 7, AT, KEY)


def test_codes_do_not_repeat_and_can_be_read_aloud() -> None:
    codes = [code_of(meeting, minute, KEY) for meeting in range(20) for minute in range(100)]
    assert len({code.key for code in codes}) == len({code.typed for code in codes}) == len(codes)
    assert {sign for code in codes for sign in code.typed} == set(ALPHABET)


def test_a_code_is_typed_as_one_likes() -> None:
    assert as_typed(" o1-il ab") == "0111AB"
    code = code_of(7, minute_of(AT), KEY)
    assert is_current(code.spaced.lower(), 7, AT, KEY)
    assert is_for_typing(code.spaced)
    assert not is_for_typing(code.key)


def test_it_opens_an_hour_before_and_closes_half_an_hour_after() -> None:
    meeting = Meeting()
    opens, closes = AT - timedelta(hours=1), AT + timedelta(hours=2, minutes=30)
    assert (opens_at(meeting), closes_at(meeting)) == (opens, closes)
    just = timedelta(microseconds=1)
    moments = (opens - just, opens, closes - just, closes)
    assert [takes_check_ins(meeting, moment) for moment in moments] == [False, True, True, False]


def test_without_hours_it_is_open_on_the_days_of_the_meeting() -> None:
    meeting = Meeting(start_time=None, end_time=None, end_on=DAY + timedelta(days=1))
    midnight = datetime.combine(DAY, time(), Zone.WIB.info)
    assert (opens_at(meeting), closes_at(meeting)) == (midnight, midnight + timedelta(days=2))
    assert opens_at(Meeting(start_time=time(0, 30))) == midnight  # never before its day
    assert opens_at(Meeting(start_time=None, called_time=time(9))) == AT - timedelta(hours=1)


def test_only_a_meeting_that_takes_place_is_open() -> None:
    for status in MeetingStatus:
        is_held = status in {MeetingStatus.SCHEDULED, MeetingStatus.HELD}
        assert takes_check_ins(Meeting(status=status), AT) is is_held
    assert not takes_check_ins(Meeting(locked_at=AT), AT)


@pytest.mark.parametrize(
    ("status", "written", "given", "outcome", "after"),
    [
        (S.EXPECTED, None, None, Outcome.CHECKED_IN, S.PRESENT),
        (S.EXPECTED, None, "Budi", Outcome.CHECKED_IN, S.REPRESENTED),
        (S.PRESENT, None, None, Outcome.ALREADY, S.PRESENT),
        (S.PARTIAL, None, None, Outcome.ALREADY, S.PARTIAL),
        (S.PRESENT_ONLINE, None, None, Outcome.ALREADY, S.PRESENT_ONLINE),
        (S.PRESENT, None, "Budi", Outcome.CONFLICT, S.PRESENT),
        (S.REPRESENTED, "Budi", "budi", Outcome.ALREADY, S.REPRESENTED),
        (S.REPRESENTED, None, "Budi", Outcome.ALREADY, S.REPRESENTED),
        (S.REPRESENTED, "Budi", "Cici", Outcome.CONFLICT, S.REPRESENTED),
        (S.REPRESENTED, "Budi", None, Outcome.CONFLICT, S.REPRESENTED),
        (S.EXCUSED, None, None, Outcome.CONFLICT, S.EXCUSED),
        (S.ABSENT, None, "Budi", Outcome.CONFLICT, S.ABSENT),
    ],
)  # fmt: skip
def test_what_the_list_says_stays(
    status: S, written: str | None, given: str | None, outcome: Outcome, after: S
) -> None:
    assert effect(status, written, given) == (outcome, after)
