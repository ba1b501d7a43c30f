"""Many rows, some at a time."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 500

Thing = TypeVar("Thing")


def batches(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """The things in their order, cut into batches."""
    for start in range(0, len(things), BATCH):
        yield things[start : start + BATCH]
