import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.meetings.live.rules import Place, place_above, place_below

ORDER = [(0, [1, 2]), (5, []), (6, [3])]


@pytest.mark.parametrize(
    ("line", "above", "below"),
    [
        (1, None, Place(after=2)),
        (2, Place(before=1), Place(item=5)),
        (3, Place(item=5), None),
    ],
)
def test_a_line_moves_past_its_neighbours_and_into_the_next_agenda_item(
    line: int, above: Place | None, below: Place | None
) -> None:
    assert (place_above(ORDER, line), place_below(ORDER, line)) == (above, below)


def moved(order: list[tuple[int, list[int]]], line: int, place: Place | None) -> list[tuple[int, list[int]]]:
    if place is None:
        return order
    rest = [(item, [one for one in lines if one != line]) for item, lines in order]
    other = place.before or place.after
    result = []
    for item, lines in rest:
        if other in lines:
            at = lines.index(other) + (0 if place.before else 1)
            lines = [*lines[:at], line, *lines[at:]]
        elif other is None and item == place.item:
            lines = [line]
        result.append((item, lines))
    return result


@given(st.lists(st.integers(0, 4), min_size=1, max_size=5), st.data())
def test_up_and_down_again_is_where_it_was(sizes: list[int], data: st.DataObject) -> None:
    numbers = iter(range(1, 100))
    order = [(item, [next(numbers) for _ in range(size)]) for item, size in enumerate(sizes)]
    lines = [line for _, found in order for line in found]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    up = place_above(order, line)

    there = moved(order, line, up)

    assert up is None or moved(there, line, place_below(there, line)) == order
    assert [item for item, _ in there] == [item for item, _ in order]
    assert sorted(one for _, found in there for one in found) == sorted(lines)
