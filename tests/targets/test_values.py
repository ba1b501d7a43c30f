"""Whatever the period codes are, values stand in the order of time, and what is not measured counts nowhere."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tracker.periods.models import Period
from tracker.targets.models import Indicator, IndicatorValue, TargetDocument
from tracker.targets.queries import Node
from tracker.targets.rules import Polarity, average

SCHEMES = {
    "quarters, cumulative": {"B03": 3, "B06": 6, "B09": 9, "B12": 12},
    "terms": {"B04": 4, "B08": 8, "B12": 12},
    "quarters": {"TW I": 3, "TW II": 6, "TW III": 9, "TW IV": 12},
    "of the office's own": {"Z": 1, "A": 2, "M": 11},
}
number = st.none() | st.decimals(min_value=0, max_value=1000, places=2)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """An indicator with values of some periods of one scheme, stored in any order."""
    codes = draw(st.sampled_from(sorted(SCHEMES)))
    periods = [Period(id=at, code=code, last_month=month) for at, (code, month) in enumerate(SCHEMES[codes].items())]
    moments = st.tuples(st.integers(2019, 2022), st.sampled_from(periods))
    chosen = draw(st.lists(moments, max_size=8, unique_by=lambda moment: (moment[0], moment[1].id)))
    values = [
        IndicatorValue(year=year, period=period, period_id=period.id, target_value=draw(number),
                       actual_value=draw(number))
        for year, period in chosen
    ]  # fmt: skip
    return Indicator(polarity=draw(st.none() | st.sampled_from(Polarity)), values=draw(st.permutations(values)))


@given(indicators())
def test_values_stand_in_the_order_of_time_whatever_their_codes(indicator: Indicator) -> None:
    months = [value.year * 12 + value.period.last_month for value in indicator.by_period]

    assert months == sorted(months)
    assert len(months) == len(set(months)) == len(indicator.values)


@given(indicators())
def test_the_last_is_the_last_measured_and_nothing_measured_is_never_zero(indicator: Indicator) -> None:
    last = indicator.latest
    measured = [value for value in indicator.by_period if value.actual_value is not None]

    if measured:
        assert last is measured[-1]
    elif last is not None:
        assert last.target_value is not None
        assert last.actual_value is None
        assert last.achievement(indicator.polarity) is None
        assert last.gap(indicator.polarity) is None
    else:
        assert all(value.target_value is None for value in indicator.values)


@given(st.lists(indicators(), max_size=5))
def test_an_average_is_of_what_was_measured_alone(known: list[Indicator]) -> None:
    document = Node(target=TargetDocument(), below=[Node(target=one, below=[]) for one in known])
    told = [one.latest.achievement(one.polarity) for one in known if one.latest]

    assert document.average == average(percent for percent in told if percent is not None)
    assert (document.average is None) == (not [percent for percent in told if percent is not None])
    assert all(isinstance(percent, Decimal | None) for percent in document.achievements)
