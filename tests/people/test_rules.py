from datetime import date

from tracker.people.rules import HoldingKind, covers, creates_cycle, overlap, with_prefix


def test_a_span_covers_its_first_and_last_day() -> None:
    first, last = date(2019, 11, 19), date(2020, 12, 2)

    assert [covers(first, last, day) for day in (date(2019, 11, 18), first, last, date(2020, 12, 3))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert covers(None, None, first)


def test_spans_that_touch_do_not_overlap_and_those_that_share_a_day_do() -> None:
    assert not overlap((date(2020, 1, 1), date(2020, 6, 30)), (date(2020, 7, 1), None))
    assert overlap((date(2020, 1, 1), date(2020, 7, 1)), (date(2020, 7, 1), None))


def test_a_unit_is_never_under_itself() -> None:
    assert creates_cycle(1, 3, {1: None, 2: 1, 3: 2})
    assert not creates_cycle(3, 1, {1: None, 2: 1, 3: 2})


def test_acting_holders_bear_their_prefix() -> None:
    assert with_prefix(HoldingKind.PLT, "Sekretaris") == "Plt. Sekretaris"
    assert with_prefix(HoldingKind.DEFINITIVE, "Sekretaris") == "Sekretaris"
