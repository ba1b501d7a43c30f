"""Process many rows in batches."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 500

Item = TypeVar("Item")


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
