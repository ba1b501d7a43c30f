"""Choices for select fields."""

from collections.abc import Iterable, Mapping


class Choices(list[tuple[int, str]]):
    """(id, label) of each choice, plus the current id of rows merged into another."""

    def __init__(self, rows: Iterable[tuple[int, str]], formerly: Mapping[int, int]) -> None:
        super().__init__(rows)
        self.formerly = formerly
