"""Geometry of the pictures: true to scale, gaps where nothing is known, labels that do not touch."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import pictures
from tracker.core.pictures import Bar, Group, Mark, Period
from tracker.core.pictures.flows import FLOW_ITEMS
from tracker.core.pictures.lettering import APART, LINE, NARROW, WIDTHS, Label, cut, reach, width_of, with_room
from tracker.core.pictures.over_time import LINE_FLOOR, LINE_TOP
from tracker.core.pictures.rows import LEAST_PART
from tracker.core.pictures.scales import Number, scale_of, ticks_of

NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.decimals(-(10**15), 10**15, places=4, allow_nan=False),
    st.floats(-1e12, 1e12, allow_nan=False),
)
VALUES = st.lists(st.none() | NUMBERS, max_size=20)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_a_scale_keeps_the_order_and_stays_within_its_ends(values: list[Number]) -> None:
    scale = scale_of(values)

    shares = [scale.share(value) for value in sorted(values, key=Fraction)]

    assert all(0 <= share <= 1 for share in shares)
    assert shares == sorted(shares)


@given(VALUES, st.booleans())
def test_ticks_are_few_evenly_spaced_and_enclose_the_values(values: list[Number | None], from_zero: bool) -> None:
    scale, ticks = ticks_of(values, from_zero=from_zero)

    known = [Fraction(value) for value in values if value is not None] + ([Fraction(0)] if from_zero else [])
    exact = [Fraction(tick) for tick in ticks]
    assert 2 <= len(ticks) <= 7
    assert exact[0] == scale.low
    assert exact[-1] == scale.high
    assert len({after - before for before, after in pairwise(exact)}) == 1
    assert all(exact[0] <= value <= exact[-1] for value in known)


def test_counts_have_whole_ticks() -> None:
    assert ticks_of([1, 2], from_zero=True)[1] == [0, 1, 2]


@given(st.lists(st.tuples(st.floats(0, 100), st.text(min_size=1, max_size=40)), max_size=15))
def test_labels_of_a_line_never_touch_and_stay_within_the_picture(given: list[tuple[float, str]]) -> None:
    shown = with_room([Label(x=x, text=text) for x, text in given])

    for width in WIDTHS:
        places = sorted(reach(label, width) for label in shown if label.since <= width)
        assert all(begin >= -1 and end <= width + 1 for begin, end in places)
        assert all(end + APART <= begin for (_, end), (begin, _) in pairwise(places))


@given(st.text(max_size=300), st.floats(20, 300))
def test_a_text_is_cut_to_its_room(text: str, room: float) -> None:
    short = cut(text, room)

    assert width_of(short) <= room
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(st.none() | NUMBERS, st.none() | NUMBERS, st.none() | NUMBERS)
def test_a_bar_ends_in_its_zone_exactly_if_the_value_meets_the_target(
    actual: Number | None, at_least: Number | None, at_most: Number | None
) -> None:
    drawn = pictures.bullet(actual, at_least=at_least, at_most=at_most)

    spans = [span for span in (drawn.bar, drawn.zone) if span]
    assert all(span.x >= 0 and span.x + span.width <= 100.01 for span in spans)
    assert (drawn.bar is None) == (actual is None)
    assert (drawn.zone is None) == (at_least is None and at_most is None)
    assert drawn.cut is None
    if actual is not None:
        end = next(edge for edge in _edges(drawn.bar) if edge != drawn.base) if drawn.bar.width else drawn.base
        if at_least is not None:
            assert (end >= _edges(drawn.zone)[0] - 0.01) or Fraction(actual) < Fraction(at_least)
        if at_most is not None and at_least is None:
            assert (end <= _edges(drawn.zone)[1] + 0.01) or Fraction(actual) > Fraction(at_most)


def _edges(span: object) -> tuple[float, float]:
    return span.x, span.x + span.width


def test_a_value_beyond_a_given_scale_is_drawn_broken() -> None:
    assert pictures.bullet(140, at_least=70, low=0, high=100).cut == 95
    assert pictures.bullet(-3, at_least=70, low=0, high=100).cut == 5
    assert pictures.bullet(100, at_least=70, low=0, high=100).cut is None


def test_zero_has_a_bar_and_the_unknown_has_none() -> None:
    assert pictures.bullet(0, at_least=70).bar.width == 0
    assert pictures.bullet(None, at_least=70).bar is None


@given(VALUES, VALUES)
def test_a_sparkline_draws_each_known_value_once_and_no_line_over_a_gap(
    values: list[Number | None], beside: list[Number | None]
) -> None:
    drawn = pictures.spark(values, beside)

    for numbers, stroke in ((values, drawn.values), (beside, drawn.beside)):
        runs = _runs(numbers)
        assert sorted(len(points.split()) for points in stroke.lines) == sorted(run for run in runs if run > 1)
        assert len(stroke.lone) == runs.count(1)
    assert (drawn.last is None) == (not any(value is not None for value in values))


def _runs(values: Sequence[Number | None]) -> list[int]:
    """How many known values follow each other, for each stretch."""
    signs = "".join("-" if value is None else "x" for value in values)
    return [len(run) for run in signs.split("-") if run]


def test_equal_values_are_a_line_in_the_middle() -> None:
    assert pictures.spark([7, 7, 7]).values.lines == ["4.0,12.0 50.0,12.0 96.0,12.0"]


@given(st.lists(st.integers(0, 10**6), max_size=6), st.integers(0, 10**7))
def test_parts_of_a_bar_are_seen_in_proportion_and_without_a_gap(counts: list[int], whole: int) -> None:
    drawn = pictures.stacked([("calm", count, "") for count in counts], whole)

    total = max(sum(counts), whole)
    end = 0.0
    for part, count in zip(drawn, [count for count in counts if count], strict=True):
        assert part.x == end
        assert part.width >= LEAST_PART
        assert part.width == pytest.approx(100 * count / total, abs=LEAST_PART * len(counts))
        end = part.end
    assert end <= 100.01


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        pictures.stacked([("calm", -1, "")])


@given(st.integers(-10, 5000), st.integers(-10, 5000), st.integers(0, 5000))
def test_the_later_the_longer(days: int, more: int, longest: int) -> None:
    lengths = [pictures.late_share(number, longest) for number in sorted((days, more))]

    assert all(0 <= length <= 100 for length in lengths)
    assert lengths == sorted(lengths)
    assert (lengths[0] == 0) == (min(days, more) <= 0)


@given(st.lists(st.booleans(), min_size=5, max_size=5))
def test_the_first_gap_of_a_chain_is_marked_and_only_that(filled: list[bool]) -> None:
    dots = pictures.chain_dots([{"items": ["x"] if is_filled else []} for is_filled in filled])

    assert [dot.kind == "have" for dot in dots] == filled
    assert [place for place, dot in enumerate(dots) if dot.kind == "next"] == [
        place for place, is_filled in enumerate(filled) if not is_filled
    ][:1]
    assert [dot.is_linked for dot in dots] == [*map(all, pairwise(filled)), None]


PERIODS = st.lists(
    st.builds(
        Period, on=DAYS, label=st.text(max_size=12), actual=st.none() | NUMBERS, at_least=st.none() | NUMBERS,
        at_most=st.none() | NUMBERS,
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda period: period.on,
)  # fmt: skip
MARKS = st.lists(st.builds(Mark, on=DAYS, label=st.text(max_size=20)), max_size=12)


@given(PERIODS, MARKS, MARKS, DAYS)
def test_the_line_of_an_indicator_is_true_to_time_and_never_bridges_a_gap(
    periods: list[Period], marks: list[Mark], changes: list[Mark], today: date
) -> None:
    drawn = pictures.line(periods, marks=marks, changes=changes, today=today)

    known = [one for one in periods if not (one.actual is None and one.at_least is None and one.at_most is None)]
    if not known:
        assert drawn is None
        return
    in_order = sorted(periods, key=lambda period: period.on)
    runs = _runs([period.actual for period in in_order])
    assert sorted(len(points.split()) for points in drawn.actual.lines) == sorted(run for run in runs if run > 1)
    assert len(drawn.actual.lone) == runs.count(1)
    assert [x for x, _ in drawn.dots] == sorted(x for x, _ in drawn.dots)
    assert all(0 <= x <= 100 and LINE_TOP <= y <= LINE_FLOOR for x, y in drawn.dots)
    assert [pin.number for pin in drawn.pins] == list(range(1, len(marks) + 1))
    assert all(0 <= pin.x <= 100 and LINE_TOP <= pin.y <= LINE_FLOOR and pin.top <= pin.y for pin in drawn.pins)
    assert drawn.today is None or today < max(one.on for one in [*periods, *marks])


def test_half_of_the_year_is_half_of_the_picture() -> None:
    drawn = pictures.line(
        [
            Period(on=date(2026, 7, 2), label="a", actual=1),
            Period(on=date(2026, 12, 31), label="b", actual=3),
        ]
    )

    assert drawn.dots[0][0] == pytest.approx(50, abs=0.2)
    assert drawn.dots[1][0] == 100


@given(st.none() | DAYS, st.lists(DAYS, max_size=8), DAYS, st.none() | DAYS)
def test_the_line_of_a_promise_is_true_to_scale(
    handed_out: date | None, dates: list[date], today: date, ended: date | None
) -> None:
    drawn = pictures.promise(given=handed_out, dates=dates, today=today, ended=ended)

    if drawn is None:
        assert handed_out is None
        assert dates == []
        return
    first, last = min(stop.on for stop in drawn.stops), max(stop.on for stop in drawn.stops)
    for stop in drawn.stops:
        share = (stop.on - first) / (last - first) if last > first else 0.5
        assert stop.x == pytest.approx(2.5 + 95 * share, abs=0.011)
    late = [stretch for stretch in drawn.stretches if stretch.kind == "late"]
    end = ended or today
    assert bool(late) == bool(dates and end > dates[-1])
    assert drawn.days_late == (max((end - dates[-1]).days, 0) if dates else 0)
    assert all(stretch.x <= stretch.end for stretch in drawn.stretches)


def test_what_was_given_up_does_not_end_like_what_was_done() -> None:
    given, due, ended = date(2026, 7, 1), date(2026, 8, 1), date(2026, 7, 20)

    ends = [
        drawn.stops[-1].kind
        for is_done in (True, False)
        if (drawn := pictures.promise(given=given, dates=[due], today=due, ended=ended, is_done=is_done))
    ]

    assert ends == ["ended", "given_up"]


GROUPS = [Group(key=key, label=key * 30) for key in "abcdef"]
MOVES = st.dictionaries(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), st.integers(0, 200))


@given(MOVES)
def test_a_flow_loses_nobody(moves: dict[tuple[str, str], int]) -> None:
    drawn = pictures.flow(moves, GROUPS, GROUPS)

    total = sum(moves.values())
    if not total:
        assert drawn is None
        return
    assert len(drawn.streams) == sum(count > 0 for count in moves.values())
    for piles in (drawn.before, drawn.after):
        assert sum(pile.count for pile in piles) == total
        assert sum(pile.height for pile in piles) == pytest.approx(FLOW_ITEMS, abs=0.4)
        for upper, lower in pairwise(piles):
            assert upper.y + upper.height < lower.y
            assert lower.words_y - upper.words_y > LINE
        assert piles[-1].y + piles[-1].height <= drawn.height
        assert all(width_of(f"{pile.count} {pile.short_name}") <= NARROW for pile in piles)


def test_a_move_of_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="not given"):
        pictures.flow({("a", "z"): 1}, GROUPS, GROUPS)


@given(VALUES)
def test_bars_stand_on_zero_and_the_unknown_has_none(values: list[Number | None]) -> None:
    drawn = pictures.bars([Bar(label=f"W{place}", value=value) for place, value in enumerate(values)])

    known = [Fraction(value) for value in values if value is not None]
    if not known:
        assert drawn is None
        return
    for column, value in zip(drawn.columns, values, strict=True):
        assert column.x >= 0
        assert column.x + column.width <= 100.01
        assert column.y == drawn.zero or column.y + column.height == pytest.approx(drawn.zero, abs=2.1)
        if value is not None and value > 0:
            assert column.y <= drawn.zero


@given(st.lists(st.lists(st.none() | st.integers(0, 10**9), min_size=6, max_size=6), min_size=1, max_size=4))
def test_lines_over_weeks_keep_their_gaps(series: list[list[int | None]]) -> None:
    labels = [f"W{40 + place}" for place in range(6)]
    drawn = pictures.lines(labels, {str(place): values for place, values in enumerate(series)})

    if all(value is None for values in series for value in values):
        assert drawn is None
        return
    for place, values in enumerate(series):
        stroke = drawn.strokes[str(place)]
        assert sorted(len(points.split()) for points in stroke.lines) == sorted(run for run in _runs(values) if run > 1)


def test_days_of_one_year_are_written_without_it() -> None:
    begun = date(2026, 7, 13)
    drawn = pictures.promise(given=begun, dates=[begun + timedelta(35)], today=date(2026, 11, 25))

    assert [label.text for label in drawn.days] == ["13 Jul", "17 Agu", "+100 days"]


def test_very_large_and_very_small_values_are_drawn() -> None:
    for values in ([Decimal("1e-9"), Decimal("2e-9")], [10**20, 10**20 + 1], [0, 0], [-5], [Decimal("1E+20"), -1]):
        assert len(pictures.spark(values).values.lines) + len(pictures.spark(values).values.lone) == 1
        assert pictures.bars([Bar(label="", value=value) for value in values])


@given(NUMBERS | st.none(), NUMBERS | st.none(), VALUES)
def test_what_was_expected_and_what_came_begin_at_zero_on_one_scale(
    expected: Number | None, realised: Number | None, among: list[Number | None]
) -> None:
    drawn = pictures.pair(expected, realised, among=among)

    for value, bar in ((expected, drawn.expected), (realised, drawn.realised)):
        assert (bar is None) == (value is None)
        if bar is not None and value is not None:
            ends = (bar.x, bar.x + bar.width)
            assert min(abs(end - drawn.zero) for end in ends) <= 0.011
            assert (Fraction(value) >= 0) == (ends[0] >= drawn.zero - 0.011) or bar.width <= 0.011
