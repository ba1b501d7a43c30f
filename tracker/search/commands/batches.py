"""Process many rows in batches."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 500

Thing = TypeVar("Thing")


def batches(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    for start in range(0, len(things), BATCH):
        yield things[start : start + BATCH]
