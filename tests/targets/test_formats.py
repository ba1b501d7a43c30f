from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tracker.targets.formats import HEIGHT, MOST_LABELS, MOST_TICKS, WIDTH, Period, trend

values = st.none() | st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=4)
periods = st.lists(
    st.builds(Period, code=st.just("B03"), year=st.integers(2020, 2025), target=values, upper=values, actual=values),
    max_size=40,
)


def period(actual: int | None, target: int | None = None, year: int = 2026) -> Period:
    def exact(number: int | None) -> Decimal | None:
        return None if number is None else Decimal(number)

    return Period(code="B03", year=year, target=exact(target), upper=None, actual=exact(actual))


def test_where_a_value_is_unknown_the_line_has_a_gap() -> None:
    drawn = trend([period(10), period(20), period(None), period(40), period(50)])

    assert len(drawn.actual.stretches) == 2
    assert len(drawn.actual.dots) == 4
    assert drawn.target.dots == []


def test_a_single_value_between_gaps_is_still_a_dot() -> None:
    drawn = trend([period(None, 5), period(20, 5), period(None, 5)])

    assert (len(drawn.actual.stretches), len(drawn.actual.dots)) == (0, 1)


def test_more_is_higher_and_the_year_is_said_once() -> None:
    drawn = trend([period(10, year=2025), period(30, year=2025), period(20, year=2026)])
    (_, low), (_, high), (_, between) = drawn.actual.dots

    assert high < between < low
    assert [year for *_, year in drawn.labels] == ["2025", "", "2026"]


@given(periods)
def test_everything_is_drawn_inside_the_frame(given_periods: list[Period]) -> None:
    drawn = trend(given_periods)
    known = [n for one in given_periods for n in (one.target, one.upper, one.actual) if n is not None]

    assert (drawn is None) == (not known)
    if drawn:
        dots = [dot for line in (drawn.target, drawn.upper, drawn.actual) for dot in line.dots]
        assert len(dots) == len(known)
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in dots)
        assert 2 <= len(drawn.ticks) <= MOST_TICKS + 3
        assert len(drawn.labels) <= MOST_LABELS
        assert drawn.ticks[0][1] <= min(known)
        assert drawn.ticks[-1][1] >= max(known)
