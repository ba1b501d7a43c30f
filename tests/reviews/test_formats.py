from hypothesis import given
from hypothesis import strategies as st

from tracker.reviews.formats import FLOOR, TOP, draw


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=53))
def test_the_scale_starts_at_zero_has_round_steps_and_fits_all_values(values: list[int]) -> None:
    chart = draw([f"2026-W{number:02}" for number in range(len(values))], {"open": values})

    ticks = [tick for _, tick in chart.ticks]
    heights = [int(point.split(",")[1]) for point in chart.points["open"].split()]
    assert ticks == [ticks[1] * step for step in range(5)]
    assert str(ticks[1]).rstrip("0") in {"1", "2", "5", "25"}
    assert ticks[-1] >= max(values)
    assert all(TOP <= height <= FLOOR for height in heights)
    assert len(heights) == len(chart.labels) == len(values)
