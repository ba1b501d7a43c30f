from hypothesis import given
from hypothesis import strategies as st

from tracker.reviews.formats import FLOOR, TOP, lines


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=53))
def test_the_scale_rises_from_zero_by_round_steps_and_holds_every_value(values: list[int]) -> None:
    drawing = lines([f"2026-W{number:02}" for number in range(len(values))], {"open": values})

    marks = [mark for _, mark in drawing.ticks]
    heights = [int(point.split(",")[1]) for point in drawing.points["open"].split()]
    assert marks == [marks[1] * step for step in range(5)]
    assert str(marks[1]).rstrip("0") in {"1", "2", "5", "25"}
    assert marks[-1] >= max(values)
    assert all(TOP <= height <= FLOOR for height in heights)
    assert len(heights) == len(drawing.labels) == len(values)
