"""Whatever the period codes are, values stand in the order of time, and what is not measured counts nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.calendar.periods.models import Period
from tracker.targets.models import Indicator, IndicatorValue, TargetDocument
from tracker.targets.queries import Node
from tracker.targets.rules import Polarity, TargetState, average

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
    state = draw(st.sampled_from([TargetState.ACTIVE, TargetState.CANDIDATE]))
    return Indicator(
        state=state, polarity=draw(st.none() | st.sampled_from(Polarity)), values=draw(st.permutations(values))
    )


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
        assert last.deviation(indicator.polarity) is None
    else:
        assert all(value.target_value is None for value in indicator.values)


@given(st.lists(indicators(), max_size=5))
def test_a_summary_counts_each_indicator_once_and_averages_one_period(known: list[Indicator]) -> None:
    document = Node(target=TargetDocument(), below=[Node(target=one, below=[]) for one in known])

    found = document.summary

    last = [one.latest for one in known if one.state is TargetState.ACTIVE and one.latest]
    compared = [
        (value.year, value.period.last_month, value.achievement(one.polarity))
        for one in known for value in [one.latest]
        if value in last and value and value.achievement(one.polarity) is not None
    ]  # fmt: skip
    newest = max((told[:2] for told in compared), default=None)
    of_newest = [told[2] for told in compared if told[:2] == newest]
    assert found.period == newest
    assert found.compared == len(of_newest)
    assert found.average == average(of_newest)
    assert sum(found.number.values()) == len(known)
